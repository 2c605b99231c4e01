"""The right side: a plot, the same in a table beside it, what it says, and where to go from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.cases.quality.charts import Chart, Line
from app.gui.settings import Settings
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.numbers import count
from app.gui.widgets.parts import Splitter
from app.gui.widgets.plot import Plot
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _
from app.workflow.quality_views import MOST_CASES

_NUMBER = 84  # pixels
_SHARE = 76


class QualityPanel(QWidget):
    """Shows one of several charts of what is chosen to the left."""

    cases_wanted = Signal(tuple)
    missing_wanted = Signal()
    mapping_wanted = Signal()
    rule_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._charts: tuple[Chart, ...] = ()
        self._wanted = ""  # the kind of chart that was looked at last
        self.title = SectionTitle()
        self.title.setWordWrap(True)
        self.kinds = Choice(_("Kind of plot"))
        self.kinds.currentIndexChanged.connect(lambda _at: self._show_chosen())
        self.plot = Plot()
        self.table: Table[Line] = Table(_("The plot as a table"), RowsModel(_columns()))
        self.sentence = Label()
        self.source = Note()
        self.cases = Button("", self._ask_cases, icon="format-list-bulleted")
        self.missing = Button("", self.missing_wanted.emit, icon="format-list-bulleted")
        self.mapping = Button(_("Mapping row"), self.mapping_wanted.emit, icon="link-variant")
        self.rule = Button(_("Rule"), self.rule_wanted.emit, icon="book-search-outline")
        self._body = Splitter("quality-plot", settings, self.plot, self.table)
        self._lay_out()
        self.clear()

    def show_charts(self, title: str, charts: tuple[Chart, ...], source: str) -> None:
        """Show the charts of another row, the same kind of them as before where there is one."""
        self._charts = charts
        self.title.setText(title)
        self.source.setText(source)
        titles = [one.title for one in charts]
        self.kinds.set_entries(tuple((one, one) for one in titles))
        self.kinds.setVisible(len(titles) > 1)
        self.kinds.set_value(self._wanted if self._wanted in titles else titles[0])
        self.setEnabled(True)
        self._show()

    def offer_missing(self, missing: int) -> None:
        """Offer to show the cases without a value, of which there are so many values missing."""
        is_cut = missing > MOST_CASES
        show = _("Show the first {count} without") if is_cut else _("Show those without")
        self.missing.setText(show.format(count=count(MOST_CASES)))
        self.missing.setVisible(missing > 0)

    def clear(self, sentence: str = "") -> None:
        """Show nothing, and why."""
        self._charts = ()
        self.kinds.hide()
        self._body.hide()
        for label in (self.title, self.source):
            label.setText("")
        self.sentence.setText(sentence)
        self.plot.show_view(None)
        self.table.rows.set_rows(())
        for button in (self.cases, self.missing, self.mapping, self.rule):
            button.hide()

    def chart(self) -> Chart | None:
        """Return the chart that is shown."""
        found = (one for one in self._charts if one.title == self.kinds.value())
        return next(found, self._charts[0] if self._charts else None)

    def _show_chosen(self) -> None:
        self._wanted = self.kinds.value()
        self._show()

    def _show(self) -> None:
        chart = self.chart()
        if chart is None:
            return
        self._body.show()
        self.plot.show_view(chart.plot)
        self.table.rows.set_rows(chart.lines)
        self.table.fit_numbers()
        self.sentence.setText(chart.sentence)
        self.sentence.setToolTip(chart.explanation)
        self.sentence.setAccessibleDescription(chart.explanation)
        self.cases.setVisible(bool(chart.cases))
        is_cut = len(chart.cases) >= MOST_CASES
        show = _("Show the first {count} cases") if is_cut else _("Show the cases ({count})")
        self.cases.setText(show.format(count=count(len(chart.cases))))
        self.mapping.show()

    def _ask_cases(self) -> None:
        chart = self.chart()
        if chart is not None:
            self.cases_wanted.emit(chart.cases)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.kinds)
        self.table.setMinimumWidth(2 * _NUMBER + _SHARE)
        self._body.share(58, 42)
        foot = QHBoxLayout()
        foot.addWidget(self.source, 1)
        for button in (self.cases, self.missing, self.rule, self.mapping):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(head)
        layout.addWidget(self.sentence)
        layout.addWidget(self._body, 1)
        layout.addStretch(0)
        layout.addLayout(foot)


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column(_("Value"), lambda one: one.label),
        Column(_("Number"), lambda one: one.amount, True, width=_NUMBER),
        Column(_("Share"), lambda one: one.part, True, width=_SHARE),
    )
