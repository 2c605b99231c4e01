"""Försök: every attempt and answer, and what else has been done with the case."""

from PySide6.QtWidgets import QVBoxLayout

from app.core.journal_event import JournalEvent
from app.core.outcome import Attempt
from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.tab import CaseTab
from app.gui.widgets.attempt_words import attempt_columns, attempt_facts, moment
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label, SectionTitle
from app.gui.widgets.parts import Inspector
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.sentences import error_sentence, name_of
from app.language.text import _
from app.workflow.views import CaseDetail

_MOST = 6  # attempts before they scroll


class AttemptsTab(CaseTab):
    """The attempts above; below them the one that is chosen, and the case's other events."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.table: Table[Attempt] = Table(
            _("Attempts"), RowsModel(attempt_columns(with_case=False))
        )
        self.none = Label(tone="quiet")
        self.facts = FactRows()
        columns: tuple[Column[JournalEvent], ...] = (
            Column(_("Time"), lambda one: moment(one.at)[:16], width=132),
            Column(_("What was done"), lambda one: name_of(f"event-{one.kind.value}"), width=150),
            Column(_("Reason"), lambda one: one.text, quiet=True),
        )
        self.events: Table[JournalEvent] = Table(_("Other events"), RowsModel(columns))
        self._events_title = SectionTitle(_("Other events"))
        below = Inspector(_("The chosen attempt"))
        below.fill(self.facts, self._events_title, self.events)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID // 2, 0, 0)
        layout.setSpacing(theme.GRID)
        for part in (self.none, self.table):
            layout.addWidget(part)
        layout.addWidget(below, 1)
        self.table.current_changed.connect(self._choose)

    def fill(self, detail: CaseDetail | None) -> None:
        attempts = detail.attempts if detail is not None else ()
        events = detail.events if detail is not None else ()
        self.table.rows.set_rows(attempts)
        self.table.setFixedHeight(theme.ROW * (min(_MOST, len(attempts)) + 1) + 2)
        self.table.setVisible(bool(attempts))
        trouble = detail.trouble if detail is not None else None
        never = _("The case has never been sent.")
        self.none.setText(error_sentence(trouble) if trouble else never)
        self.none.setVisible(not attempts)
        self.events.rows.set_rows(events)
        self.events.setFixedHeight(theme.ROW * (len(events) + 1) + 2)
        for part in (self._events_title, self.events):
            part.setVisible(bool(events))
        if attempts:
            self.table.choose(0)
        self._choose(attempts[0] if attempts else None)

    def _choose(self, attempt: Attempt | None) -> None:
        self.facts.show_facts(attempt_facts(attempt) if attempt is not None else ())
