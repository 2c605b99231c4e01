"""One column in full: how filled, from where to where, values and shapes as bars with numbers."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.source.bars import BarDelegate
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.looks import looks
from app.gui.widgets.numbers import count, share_to_tenth
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _, ngettext
from app.workflow.source_views import ColumnProfile
from app.workflow.views import ColumnView

Counted = tuple[str, int]
_SHAPES = 6  # that are shown before the values
_FOOT = 2  # pixels below the last row


class CountedTable(Table[Counted]):
    """Texts with how often they occur; as high as its rows, for the place around it scrolls."""

    def __init__(self, name: str, title: str) -> None:
        self._whole = 0
        self._title = title
        super().__init__(name, RowsModel[Counted](self._columns(0)))
        delegate = BarDelegate(self, lambda one: one[1] / self._whole if self._whole else 0.0)
        self.setItemDelegateForColumn(1, delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_counts(self, counts: tuple[Counted, ...], whole: int) -> None:
        """Show these texts and their part of the whole."""
        self._whole = whole
        self.rows.columns = self._columns(whole)
        self.rows.set_rows(counts)
        self.setFixedHeight(theme.ROW * (len(counts) + 1) + _FOOT)
        self.setVisible(bool(counts))

    def _columns(self, whole: int) -> tuple[Column[Counted], ...]:
        return (
            Column(self._title, lambda one: one[0] or _("(empty)")),
            Column(_("Rows"), lambda one: count(one[1]), number=True, width=80),
            Column(_("Share"), partial(_part, whole), number=True, width=72),
        )


class ProfileView(QWidget):
    """What is known of the chosen column."""

    def __init__(self) -> None:
        super().__init__()
        self._title = SectionTitle()
        self.facts = {name: Label() for name in ("looks", "filled", "distinct", "range")}
        self.values = CountedTable(_("Most frequent values"), _("Value"))
        self.shapes = CountedTable(_("Shapes of the values"), _("Shape"))
        self.more = Note()
        self.legend = Note(_("In a shape, 9 is any digit, A any capital and a any small letter."))
        labels = {
            "looks": _("Looks like"),
            "filled": _("Filled"),
            "distinct": _("Distinct"),
            "range": _("From – to"),
        }
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.GRID)
        form.setVerticalSpacing(theme.GRID // 2)
        for name, text in labels.items():
            form.addRow(Label(text, tone="quiet"), self.facts[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self._title)
        column.addLayout(form)
        for part in (self.shapes, self.legend, self.values, self.more):
            column.addWidget(part)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._title.setText("")
        for fact in self.facts.values():
            fact.setText("–")
        self._show_counts((), (), 0)

    def show_column(self, column: ColumnView, rows: int) -> None:
        """Show what is known at once; the rest is asked for."""
        self._title.setText(column.name)
        self.facts["looks"].setText(looks(column.looks_like) or "–")
        self._show_filled(column.filled, rows)
        self.facts["distinct"].setText(count(column.distinct))
        self.facts["range"].setText("…")
        self._show_counts((), (), 0)

    def show_profile(self, profile: ColumnProfile) -> None:
        """Show a column in full."""
        self._title.setText(profile.name)
        self.facts["looks"].setText(looks(profile.looks_like) or "–")
        self._show_filled(profile.filled, profile.total)
        self.facts["distinct"].setText(count(profile.distinct))
        ends = [one for one in (profile.least, profile.greatest) if one]
        self.facts["range"].setText(" – ".join(dict.fromkeys(ends)) or "–")
        is_each_its_own = all(number == 1 for _value, number in profile.common)
        values = () if is_each_its_own and len(profile.common) > 1 else profile.common
        self._show_counts(values, profile.shapes[:_SHAPES], profile.total)
        rest = profile.distinct - len(profile.common)
        if profile.common and not values:
            self.more.setText(_("Every value occurs once."))
        elif rest > 0 and values:
            text = ngettext("and {count} more value", "and {count} more values", rest)
            self.more.setText(text.format(count=count(rest)))

    def _show_filled(self, filled: int, rows: int) -> None:
        text = _("{share} · {filled} of {rows} rows")
        part = share_to_tenth(filled, rows)
        self.facts["filled"].setText(
            text.format(share=part, filled=count(filled), rows=count(rows))
        )

    def _show_counts(
        self, values: tuple[Counted, ...], shapes: tuple[Counted, ...], rows: int
    ) -> None:
        self.values.show_counts(values, rows)
        self.shapes.show_counts(shapes, rows)
        self.legend.setVisible(bool(shapes))
        self.more.setText("")


def _part(whole: int, one: Counted) -> str:
    return share_to_tenth(one[1], whole)
