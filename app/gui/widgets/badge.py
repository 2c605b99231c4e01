"""A badge: icon, word and colour in an edge of its own; how sure a fact is."""

from string import Template

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.core.register import Fact
from app.gui import theme
from app.gui.widgets.labels import IconLabel
from app.language.source_text import source_text
from app.language.text import N_, _

_STYLE = Template("QFrame#badge { border: 1px solid $tone; border-radius: 11px; }")
SURENESS = {
    "stated": N_("The source says so."),
    "inferred": N_("Read out of what the source says about something else."),
    "assumed": N_("Nobody has said so: it is our guess until the register tells."),
}


class Badge(QFrame):
    """A status of `theme.STATUS` by its own word, or by another."""

    def __init__(self, status: str, text: str = "", tip: str = "") -> None:
        super().__init__()
        look = theme.STATUS[status]
        self.setObjectName("badge")
        self.setStyleSheet(_STYLE.substitute(tone=theme.color(look.tone).name()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip)
        self._word = IconLabel(look.icon, text or theme.status_word(status), look.tone)
        self.setAccessibleName(self._word.text())
        self.setAccessibleDescription(tip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.GRID, 2, theme.GRID, 2)
        layout.addWidget(self._word)

    def text(self) -> str:
        """Return the word."""
        return self._word.text()


def fact_badge(fact: Fact) -> Badge:
    """Return the badge that says how sure a fact is; its tip says whose word it is."""
    status = fact.confidence.value
    return Badge(status, tip=f"{_(SURENESS[status])}\n{source_text(fact.source)}")


class BadgeRow(QWidget):
    """Badges side by side."""

    def __init__(self, *badges: Badge) -> None:
        super().__init__()
        self.badges = badges
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for badge in badges:
            layout.addWidget(badge)
        layout.addStretch(1)
