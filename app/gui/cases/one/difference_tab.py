"""Skillnad: what sending the case would change in the register; what it wipes comes first."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.document_tab import person_element
from app.gui.cases.one.masked_table import MaskedList
from app.gui.cases.one.pointed import NOTHING, Pointed, at_variable
from app.gui.cases.one.tab import CaseTab
from app.gui.cases.one.wording import group_name, variable_name
from app.gui.widgets.attempt_words import moment
from app.gui.widgets.controls import Button
from app.gui.widgets.diff_view import DiffView
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label
from app.gui.widgets.masking import mask_cell
from app.gui.widgets.rows import Column
from app.gui.widgets.shout import Shout
from app.language.sentences import error_sentence, name_of
from app.language.text import N_, _, ngettext
from app.workflow.case_views import Difference, DifferenceEntry
from app.workflow.views import CaseDetail

_REMOVED, _CHANGED, _ADDED = "removed", "changed", "added"
_ORDER = (_REMOVED, _CHANGED, _ADDED)
_WORDS = {_REMOVED: N_("Is wiped"), _CHANGED: N_("Is changed"), _ADDED: N_("Is added")}
_ICONS = {_CHANGED: "pencil-outline", _ADDED: "plus-circle-outline"}


class DifferenceTab(CaseTab):
    """The values that differ, or the same as lines of XML."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.against = Label(tone="quiet")
        self.shout = Shout("delete-alert-outline")
        columns: tuple[Column[DifferenceEntry], ...] = (
            Column(_("In the register"), _word, status=_status, icon=_icon, width=116),
            Column(_("Variable"), self._name, weight=40),
            Column(_("Before"), lambda one: one.before, weight=30),
            Column(_("Now"), lambda one: one.after, weight=30),
        )
        self.table: MaskedList[DifferenceEntry] = MaskedList(
            _("Difference from what was accepted last"), columns, self._hidden
        )
        self.lines = DiffView()
        self.lines.setAccessibleName(_("Difference as lines of XML"))
        self.turn = Button(_("As lines of XML"), self._turn, icon="xml", kind="quiet")
        self._stack = QStackedWidget()
        self.facts = FactRows()
        self._stack.addWidget(self._values())
        self._stack.addWidget(self.lines)
        foot = QHBoxLayout()
        foot.addWidget(self.against, 1)
        foot.addWidget(self.turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(foot)
        layout.addWidget(self.shout)
        layout.addWidget(self._stack, 1)
        layout.addStretch()
        self.table.current_changed.connect(self._choose)

    def fill(self, detail: CaseDetail | None) -> None:
        entries = _ordered(detail.difference.entries) if detail else ()
        is_revealed = detail is not None and detail.revealed
        self.table.rows.set_rows(entries if is_revealed else tuple(map(self._hidden, entries)))
        self.table.choose(0)
        self._stack.setVisible(detail is not None and bool(detail.difference.entries))
        self.turn.setVisible(self._stack.isVisibleTo(self))
        self.shout.say(removal_words(detail.difference.removals) if detail else "")
        self.against.setText(_against(detail) if detail else "")
        if detail is None or not detail.accepted_xml:
            self.lines.show_difference("", "", "")
            return
        self.lines.reveal(detail.revealed)
        element = person_element(self.profile)
        self.lines.show_difference(detail.accepted_xml, detail.xml, element, detail.row.case)

    def pointed(self) -> Pointed:
        entry = self.table.current_row()
        if entry is None or self.detail is None:
            return NOTHING
        link = self.link_of(entry.variable)
        return at_variable(entry.variable, self.detail, link, entry.group, entry.index)

    def lists(self) -> tuple[QWidget, ...]:
        return (self.table,)

    def _values(self) -> QWidget:
        """Return the table, and below it the chosen value as it was and as it is, whole."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.table, 1)
        column.addWidget(self.facts)
        return whole

    def _choose(self, entry: DifferenceEntry | None) -> None:
        before, after = (entry.before, entry.after) if entry is not None else ("", "")
        named = (_("Variable"), self._name(entry)) if entry is not None else ("", "")
        nothing = _("(missing)")
        facts = (named, (_("Accepted last"), before or nothing), (_("Now"), after or nothing))
        self.facts.show_facts(facts if before or after else ())
        self.pointed_changed.emit()

    def _hidden(self, one: DifferenceEntry) -> DifferenceEntry:
        """Return a difference masked; the worker has done so too."""
        person = bool(one.variable) and one.variable == self.profile.roles.get("person_id")
        case = self.detail.row.case if self.detail is not None else ""
        before = mask_cell(one.before, person=person, case=case)
        return replace(one, before=before, after=mask_cell(one.after, person=person, case=case))

    def _turn(self) -> None:
        to_lines = self._stack.currentWidget() is not self.lines
        self._stack.setCurrentIndex(1 if to_lines else 0)
        self.turn.setText(_("As values") if to_lines else _("As lines of XML"))
        self.turn.setAccessibleName(self.turn.text())

    def _name(self, one: DifferenceEntry) -> str:
        name = variable_name(one.variable, self.profile) if one.variable else one.element
        row = group_name(one.group, one.index, self.profile) if one.group else ""
        return f"{row}: {name}" if row and name != row else name


def _ordered(entries: Sequence[DifferenceEntry]) -> tuple[DifferenceEntry, ...]:
    return tuple(sorted(entries, key=lambda one: _ORDER.index(one.kind)))


def _word(one: DifferenceEntry) -> str:
    return _(_WORDS[one.kind])


def _status(one: DifferenceEntry) -> str:
    return "blocks" if one.kind == _REMOVED else ""


def _icon(one: DifferenceEntry) -> str:
    return _ICONS.get(one.kind, "")


def removal_words(count: int) -> str:
    """Return how many values the register loses when the case is sent."""
    if not count:
        return ""
    return ngettext(
        "{count} value is wiped in the register if the case is sent: a resend replaces everything"
        " stored under its number.",
        "{count} values are wiped in the register if the case is sent: a resend replaces everything"
        " stored under its number.",
        count,
    ).format(count=count)


def _against(detail: CaseDetail) -> str:
    difference = detail.difference
    if detail.trouble is not None:
        return error_sentence(detail.trouble)
    if difference.state == "never":
        return _("The case has never been accepted, so there is nothing to compare with.")
    values = {"entrance": name_of(difference.against), "time": moment(difference.when)[:16]}
    said = _("Compared with what {entrance} accepted {time}.")
    if difference.state == "same":
        said = _("Nothing differs from what {entrance} accepted {time}.")
    return f"{said.format(**values)} {_lost(difference)}".rstrip()


def _lost(difference: Difference) -> str:
    """Say that the register may hold something later, "" where it surely does not."""
    if not difference.lost:
        return ""
    return _(
        "Something else was sent there {time} and the answer is not known: the register may hold"
        " that instead."
    ).format(time=moment(difference.lost)[:16])
