"""The command line: every deed that needs no window."""
