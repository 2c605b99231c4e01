"""One step of a conversion: its sentence, what it leaves of the row, and its options."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.conversion import Entry
from app.core.mapping import Step
from app.gui import theme
from app.gui.mapping.fields import TARGET, tool
from app.gui.mapping.option_fields import Surrounding, option_field
from app.gui.widgets.labels import Label, Note
from app.gui.widgets.numbers import count, share_to_tenth
from app.gui.widgets.trouble import Trouble
from app.language.codes_conversion import (
    StepOption,
    inverse_sentence,
    step_options,
    step_sentence,
)
from app.language.sentences import name_of
from app.language.text import _, ngettext
from app.workflow.mapping_views import ConditionCount, StepValue

_PER_MILLE = 1000
_TIMES = frozenset({"date", "datetime"})  # their format is that of the link's own columns


class StepLine(QFrame):
    """Folded it is two lines; opened it shows its options and what the way back would be."""

    changed = Signal(Step)
    removed = Signal()
    moved = Signal(int)
    toggled = Signal(bool)
    formats_wanted = Signal()

    def __init__(self, number: int, step: Step, around: Surrounding, *, is_open: bool) -> None:
        super().__init__()
        self.step = step
        self._number = number
        self.setObjectName("step")
        line = theme.color("line").name()
        self.setStyleSheet(f"QFrame#step {{ border-top: 1px solid {line}; }}")
        self.value = Note()
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.trouble = Trouble()
        self.counted = Note()
        self.counted.hide()
        self.fields: dict[str, QWidget] = {}
        self._options = self._make_options(around)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID // 2, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._head(is_open))
        for part in (self.counted, self._options, self.value, self.trouble):
            layout.addWidget(part)
        self._options.setVisible(is_open)

    def set_ends(self, *, first: bool, last: bool) -> None:
        """Say whether there is a step before and one after."""
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)

    def show_value(self, one: StepValue | None) -> None:
        """Show what the step leaves of the row that is tried."""
        problem = one.problem if one is not None else ""
        self.value.setVisible(one is not None and not problem)
        if one is not None:
            value = one.value or _("(missing)")
            self.value.setText(f"→  {value}")
        self.trouble.say(name_of(problem) if problem else "")

    def show_count(self, counted: ConditionCount) -> None:
        """Show for how many rows the step's condition holds."""
        words = ngettext(
            "Holds for {fits} of {total} row", "Holds for {fits} of {total} rows", counted.total
        )
        text = words.format(fits=count(counted.fits), total=count(counted.total))
        self.counted.setText(text)
        self.counted.show()

    def offer_formats(self, formats: tuple[tuple[str, float], ...]) -> None:
        """Let one of the formats that occur be chosen from a menu."""
        menu = QMenu(self)
        for form, part in formats:
            share = share_to_tenth(round(part * _PER_MILLE), _PER_MILLE)
            words = _("{format}    fits {share} of the values").format(format=form, share=share)
            menu.addAction(words).triggered.connect(partial(self.set_option, "format", form))
        if not formats:
            menu.addAction(_("No format fits the values")).setEnabled(False)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = self.detect.rect().bottomLeft() if self.detect else self.rect().bottomLeft()
        menu.popup((self.detect or self).mapToGlobal(place))

    def set_option(self, name: str, value: object) -> None:
        """Set one option; what is empty is not kept."""
        options = {**dict(self.step.options), name: str(value)}
        kept = tuple((key, text) for key, text in options.items() if text)
        self.changed.emit(Step(self.step.kind, kept))

    def _head(self, is_open: bool) -> QHBoxLayout:
        self.opener = QToolButton()
        self.opener.setMinimumSize(TARGET, TARGET)
        self.opener.setCheckable(True)
        self.opener.setChecked(is_open)
        self.opener.setIcon(theme.icon(_arrow(is_open), "quiet"))
        self.opener.setEnabled(bool(self.fields))
        self.opener.setToolTip(_("Options of the step"))
        self.opener.toggled.connect(self._toggle)
        words = Label(step_sentence(self.step))
        words.setToolTip(inverse_sentence(self.step))
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.up = tool("arrow-up", _("Move the step up"), lambda: self.moved.emit(-1))
        self.down = tool("arrow-down", _("Move the step down"), lambda: self.moved.emit(1))
        self.remover = tool("close", _("Remove the step"), self.removed.emit)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        for place, part in enumerate((self.opener, self.up, self.down, self.remover)):
            part.setObjectName(f"step/{self._number}/{place}")
            name = part.accessibleName() or part.toolTip()
            part.setAccessibleName(f"{name}: {step_sentence(self.step)}")
            if place:
                row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _make_options(self, around: Surrounding) -> QWidget:
        self.detect: QToolButton | None = None
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(3 * theme.GRID, 0, 0, theme.GRID // 2)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        grid.setColumnStretch(1, 1)
        settings = step_options(self.step.kind)
        for row, option in enumerate(settings):
            self._add_option(grid, row, option, around)
        back = inverse_sentence(self.step)
        if back and settings:
            grid.addWidget(Note(back), len(settings), 0, 1, 3)
        return body

    def _add_option(
        self, grid: QGridLayout, row: int, option: StepOption, around: Surrounding
    ) -> None:
        label = Note(option.label)
        field = option_field(self.step, option, around, partial(self.set_option, option.name))
        field.setObjectName(f"step/{self._number}/{option.name}")
        self.fields[option.name] = field
        grid.addWidget(label, row, 0)
        if option.entry is Entry.FORMAT and self.step.kind in _TIMES:
            self.detect = tool("auto-fix", _("See how it is written"), self.formats_wanted.emit)
            grid.addWidget(field, row, 1)
            grid.addWidget(self.detect, row, 2)
        else:
            grid.addWidget(field, row, 1, 1, 2)

    def _toggle(self, is_open: bool) -> None:
        self.opener.setIcon(theme.icon(_arrow(is_open), "quiet"))
        self._options.setVisible(is_open)
        self.toggled.emit(is_open)


def _arrow(is_open: bool) -> str:
    return "chevron-down" if is_open else "chevron-right"
