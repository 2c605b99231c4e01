"""One kept certificate in full: what is wrong, what it opens, what it says, what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from PySide6.QtWidgets import QWidget

from app.core.errors import Cancelled, WorkbenchError
from app.core.register import Profile
from app.gui.certificate.details import Details
from app.gui.certificate.facts import CertificateFacts
from app.gui.certificate.form import beside
from app.gui.certificate.opens import OpensList, openings_of
from app.gui.certificate.token_line import TokenLine
from app.gui.certificate.words import (
    former_of,
    is_followed,
    kind_word,
    kinds_of,
    name_of_certificate,
    takeover,
    used_at,
    validity,
)
from app.gui.certificate.work import Failed
from app.gui.frame.expiry import is_ending
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.labels import Label, Note, SectionTitle, StatusLabel
from app.gui.widgets.trouble import Trouble
from app.language.sentences import error_sentence, sentence_of
from app.language.text import _
from app.workflow.certificate_views import CertificateShelf, CertificateView, RevocationView

_TIMES = frozenset({"certificate-expired", "certificate-expires-soon"})  # the title says these
_STOPPING = frozenset({"certificate-usage", "certificate-not-yet", "certificate-key-short"})
_UNASKED = ("", "note")
_REVOCATION = {"revocation-good": "clean", "revocation-revoked": "blocks"}


@dataclass(frozen=True, slots=True)
class Slots:
    """What can be done with a certificate, by its id."""

    use: Callable[[str, tuple[str, ...]], object]  # at entrances of these kinds
    renew: Callable[[CertificateView], object]
    check: Callable[[str, Callable[[RevocationView], None], Failed], object]
    remove: Callable[[str], object]
    open_token: Callable[[str, str, Failed], object]  # with a PIN
    show: Callable[[str], object]  # another certificate or order, by its id


class CertificateDetails(Details):
    """The chosen certificate; asks in place before it is removed."""

    def __init__(self, slots: Slots) -> None:
        super().__init__(_("The chosen certificate"))
        self._slots = slots
        self._view: CertificateView | None = None
        self._shelf = CertificateShelf()
        self._profile: Profile | None = None
        self._is_asking = False
        self._revocation = _UNASKED
        self.token: TokenLine | None = None
        self.switch: Button | None = None

    @property
    def view(self) -> CertificateView | None:
        """The certificate that is shown."""
        return self._view

    def said(self) -> list[str]:
        """Return what is told of the certificate besides its facts, from the top down."""
        return [one.text() for one in self.findChildren(Trouble) if one.text()]

    def show_certificate(
        self, view: CertificateView, shelf: CertificateShelf, profile: Profile | None
    ) -> None:
        """Show a certificate; the profile gives the entrances their names."""
        is_same = self._view is not None and self._view.id == view.id
        place = self.verticalScrollBar().value() if is_same else 0
        if not is_same:
            self._revocation = _UNASKED
            self._is_asking = False
        self._view, self._shelf, self._profile = view, shelf, profile
        self._build()
        self.verticalScrollBar().setValue(place)

    def show_revocation(self, certificate_id: str, said: RevocationView) -> None:
        """Say what the issuer's list says of the certificate, if it is still the chosen one."""
        text = sentence_of(said.code, said.values)
        self._say_revocation(certificate_id, text, _REVOCATION.get(said.code, "unknown"))

    def refuse_revocation(self, certificate_id: str, error: WorkbenchError) -> None:
        """Say why the list could not be asked."""
        text = "" if isinstance(error, Cancelled) else error_sentence(error)
        self._say_revocation(certificate_id, text, "unknown")

    def _say_revocation(self, certificate_id: str, text: str, status: str) -> None:
        if self._view is None or self._view.id != certificate_id:
            return
        self._revocation = (text, status)
        if not self._is_asking:
            self.revocation.say(text, status)

    def refuse_pin(self, certificate_id: str, error: WorkbenchError) -> None:
        """Say why the token does not open, if its certificate is still the chosen one."""
        is_shown = self._view is not None and self._view.id == certificate_id
        if is_shown and self.token is not None:
            self.token.refuse(error)

    def ask_remove(self) -> None:
        """Ask, here, whether the certificate is to go."""
        if self._view is not None:
            self._is_asking = True
            self._build()
            self.ensureWidgetVisible(self.remove_now)
            self.keep.setFocus()

    def _build(self) -> None:
        view = self._view
        if view is None:
            return
        title = SectionTitle(name_of_certificate(view))
        state = validity(view)
        self.days = StatusLabel(state.status, state.text)
        self.renew = Button(_("Renew…"), lambda: self._slots.renew(view), icon="file-sign")
        self.problems = tuple(self._problems(view))
        self.opens = OpensList(lambda kind: self._slots.use(view.id, (kind,)))
        self.opens.show_openings(openings_of(view, self._shelf, self._profile))
        self.facts = CertificateFacts(view)
        self.fill(
            title,
            self.days,
            *self.problems,
            *self._token(view),
            *self._switching(view),
            Label(_("Opens"), bold=True),
            self.opens,
            *(self._asking(view) if self._is_asking else self._doing(view)),
            Line(),
            self.facts,
        )

    def _problems(self, view: CertificateView) -> list[QWidget]:
        made: list[QWidget] = []
        for one in view.problems:
            if one.code not in _TIMES:
                status = "blocks" if one.code in _STOPPING else "fellista"
                made.append(Trouble(error_sentence(one), status))
        waits = any(one.form.renews == view.id for one in self._shelf.orders)
        followed = waits or is_followed(view, self._shelf)
        if view.days_left >= 0 and is_ending(view) and not followed:
            text = _("A new function certificate takes weeks. Order it now, beside this one.")
            self.renew.setText(_("Order the new one…"))
            self.renew.setAccessibleName(self.renew.text())
            made += [Trouble(text, "fellista"), beside(self.renew)]
        return made

    def _token(self, view: CertificateView) -> list[QWidget]:
        """Return where the PIN is typed, when the token was not opened in this run."""
        self.token = None
        if view.needs_pin:
            refuse = partial(self.refuse_pin, view.id)
            self.token = TokenLine(lambda pin: self._slots.open_token(view.id, pin, refuse))
        return [self.token] if self.token is not None else []

    def _switching(self, view: CertificateView) -> list[QWidget]:
        """Return how a renewed certificate takes over, or where the one is that can."""
        self.switch = None
        former = former_of(view, self._shelf)
        if former is not None:
            return self._take_over(view, former)
        newer = self._newer(view)
        if newer is None:
            return []
        words = _("A newer certificate for the same HSA-id lies beside this one.")
        show = Button(_("Show the newer"), lambda: self._slots.show(newer.id), icon="arrow-right")
        return [Trouble(words, "note"), beside(show)]

    def _take_over(self, view: CertificateView, former: CertificateView) -> list[QWidget]:
        kinds = takeover(view, former, self._shelf)
        places = ", ".join(kind_word(kind, self._profile) for kind in kinds)
        words = _(
            "The former certificate is in use at {places}. Use this one at a stage first and try"
            " the connection there; switch when it holds."
        )
        self.switch = Button(
            _("Switch now"),
            lambda: self._slots.use(view.id, kinds),
            icon="swap-horizontal",
            kind="primary",
        )
        return [Trouble(words.format(places=places), "note"), beside(self.switch)]

    def _newer(self, view: CertificateView) -> CertificateView | None:
        """Return the certificate that can take over from this one, None when there is none."""
        found = (one for one in self._shelf.certificates if former_of(one, self._shelf) is view)
        return next(found, None)

    def _doing(self, view: CertificateView) -> list[QWidget]:
        self.check = Button(
            _("Ask the revocation list"),
            lambda: self._ask_revocation(view),
            icon="shield-search",
        )
        self.check.setToolTip(_list_tip(view))
        if not view.revocation_lists:
            self.check.explain(_("The certificate names no revocation list."))
        self.remove = Button(_("Remove…"), self.ask_remove, icon="delete-outline")
        self.revocation = Trouble(*self._revocation)
        is_placed = self.renew.parentWidget() is not None  # beside what says that it is time
        buttons = (self.check, self.remove) if is_placed else (self.renew, self.check, self.remove)
        return [beside(*buttons), self.revocation]

    def _ask_revocation(self, view: CertificateView) -> None:
        if self._revocation[1] == "waiting":  # disabled, it would hand the focus to Remove
            return
        self._revocation = (_("The issuer's list is being fetched."), "waiting")
        self.revocation.say(*self._revocation)
        shown = partial(self.show_revocation, view.id)
        self._slots.check(view.id, shown, partial(self.refuse_revocation, view.id))

    def _asking(self, view: CertificateView) -> list[QWidget]:
        places = used_at(view.id, self._shelf, self._profile)
        words = _("The certificate is removed with its key. This cannot be undone.")
        if view.key_place != "file":
            words = _("The certificate is no longer used here. Its key stays where it is.")
        used = _("It is in use at {places}: nothing can be sent there until another is chosen.")
        self.remove_now = Button(
            _("Remove"), lambda: self._slots.remove(view.id), icon="delete-outline"
        )
        self.keep = Button(_("Keep it"), self._keep, kind="quiet")
        asked: list[QWidget] = [Trouble(words, "refused")]
        if kinds_of(view.id, self._shelf):
            asked.append(Note(used.format(places=places)))
        return [*asked, beside(self.remove_now, self.keep)]

    def _keep(self) -> None:
        self._is_asking = False
        self._build()
        self.remove.setFocus()


def _list_tip(view: CertificateView) -> str:
    """Return whom the question goes to, and what it tells them."""
    host = urlsplit(next(iter(view.revocation_lists), "")).hostname or ""
    words = _("The list at {host} is fetched over HTTP. Only its address is sent.")
    return words.format(host=host) if host else ""
