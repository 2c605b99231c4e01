"""What a certificate says, in groups: who, issuer, use, time, key."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.certificate.form import beside
from app.gui.certificate.words import day, has_expired, use_word
from app.gui.frame.expiry import working_days
from app.gui.widgets.attempt_words import grouped
from app.gui.widgets.badge import fact_badge
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label, Note
from app.language.source_text import source_text
from app.language.text import N_, _, current, ngettext
from app.workflow.certificate_views import CertificateView

_PLACES = {"memory": N_("the memory of this run only")}
_KEY_PLACES = {
    "token": N_("On a token; it cannot leave it"),
    "windows": N_("In this computer's own certificate store"),
}

_WIDE = 720  # pixels that two columns want

Facts = Sequence[tuple[str, str]]


class CertificateFacts(QWidget):
    """The groups of facts, in two columns where there is room; every value can be copied."""

    def __init__(self, view: CertificateView) -> None:
        super().__init__()
        self.notes: list[Note] = []  # what is known of the issuer, or that nothing is
        self._groups = (
            (_Group(_("Who"), _who(view)), _Group(_("Issuer"), _issuer(view), self._known(view))),
            (
                _Group(_("What it may be used for"), _use(view)),
                _Group(_("Validity"), _validity(view)),
                _Group(_("Key"), _key(view)),
            ),
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4 * theme.GRID)
        self._grid.setVerticalSpacing(0)
        self._columns: list[QWidget] = []
        for groups in self._groups:
            column = QWidget()
            inner = QVBoxLayout(column)
            inner.setContentsMargins(0, 0, 0, 2 * theme.GRID)
            inner.setSpacing(2 * theme.GRID)
            for group in groups:
                inner.addWidget(group)
            inner.addStretch(1)
            self._columns.append(column)
        self._is_wide: bool | None = None
        self._arrange(is_wide=False)

    @property
    def text(self) -> str:
        """All that is shown, a line for each fact."""
        return "\n".join(one.rows.text for groups in self._groups for one in groups)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_wide=self.width() >= _WIDE)

    def _arrange(self, *, is_wide: bool) -> None:
        """Put the columns beside each other, or below; names are in line in each column."""
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        for number, column in enumerate(self._columns):
            self._grid.removeWidget(column)
            place = (0, number) if is_wide else (number, 0)
            self._grid.addWidget(column, *place, Qt.AlignmentFlag.AlignTop)
        for number in range(len(self._columns)):
            self._grid.setColumnStretch(number, int(is_wide or not number))
        every = [one for groups in self._groups for one in groups]
        for groups in self._groups:
            room = max(one.names_width for one in (groups if is_wide else every))
            for one in groups:
                one.rows.align(room)

    def _known(self, view: CertificateView) -> tuple[QWidget, ...]:
        """Return which authority it is, and whose word that is; or that nobody knows it."""
        authority = view.authority
        if authority is None:
            text = _("The issuer is not among the authorities that are known here.")
            self.notes.append(Note(text))
            return tuple(self.notes)
        source = _("Source: {source}").format(source=source_text(authority.fact.source))
        self.notes.append(Note(source))
        return (beside(fact_badge(authority.fact), *self.notes, stretch=0),)


class _Group(QWidget):
    """A title, its facts, and what more is to be said."""

    def __init__(self, title: str, facts: Facts, more: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.rows = FactRows()
        self.rows.show_facts(facts)
        names = [name for name, value in facts if value]
        advance = self.fontMetrics().horizontalAdvance
        self.names_width = 2 + max(map(advance, names), default=0)
        self.setHidden(not names)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        for part in (Label(title, bold=True), self.rows, *more):
            column.addWidget(part)


def _who(view: CertificateView) -> Facts:
    return (
        (_("HSA-id"), view.hsa_id or "–"),
        (_("Organisation"), view.organisation),
        (_("Issued to"), view.subject),
        (_("DNS names"), "\n".join(view.names)),
    )


def _issuer(view: CertificateView) -> Facts:
    kind = _("Test certificate") if view.test_certificate else _("Real certificate")
    return (
        (_("Issued by"), view.issuer),
        (_("Generation"), _generation(view)),
        (_("Chain"), "\n".join(view.chain)),
        (_("Kind"), kind),
    )


def _generation(view: CertificateView) -> str:
    if view.authority is None:
        return view.generation
    said = view.authority.generation.in_language(current())
    return said if view.authority.live else _("{generation}, issues no longer").format(
        generation=said
    )  # fmt: skip


def _use(view: CertificateView) -> Facts:
    return (
        (_("Uses"), ", ".join(use_word(one) for one in view.usages)),
        (_("Policies"), ", ".join(view.policies)),
        (_("Revocation lists"), "\n".join(view.revocation_lists)),
    )


def _validity(view: CertificateView) -> Facts:
    days = max(view.days_left, 0)
    left = ngettext("{count} day", "{count} days", days).format(count=days)
    if not days:
        left = "" if has_expired(view) else _("Less than a day")
    return (
        (_("Valid from"), day(view.valid_from)),
        (_("Valid to"), day(view.valid_to)),
        (_("Left"), left),
        (_("Left in working days"), working_days(view) if view.working_days_left else ""),
    )


def _key(view: CertificateView) -> Facts:
    elsewhere = _KEY_PLACES.get(view.key_place)
    passphrase = "" if elsewhere else _(_PLACES.get(view.place, view.place))
    place = _(elsewhere) if elsewhere else _("Encrypted in your data folder")
    return (
        (_("Key"), view.key),
        (_("Where it lies"), place),
        (_("Passphrase lies in"), passphrase),
        (_("Serial number"), view.serial),
        (_("Fingerprint (SHA-256)"), grouped(view.fingerprint)),
    )
