"""The ways from what is pointed at in a case: to its mapping, its source row, its rule."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gui import theme
from app.gui.cases.one.pointed import NOTHING, Pointed
from app.gui.widgets.controls import Button
from app.language.text import _


class Ways(QWidget):
    """A button for each way, below every view of the case; the same stand in the lists' menus."""

    mapping_wanted = Signal(str)
    source_wanted = Signal(str, int, str, str)
    register_wanted = Signal(object)
    nowhere = Signal()  # what is pointed at has no such way

    def __init__(self) -> None:
        super().__init__()
        self.pointed: Callable[[], Pointed] = lambda: NOTHING
        self.mapping = Button(_("Mapping"), self.show_mapping, icon="transit-connection-variant")
        self.source = Button(_("Source row"), self.show_source, icon="table-large")
        self.register = Button(_("Rule"), self.show_register, icon="book-search-outline")
        self._actions = (
            self._action(_("Show in the mapping"), "Ctrl+M", self.show_mapping),
            self._action(_("Show the source row"), "Ctrl+J", self.show_source),
            self._action(_("Show in the register"), "Ctrl+I", self.show_register),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for button in (self.mapping, self.source, self.register):
            layout.addWidget(button)
        layout.addStretch(1)

    def offer_at(self, part: QWidget) -> None:
        """Put the ways into the menu of a list, or of a text."""
        part.addActions(list(self._actions))
        part.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def follow(self) -> None:
        """Say which ways there are from what is pointed at now."""
        where = self.pointed()
        nothing = _("Choose something that comes from the export or has a rule.")
        self.mapping.explain("" if where.variable else nothing)
        self.source.explain("" if where.table else nothing)
        self.register.explain("" if where.register else nothing)
        enabled = (bool(where.variable), bool(where.table), bool(where.register))
        for action, is_on in zip(self._actions, enabled, strict=True):
            action.setEnabled(is_on)
        if where.variable:
            self.mapping.setToolTip(_("Show in the mapping") + f" {where.variable} (Ctrl+M)")
        if where.table:
            self.source.setToolTip(_("Show the source row") + " (Ctrl+J)")
        if where.register:
            self.register.setToolTip(_("Show in the register") + " (Ctrl+I)")
        words = _("Rule") if {"rule", "own"} & where.register.keys() else _("Register")
        self.register.setText(words)
        self.register.setAccessibleName(words)

    def show_mapping(self) -> None:
        """Go to the mapping row of what is pointed at."""
        where = self.pointed()
        if where.variable:
            self.mapping_wanted.emit(where.variable)
        else:
            self.nowhere.emit()

    def show_source(self) -> None:
        """Go to the source row of what is pointed at."""
        where = self.pointed()
        if where.table:
            self.source_wanted.emit(where.table, where.row, where.file, where.column)
        else:
            self.nowhere.emit()

    def show_register(self) -> None:
        """Go to the rule, else the variable, of what is pointed at."""
        where = self.pointed()
        if where.register:
            self.register_wanted.emit(dict(where.register))
        else:
            self.nowhere.emit()

    def _action(self, text: str, key: str, slot: Callable[[], None]) -> QAction:
        action = QAction(f"{text}\t{key}", self)  # the page has the key itself
        action.triggered.connect(lambda _checked=False: slot())
        return action
