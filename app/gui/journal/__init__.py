"""Journal: every attempt."""
