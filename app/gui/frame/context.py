"""What every page is given."""

from dataclasses import dataclass

from app.gui.background.backend import Backend
from app.gui.document import Document
from app.gui.frame.messages import Messages
from app.gui.frame.navigator import Navigator
from app.gui.frame.session import Session
from app.gui.settings import Settings


@dataclass(frozen=True)
class Context:
    """The open project, the way to deeds, and the shared parts of the window."""

    document: Document
    backend: Backend
    session: Session
    messages: Messages
    navigator: Navigator
    settings: Settings
