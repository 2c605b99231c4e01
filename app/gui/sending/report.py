"""The right side afterwards: what the register answered."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.outcome import Outcome, OutcomeKind
from app.gui import theme
from app.gui.widgets.attempt_words import outcome_status, outcome_word, why
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label, SectionTitle, StatusLabel
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _, ngettext
from app.workflow.views import SendReport


class ReportView(QWidget):
    """Counts per outcome, and every case with the register's own words."""

    def __init__(self, go: Callable[[str], None]) -> None:
        super().__init__()
        self.title = SectionTitle()
        self.stopped = Label(tone="blocks")
        self.left = Label()
        self.counts = {kind: StatusLabel(outcome_status(kind)) for kind in OutcomeKind}
        self._address = ""
        self.outcomes: Table[Outcome] = Table(_("Answers"), RowsModel(_columns(self._why)))
        self._go = go
        fellista = Button(_("Go to the fellista"), lambda: go("fellista"), kind="quiet")
        journal = Button(_("Go to the journal"), lambda: go("journal"), kind="quiet")
        buttons = QHBoxLayout()
        buttons.addWidget(fellista)
        buttons.addWidget(journal)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for part in (self.title, self.stopped, self.left, *self.counts.values()):
            layout.addWidget(part)
        layout.addWidget(self.outcomes, 1)
        layout.addLayout(buttons)

    def show_report(self, report: SendReport) -> None:
        """Show what came of a batch."""
        accepted = sum(outcome.kind.accepted for outcome in report.outcomes)
        total = len(report.outcomes) + len(report.left)
        self.title.setText(
            _("{accepted} of {total} cases accepted").format(accepted=accepted, total=total)
        )
        self.stopped.setText(why(report.stopped, report.address))
        self.stopped.setVisible(bool(report.stopped))
        count = len(report.left)
        left = ngettext("{count} case was not sent", "{count} cases were not sent", count)
        self.left.setText(left.format(count=count))
        self.left.setVisible(bool(count))
        for kind, label in self.counts.items():
            number = report.count(kind)
            label.setVisible(bool(number))
            label.set_status(outcome_status(kind), f"{number}  {outcome_word(kind)}")
        self._address = report.address
        self.outcomes.rows.set_rows(_worst_first(report.outcomes))

    def _why(self, outcome: Outcome) -> str:
        return outcome.text or why(outcome.code, self._address)


def _worst_first(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    return tuple(sorted(outcomes, key=lambda outcome: outcome.kind.accepted))


def _columns(answer: Callable[[Outcome], str]) -> tuple[Column[Outcome], ...]:
    return (
        Column(_("Behandlingsnr"), lambda one: one.case, width=116),
        Column(
            _("Outcome"),
            lambda one: outcome_word(one.kind),
            status=lambda one: outcome_status(one.kind),
            width=180,
        ),
        Column(_("The register's answer"), answer, quiet=True),
    )
