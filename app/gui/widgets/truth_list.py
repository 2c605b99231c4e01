"""Statements that hold, do not hold, or cannot be told: each by icon, word and colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from app.gui import theme
from app.gui.widgets.link_list import Link, LinkList
from app.language.text import N_, _

TRUTHS = {
    True: ("check", "clean", N_("Yes")),
    False: ("close", "refused", N_("No")),
    None: ("help-circle-outline", "unknown", N_("Cannot be told")),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, whether it holds (None: cannot be told), and where it leads."""

    text: str
    holds: bool | None
    target: Mapping[str, str] = field(default_factory=dict)


def truth_word(holds: bool | None) -> str:
    """Return "yes", "no" or that it cannot be told."""
    return _(TRUTHS[holds][2])


class TruthList(LinkList):
    """Says which statement's target is wanted."""

    def __init__(self, name: str, statements: Sequence[Statement], tip: str = "") -> None:
        super().__init__(name, tuple(Link(one.text, one.target, tip=tip) for one in statements))
        for number, one in enumerate(statements):
            icon, tone, word = TRUTHS[one.holds]
            item = self.item(number)
            item.setIcon(theme.icon(icon, tone))
            item.setForeground(theme.color("text"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_(word)}: {one.text}")
