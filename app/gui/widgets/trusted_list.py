"""The certificates of a CA file as they are shown before anybody trusts them."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.clock import in_stockholm
from app.gui import theme
from app.gui.widgets.attempt_words import grouped
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label
from app.gui.widgets.trouble import Trouble
from app.language.sentences import error_sentence
from app.language.text import _, ngettext
from app.workflow.entrance_views import AuthorityFile, TrustedCertificate

_MOST = 12  # certificates that anybody reads


class TrustedList(QWidget):
    """Subject, issuer and fingerprint of each certificate, and whether it is known."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label()
        self.trouble = Trouble()
        self.more = Trouble()
        self.cards: tuple[QWidget, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GRID)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.trouble)

    @property
    def text(self) -> str:
        """All that is shown, a paragraph for each certificate."""
        return "\n".join(card.accessibleName() for card in self.cards)

    def show_file(self, title: str, file: AuthorityFile | None) -> None:
        """Show another file under a title."""
        for card in self.cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.title.setText(title)
        self.trouble.say(error_sentence(file.problem) if file and file.problem else "")
        certificates = file.certificates if file else ()
        self.cards = tuple(_card(one) for one in certificates[:_MOST])
        for card in self.cards:
            self._layout.addWidget(card)
        self._layout.addWidget(self.more)
        self.more.say(_more(len(certificates) - _MOST), "fellista")


def _more(count: int) -> str:
    """Return what is said of the certificates of a file that are not shown."""
    if count <= 0:
        return ""
    text = ngettext(
        "{count} more is not shown. A register needs one authority or two: trust no whole bundle.",
        "{count} more are not shown. A register needs one authority or two: trust no whole bundle.",
        count,
    )
    return text.format(count=count)


def _card(one: TrustedCertificate) -> QWidget:
    """Return one certificate of a CA file as it is shown."""
    card = QWidget()
    layout = QVBoxLayout(card)
    layout.setContentsMargins(2 * theme.GRID, 0, 0, 0)
    layout.setSpacing(2)
    layout.addWidget(Label(one.subject, bold=True))
    state = _known(one)
    layout.addWidget(Trouble(state[1], state[0]))
    rows = FactRows()
    facts = (
        (_("Issued by"), one.issuer if one.issuer != one.subject else _("itself (a root)")),
        (_("Valid to"), _day(one.valid_to)),
        (_("SHA-256"), grouped(one.fingerprint)),
    )
    rows.show_facts(facts)
    layout.addWidget(rows)
    card.setAccessibleName(". ".join((one.subject, state[1], rows.text.replace("\n", ". "))))
    return card


def _known(one: TrustedCertificate) -> tuple[str, str]:
    """Return the status of a certificate that is to be trusted, and a sentence."""
    if one.impostor:
        return "blocks", _(
            "It has the name of a known authority but not its fingerprint. Do not trust it before"
            " you have asked."
        )
    if not one.authority:
        return "fellista", _("Not an authority but one server's own certificate.")
    if one.known:
        return "clean", _("The fingerprint is that of {name}.").format(name=one.known)
    return "note", _("Not among the authorities that are known here. Compare the fingerprint.")


def _day(iso: str) -> str:
    return in_stockholm(datetime.fromisoformat(iso)).strftime("%Y-%m-%d")
