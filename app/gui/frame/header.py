"""The header: the project's name, and the chips."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.core.clock import Clock
from app.gui import theme
from app.gui.frame.chips import CertificateChip, Choices, ClockChip, EntranceChip, ReadOnlyChip
from app.gui.frame.context import Context
from app.gui.widgets.labels import Note, SectionTitle
from app.language.text import _

_TICK = 20_000  # ms


class Header(QFrame):
    """What is open, and the three things that are always true."""

    def __init__(self, context: Context, clock: Clock, when_locked: Choices = ()) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(48)
        self._document = context.document
        self._name = SectionTitle()
        self._state = Note()
        self._state.setWordWrap(False)
        clock_chip = ClockChip(context, clock)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 0, 3 * theme.GRID, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._name)
        layout.addWidget(self._state)
        layout.addWidget(ReadOnlyChip(context, when_locked))
        layout.addStretch(1)
        for chip in (EntranceChip(context), CertificateChip(context), clock_chip):
            layout.addWidget(chip)
        self._timer = QTimer(self)
        self._timer.timeout.connect(clock_chip.refresh)
        self._timer.start(_TICK)
        for signal in (self._document.opened, self._document.changed, self._document.saved):
            signal.connect(self.refresh)
        self._document.undo_stack.cleanChanged.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the name of the project and whether it is saved."""
        document = self._document
        self._name.setText(document.project.name if document.is_open else _("No project"))
        self._name.setToolTip(document.path)
        modified = document.is_open and (document.is_modified or not document.path)
        self._state.setText(_("not saved") if modified else "")
