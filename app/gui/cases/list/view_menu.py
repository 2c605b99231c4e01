"""The saved views of the case list: apply, save under a name, rename, remove."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton, QSizePolicy

from app.gui import theme
from app.gui.cases.list.facet_button import STYLE
from app.gui.cases.list.query import CaseQuery
from app.gui.cases.list.saved_views import SavedView, SavedViews
from app.gui.settings import Settings
from app.language.text import _

_LONGEST = 40  # letters


class ViewButton(QPushButton):
    """Says which view is shown; its menu has all of them."""

    def __init__(self, query: CaseQuery, settings: Settings) -> None:
        super().__init__()
        self._query = query
        self.views = SavedViews(settings)
        self.setStyleSheet(STYLE.substitute(theme.tokens(theme.scheme())))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the word
        self.setIcon(theme.icon("chevron-down", "quiet"))
        self.menu_of_views = QMenu(self)
        self.menu_of_views.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.menu_of_views.aboutToShow.connect(self._fill)
        self.setMenu(self.menu_of_views)
        query.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Name the view that is shown."""
        view = self.views.named(self._query.wanted)
        name = view.name if view else _("of your own")
        text = _("View: {name}").format(name=name)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def apply(self, view: SavedView) -> None:
        """Show the cases of a view."""
        self._query.show(view.wanted)

    def ask_save(self) -> None:
        """Ask for the name of a view of what is shown now."""
        kept = _("Searched numbers, chosen cases and values are not saved. Name of the view:")
        self._question(_("Save the view"), kept, self.save)

    def save(self, name: str) -> None:
        """Keep what is shown now under a name."""
        if self._is_usable(name):
            self.views.save(name.strip(), self._query.wanted)
            self.refresh()
        elif name.strip():
            self._question(_("Save the view"), _taken(name), self.save)

    def ask_rename(self, view: SavedView) -> None:
        """Ask for another name of a view."""
        named, renames = _("Name of the view:"), partial(self.rename, view)
        self._question(_("Rename the view"), named, renames, view.name)

    def rename(self, view: SavedView, name: str) -> None:
        """Give a view another name."""
        if self._is_usable(name):
            self.views.rename(view, name.strip())
            self.refresh()
        elif name.strip() not in {"", view.name}:
            self._question(_("Rename the view"), _taken(name), partial(self.rename, view))

    def remove(self, view: SavedView) -> None:
        """Forget a view; the cases stay as they are."""
        self.views.remove(view)
        self.refresh()

    def _is_usable(self, name: str) -> bool:
        return bool(name.strip()) and not self.views.is_taken(name.strip())

    def _fill(self) -> None:
        menu, shown = self.menu_of_views, self.views.named(self._query.wanted)
        menu.clear()
        group = QActionGroup(menu)
        views = self.views.all()
        for number, view in enumerate(views):
            if view.is_own and number and not views[number - 1].is_own:
                menu.addSeparator()
            action = menu.addAction(_label(view), partial(self.apply, view))
            action.setCheckable(True)
            action.setChecked(view == shown)
            group.addAction(action)
        menu.addSeparator()
        save = menu.addAction(_("Save as a view…"), self.ask_save)
        save.setEnabled(shown is None)
        for view in self.views.own():
            part = menu.addMenu(_label(view))
            part.menuAction().setText(_("Change {name}").format(name=_label(view)))
            part.addAction(_("Rename…"), partial(self.ask_rename, view))
            part.addAction(_("Remove"), partial(self.remove, view))

    def _question(
        self, title: str, sentence: str, answered: Callable[[str], None], name: str = ""
    ) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(title)
        dialog.setLabelText(sentence)
        dialog.setTextValue(name)
        dialog.finished.connect(dialog.deleteLater)
        dialog.textValueSelected.connect(answered)
        dialog.open()


def _taken(name: str) -> str:
    text = _("There is a view named {name} already. Another name:")
    return text.format(name=name.strip())


def _label(view: SavedView) -> str:
    name = view.name if len(view.name) <= _LONGEST else view.name[: _LONGEST - 1] + "…"
    return name.replace("&", "&&")
