"""What the case list is narrowed by: a chip for each value, removed by a click or a key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.cases.list.facet_button import STYLE
from app.gui.cases.list.facets import Facet, chosen
from app.gui.cases.list.query import CaseQuery
from app.gui.widgets.controls import Button
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.masking import mask_cell
from app.gui.widgets.numbers import count
from app.gui.widgets.tab_order import lead_through
from app.language.sentences import cause_sentence
from app.language.text import _, current, ngettext

_REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """One thing that narrows the list, and what lets it go."""

    key: tuple[str, str]
    text: str
    remove: Callable[[], None]


class Chip(QPushButton):
    """One value that narrows the list; clicking it, or Delete on it, lets it go."""

    def __init__(self, one: Narrowed) -> None:
        super().__init__()
        self.one = one
        self.setProperty("on", True)
        self.setStyleSheet(STYLE.substitute(theme.tokens(theme.scheme())))
        self.setIcon(theme.icon("close", "on_selection"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(_("Remove this filter"))
        self.clicked.connect(lambda _on=False: one.remove())

    def show_number(self, number: int | None) -> None:
        """Say how many cases have the value, once it is known."""
        text = self.one.text if number is None else f"{self.one.text}  {count(number)}"
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(_("Remove the filter {name}").format(name=text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _REMOVES:
            self.one.remove()
        else:
            super().keyPressEvent(event)


class ChipRow(QWidget):
    """All that narrows the list, and one button that shows every case again."""

    gone = Signal()  # the last chip is removed, by a person who stood there

    def __init__(self, query: CaseQuery, facets: tuple[Facet, ...], profile: Profile) -> None:
        super().__init__()
        self._query = query
        self._facets = facets
        self._profile = profile
        self._counts: Mapping[tuple[str, str], int] = {}
        self.chips: tuple[Chip, ...] = ()
        self.clear = Button(_("Show all cases"), query.clear, kind="quiet")
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow.addWidget(self.clear)
        self.refresh()

    def show_counts(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Say how many cases each value has."""
        self._counts = counts
        for chip in self.chips:
            chip.show_number(self._number(chip.one))

    def refresh(self) -> None:
        """Show the chips of the filter as it now is."""
        had = next((number for number, one in enumerate(self.chips) if one.hasFocus()), -1)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.clear)
        self.chips = tuple(map(Chip, self._narrowed()))
        self.show_counts(self._counts)
        for part in (*self.chips, self.clear):
            self._flow.addWidget(part)
        lead_through(self.chips, self.clear)
        if had >= 0 and self.chips:
            self.chips[min(had, len(self.chips) - 1)].setFocus()
        elif had >= 0 or (self.clear.hasFocus() and not self.chips):
            self.gone.emit()
        self.setVisible(bool(self.chips))

    def _number(self, one: Narrowed) -> int | None:
        is_counted = bool(self._counts) and one.key[0] in {facet.id for facet in self._facets}
        return self._counts.get(one.key, 0) if is_counted else None

    def _narrowed(self) -> list[Narrowed]:
        wanted, query = self._query.wanted, self._query
        found = [
            Narrowed(
                (facet.id, option.value),
                f"{facet.title}: {option.name}",
                lambda facet=facet.id, value=option.value: query.turn(facet, value),  # type: ignore[misc]
            )
            for facet in self._facets
            for option in facet.options
            if option.value in chosen(wanted, facet.id)
        ]
        if wanted.cause or wanted.variable or wanted.column:
            found.append(Narrowed(("cause", ""), self._cause(), query.clear_cause))
        if wanted.cases:
            number = len(wanted.cases)
            text = ngettext("{count} chosen case", "{count} chosen cases", number)
            shown = text.format(count=count(number))
            found.append(Narrowed(("cases", ""), shown, lambda: query.change(cases=())))
        return found

    def _cause(self) -> str:
        wanted = self._query.wanted
        name = cause_sentence(wanted.cause, self._profile) if wanted.cause else _("Finding")
        variable = self._profile.by_id.get(wanted.variable)
        about = variable.name.in_language(current()) if variable else wanted.column
        shown = [part for part in (name, about, mask_cell(wanted.value)) if part]
        return " · ".join(shown)
