"""Journal: every attempt, newest first, and what the register answered."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.core.outcome import Attempt
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.journal.certificate_events import CertificateEventTable
from app.gui.journal.events import EventTable
from app.gui.widgets.attempt_words import attempt_columns, attempt_facts, outcome_status
from app.gui.widgets.controls import Button, SearchField
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.long_list import PAGE, Arrived, LongList
from app.gui.widgets.parts import EmptyState, Inspector, Splitter
from app.gui.widgets.segments import Segments
from app.gui.widgets.table import Table
from app.language.text import _, ngettext
from app.workflow.views import JournalPage as AttemptPage

_TYPING = 250  # ms of rest before a search begins
ATTEMPTS, EVENTS, CERTIFICATES = "attempts", "events", "certificates"


class JournalPage(Page):
    """What was sent, when, by whom, and what came back."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Journal"),
            _("See every attempt and what the register answered. The journal is encrypted."),
        )
        self.again = Button(_("Look again"), self.reload, icon="refresh", kind="primary")
        self.set_primary(self.again)
        self.empty = EmptyState(
            "book-clock-outline",
            _("Nothing is sent yet"),
            _("Every attempt is noted here before and after it is made."),
            _("Go to Send"),
            lambda: context.navigator.go("sending"),
        )
        self.search = SearchField(_("Search behandlingsnummer"))
        self.statistics = Note()
        views = (
            (ATTEMPTS, _("Attempts")),
            (EVENTS, _("Other events")),
            (CERTIFICATES, _("Certificates")),
        )
        self.parts = Segments(_("View"), views)
        self.add_secondary(self.parts)
        self.events = EventTable(self, self._searched)
        self.certificates = CertificateEventTable(self)
        self.model: LongList[Attempt] = LongList(attempt_columns(with_case=True), self._fetch)
        self.table: Table[Attempt] = Table(_("Attempts"), self.model)
        self.title = SectionTitle()
        self.hint = Label(tone="quiet")
        self.facts = FactRows()
        self.open = Button(_("Show under Cases"), self._show_case, kind="quiet")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._body = self._lay_out()
        self._listen()
        self._choose(None)
        self.show_body(self._body)
        self.reload()

    def arrive(self, place: Place) -> None:
        """Show the attempts of one case."""
        if "case" in place.target:
            self.set_view(ATTEMPTS)
            self.search.setText(place.target["case"])

    def reload(self) -> None:
        """Fetch anew what is shown."""
        reloads = {EVENTS: self.events.reload, CERTIFICATES: self.certificates.reload}
        reloads.get(self.parts.value(), self.model.reload)()

    def set_view(self, view: str) -> None:
        """Show the attempts, or what was done with cases beside them, or with certificates."""
        self.parts.set_value(view)
        tables: dict[str, QWidget] = {EVENTS: self.events, CERTIFICATES: self.certificates}
        self._shown.setCurrentWidget(tables.get(view, self._splitter))
        self.statistics.setText("")
        self.search.setEnabled(view != CERTIFICATES)
        if view != ATTEMPTS:
            self.show_body(self._body)
        self.reload()

    def _listen(self) -> None:
        self.context.session.sent.connect(self.reload)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self._timer.timeout.connect(self.reload)
        self.model.loaded.connect(self._loaded)
        self.events.list.loaded.connect(self._count_events)
        self.certificates.list.loaded.connect(self._count_certificates)
        self.table.current_changed.connect(self._choose)
        self.parts.chosen.connect(self.set_view)

    def _searched(self) -> str:
        return self.search.text().strip()

    def _fetch(self, offset: int, count: int, arrived: Arrived, failed: Callable[[], None]) -> None:
        def done(page: AttemptPage) -> None:
            arrived(page.total, page.attempts)

        def trouble(error: WorkbenchError) -> None:
            failed()
            self.context.messages.show_error(error)

        self.run(
            deeds.JOURNAL_PAGE,
            offset,
            count,
            self._searched(),
            done=done,
            failed=trouble,
        )

    def _loaded(self) -> None:
        searching = bool(self._searched())
        self.show_body(self._body if self.model.total or searching else self.empty)
        self.statistics.setText(self._statistics())
        self.table.choose(0)

    def _statistics(self) -> str:
        """Return how many attempts there are, and how the newest of them went."""
        total = self.model.total
        if not total:
            return _("No attempt fits the search.")
        newest = [self.model.row_at(number) for number in range(min(total, PAGE))]
        status = [outcome_status(one.kind) for one in newest if one is not None]
        text = ngettext("{total} attempt.", "{total} attempts.", total).format(total=total)
        latest = _(
            "Of the {count} latest: {accepted} accepted, {refused} refused, {rest} unanswered."
        ).format(
            count=len(status),
            accepted=status.count("clean"),
            refused=status.count("refused"),
            rest=status.count("unknown") + status.count("blocks"),
        )
        return f"{text} {latest}"

    def _count_events(self) -> None:
        self._count(self.events.list.total)

    def _count_certificates(self) -> None:
        self._count(self.certificates.list.total)

    def _count(self, total: int) -> None:
        text = ngettext("{total} event.", "{total} events.", total)
        self.statistics.setText(text.format(total=total))

    def _choose(self, attempt: Attempt | None) -> None:
        self.hint.setVisible(attempt is None)
        self.facts.setVisible(attempt is not None)
        self.open.setVisible(attempt is not None)
        if attempt is None:
            self.title.setText(_("No attempt is chosen"))
            self.hint.setText(_("Choose an attempt to see all that is noted about it."))
            return
        self.title.setText(_("Attempt {number}").format(number=attempt.number))
        self.facts.show_facts(attempt_facts(attempt))

    def _show_case(self) -> None:
        attempt = self.table.current_row()
        if attempt is not None:
            self.context.navigator.go("cases", case=attempt.case)

    def _lay_out(self) -> QWidget:
        inspector = Inspector(_("The chosen attempt"))
        inspector.fill(self.title, self.hint, self.facts, self.open)
        above = QHBoxLayout()
        above.setSpacing(2 * theme.GRID)
        self.search.setFixedWidth(232)
        above.addWidget(self.search)
        above.addWidget(self.statistics, 1)
        self._splitter = Splitter("journal", self.context.settings, self.table, inspector)
        self._splitter.share(64, 36)
        self._shown = QStackedWidget()
        for part in (self._splitter, self.events, self.certificates):
            self._shown.addWidget(part)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(above)
        layout.addWidget(self._shown, 1)
        return body
