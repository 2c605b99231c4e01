"""Skicka: choose, read the summary, send."""
