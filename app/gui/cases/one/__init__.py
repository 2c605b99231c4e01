"""One case through the whole chain."""
