"""What stands over the shelves: which is shown, search, filter, and whose facts they are."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.register import Confidence, Profile
from app.gui import theme
from app.gui.widgets.controls import Choice, SearchField
from app.gui.widgets.labels import Note
from app.gui.widgets.segments import Segments
from app.language.text import N_, _, current

KINDS = (
    ("variable", N_("Variables")),
    ("rule", N_("Rules")),
    ("list", N_("Code lists")),
    ("term", N_("Terms")),
    ("own", N_("Own rules")),
    ("register", N_("Code registers")),
)
WITH_SURENESS = frozenset({"variable", "rule", "list", "term"})


class Tools(QWidget):
    """Two lines of controls; the page listens to them."""

    def __init__(self) -> None:
        super().__init__()
        kinds = Segments(_("What is shown"), tuple((kind, _(text)) for kind, text in KINDS))
        sure = (
            ("", _("Any confidence")),
            *((one.value, theme.status_word(one.value)) for one in Confidence),
        )
        search = SearchField(_("Find a number, name or word"))
        self.parts = (kinds, search, Choice(_("Confidence"), sure))
        self.which = Note()
        self.which.setWordWrap(False)
        self._lay_out()

    def show_profile(self, profile: Profile) -> None:
        """Say which profile is shown, in which reading."""
        name = profile.name.in_language(current())
        words = _("{profile}, reading {reading}").format(profile=name, reading=profile.reading)
        self.which.setText(words if profile.reading else name)
        self.which.setToolTip(profile.note.in_language(current()))

    def _lay_out(self) -> None:
        kinds, search, sureness = self.parts
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(kinds)
        first.addStretch(1)
        first.addWidget(self.which)
        second.setSpacing(2 * theme.GRID)
        second.addWidget(search, 1)
        second.addWidget(sureness)
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(first)
        column.addLayout(second)
