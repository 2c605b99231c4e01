"""The window: composes rail, header, pages and message strip; no rules, no work."""

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.clock import Clock, system_clock
from app.core.mapping import LinkState
from app.gui import settings
from app.gui.actions import PAGES
from app.gui.frame.action_set import ActionSet
from app.gui.frame.closing import Closing
from app.gui.frame.context import Context
from app.gui.frame.dress import Dress
from app.gui.frame.expiry import ExpiryWarning
from app.gui.frame.header import Header
from app.gui.frame.keystore_note import KeystoreNote
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.frame.palette import CommandPalette
from app.gui.frame.panels import Panels
from app.gui.frame.panes import focus_next, panes_of
from app.gui.frame.projects import Projects
from app.gui.frame.rail import Rail
from app.gui.frame.recovery import RecoveryStrip
from app.gui.frame.safekeeping import Safekeeping
from app.gui.frame.strip import MessageStrip, WorkStrip
from app.gui.frame.template_deeds import TemplateDeeds

_SMALLEST = (1100, 640)
_PACKAGES = (".p12", ".pfx")  # certificates with their keys: no page mistakes them for data
_FIRST = (1366, 768)


def page_class(page: str) -> Callable[[Context], Page]:
    """Return what makes a page; it is loaded when the user first comes there."""
    row = next(one for one in PAGES if one.id == page)
    found: Callable[[Context], Page] = getattr(
        import_module(f"app.gui.{page}.page"), row.class_name
    )
    return found


class MainWindow(QMainWindow):
    """The one window."""

    def __init__(self, context: Context, app: QApplication, clock: Clock = system_clock) -> None:
        super().__init__()
        self.context = context
        self.projects = Projects(context, self)
        self.templates = TemplateDeeds(context, self)
        self.safekeeping = Safekeeping(context, self.projects, self)
        self._clock = clock
        self.dress = Dress(context, app)
        self._closing = Closing(self, context, self.projects)
        self._expiry = ExpiryWarning(context, self)
        self._keystore_note = KeystoreNote(context, self)
        self._pages: dict[str, Page] = {}
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self.panels = Panels(context, self)
        self._build()
        self._listen()
        self._restore()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._shown]

    def go(self, page: str, place: Place | None = None) -> None:
        """Show a page, building it at the first visit."""
        if page not in self._pages:
            self._pages[page] = page_class(page)(self.context)
            self._stack.addWidget(self._pages[page])
        self._shown = page
        self.context.navigator.note(page)
        self.context.settings.set_text(settings.PAGE, page)
        self._stack.setCurrentWidget(self._pages[page])
        self._rail.show_page(page)
        self.panels.show_page(self._pages[page])
        self._pages[page].arrive(place or Place(page))
        self.strip.forget_success()
        self._take_focus()

    def _take_focus(self) -> None:
        """Put the focus on the page, unless it is there already or walks along the rail."""
        focus = QApplication.focusWidget()
        places = (self.page, self._rail)
        is_there = focus is not None and any(one.isAncestorOf(focus) for one in places)
        if self.isVisible() and not is_there:
            focus_next([*panes_of(self.page), self._rail])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        packages = [one for one in files if one.casefold().endswith(_PACKAGES)]
        if packages:
            self.go("certificate", Place("certificate", {"file": packages[0]}))
        else:
            self.projects.take_files(files)
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closing.may_close():
            event.ignore()
            return
        self.safekeeping.leave()
        self.panels.leave()
        self.context.settings.set_state(settings.GEOMETRY, self.saveGeometry())
        self.context.settings.write()
        super().closeEvent(event)

    def _build(self, page: str = "start") -> None:
        self.actions_by_id = ActionSet(_slots(self), self.context.document.undo_group, self.go)
        self._menus = self.actions_by_id.fill(self.menuBar())
        self._menus["page"].aboutToShow.connect(self._fill_page_menu)
        self.actions_by_id.tick(_LANGUAGES[self.context.settings.text(settings.LANGUAGE)])
        self.actions_by_id.tick(self.context.settings.text(settings.SCHEME))
        self._rail = Rail()
        self._rail.chosen.connect(self.go)
        self._stack = QStackedWidget()
        self.strip = MessageStrip(self.context.messages)
        self.strip.row.addWidget(WorkStrip(self.context.backend))
        self.setCentralWidget(self._lay_out())
        self._shown = page
        self.go(page)
        self._name()
        self._count()

    def _lay_out(self) -> QWidget:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(Header(self.context, self._clock, self.safekeeping.when_locked()))
        self._recovery = RecoveryStrip(self.safekeeping.autosave, self._clock)
        right.addWidget(self._recovery)
        right.addWidget(self._stack, 1)
        right.addWidget(self.strip)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addLayout(right, 1)
        return whole

    def _rebuild(self) -> None:
        """Build everything anew in the language and colours that now hold."""
        self._pages.clear()
        message = self.strip.message
        self.panels.build()
        self._build(self._shown)
        if message is not None:
            self.strip.show_message(message)

    def _listen(self) -> None:
        context = self.context
        context.navigator.requested.connect(self._go_to)
        context.backend.troubled.connect(context.messages.show_error)
        self.dress.changed.connect(self._rebuild)
        for signal in (context.document.opened, context.document.saved):
            signal.connect(self._name)
        context.document.undo_stack.cleanChanged.connect(self._name)
        context.document.undo_stack.indexChanged.connect(self._forget)
        for signal in (
            context.document.opened,
            context.document.changed,
            context.session.summary_changed,
            context.session.fellista_changed,
        ):
            signal.connect(self._count)

    def _restore(self) -> None:
        kept = self.context.settings.state(settings.GEOMETRY)
        if kept == QByteArray() or not self.restoreGeometry(kept):
            self.resize(*_FIRST)

    def _go_to(self, place: Place) -> None:
        self.go(place.page, place)

    def _forget(self, _step: int) -> None:
        """Let go of a success that a change, or an undo, may have made untrue."""
        self.strip.forget_success()

    def _name(self) -> None:
        document = self.context.document
        name = f"{document.project.name}[*] – " if document.is_open else ""
        self.setWindowTitle(f"{name}SPOR Workbench")
        self.setWindowModified(document.is_modified)

    def _count(self) -> None:
        """Show on the rail what waits: links to approve, cases held back, fellista cases."""
        session, project = self.context.session, self.context.document.project
        waiting = sum(link.state is not LinkState.APPROVED for link in project.links)
        self._rail.set_count("mapping", waiting)
        self._rail.set_count("cases", session.summary.stopped if session.summary else 0)
        self._rail.set_count("fellista", len(session.fellista.cases) if session.fellista else 0)
        for action in _NEED_A_PROJECT:
            self.actions_by_id.by_id[action].setEnabled(self.context.document.is_open)

    def _fill_page_menu(self) -> None:
        menu = self._menus["page"]
        menu.clear()
        menu.addActions(self.page.actions())

    def open_palette(self) -> None:
        """Show the palette of every action."""
        actions = (*self.page.actions(), *self.actions_by_id.all())
        CommandPalette(self, actions).show()

    def next_pane(self) -> None:
        """Put the focus on the next pane."""
        panes = (*panes_of(self.page), *self.panels.shown(), self.strip, self._recovery)
        focus_next([self._rail, *panes])

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)


def _slots(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what each action does."""
    context, projects, templates = window.context, window.projects, window.templates
    dress = window.dress
    return {
        "new": projects.ask_new,
        "open": projects.ask_open,
        "sample": projects.open_sample,
        "save": projects.save,
        "save_as": projects.ask_save_as,
        "save_template": templates.ask_save,
        "apply_template": templates.ask_apply,
        "specification": templates.ask_specification,
        "reload": context.session.read_tables,
        "quit": window.close,
        "back": context.navigator.back,
        "forward": context.navigator.forward,
        "palette": window.open_palette,
        "next_pane": window.next_pane,
        "swedish": lambda: dress.use_language("sv"),
        "english": lambda: dress.use_language("en"),
        "system": lambda: dress.use_scheme("system"),
        "light": lambda: dress.use_scheme("light"),
        "dark": lambda: dress.use_scheme("dark"),
        "history": window.panels.toggle_history,
        "full_screen": window.toggle_full_screen,
        "help_page": window.panels.toggle_help,
    }


_NEED_A_PROJECT = (
    "save",
    "save_as",
    "save_template",
    "apply_template",
    "specification",
    "reload",
)
_LANGUAGES = {"sv": "swedish", "en": "english"}
