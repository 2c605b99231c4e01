"""What is done when several rows of the case table are of one case: chosen, never guessed."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.core.mapping import Duplicates, Keep
from app.gui import theme
from app.gui.source.relation_words import KEEP, duplicates_sentence
from app.gui.widgets.controls import Choice
from app.gui.widgets.labels import FieldLabel, Note, SectionTitle, StatusLabel
from app.language.text import _

_FILE_ORDER = " "


class DuplicatesChoice(QWidget):
    """The policy, and the column that says which row is the first and which the last."""

    def __init__(self, chosen: Callable[[Duplicates], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self.count = StatusLabel("clean")
        self.buttons: dict[Keep, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.order = Choice(_("Order by"))
        self.order.activated.connect(lambda _index: self._tell())
        self._group.idClicked.connect(lambda _number: self._tell())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(SectionTitle(_("Several rows of one case")))
        column.addWidget(self.count)
        for keep, text in KEEP.items():
            button = QRadioButton(_(text))
            self._group.addButton(button)
            self.buttons[keep] = button
            column.addWidget(button)
        column.addWidget(self._by())
        column.addWidget(Note(_("Each row left out is a note among the findings of its case.")))

    def show_policy(self, policy: Duplicates, duplicates: int, columns: tuple[str, ...]) -> None:
        """Show the policy of the project and how many cases it is about."""
        is_stopping = duplicates and policy.keep is Keep.STOP
        self.count.set_status("note" if is_stopping else "clean", duplicates_sentence(duplicates))
        self.buttons[policy.keep].setChecked(True)
        known = columns if policy.column in columns or not policy.column else (policy.column,)
        entries = ((_FILE_ORDER, _("the order in the file")), *((one, one) for one in known))
        self.order.set_entries(entries)
        self.order.set_value(policy.column or _FILE_ORDER)
        self._by_row.setEnabled(policy.keep is not Keep.STOP)

    def _by(self) -> QWidget:
        self._by_row = QWidget()
        row = QHBoxLayout(self._by_row)
        row.setContentsMargins(3 * theme.GRID, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(FieldLabel(_("Order by")))
        row.addWidget(self.order, 1)
        return self._by_row

    def _tell(self) -> None:
        keep = next(one for one, button in self.buttons.items() if button.isChecked())
        column = self.order.value().strip() if keep is not Keep.STOP else ""
        self._chosen(Duplicates(keep, column))
