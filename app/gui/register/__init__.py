"""Register: what the register asks for, and how sure that is."""
