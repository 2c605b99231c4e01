"""The columns of a table's key: one choice for each, and one more where one is not enough."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.tab_order import lead_through
from app.language.text import _


class KeyChoice(QWidget):
    """Choices under each other; the further ones can be taken away."""

    def __init__(self, chosen: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self._columns: tuple[str, ...] = ()
        self.choices: list[Choice] = []
        self.more = Button(_("One more column"), self._add, icon="plus", kind="quiet")
        self.more.setToolTip(_("Where it takes several columns to tell cases apart."))
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(theme.GRID // 2)
        self._place.addWidget(self.more)

    def show_keys(self, keys: tuple[str, ...], columns: tuple[str, ...]) -> None:
        """Show the key, among these columns."""
        self._columns = columns
        if len(keys) != len(self.choices):
            self._build(len(keys))
        for number, (choice, key) in enumerate(zip(self.choices, keys, strict=True)):
            known = columns if key in columns or not key else (key, *columns)
            none = ((" ", _("(no column)")),) if number else ()
            choice.set_entries((*none, *((one, one) for one in known)))
            choice.set_value(key)
        self.more.setEnabled(bool(columns))

    def _build(self, count: int) -> None:
        for former in self.choices:
            self._place.removeWidget(former)
            former.deleteLater()
        self.choices = []
        for number in range(count):
            name = _("Key column") if not number else _("Key column {n}").format(n=number + 1)
            choice = Choice(name)
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(12)
            choice.activated.connect(lambda _index: self._tell())
            self.choices.append(choice)
            self._place.insertWidget(number, choice)
        lead_through(self.choices, self.more)

    def _add(self) -> None:
        keys = tuple(one.value() for one in self.choices)
        self.show_keys((*keys, " "), self._columns)
        self.choices[-1].setFocus()

    def _tell(self) -> None:
        self._chosen(tuple(key for one in self.choices if (key := one.value().strip())))
