"""WHAT WE KNOW. Plain frozen values and rules, one case at a time; standard library only."""
