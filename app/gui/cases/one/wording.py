"""A case's variables and groups as the window speaks of them."""

from app.core.register import Profile
from app.core.variable_names import is_numbered
from app.language.text import current


def variable_name(variable_id: str, profile: Profile) -> str:
    """Return a variable's name, with its number where the register has given it one."""
    variable = profile.by_id.get(variable_id)
    name = variable.name.in_language(current()) if variable else ""
    return f"{variable_id} {name}".strip() if is_numbered(variable_id) or not name else name


def group_name(group_id: str, index: int, profile: Profile) -> str:
    """Return the name of a group's row, such as the second planering."""
    group = next((one for one in profile.groups if one.id == group_id), None)
    name = group.name.in_language(current()) if group is not None else group_id
    return f"{name} {index}" if index else name
