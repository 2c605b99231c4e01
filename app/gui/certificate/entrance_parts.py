"""Parts of an entrance's settings: host, trusted authorities, proxy, revocation list."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.clock import in_stockholm
from app.core.entrance_settings import EntranceSettings, proxy_place
from app.core.register import Entrance, Fact
from app.gui import theme
from app.gui.frame.chips import ENTRANCES
from app.gui.widgets.controls import Button, Field
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import FieldLabel, Note
from app.gui.widgets.trouble import Trouble
from app.language.sentences import error_sentence
from app.language.source_text import source_text
from app.language.text import _, ngettext
from app.workflow.entrance_views import (
    EntranceView,
    RevocationFile,
)


class HostFacts(QWidget):
    """What the host is, who says so, and which issuers are expected on both sides."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = FactRows()
        self.note = Note()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        for part in (self.note, self.rows):
            layout.addWidget(part)

    def show_entrance(self, entrance: Entrance, view: EntranceView) -> None:
        """Show what is known of an entrance."""
        self.note.setText(_told(view))
        sure = _sureness(entrance.fact)
        self.rows.show_facts(
            (
                (_("Takes certificates from"), _issuers(entrance.client_issuers, sure)),
                (_("Its own is issued by"), _issuers(entrance.server_issuers, sure)),
            )
            if view.kind != "local"
            else ()
        )


class ProxyForm(QWidget):
    """The proxy: where, as whom, and a password that lies in the keystore."""

    def __init__(self, use: Callable[[str, str, str | None], None]) -> None:
        super().__init__()
        self._use = use
        self._kept: bool | None = None
        self.place = Field(_("Proxy"), placeholder=_("host:port, empty for a direct line"))
        self.user = Field(_("User of the proxy"))
        self.password = Field(_("Password of the proxy"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.note = Note()
        self.trouble = Trouble()
        self.apply = Button(_("Use these"), self._apply)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        fields = (
            (_("Proxy"), self.place),
            (_("User"), self.user),
            (_("Password"), self.password),
        )
        for row, (name, field) in enumerate(fields):
            grid.addWidget(FieldLabel(name), row, 0)
            grid.addWidget(field, row, 1)
            field.textEdited.connect(lambda _text: self._follow())
            field.returnPressed.connect(self._apply)
        grid.addWidget(self.note, len(fields), 1)
        grid.addWidget(self.trouble, len(fields) + 1, 1)
        grid.addWidget(self.apply, len(fields) + 2, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)

    def show_settings(self, settings: EntranceSettings) -> None:
        """Show what the project sets; what is being typed stays."""
        for field, text in ((self.place, settings.proxy), (self.user, settings.proxy_user)):
            if not field.isModified():
                field.setText(text)
        self._settings = settings
        self._follow()

    def accept(self) -> None:
        """Let the project say what stands here: what was typed is used."""
        for field in (self.place, self.user):
            field.setModified(False)

    def empty(self) -> None:
        """Forget what was typed for another entrance."""
        self.accept()
        self.password.clear()

    def show_password(self, *, kept: bool | None) -> None:
        """Say whether a password is kept."""
        self._kept = kept
        self._follow()

    def set_busy(self, *, busy: bool) -> None:
        """Allow one change at a time."""
        self.apply.setEnabled(not busy)

    def _follow(self) -> None:
        """Offer a password where there is a user, and say what is wrong as it is typed."""
        has_proxy, has_user = bool(self._place()), bool(self.user.text().strip())
        self.user.setEnabled(has_proxy)
        self.password.setEnabled(has_proxy and has_user)
        kept = self._kept is True and has_user and not self.password.text()
        self.password.setPlaceholderText(_("kept in the keystore") if kept else "")
        self.note.setText(_("The password is kept in the computer's keystore, not in the project."))
        self.note.setVisible(has_proxy and has_user)
        wrong = has_proxy and proxy_place(self._place()) is None
        said = _("Write the proxy as host:port, such as proxy.region.se:8080.")
        self.trouble.say(said if wrong else "")
        self.apply.setEnabled(not wrong and self._is_changed())

    def _is_changed(self) -> bool:
        here = (self._place(), self.user.text().strip() if self._place() else "")
        kept = (self._settings.proxy, self._settings.proxy_user)
        return here != kept or bool(self.password.text())

    def _place(self) -> str:
        return self.place.text().strip()

    def _apply(self) -> None:
        if not self.apply.isEnabled():
            return
        place = self._place()
        user = self.user.text().strip() if place else ""
        password = self.password.text() or None
        self.password.clear()
        self.set_busy(busy=True)
        self._use(place, user, password)


class RevocationPart(QWidget):
    """Whether the server's certificate is held against a list of revoked ones."""

    def __init__(self, ask: Callable[[], None], stop: Callable[[], None]) -> None:
        super().__init__()
        self._ask, self._stop = ask, stop
        self.check = QCheckBox(_("Hold the server's certificate against a revocation list"))
        self.check.clicked.connect(self._turn)
        self.choose = Button(_("Choose another list…"), ask, icon="file-cancel-outline")
        self.note = Note()
        self.trouble = Trouble()
        line = QHBoxLayout()
        line.addWidget(self.choose)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.check)
        layout.addWidget(self.note)
        layout.addWidget(self.trouble)
        layout.addLayout(line)
        self.show_file(None)

    def show_file(self, file: RevocationFile | None) -> None:
        """Show the list that is used, or that none is."""
        self.check.setChecked(file is not None and (file.problem is None or bool(file.issuer)))
        self.choose.setVisible(file is not None)
        self.note.setText(_list_words(file))
        self.trouble.say(error_sentence(file.problem) if file and file.problem else "")

    def _turn(self) -> None:
        """Ask for a list first: without one there is nothing to hold it against."""
        if self.check.isChecked():
            self.check.setChecked(False)
            self._ask()
        else:
            self._stop()


def _told(view: EntranceView) -> str:
    """Return what the host is and who says so: it decides, not the entrance's name here."""
    if not view.host:
        return _("Nothing leaves this computer.")
    if not view.known:
        text = _("Nobody has said what {host} is, so it is treated as production.")
        return text.format(host=view.host)
    text = _("The host decides: {host} is {kind} ({source}, {sureness}).")
    sure = theme.status_word(view.confidence.value).lower()
    kind = _(ENTRANCES[view.kind][1])
    source = source_text(view.source)
    return text.format(host=view.host, kind=kind, source=source, sureness=sure)


def _sureness(fact: Fact) -> str:
    word = theme.status_word(fact.confidence.value).lower()
    return f"{source_text(fact.source)}, {word}"


def _issuers(names: tuple[str, ...], sure: str) -> str:
    if not names:
        return _("Not known: ask the register.")
    return _("{issuers} ({source})").format(issuers=", ".join(names), source=sure)


def _list_words(file: RevocationFile | None) -> str:
    if file is None:
        return _("Off: whether the server's certificate has been revoked is not checked.")
    if not file.issuer:
        return Path(file.path).name
    text = ngettext(
        "{name} from {issuer}: {count} revoked certificate, to be renewed {date}.",
        "{name} from {issuer}: {count} revoked certificates, to be renewed {date}.",
        file.count,
    )
    until = _day(file.next_update) if file.next_update else "–"
    name = Path(file.path).name
    return text.format(name=name, issuer=file.issuer, count=file.count, date=until)


def _day(iso: str) -> str:
    return in_stockholm(datetime.fromisoformat(iso)).strftime("%Y-%m-%d")
