"""What a variable is known by: the number that the register gave it, or only its term."""


def is_numbered(variable_id: str) -> bool:
    """Whether an id is a V-number, by which people know the variable."""
    return variable_id[:1] == "V" and variable_id[1:].isdigit()
