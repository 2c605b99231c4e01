"""Questions before something is lost: one box, and never in the way of the event loop."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.gui.background.backend import Backend, Job
from app.gui.frame import deeds
from app.language.text import _

Then = Callable[[], object]


def batch_under_way(backend: Backend) -> Job | None:
    """Return the job that sends a batch, None when nothing is being sent."""
    return next((job for job in backend.jobs if job.deed == deeds.SEND), None)


def ask_about_changes(
    window: QWidget, save: Callable[[Then], None], go_on: Then, sentence: str = ""
) -> None:
    """Ask whether changes are to be saved, thrown away, or kept by staying here.

    `sentence` says what has changed when it is not the project.
    """
    choice = QMessageBox.StandardButton
    box = _box(window, sentence or _("The project has changes that are not saved."))
    box.setStandardButtons(choice.Save | choice.Discard | choice.Cancel)
    box.button(choice.Save).clicked.connect(lambda: save(go_on))
    box.button(choice.Discard).clicked.connect(go_on)
    box.open()


def ask_about_batch(window: QWidget, stop: Then) -> None:
    """Ask whether the batch under way is to be stopped."""
    box = _box(window, _("A batch is being sent."))
    box.setInformativeText(
        _("It can be stopped after the case under way. What is sent stays sent and is journalled.")
    )
    role = QMessageBox.ButtonRole
    box.addButton(_("Stop and close"), role.DestructiveRole).clicked.connect(stop)
    keep = box.addButton(_("Keep sending"), role.RejectRole)
    box.setDefaultButton(keep)
    box.open()


def _box(window: QWidget, sentence: str) -> QMessageBox:
    icon, none = QMessageBox.Icon.Question, QMessageBox.StandardButton.NoButton
    box = QMessageBox(icon, "SPOR Workbench", sentence, none, window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
