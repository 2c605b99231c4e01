"""The list of kept certificates and waiting orders: state, time and where each is used."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt

from app.core.register import Profile
from app.gui import theme
from app.gui.certificate.damaged_details import id_of
from app.gui.certificate.words import (
    State,
    day,
    has_expired,
    listed_name,
    state_of,
    used_at,
)
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _
from app.workflow.certificate_views import CertificateShelf, CertificateView, OrderView
from app.workflow.views import Problem

_ROOMY = 760  # pixels of the list where there is room for the issuer too
_MOST = 5  # rows before the list scrolls


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One certificate or order."""

    id: str
    name: str
    issuer: str
    state: State
    used: str
    until: str
    left: str
    certificate: CertificateView | None = None
    order: OrderView | None = None
    problem: Problem | None = None  # of one that cannot be read


class ShelfTable(Table[ShelfRow]):
    """As high as its rows; keeps the one that was chosen."""

    def __init__(self) -> None:
        super().__init__(_("Certificates and orders"), RowsModel(_columns()))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def show_rows(self, rows: tuple[ShelfRow, ...], keep: str) -> None:
        """Show these rows and choose the one of this id; the first when it is gone."""
        self.rows.set_rows(rows)
        ids = [one.id for one in rows]
        self.choose(ids.index(keep) if keep in ids else 0)
        self.updateGeometry()
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        count = min(max(self.rows.rowCount(), 1), _MOST)
        return QSize(super().sizeHint().width(), (count + 1) * theme.ROW + 2)


def rows_of(shelf: CertificateShelf, profile: Profile | None) -> tuple[ShelfRow, ...]:
    """Return orders first, since they wait for somebody, then certificates, those in use first."""
    orders = tuple(_order_row(one) for one in shelf.orders)
    made = [_certificate_row(one, shelf, profile) for one in shelf.certificates]
    damaged = tuple(_damaged_row(one) for one in shelf.damaged if id_of(one))
    return (*orders, *sorted(made, key=_rank), *damaged)


def _rank(row: ShelfRow) -> tuple[bool, bool]:
    return not row.used, row.state.status == "blocks"


def _order_row(order: OrderView) -> ShelfRow:
    return ShelfRow(
        id=order.id,
        name=order.form.common_name,
        issuer="",
        state=State("waiting", _("Ordered")),
        used="",
        until="",
        left="",
        order=order,
    )


def _certificate_row(
    view: CertificateView, shelf: CertificateShelf, profile: Profile | None
) -> ShelfRow:
    return ShelfRow(
        id=view.id,
        name=listed_name(view),
        issuer=view.issuer,
        state=state_of(view, shelf),
        used=used_at(view.id, shelf, profile),
        until=day(view.valid_to),
        left="" if has_expired(view) else str(view.days_left),
        certificate=view,
    )


def _damaged_row(problem: Problem) -> ShelfRow:
    return ShelfRow(
        id=id_of(problem),
        name=_("A damaged certificate"),
        issuer="",
        state=State("blocks", _("Cannot be read")),
        used="",
        until="",
        left="",
        problem=problem,
    )


def _columns() -> tuple[Column[ShelfRow], ...]:
    return (
        Column(_("Certificate"), lambda row: row.name, tip=_tip, weight=43),
        Column(
            _("State"),
            lambda row: row.state.text,
            status=lambda row: row.state.status,
            weight=29,
        ),
        Column(_("Issued by"), lambda row: row.issuer, quiet=True, weight=37, spare=_ROOMY),
        Column(_("Used at"), lambda row: row.used, weight=28),
        Column(_("Valid to"), lambda row: row.until, number=True, width=92),
        Column(_("Days"), lambda row: row.left, number=True, hint=_("Days left"), width=58),
    )


def _tip(row: ShelfRow) -> str:
    return "\n".join(filter(None, (row.name, row.issuer)))
