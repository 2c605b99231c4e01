"""Ärenden: one case through the whole chain."""
