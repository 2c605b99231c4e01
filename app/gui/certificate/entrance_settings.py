"""The settings of one entrance: what its host is, whom to trust there, and the way to it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.core.entrance_settings import EntranceSettings, settings_of, with_settings
from app.core.errors import WorkbenchError
from app.core.register import Entrance
from app.gui import theme
from app.gui.background.latest import Latest
from app.gui.certificate.entrance_parts import HostFacts, ProxyForm, RevocationPart
from app.gui.frame import deeds
from app.gui.frame.authorities import AuthoritiesPart, needs_authorities
from app.gui.frame.context import Context
from app.gui.frame.page import Page
from app.gui.settings import FOLDER
from app.gui.widgets.controls import Line
from app.gui.widgets.labels import Label, Note
from app.language.text import _, current
from app.workflow.entrance_views import EntranceView, RevocationFile


class EntranceSettingsPanel(QWidget):
    """Every setting is one change of the project that can be undone; a password is none."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context, self._page = context, page
        self._latest = Latest(context.backend, self)
        self._entrance: Entrance | None = None
        self.host = HostFacts()
        self.authorities = AuthoritiesPart(context)
        self.proxy = ProxyForm(self._use_proxy)
        self.revocation = RevocationPart(self.ask_revocation, self._check_no_list)
        self.local = Note(_("The local stage brings its own authority, and needs no settings."))
        self._parts = self._lay_out()
        self.setFocusProxy(self.authorities)
        context.document.changed.connect(self._refresh)

    def show_entrance(self, entrance: Entrance | None) -> None:
        """Show the settings of another entrance."""
        if entrance != self._entrance:
            self.proxy.empty()
        self._entrance = entrance
        self._refresh()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._refresh()

    def chosen(self) -> EntranceSettings:
        """Return what the project sets for the entrance now."""
        document, entrance = self._context.document, self._entrance
        return settings_of(document.project, entrance.id) if entrance else EntranceSettings()

    def ask_revocation(self) -> None:
        """Ask for a list of revoked certificates."""
        title = _("Choose a revocation list")
        self._ask(title, _("Revocation lists (*.crl *.pem)"), self.take_revocation)

    def take_revocation(self, path: str) -> None:
        """Check the server's certificate against this list from now on, if it can be read."""
        if self._entrance is not None:
            done = partial(self._use_list, self._entrance)
            self._page.run(deeds.READ_REVOCATION, path, done=done, failed=self._fail, owner=self)

    def _refresh(self) -> None:
        """Ask what the entrance is; nobody asks while the settings are not seen."""
        entrance = self._entrance
        if entrance is None or not self.isVisible():
            return
        is_local = not needs_authorities(self._context, entrance)
        self.local.setVisible(is_local)
        for part in self._parts:
            part.setVisible(not is_local)
        self.proxy.show_settings(self.chosen())
        settings = self._context.document.project.settings
        arguments = (entrance.id, settings)
        self._latest.start(deeds.ENTRANCE_FACTS, *arguments, done=self._show, failed=self._fail)

    def _show(self, view: EntranceView) -> None:
        entrance = self._entrance
        if entrance is None or view.entrance != entrance.id:
            return
        self.host.show_entrance(entrance, view)
        self.authorities.show_entrance(entrance, view.authorities)
        self.proxy.show_password(kept=view.password_kept)
        self.revocation.show_file(view.revocation)

    def _use_list(self, entrance: Entrance, file: RevocationFile) -> None:
        if file.problem is None:
            text = _("check {entrance} against {name}")
            self._change(entrance, text, Path(file.path).name, revocation=file.path)
        elif entrance == self._entrance:
            self.revocation.show_file(file)

    def _check_no_list(self) -> None:
        if self._entrance is not None:
            text = _("check {entrance} against no revocation list")
            self._change(self._entrance, text, "", revocation="")

    def _use_proxy(self, proxy: str, user: str, password: str | None) -> None:
        """Reach the entrance through a proxy, or directly when it is empty."""
        if self._entrance is None:
            return
        take = partial(self._take_proxy, self._entrance, proxy, user)
        secret = EntranceSettings(proxy=proxy, proxy_user=user).proxy_secret
        if password is None or not secret:
            take()
            return
        self._page.run(
            deeds.KEEP_PROXY_PASSWORD,
            secret,
            password,
            done=lambda _nothing: take(),
            failed=self._fail,
            owner=self,
        )

    def _take_proxy(self, entrance: Entrance, proxy: str, user: str) -> None:
        text = _("reach {entrance} through {name}") if proxy else _("reach {entrance} directly")
        if entrance == self._entrance:
            self.proxy.accept()
        self._change(entrance, text, proxy, proxy=proxy, proxy_user=user)
        self._refresh()

    def _change(self, entrance: Entrance, text: str, name: str, **changes: str) -> None:
        """Set something for the entrance that was shown when it was asked for."""
        document = self._context.document
        former = settings_of(document.project, entrance.id)
        settings = replace(former, **changes)
        if settings != former:
            named = text.format(name=name, entrance=entrance.name.in_language(current()))
            document.change(named, with_settings(document.project, entrance.id, settings))

    def _fail(self, error: WorkbenchError) -> None:
        self._context.messages.show_error(error)
        self.proxy.set_busy(busy=False)

    def _ask(self, title: str, kinds: str, take: Callable[[str], None]) -> None:
        settings = self._context.settings
        dialog = QFileDialog(self.window(), title, settings.text(FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([kinds, _("All files (*)")])

        def chosen(path: str) -> None:
            settings.set_text(FOLDER, str(Path(path).parent))
            take(path)

        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> tuple[QWidget, ...]:
        parts: tuple[QWidget, ...] = (
            Label(_("Whom to trust"), bold=True),
            self.authorities,
            Label(_("The way there"), bold=True),
            self.proxy,
            self.revocation,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.host)
        layout.addWidget(self.local)
        for part in parts:
            layout.addWidget(part)
        layout.addWidget(Line())
        return parts
