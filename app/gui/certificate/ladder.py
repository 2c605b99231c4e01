"""The connection ladder: from the certificate here to the contract there, rung by rung."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.core.register import Entrance
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.authorities import (
    AuthoritiesButton,
    authorities_sentence,
    needs_authorities,
)
from app.gui.frame.context import Context
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.gate_list import GateList
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.language.text import _, current
from app.workflow.views import Gate


class Ladder(QWidget):
    """Try an entrance and see which rung holds and which does not."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context = context
        self._page = page
        self.entrance = Choice(_("Entrance"))
        self.attempt = Button(_("Try the connection"), self._climb, icon="lan-connect")
        self.authorities = AuthoritiesButton(context)
        self.trusted = Note()
        self.rungs = GateList(_("Connection"), self._named)
        self.note = Note()
        self.entrance.currentIndexChanged.connect(lambda _index: self._forget())
        self._lay_out()
        context.document.changed.connect(self._show_trusted)

    def refresh(self) -> None:
        """Offer the profile's entrances, the chosen one first chosen here too."""
        document, session = self._context.document, self._context.session
        entrances = document.profile.entrances if document.is_open else ()
        self.entrance.set_entries(
            tuple((one.id, one.name.in_language(current())) for one in entrances)
        )
        if entrances:
            self.entrance.set_value(session.entrance_id)
        self.entrance.setEnabled(bool(entrances))
        self._forget()
        self.attempt.explain(self._reason())

    def _chosen(self) -> Entrance | None:
        document = self._context.document
        entrances = document.profile.entrances if document.is_open else ()
        return next((one for one in entrances if one.id == self.entrance.value()), None)

    def _show_trusted(self) -> None:
        """Show whom the project trusts at the chosen entrance."""
        entrance = self._chosen()
        self.authorities.show_entrance(entrance)
        asks = entrance is not None and needs_authorities(entrance)
        self.trusted.setVisible(asks)
        if entrance is not None:
            project = self._context.document.project
            self.trusted.setText(authorities_sentence(project, entrance))

    def _reason(self) -> str:
        """Return why the connection cannot be tried, "" when it can."""
        if not self._context.document.is_open:
            return _("Open a project first; its profile knows the entrances.")
        if self._context.session.certificate is None:
            return _("Import a certificate first.")
        return ""

    def _forget(self) -> None:
        self._show_trusted()
        self.rungs.show_gates(())
        self.note.setText(self._reason() or _("Nothing is sent. Only the connection is tried."))

    def _climb(self) -> None:
        self.attempt.explain(_("The connection is being tried."))
        self.rungs.show_gates(())
        self.note.setText(_("The connection is being tried."))
        self._page.run(
            deeds.TRY_GATES, self.entrance.value(), done=self._show, failed=self._fail
        )

    def _show(self, rungs: tuple[Gate, ...]) -> None:
        self.attempt.explain(self._reason())
        self.rungs.show_gates(rungs)
        holds = bool(rungs) and all(rung.is_open for rung in rungs)
        self.note.setText(
            _("Every rung holds: the entrance takes the certificate.")
            if holds
            else _("The rung that does not hold says what is wrong.")
        )

    def _fail(self, error: WorkbenchError) -> None:
        self.attempt.explain(self._reason())
        self._forget()
        self._context.messages.show_error(error)

    def _named(self, name: str, value: str) -> str:
        """Return an entrance's name in place of its id."""
        document = self._context.document
        if name == "entrance" and document.is_open:
            names = {one.id: one.name.in_language(current()) for one in document.profile.entrances}
            return names.get(value, value)
        return value

    def _lay_out(self) -> None:
        choose = QHBoxLayout()
        choose.setSpacing(theme.GRID)
        choose.addWidget(self.entrance, 1)
        choose.addWidget(self.attempt)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(SectionTitle(_("Connection")))
        layout.addWidget(
            Label(
                _("Try how far the certificate reaches, rung by rung, before anything is sent."),
                tone="quiet",
            )
        )
        layout.addLayout(choose)
        trust = QHBoxLayout()
        trust.addWidget(self.trusted, 1)
        trust.addWidget(self.authorities)
        layout.addLayout(trust)
        layout.addWidget(self.rungs)
        layout.addWidget(self.note)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
