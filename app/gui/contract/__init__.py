"""The page of contracts: which there are, binding one, and what changed between two."""
