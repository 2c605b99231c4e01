"""One facet of the case list: a button with its values to tick, each with its number of cases."""

from collections.abc import Mapping
from string import Template

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.gui import theme
from app.gui.cases.list.facets import Facet, Option, chosen
from app.gui.widgets.numbers import count
from app.gui.widgets.staying_menu import StayingMenu
from app.language.text import _
from app.workflow.views import CaseFilter

STYLE = Template("""
QPushButton { background: transparent; color: $text; border: 1px solid $line;
              border-radius: 12px; padding: 2px 10px; min-height: 18px; font-weight: 400; }
QPushButton:hover { background: $hover; }
QPushButton[on="true"] { background: $selection; color: $on_selection; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 1px 9px; }
QPushButton::menu-indicator { image: none; width: 0; }
""")


class FacetButton(QPushButton):
    """Opens the values of one facet; says which was ticked."""

    turned = Signal(str, str)  # the facet and the value

    def __init__(self, facet: Facet) -> None:
        super().__init__(facet.title)
        self.facet = facet
        self.setStyleSheet(STYLE.substitute(theme.tokens(theme.scheme())))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the word
        self._menu = StayingMenu(self)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.options = {option.value: self._add(option) for option in facet.options}
        self.setMenu(self._menu)
        self.show_filter(CaseFilter())

    def show_filter(self, wanted: CaseFilter) -> None:
        """Tick what the filter says."""
        now = chosen(wanted, self.facet.id)
        for value, action in self.options.items():
            action.setChecked(value in now)
        title = self.facet.title
        self.setProperty("on", bool(now))
        self.setIcon(theme.icon("check", "on_selection") if now else _arrow())
        self.style().unpolish(self)
        self.style().polish(self)
        names = ", ".join(self.options[one].data() for one in now if one in self.options)
        self.setAccessibleName(f"{title}: {names}" if names else title)
        self.setToolTip(names or _("Choose what the list shows"))

    def show_counts(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Say how many cases each value would show, in the right edge of its line."""
        for value, action in self.options.items():
            number = counts.get((self.facet.id, value), 0)
            action.setText(f"{_plain(action.data())}\t{count(number)}")

    def _add(self, option: Option) -> QAction:
        action = QAction(_plain(option.name), self._menu)
        action.setData(option.name)
        action.setCheckable(True)
        icon = option.icon or "circle-outline"
        action.setIcon(
            theme.status_icon(option.status) if option.status else theme.icon(icon, "quiet")
        )
        action.setIconVisibleInMenu(False)  # the tick stands there
        value = option.value
        action.triggered.connect(lambda _on=False: self.turned.emit(self.facet.id, value))
        self._menu.addAction(action)
        return action


def _arrow() -> QIcon:
    return theme.icon("chevron-down", "quiet")


def _plain(name: str) -> str:
    """Return a name whose "&" a menu does not take for a key."""
    return name.replace("&", "&&")
