"""The drawing by keys: along a side, across a line, and what is done with what is chosen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.gui.mapping.drawing.entries import LEFT, RIGHT
from app.gui.mapping.drawing.entry_item import HEIGHT

if TYPE_CHECKING:
    from app.gui.mapping.drawing.canvas import Canvas

_OTHER = {LEFT: RIGHT, RIGHT: LEFT}
_KEY, _MODIFIER = Qt.Key, Qt.KeyboardModifier
_STEPS = {_KEY.Key_Down: 1, _KEY.Key_Up: -1}
_PAGES = {_KEY.Key_PageDown: 1, _KEY.Key_PageUp: -1}
_ENDS = {_KEY.Key_End: 1, _KEY.Key_Home: -1}
_ACROSS = {_KEY.Key_Right: LEFT, _KEY.Key_Left: RIGHT}  # the side that one comes from
_ZOOM = {_KEY.Key_Plus: 1, _KEY.Key_Equal: 1, _KEY.Key_Minus: -1}
_FOLD = {_KEY.Key_Plus: False, _KEY.Key_Minus: True}


class Walker:
    """Turns keys into what the canvas does; says which keys it knows."""

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self._last = {LEFT: "", RIGHT: ""}

    @property
    def side(self) -> str:
        """The side where one is."""
        return self._canvas.current.side if self._canvas.current is not None else RIGHT

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; say whether it said anything."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~_MODIFIER.KeypadModifier
        if modifiers == _MODIFIER.ControlModifier:
            return self._zoom(key)
        if modifiers not in {_MODIFIER.NoModifier, _MODIFIER.ShiftModifier}:
            return False
        if key in _FOLD:
            return self._fold(folded=_FOLD[key])
        return modifiers == _MODIFIER.NoModifier and (self._go(key) or self._do(key))

    def tab(self, *, forward: bool) -> bool:
        """Go to the other side, unless Tab is to leave the drawing.

        With something in hand it goes to the side where that can be connected.
        """
        taken = self._canvas.taken
        is_needed = taken is not None and taken.side == self.side
        if (is_needed or forward == (self.side == LEFT)) and self._entries(_OTHER[self.side]):
            self._cross(along=False)
            return True
        return False

    def begin(self) -> None:
        """Stand on the first entry when one comes here with nothing chosen."""
        if self._canvas.current is None and self._entries(RIGHT):
            self._canvas.choose(self._canvas.board.sides[RIGHT].entries[0])

    def _go(self, key: Qt.Key) -> bool:
        side = self._canvas.board.sides[self.side]
        if key in _STEPS:
            self._walk(_STEPS[key])
        elif key in _PAGES:
            self._walk(_PAGES[key] * max(1, int(side.height) // HEIGHT - 2))
        elif key in _ENDS:
            self._walk(_ENDS[key] * len(side.entries))
        elif key in _ACROSS and self.side == _ACROSS[key]:
            self._cross(along=True)
        else:
            return key in _ACROSS
        return True

    def _do(self, key: Qt.Key) -> bool:
        canvas = self._canvas
        if key in {_KEY.Key_Return, _KEY.Key_Enter}:
            self._act()
        elif key == _KEY.Key_Escape and (canvas.taken or canvas.line):
            canvas.take(None)
            canvas.choose(canvas.current)
        elif key == _KEY.Key_Delete:
            canvas.remove_wanted.emit(canvas.highlighted())
        else:
            return False
        return True

    def _act(self) -> None:
        """Fold a heading, connect with what is in hand, or take this in hand."""
        canvas = self._canvas
        entry = canvas.current
        if entry is None:
            return
        if entry.is_heading:
            canvas.ask_fold(entry, folded=not entry.is_folded)
        elif not canvas.meet(entry):
            canvas.take(entry)

    def _fold(self, *, folded: bool) -> bool:
        current = self._canvas.current
        if current is not None:
            heading = self._canvas.board.sides[current.side].entry_of(current.heading)
            if heading is not None:
                self._canvas.choose(heading)
                self._canvas.ask_fold(heading, folded=folded)
        return True

    def _zoom(self, key: Qt.Key) -> bool:
        if key in _ZOOM:
            self._canvas.step_zoom(_ZOOM[key])
        elif key == _KEY.Key_0:
            self._canvas.set_zoom(1.0)
        else:
            return False
        return True

    def _walk(self, step: int) -> None:
        side, current = self._canvas.board.sides[self.side], self._canvas.current
        if side.entries:
            row = side.row_of(current.key) + step if current is not None else 0
            self._choose(side.entries[min(max(row, 0), len(side.entries) - 1)].key, self.side)

    def _cross(self, *, along: bool) -> None:
        """Go to the other side: along a line, else to where one was, else to what lies level."""
        canvas, here = self._canvas, self.side
        current = canvas.current
        if current is not None:
            self._last[here] = current.key
        other = canvas.board.sides[_OTHER[here]]
        lines = canvas.highlighted() if along else ()
        ends = [line.right if here == LEFT else line.left for line in lines]
        level = canvas.board.sides[here].middle(current.key) if current is not None else 0.0
        beside = other.entry_at(level) or (other.entries[0] if other.entries else None)
        wanted = (*ends[:1], self._last[_OTHER[here]], beside.key if beside else "")
        key = next((one for one in wanted if other.row_of(one) >= 0), "")
        if key:
            self._choose(key, _OTHER[here])

    def _choose(self, key: str, side: str) -> None:
        self._canvas.choose(self._canvas.board.sides[side].entry_of(key))

    def _entries(self, side: str) -> int:
        return len(self._canvas.board.sides[side].entries)
