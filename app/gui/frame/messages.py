"""Messages that never block: pages put them here, the strip at the bottom shows them."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.core.errors import Cancelled, WorkbenchError
from app.language.sentences import error_sentence


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `status` is a name of `theme.STATUS`, `code` what to tell support."""

    text: str
    status: str = "note"
    code: str = ""


class Messages(QObject):
    """Where pages say that something happened."""

    posted = Signal(Message)
    withdrawn = Signal(str)  # a text that no longer holds

    def show(self, text: str, status: str = "note") -> None:
        """Say something: "note", "clean" (it worked), "blocks" (it did not)."""
        self.posted.emit(Message(text, status))

    def withdraw(self, text: str) -> None:
        """Take back what no longer holds, if it is still shown."""
        self.withdrawn.emit(text)

    def show_error(self, error: WorkbenchError) -> None:
        """Say what went wrong; a cancelled deed needs no words."""
        if not isinstance(error, Cancelled):
            self.posted.emit(Message(error_sentence(error), "blocks", error.code))
