"""What changed between two contracts as rows: each change, and what it means for the project."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.core.profile_diff import Change, ChangeKind, Subject
from app.core.register import Profile
from app.gui.contract.binding_rows import named, short_name
from app.gui.contract.wording import KINDS
from app.gui.widgets.fact_words import fact_word
from app.gui.widgets.rows import Column
from app.language.sentences import name_of, sentence_of
from app.language.text import _
from app.workflow.profile_pages import folded

if TYPE_CHECKING:
    from app.workflow.profile_compare import ChangeView


def change_columns(profiles: tuple[Profile | None, ...]) -> tuple[Column["ChangeView"], ...]:
    """Return the columns; the profiles give numbers their names."""

    def what(one: "ChangeView") -> str:
        return subject_words(one.change, profiles)

    return (
        Column(_("Change"), kind_words, icon=_kind_icon, width=128),
        Column(_("What"), lambda one: _short(one.change, profiles), weight=22, tip=what),
        Column(_("Fact"), lambda one: field_words(one.change), quiet=True, weight=11),
        Column(_("Before"), before_words, quiet=True, weight=12),
        Column(_("After"), after_words, weight=12),
        Column(_("For this project"), effect_words, status=_effect_status, tinted=False, weight=30),
    )


def kind_words(one: "ChangeView") -> str:
    """Return what kind of change it is."""
    return name_of(f"change-{one.change.kind}")


def subject_words(change: Change, profiles: tuple[Profile | None, ...]) -> str:
    """Return what has changed: the kind of thing, its name, and the field."""
    kind = name_of(f"subject-{change.subject}")
    name = _name(change, profiles)
    field = f" · {field_words(change)}" if change.field else ""
    return f"{kind} {name}{field}"


def field_words(change: Change) -> str:
    """Return which of its facts has changed, "" when the whole thing is new or gone."""
    return name_of(f"field-{change.field}") if change.field else ""


def before_words(one: "ChangeView") -> str:
    """Return what it was."""
    return _value_words(one.change, one.change.before)


def after_words(one: "ChangeView") -> str:
    """Return what it is now."""
    return _value_words(one.change, one.change.after)


def effect_words(one: "ChangeView") -> str:
    """Return what the change means for the project."""
    values = {"variable": one.change.variable, **dict(one.values)}
    return sentence_of(one.effect, values) if one.effect else ""


def _value_words(change: Change, value: str) -> str:
    """Return a value in words; an element's own type keeps the schema's name."""
    is_schemas = change.subject is Subject.ELEMENT and change.field == "type"
    return value if is_schemas else fact_word(change.field, value)


def _short(change: Change, profiles: tuple[Profile | None, ...]) -> str:
    """Return the name alone where it says what kind of thing it is."""
    if change.subject is Subject.VARIABLE:
        return _name(change, profiles)
    kind = name_of(f"subject-{change.subject}")
    return f"{kind} {_name(change, profiles)}"


def _effect_status(one: "ChangeView") -> str:
    return "inkonsistent" if one.work else ""


def _kind_icon(one: "ChangeView") -> str:
    return KINDS[one.change.kind]


def _name(change: Change, profiles: tuple[Profile | None, ...]) -> str:
    if change.subject is Subject.ELEMENT:
        return short_name(tuple(change.id.split("/")))
    if change.subject is not Subject.VARIABLE:
        return change.id
    for profile in reversed(profiles):
        variable = profile.by_id.get(change.id) if profile else None
        if variable is not None:
            return named(variable)
    return change.id


def wanted_changes(
    changes: Iterable["ChangeView"],
    profiles: tuple[Profile | None, ...],
    text: str,
    kinds: frozenset[ChangeKind],
    *,
    only_work: bool,
) -> tuple["ChangeView", ...]:
    """Return the changes that a search and the chips leave, those that mean work first."""
    sought = folded(text.strip())
    found = [
        one
        for one in changes
        if (not kinds or one.change.kind in kinds)
        and (one.work or not only_work)
        and sought in folded(_all_words(one, profiles))
    ]
    return tuple(sorted(found, key=lambda one: not one.work))


def _all_words(one: "ChangeView", profiles: tuple[Profile | None, ...]) -> str:
    change = one.change
    what = subject_words(change, profiles)
    return " ".join((what, before_words(one), after_words(one), change.variable, effect_words(one)))
