"""The file with the certificate authorities (CA) that an entrance's server is trusted by."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core.entrance_settings import settings_of, with_settings
from app.core.mapping import Project
from app.core.pairing import LOCAL
from app.core.register import Entrance
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.settings import FOLDER
from app.gui.widgets.controls import Button
from app.gui.widgets.parts import scroll_to
from app.gui.widgets.trusted_list import TrustedList
from app.language.text import _, current, ngettext
from app.workflow.entrance_views import AuthorityFile


def needs_authorities(context: Context, entrance: Entrance) -> bool:
    """Whether the user must say whom to trust; the local stage brings its own authority."""
    return context.session.kind_of(entrance) != LOCAL


def authorities_sentence(project: Project, entrance: Entrance) -> str:
    """Return whom the project trusts at an entrance, in a sentence."""
    path = settings_of(project, entrance.id).authorities
    if not path:
        return _("No CA file is chosen. Without one the entrance cannot be reached.")
    return _("CA file: {name}").format(name=Path(path).name)


class AuthoritiesPart(QWidget):
    """Whom the project trusts at an entrance: shown first, trusted by a second press.

    To trust a file is one change of the project, which can be undone.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._entrance: Entrance | None = None
        self._proposed: AuthorityFile | None = None
        self._trusted: AuthorityFile | None = None
        self.trusted = TrustedList()
        self.choose = Button(_("Choose a CA file…"), self.ask, icon="shield-key-outline")
        self.trust = Button(_("Trust these"), self._trust, icon="check")
        self.decline = Button(_("Do not trust"), self._decline, kind="quiet")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        for button in (self.choose, self.trust, self.decline):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.trusted)
        layout.addLayout(buttons)
        self.setFocusProxy(self.choose)

    @property
    def is_asking(self) -> bool:
        """Whether a file is shown that nobody trusts yet."""
        return self._proposed is not None and self._proposed.problem is None

    def show_entrance(
        self, entrance: Entrance | None, trusted: AuthorityFile | None = None
    ) -> None:
        """Show whom the project trusts at an entrance; hidden where there is nothing to choose."""
        if entrance != self._entrance:
            self._proposed = None
        if trusted is not None and not trusted.approved and trusted.problem is None:
            self._proposed = trusted  # the project asks for it; nobody here has trusted it yet
        self._entrance, self._trusted = entrance, trusted
        self.setVisible(entrance is not None and needs_authorities(self._context, entrance))
        if entrance is not None:
            name = entrance.name.in_language(current())
            self.choose.setAccessibleName(
                _("Choose a CA file for {entrance}…").format(entrance=name)
            )
            self._refresh(entrance)

    def ask(self) -> None:
        """Ask for the file; the dialog does not stop the window."""
        settings = self._context.settings
        title = self.choose.accessibleName()
        dialog = QFileDialog(self.window(), title, settings.text(FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = _("Certificates (*.pem *.crt *.cer *.der *.p7b *.p7c)")
        dialog.setNameFilters([kinds, _("All files (*)")])
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Show what is in a file, and ask whether to trust it."""
        self._context.settings.set_text(FOLDER, str(Path(path).parent))
        failed = self._context.messages.show_error
        done = partial(self._propose, self._entrance)
        self._context.backend.start(
            deeds.READ_AUTHORITIES, path, done=done, failed=failed, owner=self
        )

    def _refresh(self, entrance: Entrance) -> None:
        file = self._proposed or self._trusted
        named = authorities_sentence(self._context.document.project, entrance)
        title = _proposal(file) if self.is_asking and file is not None else named
        self.trusted.show_file(title, file)
        is_doubtful = file is not None and _is_doubtful(file)
        name = _("Trust them nevertheless") if is_doubtful else _("Trust these")
        self.trust.setText(name)
        self.trust.setAccessibleName(name)
        for button in (self.trust, self.decline):
            button.setVisible(self.is_asking)
        self.choose.setVisible(not self.is_asking)

    def _propose(self, entrance: Entrance | None, file: AuthorityFile) -> None:
        """Show what was read, unless another entrance is shown by now."""
        if entrance is None or entrance != self._entrance:
            return
        self._proposed = file
        self._refresh(entrance)
        if file.problem is None:
            (self.decline if _is_doubtful(file) else self.trust).setFocus()
            show = partial(scroll_to, self.trusted.title, self.trust)
            QTimer.singleShot(0, self, show)  # once the certificates have their places

    def _trust(self) -> None:
        """Trust the file that is shown; one that is no PEM is used by a copy that is."""
        file, self._proposed = self._proposed, None
        if file is not None and self._entrance is not None:
            failed = self._context.messages.show_error
            self._trusted = replace(file, approved=True)
            done = partial(self._use, self._entrance)
            self._context.backend.start(
                deeds.KEEP_AUTHORITIES, file.path, done=done, failed=failed, owner=self
            )

    def _use(self, entrance: Entrance, path: str) -> None:
        """Trust a file at the entrance that was shown when it was trusted."""
        document = self._context.document
        text = _("trust {name} at {entrance}").format(
            name=Path(path).name, entrance=entrance.name.in_language(current())
        )
        former = settings_of(document.project, entrance.id)
        if path != former.authorities:  # else the project had asked for it
            wanted = with_settings(document.project, entrance.id, replace(former, authorities=path))
            document.change(text, wanted)
        if entrance == self._entrance:
            self._refresh(entrance)
            self.choose.setFocus()

    def _decline(self) -> None:
        self._proposed = None
        if self._entrance is not None:
            self._refresh(self._entrance)
        self.choose.setFocus()


def _is_doubtful(file: AuthorityFile) -> bool:
    """Whether a file holds somebody who bears the name of a known authority."""
    return any(one.impostor for one in file.certificates)


def _proposal(file: AuthorityFile) -> str:
    """Return what a file holds that is not trusted yet."""
    count = len(file.certificates)
    text = ngettext(
        "{name} holds {count} certificate. Compare its fingerprint before you trust it.",
        "{name} holds {count} certificates. Compare their fingerprints before you trust them.",
        count,
    )
    return text.format(name=Path(file.path).name, count=count)
