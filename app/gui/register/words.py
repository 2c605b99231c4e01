"""A variable's form in words: its type, what the contract allows, how often it occurs."""

from collections.abc import Iterable
from datetime import date

from app.core.clock import in_stockholm, system_clock
from app.core.register import Confidence, Rule, Variable
from app.core.variable_names import is_numbered
from app.gui import theme
from app.gui.widgets.fact_words import DEMANDS
from app.language.text import _, current, ngettext
from app.workflow.profile_pages import VariablePage


def title_of(variable: Variable) -> str:
    """Return a variable's number and name."""
    name = variable.name.in_language(current())
    return f"{variable.id}  {name}" if is_numbered(variable.id) else name


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
    counts = ((one.value, sure.count(one.value)) for one in Confidence)
    return ", ".join(counted(status, count) for status, count in counts if count)


def counted(status: str, count: int) -> str:
    """Return how many things are sure in one way."""
    texts = {
        "stated": ngettext("{count} stated", "{count} stated", count),
        "inferred": ngettext("{count} inferred", "{count} inferred", count),
        "assumed": ngettext("{count} assumed", "{count} assumed", count),
    }
    return texts[status].format(count=count)
