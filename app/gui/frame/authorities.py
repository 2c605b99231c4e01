"""The file with the certificate authorities (CA) that an entrance's server is trusted by."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.core.mapping import Project
from app.core.register import Entrance
from app.gui.frame.context import Context
from app.gui.settings import FOLDER
from app.gui.widgets.controls import Button
from app.language.text import _, current


def needs_authorities(entrance: Entrance) -> bool:
    """Whether the user must say whom to trust; the local stage brings its own authority."""
    return entrance.kind != "local"


def authorities_file(project: Project, entrance: Entrance) -> str:
    """Return the file that the project names for an entrance, "" when it names none."""
    return dict(project.settings).get(_setting(entrance), "")


def authorities_sentence(project: Project, entrance: Entrance) -> str:
    """Return whom the project trusts at an entrance, in a sentence."""
    path = authorities_file(project, entrance)
    if not path:
        return _("No CA file is chosen. Without one the entrance cannot be reached.")
    return _("CA file: {name}").format(name=Path(path).name)


class AuthoritiesButton(Button):
    """Lets the user choose the CA file of one entrance, as one change that can be undone."""

    def __init__(self, context: Context, entrance: Entrance | None = None) -> None:
        super().__init__(_("Choose a CA file…"), self.ask, icon="shield-key-outline")
        self._context = context
        self._take(entrance)

    def show_entrance(self, entrance: Entrance | None) -> None:
        """Choose for this entrance from now on; hidden where there is nothing to choose."""
        self._take(entrance)
        self.setVisible(entrance is not None and needs_authorities(entrance))

    def _take(self, entrance: Entrance | None) -> None:
        self._entrance = entrance
        if entrance is not None:
            name = entrance.name.in_language(current())
            self.setAccessibleName(_("Choose a CA file for {entrance}…").format(entrance=name))

    def ask(self) -> None:
        """Ask for the file; the dialog does not stop the window."""
        settings = self._context.settings
        dialog = QFileDialog(self.window(), self.accessibleName(), settings.text(FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Certificates (*.pem *.crt *.cer)"), _("All files (*)")])
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Trust the authorities in this file at the entrance."""
        document, entrance = self._context.document, self._entrance
        if entrance is None:
            return
        self._context.settings.set_text(FOLDER, str(Path(path).parent))
        named = dict(document.project.settings) | {_setting(entrance): path}
        text = _("trust {name} at {entrance}").format(
            name=Path(path).name, entrance=entrance.name.in_language(current())
        )
        document.change(text, replace(document.project, settings=tuple(sorted(named.items()))))


def _setting(entrance: Entrance) -> str:
    return f"authorities_{entrance.id}"
