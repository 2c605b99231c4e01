"""What stands around the drawing: a filter for each side, zoom and focus."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.gui import theme
from app.gui.mapping.drawing.canvas import Canvas
from app.gui.widgets.controls import Choice, SearchField
from app.gui.widgets.labels import Note
from app.language.text import _

_NARROWEST, _WIDEST = 84, 460  # pixels


class Filter(QWidget):
    """A text and a kind that choose what is shown of one side."""

    changed = Signal()

    def __init__(self, name: str, kinds: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.search = SearchField(name)
        self.search.setMinimumWidth(_NARROWEST)
        self.search.setMaximumWidth(_WIDEST)
        self.search.textChanged.connect(self.changed)
        self.kind = Choice(_("Show"), tuple((value, _(text)) for value, text in kinds))
        self.kind.setMinimumWidth(_NARROWEST)
        self.kind.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.kind.setMaximumWidth(self.kind.sizeHint().width())
        self.kind.activated.connect(self.changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        self.setMaximumWidth(_WIDEST)
        layout.addWidget(self.search, 3)
        layout.addWidget(self.kind, 2)

    def clear(self) -> None:
        """Show everything."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.kind.set_value("")
        self.changed.emit()


class ViewTools(QWidget):
    """Whether the other lines fade, and how large everything is."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.focus = _tool("image-filter-center-focus", _("Only the lines of what is chosen"))
        self.focus.setCheckable(True)
        self.focus.setChecked(canvas.fades)
        self.focus.toggled.connect(self._fade)
        self._percent = Note()
        self._percent.setWordWrap(False)
        layout.addWidget(self.focus)
        for icon, name, deed in (
            ("magnify-minus-outline", _("Smaller (Ctrl+−)"), lambda: canvas.step_zoom(-1)),
            ("magnify-plus-outline", _("Larger (Ctrl++)"), lambda: canvas.step_zoom(1)),
            ("fit-to-page-outline", _("As much as can be read"), canvas.fit),
        ):
            layout.addWidget(_tool(icon, name, deed))
        layout.addWidget(self._percent)
        canvas.zoomed.connect(self._show_zoom)
        self._show_zoom()

    def _fade(self, wanted: bool) -> None:
        self._canvas.fades = wanted
        self._canvas.choose(self._canvas.current, line=self._canvas.line, see=False)

    def _show_zoom(self) -> None:
        self._percent.setText(f"{round(100 * self._canvas.zoom)}\u00a0%")


def _tool(icon: str, name: str, deed: Callable[[], object] | None = None) -> QToolButton:
    made = QToolButton()
    made.setIcon(theme.icon(icon))
    made.setIconSize(QSize(16, 16))
    made.setToolTip(name)
    made.setAccessibleName(name)
    if deed is not None:
        made.clicked.connect(lambda _checked=False: deed())
    return made
