"""SPOR Workbench: from an operation-planning export to approved registrations in SPOR."""
