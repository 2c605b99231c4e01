"""One value's way: what stood in the file, what each step left of it, what is sent."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.mapping import Link
from app.gui import theme
from app.gui.widgets.fact_rows import SELECTABLE
from app.gui.widgets.labels import Label
from app.gui.widgets.trouble import Trouble
from app.language.codes_conversion import step_sentence
from app.language.sentences import name_of
from app.language.text import _
from app.workflow.views import ValueView


class Stages(QWidget):
    """A line for each column, each step and the value that is sent."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.GRID // 2, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.GRID)
        self._grid.setVerticalSpacing(theme.GRID // 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    @property
    def text(self) -> str:
        """All that is shown."""
        return "\n".join(part.text() for part in self._parts if isinstance(part, Label | Trouble))

    def show_value(self, value: ValueView | None, link: Link | None) -> None:
        """Show the way of another value; its link names the steps."""
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts.clear()
        if value is None:
            return
        for name, text in _origin(value):
            self._add(name, text)
        for name, text, problem in _steps(value, link):
            self._add(name, text, problem)
        self._add(_("Sent as"), value.value, bold=True)

    def _add(self, name: str, text: str, problem: str = "", *, bold: bool = False) -> None:
        row = len(self._parts) // 2
        label = Label(name, tone="quiet")
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        shown: QWidget
        if problem:
            shown = Trouble(name_of(problem), "blocks")
        else:
            shown = Label(text or _("(missing)"), tone="text" if text else "quiet", bold=bold)
            shown.setTextInteractionFlags(SELECTABLE)
            shown.setAccessibleName(f"{name}: {shown.text()}")
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(shown, row, 1)
        self._parts += [label, shown]


def _origin(value: ValueView) -> Sequence[tuple[str, str]]:
    """Return what stood in each column, and where."""
    if not value.columns:
        return ((_("No column"), _("the same for every case")),)
    place = _("{table}, line {row}").format(table=value.table, row=value.row)
    where = f"{place}, {value.file}" if value.file else place
    pairs = zip(value.columns, value.raw, strict=False)
    return ((_("Stands in"), where if value.row else value.table), *pairs)


def _steps(value: ValueView, link: Link | None) -> Sequence[tuple[str, str, str]]:
    """Return each step's name, what it left, and the code of why it could not."""
    if not value.stages:
        return ()
    first, *after = value.stages
    joined = [(_("Together"), first.value, first.problem)] if len(value.columns) > 1 else []
    steps = link.steps if link is not None else ()
    named = [step_sentence(step) for step in steps] + [""] * len(after)
    for number, (stage, name) in enumerate(zip(after, named, strict=False), start=1):
        words = f"{number}. {name}" if name else _("Step {number}").format(number=number)
        joined.append((words, stage.value, stage.problem))
    return joined
