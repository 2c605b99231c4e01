"""What came of a try: the headline, when and with whom, the rungs, and a copy for the register."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.certificate import ladder_words as words
from app.gui.frame.context import Context
from app.gui.widgets.attempt_words import moment
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import IconLabel, Note
from app.gui.widgets.parts import scroll_to
from app.gui.widgets.rung_list import Remedy, RungList, RungText
from app.language.ladder_words import text_for_register
from app.language.text import _
from app.workflow.certificate_views import LadderView


class LadderResult(QWidget):
    """The rungs as they stand: not tried, being tried, or as far as the last try came."""

    def __init__(self, context: Context, remedies: Mapping[str, Remedy]) -> None:
        super().__init__()
        self._context, self._remedies = context, remedies
        self._shown: LadderView | None = None
        self.title = IconLabel()
        self.title.let_shrink()
        self.note = Note()
        self.rungs = RungList(_("Connection"))
        self.copy = Button(_("Copy for UCR"), self._copy, icon="content-copy")
        last = QHBoxLayout()
        last.addWidget(self.copy)
        last.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for part in (self.title, self.note, self.rungs):
            layout.addWidget(part)
        layout.addLayout(last)

    def show_waiting(self, note: str, rungs: tuple[RungText, ...]) -> None:
        """Show what would be tried, and a remark on it."""
        self._shown = None
        self._show_parts(is_done=False)
        self.note.setText(note)
        self.rungs.show_rungs(rungs)

    def show_climb(self, step: str, codes: Sequence[str]) -> None:
        """Show how far a try under way has come."""
        self.show_waiting(_("The connection is being tried."), words.climbing(step, codes))

    def show_ladder(self, view: LadderView, names: Mapping[str, str]) -> None:
        """Show what came of a try; `names` calls the entrances by their names."""
        if view == self._shown:
            return
        self._shown = view
        self._show_parts(is_done=True)
        self.title.show_state(*words.headline(view))
        who = view.hsa_id or _("no certificate")
        self.note.setText(_("Tried {time} with {who}.").format(time=moment(view.at), who=who))
        self.rungs.show_rungs(
            tuple(words.rung_text(one, self._remedies, names) for one in view.rungs)
        )

    def reveal(self) -> None:
        """Scroll to what came of the try: the rung that breaks, below its headline."""
        wanted = self.rungs.wanted()
        scroll_to(*((wanted, self.title) if wanted is not None else (self.title,)))

    def _show_parts(self, *, is_done: bool) -> None:
        for part in (self.title, self.copy):
            part.setVisible(is_done)

    def _copy(self) -> None:
        if self._shown is not None:
            text = text_for_register(self._shown, self._context.document.profile)
            QGuiApplication.clipboard().setText(text)
            self._context.messages.show(_("Copied. The text holds no secrets."), "clean")
