"""The right side before sending: what would leave, what is held back, and the second button."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui import theme
from app.gui.frame.expiry import time_left
from app.gui.widgets.attempt_words import grouped
from app.gui.widgets.controls import Button, Field
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.gate_list import GateList
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.sentences import name_of
from app.language.text import _, current, ngettext
from app.workflow.certificate_views import CertificateView
from app.workflow.views import SendPlan, Withheld

_FEW = 6  # case numbers named beside a reason
_SHORT = 16  # digits of a fingerprint that tell certificates apart
_TALL = 5 * theme.ROW


@dataclass(frozen=True, slots=True)
class Held:
    """The cases held back for one reason."""

    reason: str
    cases: tuple[str, ...]


def held_back(withheld: tuple[Withheld, ...]) -> tuple[Held, ...]:
    """Group the cases that are held back by reason, most first."""
    counts = Counter(one.reason for one in withheld)
    return tuple(
        Held(reason, tuple(one.case for one in withheld if one.reason == reason))
        for reason, _count in counts.most_common()
    )


def _numbers(held: Held) -> str:
    rest = len(held.cases) - _FEW
    shown = ", ".join(held.cases[:_FEW])
    return shown if rest <= 0 else _("{cases} and {count} more").format(cases=shown, count=rest)


class PlanSummary(QWidget):
    """The summary of a batch. Only its own button sends."""

    def __init__(self, send: Callable[[], None]) -> None:
        super().__init__()
        self._plan: SendPlan | None = None
        self.title = SectionTitle()
        self.facts = FactRows()
        self.gates = GateList(_("Gates"), self._named)
        self.held_title = Label(bold=True)
        self.held: Table[Held] = Table(_("Held back"), RowsModel(_columns()))
        self.production = Field(_("Type {word} to confirm").format(word=name_of("production")))
        self.production.setPlaceholderText(self.production.accessibleName())
        self.production.textChanged.connect(lambda _text: self._allow())
        self.send = Button("", send, icon="send", kind="primary")
        self.note = Note(_("Sending cannot be undone. A resend replaces the whole case."))
        self._lay_out()

    def show_plan(self, plan: SendPlan) -> None:
        """Show what would be sent."""
        self._plan = plan
        count, withheld = len(plan.cases), len(plan.withheld)
        text = ngettext("{count} case will be sent", "{count} cases will be sent", count)
        self.title.setText(text.format(count=count))
        self.facts.show_facts(_facts(plan))
        self.gates.show_gates(plan.gates)
        kept = ngettext("{count} case is held back", "{count} cases are held back", withheld)
        self.held_title.setText(kept.format(count=withheld))
        reasons = held_back(plan.withheld)
        self.held.rows.set_rows(reasons)
        self.held.setFixedHeight(min(_TALL, (1 + len(reasons)) * theme.ROW + 2))
        self.held.setVisible(bool(withheld))
        self.production.clear()
        self.production.setVisible(plan.entrance.kind == "production")
        name = ngettext("Send {count} case", "Send {count} cases", count).format(count=count)
        self.send.setText(name)
        self.send.setAccessibleName(name)
        self._allow()

    def _allow(self) -> None:
        """Offer the button only when every gate is open and production is confirmed."""
        plan = self._plan
        if plan is None or not plan.is_open:
            self.send.explain(_("A gate is closed. What it says must be put right first."))
        elif plan.entrance.kind == "production" and not self._is_confirmed():
            self.send.explain(self.production.accessibleName())
        else:
            self.send.explain("")

    def _is_confirmed(self) -> bool:
        return self.production.text().strip() == name_of("production")

    def _named(self, name: str, value: str) -> str:
        entrance = self._plan.entrance if self._plan else None
        if name == "entrance" and entrance is not None and value == entrance.id:
            return entrance.name.in_language(current())
        return value

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for part in (
            self.title,
            self.facts,
            self.gates,
            self.held_title,
            self.held,
            self.production,
            self.send,
            self.note,
        ):
            layout.addWidget(part)
        layout.addStretch(1)


def _columns() -> tuple[Column[Held], ...]:
    return (
        Column(_("Reason"), lambda one: name_of(one.reason), width=256),
        Column(_("Number"), lambda one: str(len(one.cases)), number=True, width=76),
        Column(_("Cases"), _numbers, quiet=True),
    )


def _facts(plan: SendPlan) -> tuple[tuple[str, str], ...]:
    entrance = f"{name_of(plan.entrance.kind)}, {plan.entrance.name.in_language(current())}"
    certificate = plan.certificate
    return (
        (_("Entrance"), entrance),
        (_("Address"), plan.address),
        (_("Sender"), certificate.hsa_id if certificate else _("No certificate")),
        (_("Certificate"), _certificate(certificate) if certificate else ""),
    )


def _certificate(view: CertificateView) -> str:
    """Return which certificate goes, as the journal will know it."""
    left = time_left(view).lower()
    text = _("{subject}, issued by {issuer}, {left}, {fingerprint}…")
    short = grouped(view.fingerprint[:_SHORT])
    return text.format(subject=view.subject, issuer=view.issuer, left=left, fingerprint=short)
