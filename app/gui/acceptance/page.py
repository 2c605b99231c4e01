"""Acceptans: what is shown to work, what is not, and what to do next."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.acceptance.steps import step_of
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.labels import IconLabel, Label, SectionTitle
from app.gui.widgets.parts import EmptyState
from app.language.sentences import name_of
from app.language.text import _
from app.workflow.views import ChecklistItem

_STATES = {
    "passed": ("check-circle", "clean"),
    "failed": ("close-octagon", "refused"),
    "waiting": ("clock-outline", "note"),
}
_WIDE = 880


class AcceptancePage(Page):
    """The checklist before production."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Acceptance"),
            _("See what has been shown to work against stage, and what is left."),
        )
        self.look = Button(_("Look again"), self.ask, icon="refresh", kind="primary")
        self.set_primary(self.look)
        self.nothing = EmptyState(
            "checkbox-multiple-marked-outline",
            _("No project is open"),
            _("Open a project or the sample hospital to see how far it has come."),
            _("Go to Start"),
            lambda: context.navigator.go("start"),
        )
        self.title = SectionTitle()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Points passed"))
        self.rows: tuple[ChecklistRow, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._body = self._lay_out()
        session = context.session
        for signal in (session.summary_changed, session.sent, session.certificate_changed):
            signal.connect(self.ask)
        session.fellista_changed.connect(self.ask)
        context.document.opened.connect(self.ask)
        self.ask()

    def ask(self) -> None:
        """Go through the points again."""
        is_open = self.context.document.is_open
        self.look.explain("" if is_open else _("Open a project first."))
        self.show_body(self._body if is_open else self.nothing)
        if is_open and not self.context.session.is_checking:
            self.run(deeds.CHECKLIST, self.context.document.project, done=self.show_items)

    def show_items(self, items: tuple[ChecklistItem, ...]) -> None:
        """Show how every point stands."""
        passed = sum(item.state == "passed" for item in items)
        self.title.setText(
            _("{passed} of {total} points passed").format(passed=passed, total=len(items))
        )
        self.bar.setRange(0, max(1, len(items)))
        self.bar.setValue(passed)
        for row in self.rows:
            self._rows.removeWidget(row)
            row.deleteLater()
        first = next((item.code for item in items if item.state != "passed"), "")
        self.rows = tuple(
            ChecklistRow(item, self._go, is_next=item.code == first) for item in items
        )
        for row in self.rows:
            self._rows.addWidget(row)

    def _go(self, page: str) -> None:
        self.context.navigator.go(page)

    def _lay_out(self) -> QWidget:
        column = QWidget()
        column.setMaximumWidth(_WIDE)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.title)
        layout.addWidget(self.bar)
        layout.addLayout(self._rows)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("Checklist"))
        area.setWidget(column)
        return area


class ChecklistRow(QWidget):
    """One point: its state as icon and word, what it is about, and the way there."""

    def __init__(self, item: ChecklistItem, go: Callable[[str], None], *, is_next: bool) -> None:
        super().__init__()
        self.item = item
        step = step_of(item)
        icon, tone = _STATES[item.state]
        state = IconLabel(icon, name_of(item.state), tone)
        state.setFixedWidth(120)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(name_of(item.code), bold=is_next))
        if step.sentence:
            words.addWidget(Label(step.sentence, "note", tone="quiet"))
        line = QHBoxLayout()
        line.setContentsMargins(0, theme.GRID, 0, theme.GRID)
        line.setSpacing(2 * theme.GRID)
        line.addWidget(state)
        line.addLayout(words, 1)
        self.button: Button | None = None
        if item.state != "passed" and step.page:
            self.button = Button(
                step.button, lambda: go(step.page), kind="" if is_next else "quiet"
            )
            line.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(Line())
        self.setAccessibleName(f"{name_of(item.state)}: {name_of(item.code)}")
