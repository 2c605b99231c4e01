"""What columns and variables are called, and names as they are compared."""

import re
from functools import cache

from app.core.register import Variable
from app.workflow.binding_words import unmarked


@cache
def plain(name: str) -> str:
    """Return only a name's letters and digits, small and without marks."""
    return "".join(re.findall(r"[a-z0-9]+", unmarked(name)))


def names_of(variable: Variable) -> tuple[str, ...]:
    """Return everything a variable is called."""
    own = (variable.id, *variable.path[-1:], variable.name.sv, variable.name.en)
    return tuple(dict.fromkeys((*own, *variable.aliases)))
