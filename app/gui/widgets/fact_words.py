"""Facts of a profile in words: types, demands, how sure something is."""

from app.core.register import Confidence, Mandatory, ValueType
from app.gui import theme
from app.language.text import N_, _

TYPES = {
    ValueType.TEXT: N_("Text"),
    ValueType.CODE: N_("Code"),
    ValueType.NUMBER: N_("Number"),
    ValueType.DATE: N_("Date"),
    ValueType.DATETIME: N_("Date and time"),
    ValueType.PERSON_ID: N_("Personnummer"),
    ValueType.HSA_ID: N_("HSA-id"),
}
DEMANDS = {
    Mandatory.YES: N_("Mandatory"),
    Mandatory.CONDITIONAL: N_("Mandatory in some cases"),
    Mandatory.NO: N_("Optional"),
    Mandatory.UNKNOWN: N_("Not known whether mandatory"),
}
_UNBOUNDED = "unbounded"
_SURENESS = frozenset(one.value for one in Confidence)


def type_word(value: str) -> str:
    """Return a variable's type in words; what is no such type is shown as it is."""
    return _(TYPES[ValueType(value)]) if value in set(ValueType) else value


def fact_word(field: str, value: str) -> str:
    """Return a value of one field of a profile as the window speaks of it."""
    if field == "type":
        return type_word(value)
    if field == "maximum" and value == _UNBOUNDED:
        return "∞"
    if field == "mandatory" and value in set(Mandatory):
        return _(DEMANDS[Mandatory(value)])
    if field.endswith("confidence") and value in _SURENESS:
        return theme.status_word(value)
    return value
