"""Disk: exports, project files, register profiles."""
