"""The data quality of the checked export, as a tab of Ärenden."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.frame.page import Page


class QualityView(QWidget):
    """How full and how likely the values are; follows the session by itself."""

    cases_wanted = Signal(tuple)  # behandlingsnummer to show in the list

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
