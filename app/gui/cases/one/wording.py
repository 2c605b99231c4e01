"""A case's variables and groups as the window speaks of them."""

from app.core.register import Profile
from app.language.text import current


def variable_name(variable_id: str, profile: Profile) -> str:
    """Return a variable's number with its name."""
    variable = profile.by_id.get(variable_id)
    name = variable.name.in_language(current()) if variable else ""
    return variable_id if name in {"", variable_id} else f"{variable_id} {name}"


def group_name(group_id: str, index: int, profile: Profile) -> str:
    """Return the name of a group's row, such as the second planering."""
    group = next((one for one in profile.groups if one.id == group_id), None)
    name = group.name.in_language(current()) if group is not None else group_id
    return f"{name} {index}" if index else name
