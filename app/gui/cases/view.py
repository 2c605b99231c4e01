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
    filter_wanted = Signal(object)  # a CaseFilter to show in the list

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page

    def show_mapping(self) -> None:
        """Go to the mapping row of what is chosen, if it has one."""

    def show_source(self) -> None:
        """Go to where in the export what is chosen comes from."""

    def show_in_register(self) -> None:
        """Go to the rule, or the variable, of what is chosen."""

    def refresh(self) -> None:
        """Show everything as it now is: called when first seen, and after each new check."""
