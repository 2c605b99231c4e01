"""One of the views of the Cases page: the list, the data's quality, a test batch, ..."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.frame.page import Page


class CaseView(QWidget):
    """A view of the whole checked export; the page makes it when it is first looked at.

    A view is made anew with another project or other rules, so it may take the profile from
    `page.context.document` once. What it starts with `page.run` must bear that it is gone.
    """

    cases_wanted = Signal(tuple)  # behandlingsnummer to show in the list

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page

    def refresh(self) -> None:
        """Show everything as it now is: called when first seen, and after each new check."""
