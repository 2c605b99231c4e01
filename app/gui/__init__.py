"""WHAT THE USER SEES. One folder per page; pages do not know each other."""
