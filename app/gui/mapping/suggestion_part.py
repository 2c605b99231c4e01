"""What the variable may come from: up to three proposals with their score and reasons."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.mapping import Link
from app.gui import theme
from app.gui.mapping.wording import place_words
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label, Note
from app.gui.widgets.tab_order import lead_through
from app.language.codes_suggest import reason_sentence
from app.language.text import _
from app.workflow.views import Suggestion

_MOST = 3


class SuggestionPart(QWidget):
    """A line for each proposal, with the button that takes it; nothing is taken by itself."""

    def __init__(self, take: Callable[[Suggestion], None]) -> None:
        super().__init__()
        self._take = take
        self.buttons: list[Button] = []
        self._lines: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GRID)

    def show_suggestions(self, suggestions: tuple[Suggestion, ...], link: Link | None) -> None:
        """Show what else the variable may come from than what its link says."""
        for line in self._lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self.buttons = [], []
        for one in _flat(suggestions):
            is_there = link is not None and _place(one.link) == _place(link)
            if not is_there and len(self._lines) < _MOST:
                self._add(one)
        lead_through(self.buttons, self)
        self.setVisible(bool(self._lines))

    def _add(self, one: Suggestion) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        place = place_words(one.link)
        words.addWidget(Label(place, bold=True))
        words.addWidget(Note(score_sentence(one.link)))
        button = Button(_("Use"), partial(self._take, one), icon="plus")
        button.setAccessibleName(_("Use {column}").format(column=place))
        row.addLayout(words, 1)
        row.addWidget(button)
        self.buttons.append(button)
        self._lines.append(line)
        self._layout.addWidget(line)


def score_sentence(link: Link) -> str:
    """Return how sure a suggestion is, and why."""
    score = _("Certainty {score} of 100.").format(score=link.score)
    return f"{score} {reason_sentence(link)}".strip()


def _flat(suggestions: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    """Return the suggestions and their alternatives, each place once."""
    found: dict[tuple[str, tuple[str, ...]], Suggestion] = {}
    for one in suggestions:
        others = (replace(one, link=link, alternatives=()) for link in one.alternatives)
        for each in (one, *others):
            found.setdefault(_place(each.link), each)
    return tuple(sorted(found.values(), key=lambda each: -each.link.score))


def _place(link: Link) -> tuple[str, tuple[str, ...]]:
    return link.table, link.columns
