"""Work off the GUI thread. Empty on purpose: the worker process must not load Qt."""
