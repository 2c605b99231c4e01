"""Start: new, recent and sample projects, and the road to production."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.disk import is_there
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.frame.projects import Projects
from app.gui.start.road import DONE, LATER, NEXT, RoadStep, road
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.labels import IconLabel, Label, Note, SectionTitle
from app.language.text import N_, _, current
from app.workflow.template_views import TemplateEntry
from app.workflow.views import JournalPage

_STATES = {
    DONE: ("check-circle", "clean", N_("Done")),
    NEXT: ("arrow-right-circle", "accent", N_("Next")),
    LATER: ("circle-outline", "quiet", N_("Later")),
}


class StartPage(Page):
    """Where the user begins, and sees how far the project has come."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Start"),
            _("From the planning system's export to approved registrations in SPOR."),
            _(
                "Open a project or make one from export files. The road shows the steps to"
                " production; choose one to go there."
            ),
        )
        self._projects = Projects(context, self)
        self._attempts = 0
        self.road_rows: tuple[RoadRow, ...] = ()
        self._road = QVBoxLayout()
        self._road.setSpacing(0)
        self.template_buttons: tuple[Button, ...] = ()
        self._templates = QVBoxLayout()
        self._templates.setSpacing(4)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        self.set_primary(
            Button(
                _("New project from files…"),
                self._projects.ask_new,
                icon="file-plus-outline",
                kind="primary",
            )
        )
        self.show_body(self._lay_out())
        self._listen()
        self.refresh()
        self.run(deeds.JOURNAL_PAGE, 0, 1, done=self._take_attempts, failed=self._know_nothing)

    def arrive(self, _place: Place) -> None:
        """Show the templates that there are now."""
        self.run(deeds.TEMPLATES, done=self._list_templates, failed=self._know_no_templates)

    def refresh(self) -> None:
        """Show the road and the recent projects as they now stand."""
        document = self.context.document
        project = document.project if document.is_open else None
        steps = road(self.context.session, project, self._attempts)
        if len(self.road_rows) != len(steps):
            self.road_rows = tuple(RoadRow(step, self._go) for step in steps)
            for row in self.road_rows:
                self._road.addWidget(row)
        for row, step in zip(self.road_rows, steps, strict=True):
            row.show_step(step)
        self._show_profile()

    def _listen(self) -> None:
        session, document = self.context.session, self.context.document
        for signal in (
            document.opened,
            document.changed,
            session.tables_changed,
            session.summary_changed,
            session.certificate_changed,
            session.fellista_changed,
        ):
            signal.connect(self.refresh)
        document.opened.connect(self._list_recent)
        session.sent.connect(self._count_attempts)

    def _lay_out(self) -> QWidget:
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(3 * theme.GRID)
        columns.addWidget(_card(self._road_part()), 3)
        columns.addLayout(self._side(), 2)
        return body

    def _road_part(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.GRID)
        column.addWidget(SectionTitle(_("The road to production")))
        column.addLayout(self._road)
        column.addStretch(1)
        return column

    def _side(self) -> QVBoxLayout:
        opening = QVBoxLayout()
        opening.setSpacing(theme.GRID)
        opening.addWidget(SectionTitle(_("Open")))
        opening.addWidget(_wide(_("Open project…"), self._projects.ask_open, "folder-open-outline"))
        opening.addWidget(
            _wide(_("Open the sample hospital"), self._projects.open_sample, "hospital-building")
        )
        opening.addWidget(
            Note(_("400 made-up cases of a made-up hospital, with faults to find and correct."))
        )
        opening.addLayout(self._templates)
        opening.addWidget(Line())
        opening.addWidget(SectionTitle(_("Recent")))
        opening.addLayout(self._recent)
        opening.addStretch(1)
        self._list_recent()
        about = QVBoxLayout()
        about.setSpacing(theme.GRID)
        self._profile_name = SectionTitle()
        self._profile_note = Label(tone="quiet")
        about.addWidget(self._profile_name)
        about.addWidget(self._profile_note)
        side = QVBoxLayout()
        side.setSpacing(2 * theme.GRID)
        side.addWidget(_card(opening), 1)
        side.addWidget(_card(about))
        return side

    def _show_profile(self) -> None:
        document = self.context.document
        if document.is_open:
            self._profile_name.setText(document.profile.name.in_language(current()))
            self._profile_note.setText(document.profile.note.in_language(current()))
        else:
            self._profile_name.setText(_("The register profile"))
            self._profile_note.setText(
                _(
                    "The profile that comes with the program is a reconstruction from public"
                    " sources. Every fact shows where it comes from and how sure it is."
                )
            )

    def _list_templates(self, entries: tuple[TemplateEntry, ...]) -> None:
        """Offer a new project with each template."""
        _empty(self._templates)
        self.template_buttons = tuple(self._template_button(one) for one in entries)
        if entries:
            self._templates.addWidget(Line())
            self._templates.addWidget(SectionTitle(_("New project with a template")))
        for button in self.template_buttons:
            self._templates.addWidget(button)

    def _template_button(self, entry: TemplateEntry) -> Button:
        ask = partial(self._projects.ask_new, entry.name)
        words = _("{links} links for {tables}")
        tip = words.format(links=entry.links, tables=", ".join(entry.tables))
        button = Button(entry.name, ask, icon="shape-outline", kind="quiet", tip=tip)
        button.setAccessibleName(_("New project with the template {name}").format(name=entry.name))
        return button

    def _know_no_templates(self, _error: Exception) -> None:
        """Offer none: the file menu says why."""
        self._list_templates(())

    def _list_recent(self) -> None:
        _empty(self._recent)
        paths = self.context.settings.recent()
        if not paths:
            self._recent.addWidget(Note(_("Projects that you open are listed here.")))
        for path in paths:
            self._recent.addWidget(self._recent_button(path))

    def _recent_button(self, path: str) -> Button:
        there = is_there(Path(path))
        text = Path(path).stem if there else _("{name} (missing)").format(name=Path(path).stem)
        icon = "file-outline" if there else "file-alert-outline"
        button = Button(text, partial(self._projects.open, path), icon=icon, kind="quiet")
        button.setToolTip(path)
        return button

    def _go(self, page: str) -> None:
        self.context.navigator.go(page)

    def _count_attempts(self) -> None:
        self.run(deeds.JOURNAL_PAGE, 0, 1, done=self._take_attempts, failed=self._know_nothing)

    def _take_attempts(self, page: JournalPage) -> None:
        self._attempts = page.total
        self.refresh()

    def _know_nothing(self, _error: Exception) -> None:
        """Leave the step open: the journal says why on its own page."""
        self._attempts = 0


class RoadRow(QWidget):
    """One step of the road: state, name, what is known, and the way there."""

    def __init__(self, step: RoadStep, go: Callable[[str], None]) -> None:
        super().__init__()
        self._state = IconLabel()
        self._state.setFixedWidth(80)
        self._title = Label(bold=True)
        self._title.setWordWrap(False)
        self._note = Note()
        self._note.setWordWrap(False)
        self.button = Button(_("Go there"), partial(go, step.page), kind="quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self._state)
        layout.addWidget(self._title)
        layout.addWidget(self._note, 1)
        layout.addWidget(self.button)
        self.setFixedHeight(6 * theme.GRID)
        self.step = step

    def show_step(self, step: RoadStep) -> None:
        """Show how the step stands."""
        self.step = step
        icon, tone, word = _STATES[step.state]
        self._state.show_state(icon, _(word), tone)
        self._title.setText(step.title)
        self._note.setText(step.note)
        self._note.set_tone(step.tone)
        self.button.setAccessibleName(f"{step.title}: {_(word)}")


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (former := item.widget()) is not None:
            former.deleteLater()


def _wide(text: str, slot: Callable[[], object], icon: str) -> Button:
    button = Button(text, slot, icon=icon)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


def _card(column: QVBoxLayout) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    margin = 2 * theme.GRID
    column.setContentsMargins(margin, margin, margin, margin)
    card.setLayout(column)
    return card
