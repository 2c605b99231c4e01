"""Where there is no certificate yet: the ways to one, each with its button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.labels import Label, SectionTitle
from app.gui.widgets.parts import Inspector
from app.language.text import _

Slot = Callable[[], object]

_PICTURE = 28


class Ways(Inspector):
    """What to do next: import, order, use a token, or practise."""

    def __init__(self, choose: Slot, order: Slot, token: Slot, stage: Slot) -> None:
        super().__init__(_("No certificate"))
        self.title = SectionTitle(_("No certificate"))
        self.choose = Button(_("Choose a file…"), choose)
        self.order = Button(_("Fill in the order…"), order)
        self.token = Button(_("Look for it…"), token)
        self.stage = Button(_("Start and use"), stage)
        self.stage.setAccessibleName(_("Start the local stage and use its certificate"))
        about = _(
            "Sending to SPOR takes a function certificate from SITHS, issued to the hospital."
            " There are four ways to one."
        )
        self.fill(self.title, Label(about, tone="quiet"), self._lay_out())

    def _lay_out(self) -> QWidget:
        ways = (
            (
                "file-key-outline",
                _("A file from the hospital"),
                _("A .p12 or .pfx file with its password, or a certificate and its key in PEM."
                  " It can also be dropped here."),
                self.choose,
            ),
            (
                "file-sign",
                _("Order a new one"),
                _("The key is made here, and you get a request and a letter to send to your local"
                  " SITHS administration."),
                self.order,
            ),
            (
                "smart-card-outline",
                _("A token or this computer's store"),
                _("The key stays on its token (PKCS#11) or in the Windows certificate store."),
                self.token,
            ),
            (
                "laptop",
                _("Practise with the local stage"),
                _("It makes a certificate of its own that opens nothing but itself."),
                self.stage,
            ),
        )  # fmt: skip
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.setSpacing(theme.GRID)
        for number, way in enumerate(ways):
            if number:
                column.addWidget(Line())
            column.addWidget(_way(*way))
        return holder


def _way(icon: str, title: str, sentence: str, button: Button) -> QWidget:
    line = QWidget()
    line.setAccessibleName(title)
    picture = QLabel()
    picture.setPixmap(theme.icon(icon, "accent").pixmap(_PICTURE, _PICTURE))
    grid = QGridLayout(line)
    grid.setContentsMargins(0, theme.GRID // 2, 0, theme.GRID // 2)
    grid.setHorizontalSpacing(2 * theme.GRID)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    grid.addWidget(picture, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Label(title, bold=True), 0, 1)
    grid.addWidget(Label(sentence, tone="quiet"), 1, 1)
    grid.addWidget(button, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
    return line
