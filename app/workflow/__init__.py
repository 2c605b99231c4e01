"""WHAT THE USER CAN DO. One function per deed, one file per step; no Qt."""
