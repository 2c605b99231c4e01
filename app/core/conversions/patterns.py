"""Regular expressions that a person writes in an option, read alike by Python and by columns."""

import re

from app.core.condition import is_form

_MOST = 200  # signs


def is_pattern(form: str) -> bool:
    """Whether a text is an expression that can be used."""
    return 0 < len(form) <= _MOST and is_form(form)


def is_telling_form(form: str) -> bool:
    """Whether an expression can be used and never matches nothing at all."""
    return is_pattern(form) and not re.search(form, "")


def has_group(form: str) -> bool:
    """Whether an expression can be used and has a group to keep."""
    return is_pattern(form) and re.compile(form).groups > 0
