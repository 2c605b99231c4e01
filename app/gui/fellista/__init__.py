"""Fellista: why cases are on it, and which of them are right now."""
