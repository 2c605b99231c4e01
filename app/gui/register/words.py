"""A variable's form in words: its type, what the contract allows, how often it occurs."""

from collections.abc import Iterable
from datetime import date

from app.core.clock import in_stockholm, system_clock
from app.core.register import Confidence, Mandatory, Rule, ValueType, Variable
from app.gui import theme
from app.language.text import N_, _, current
from app.workflow.profile_pages import VariablePage

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


def title_of(variable: Variable) -> str:
    """Return a variable's number and name."""
    name = variable.name.in_language(current())
    is_numbered = variable.id[:1] == "V" and variable.id[1:].isdigit()
    return f"{variable.id}  {name}" if is_numbered else name


def occurrence_of(page: VariablePage) -> str:
    """Return how often a variable occurs in a case, and whether it may be left out."""
    group = page.group
    often = (
        _("once for each row of {group}").format(group=group.name.in_language(current()))
        if group
        else _("once in a case")
    )
    if page.element is not None:
        may_lack = any(not element.minimum for element in (*page.way[1:], page.element))
        demand = _("may be left out") if may_lack else _("must be there")
        often = f"{often}, {demand}"
    return how_sure(often, page.variable.cardinality_confidence)


def demand_of(variable: Variable) -> str:
    """Return whether the register demands a variable."""
    return how_sure(_(DEMANDS[variable.mandatory]), variable.mandatory_confidence)


def how_sure(text: str, confidence: Confidence) -> str:
    """Return a fact, and in brackets how sure it is when nobody has stated it."""
    if confidence is Confidence.STATED:
        return text
    return f"{text} ({theme.status_word(confidence.value).lower()})"


def path_of(variable: Variable) -> str:
    """Return where in the request a variable stands."""
    if variable.is_bound:
        return how_sure(" / ".join(variable.path), variable.element_confidence)
    return _("No element of the contract is bound to it, so it is not sent.")


def is_in_force(rule: Rule) -> bool:
    """Whether the register applies a rule today."""
    return rule.is_in_force(today())


def today() -> date:
    """Return the day in Sweden."""
    return in_stockholm(system_clock()).date()


def lasts(first: str, last: str) -> str:
    """Return from when to when something holds, "" when it always does."""
    if first and last:
        return _("{first} to {last}").format(first=first, last=last)
    if first:
        return _("from {first}").format(first=first)
    return _("until {last}").format(last=last) if last else ""


def tally(rows: Iterable[str]) -> str:
    """Return how many of the rows are stated, inferred and assumed."""
    sure = list(rows)
    parts = (
        (N_("{count} stated"), sure.count("stated")),
        (N_("{count} inferred"), sure.count("inferred")),
        (N_("{count} assumed"), sure.count("assumed")),
    )
    return ", ".join(_(text).format(count=count) for text, count in parts if count)
