"""Saved views of the case list: named filters, some of which come with the program.

What is searched for, chosen cases and a finding's value may be a patient's: a view never keeps
them, because the settings lie unencrypted on the disk.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from app.core.case_state import Change, FellistaState
from app.core.finding import Tier
from app.gui.cases.list.query import narrowing
from app.gui.settings import Setting, Settings
from app.language.text import N_, _
from app.workflow.views import CaseFilter

CASE_VIEWS = Setting("case_views")
_NEVER_KEPT = {"text": "", "cases": (), "value": ""}
_HELD_BACK = tuple(tier.value for tier in Tier if tier.stops_sending)


@dataclass(frozen=True, slots=True)
class SavedView:
    """One named filter; `is_own` ones can be renamed and removed."""

    name: str
    wanted: CaseFilter
    is_own: bool = True


_BUILT_IN = (
    (N_("All cases"), CaseFilter()),
    (N_("Held back"), CaseFilter(tiers=_HELD_BACK)),
    (N_("New or changed"), CaseFilter(changes=(Change.NEW, Change.CHANGED))),
    (N_("On the fellista"), CaseFilter(fellista=(FellistaState.LISTED, FellistaState.REJECTED))),
    (N_("Would land on the fellista"), CaseFilter(tiers=(Tier.CORRUPT.value,))),
    (N_("Sent, answer lost"), CaseFilter(outcomes=("unknown",))),
    (N_("Left out by hand"), CaseFilter(excluded=True)),
)


def built_in() -> tuple[SavedView, ...]:
    """Return the views that come with the program."""
    return tuple(SavedView(_(name), wanted, is_own=False) for name, wanted in _BUILT_IN)


class SavedViews:
    """The user's views, kept in the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> tuple[SavedView, ...]:
        """Return every view, those of the program first."""
        return (*built_in(), *self.own())

    def own(self) -> tuple[SavedView, ...]:
        """Return the user's views by name; what cannot be read is left out."""
        return tuple(_read(self._settings.text(CASE_VIEWS)))

    def named(self, wanted: CaseFilter) -> SavedView | None:
        """Return the view that shows exactly this, whatever the order."""
        plain = narrowing(wanted)
        return next((view for view in self.all() if view.wanted == plain), None)

    def save(self, name: str, wanted: CaseFilter) -> None:
        """Keep a filter under a name; the user's view of that name gives way."""
        kept = [view for view in self.own() if view.name != name]
        self._write([*kept, SavedView(name, keepable(wanted))])

    def rename(self, view: SavedView, name: str) -> None:
        """Give a view another name."""
        self._write(
            [
                replace(one, name=name) if one.name == view.name else one
                for one in self.own()
                if one.name != name or one.name == view.name
            ]
        )

    def remove(self, view: SavedView) -> None:
        """Forget a view."""
        self._write([one for one in self.own() if one.name != view.name])

    def is_taken(self, name: str) -> bool:
        """Whether a view of the program has this name."""
        return any(view.name.casefold() == name.casefold() for view in built_in())

    def _write(self, views: list[SavedView]) -> None:
        ordered = sorted(views, key=lambda view: view.name.casefold())
        rows = [{"name": view.name, "filter": _plain(view.wanted)} for view in ordered]
        self._settings.set_text(CASE_VIEWS, json.dumps(rows, ensure_ascii=False))


def keepable(wanted: CaseFilter) -> CaseFilter:
    """Return what of a filter may lie in the settings."""
    return replace(narrowing(wanted), **_NEVER_KEPT)  # type: ignore[arg-type]


def _plain(wanted: CaseFilter) -> dict[str, Any]:
    empty = asdict(CaseFilter())
    return {name: value for name, value in asdict(wanted).items() if value != empty[name]}


def _read(text: str) -> list[SavedView]:
    try:
        rows = json.loads(text) if text else []
    except ValueError:
        return []
    found = [_view(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [view for view in found if view is not None]


def _view(row: dict[str, Any]) -> SavedView | None:
    """Return a view as it was kept; None for one of another program or another hand."""
    name, kept = row.get("name"), row.get("filter")
    if not isinstance(name, str) or not name or not isinstance(kept, dict):
        return None
    empty = CaseFilter()
    known = {field.name: getattr(empty, field.name) for field in fields(CaseFilter)}
    read = {
        field: _value(known[field], value)
        for field, value in kept.items()
        if field in known and field not in _NEVER_KEPT
    }
    if any(value is None for value in read.values()):
        return None
    return SavedView(name, CaseFilter(**read))


def _value(empty: object, value: Any) -> Any:
    """Return a field of a filter as kept, None when it is not of the kind that the field has."""
    if isinstance(empty, tuple):
        is_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return tuple(value) if is_texts else None
    kind = bool if empty is None else type(empty)  # `excluded` is None until it is chosen
    return value if isinstance(value, kind) else None
