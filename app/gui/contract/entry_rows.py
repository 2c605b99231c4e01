"""The columns of the list of contracts."""

from collections.abc import Callable

from app.gui.contract.wording import ORIGINS
from app.gui.widgets.rows import Column
from app.language.sentences import error_sentence
from app.language.text import _, current, ngettext
from app.workflow.profile_views import ProfileEntry


def entry_columns(is_in_use: Callable[[str], bool]) -> tuple[Column[ProfileEntry], ...]:
    """Return the columns; `is_in_use` says whether the open project follows a contract."""

    def used(entry: ProfileEntry) -> str:
        return _("This project") if is_in_use(entry.id) else ""

    def used_status(entry: ProfileEntry) -> str:
        return "clean" if is_in_use(entry.id) else ""

    return (
        Column(_("Contract"), _name, tip=lambda entry: entry.id, weight=5),
        Column(_("Reading"), lambda entry: entry.reading, tip=_reading, width=72),
        Column(_("Origin"), lambda entry: _(ORIGINS[entry.origin]), quiet=True, width=96),
        Column(_("Bound"), _bound, number=True, tip=_bound_tip, width=76),
        Column(_("State"), entry_words, status=entry_status, weight=5),
        Column(_("In use"), used, status=used_status, width=116),
    )


def _name(entry: ProfileEntry) -> str:
    return entry.name.in_language(current()) or entry.id


def _reading(entry: ProfileEntry) -> str:
    return entry.reading_name.in_language(current()) if entry.reading_name else ""


def entry_status(entry: ProfileEntry) -> str:
    """Return the status of a contract: whether cases can be sent by it."""
    if entry.problem is not None:
        return "refused"
    return "blocks" if entry.demanded else "clean"


def entry_words(entry: ProfileEntry) -> str:
    """Return how far the binding of a contract has come."""
    if entry.problem is not None:
        return _("Cannot be read")
    if entry.demanded:
        count = entry.demanded
        words = ngettext("{count} demanded, unbound", "{count} demanded, unbound", count)
        return words.format(count=count)
    return _("Complete") if entry.bound == entry.elements else _("All that is demanded is bound")


def _bound(entry: ProfileEntry) -> str:
    return f"{entry.bound} / {entry.elements}" if entry.elements else ""


def _bound_tip(entry: ProfileEntry) -> str:
    if entry.problem is not None:
        return error_sentence(entry.problem)
    words = _("{bound} variables are bound to the contract's {elements} elements")
    return words.format(bound=entry.bound, elements=entry.elements)
