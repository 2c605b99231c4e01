"""Test batches: few cases that together cover everything that is mapped."""
