"""Data quality: how full the variables are, how their values lie, what cannot be."""
