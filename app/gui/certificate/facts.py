"""What a certificate says, in groups: who, issuer, use, time, key."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui import theme
from app.gui.certificate.words import day, use_word
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

Facts = Sequence[tuple[str, str]]


class CertificateFacts(QWidget):
    """The groups of facts under each other; every value can be marked and copied."""

    def __init__(self, view: CertificateView) -> None:
        super().__init__()
        self._rows: list[FactRows] = []
        self.notes: list[Note] = []  # what is known of the issuer, or that nothing is
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GRID // 2)
        self._add(_("Who"), _who(view))
        self._add(_("Issuer"), _issuer(view))
        self._add_generation(view)
        self._add(_("What it may be used for"), _use(view))
        self._add(_("Validity"), _validity(view))
        self._add(_("Key"), _key(view))

    @property
    def text(self) -> str:
        """All that is shown, a line for each fact."""
        return "\n".join(rows.text for rows in self._rows)

    def _add(self, title: str, facts: Facts) -> None:
        rows = FactRows()
        rows.show_facts(facts)
        rows.setAccessibleName(title)
        self._rows.append(rows)
        if len(self._rows) > 1:
            self._layout.addSpacing(theme.GRID)
        self._layout.addWidget(Label(title, bold=True))
        self._layout.addWidget(rows)

    def _add_generation(self, view: CertificateView) -> None:
        """Say which authority it is, and whose word that is; or that nobody knows it."""
        authority = view.authority
        if authority is None:
            self._note(_("The issuer is not among the authorities that are known here."))
            return
        badge = fact_badge(authority.fact)
        source = _("Source: {source}").format(source=source_text(authority.fact.source))
        self._layout.addWidget(badge)
        self._note(source)

    def _note(self, text: str) -> None:
        note = Note(text)
        self.notes.append(note)
        self._layout.addWidget(note)


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
    days, working = max(view.days_left, 0), view.working_days_left
    left = ngettext("{count} day", "{count} days", days).format(count=days)
    words = ngettext("{count} working day", "{count} working days", working)
    return (
        (_("Valid from"), day(view.valid_from)),
        (_("Valid to"), day(view.valid_to)),
        (_("Left"), left),
        (_("Left in working days"), words.format(count=working) if working else ""),
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
