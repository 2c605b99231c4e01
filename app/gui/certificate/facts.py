"""What the certificate says, and what is wrong with it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.clock import in_stockholm
from app.core.register import Profile
from app.gui import theme
from app.gui.widgets.attempt_words import grouped
from app.gui.widgets.controls import Button
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import IconLabel, Label, SectionTitle
from app.language.sentences import error_sentence
from app.language.text import N_, _, current, ngettext
from app.workflow.certificate_views import CertificateView

_PLACES = {"memory": N_("the memory of this run only")}
_FEW_DAYS = 60  # an order for a new function certificate takes weeks


class CertificateFacts(QWidget):
    """The installed certificate, or that there is none."""

    def __init__(self, remove: Callable[[], None]) -> None:
        super().__init__()
        self._problems: list[QWidget] = []
        self.title = SectionTitle()
        self.days = IconLabel()
        self.none = Label(
            _(
                "There is no client certificate yet. Import the file that the hospital has for"
                " SPOR, or use the local stage's own certificate to practise."
            ),
            tone="quiet",
        )
        self.rows = FactRows()
        self.remove = Button(_("Remove the certificate"), remove, icon="trash-can-outline")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GRID)
        for part in (self.title, self.none, self.days, self.rows, self.remove):
            self._layout.addWidget(part)

    def show_certificate(self, view: CertificateView | None, profile: Profile | None) -> None:
        """Show a certificate; the profile gives its entrances their names."""
        for part in (self.days, self.rows, self.remove):
            part.setVisible(view is not None)
        self.none.setVisible(view is None)
        self._show_problems(view)
        if view is None:
            self.title.setText(_("No certificate"))
            return
        self.title.setText(view.hsa_id or view.subject)
        self.days.show_state(*_validity(view.days_left))
        self.rows.show_facts(_facts(view, profile))

    def _show_problems(self, view: CertificateView | None) -> None:
        for label in self._problems:
            self._layout.removeWidget(label)
            label.deleteLater()
        self._problems = [
            IconLabel("alert-outline", error_sentence(problem), "fellista")
            for problem in (view.problems if view else ())
        ]
        for number, label in enumerate(self._problems):
            self._layout.insertWidget(3 + number, label)


def _validity(days: int) -> tuple[str, str, str]:
    """Return icon, words and tone for the days that are left."""
    if days < 0:
        return "hand-back-right", _("The certificate has expired."), "blocks"
    text = ngettext("Valid for {count} day more", "Valid for {count} days more", days)
    icon, tone = ("check-circle", "clean") if days > _FEW_DAYS else ("alert-outline", "fellista")
    return icon, text.format(count=days), tone


def _facts(view: CertificateView, profile: Profile | None) -> tuple[tuple[str, str], ...]:
    return (
        (_("HSA-id"), view.hsa_id),
        (_("Issued to"), view.subject),
        (_("Issued by"), view.issuer),
        (_("Chain"), "\n".join(view.chain)),
        (_("Valid from"), _day(view.valid_from)),
        (_("Valid to"), _day(view.valid_to)),
        (_("Kind"), _("Test certificate") if view.test_certificate else _("Real certificate")),
        (_("Opens"), _entrances(view, profile)),
        (_("Serial number"), view.serial),
        (_("Fingerprint (SHA-256)"), grouped(view.fingerprint)),
        (_("Passphrase lies in"), _(_PLACES.get(view.place, view.place))),
    )


def _entrances(view: CertificateView, profile: Profile | None) -> str:
    entrances = profile.entrances if profile else ()
    names = {one.id: one.name.in_language(current()) for one in entrances}
    return ", ".join(names.get(one, one) for one in view.entrances) or _("No known entrance")


def _day(iso: str) -> str:
    return in_stockholm(datetime.fromisoformat(iso)).strftime("%Y-%m-%d")
