"""Test batches, as a tab of Ärenden."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.frame.page import Page


class BatchView(QWidget):
    """Picks few cases that cover everything; follows the session by itself."""

    cases_wanted = Signal(tuple)  # behandlingsnummer to show in the list

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
