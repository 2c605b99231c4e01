"""The data quality of the checked export, as a view of Ärenden."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import Cancelled, WorkbenchError
from app.gui import theme
from app.gui.background.deed import Deed
from app.gui.background.latest import Latest
from app.gui.cases.quality.among import among_of, choices, summary
from app.gui.cases.quality.charts import (
    Chart,
    clinic_chart,
    distribution_chart,
    phase_chart,
    shift_chart,
)
from app.gui.cases.quality.columns import is_time
from app.gui.cases.quality.lists import CHANGE, FILLED, SPANS, QualityLists
from app.gui.cases.quality.panel import QualityPanel
from app.gui.cases.quality.words import variable_name
from app.gui.cases.view import CaseView
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.controls import Choice
from app.gui.widgets.labels import Note
from app.gui.widgets.parts import Splitter
from app.gui.widgets.segments import Segments
from app.language.text import _
from app.workflow.quality_views import Distribution, Quality, Shift, SpanQuality, VariableQuality

Made = tuple[Distribution, ...]
Row = VariableQuality | SpanQuality | Shift | None


class QualityView(CaseView):
    """How full and how likely the values are, with plots; the load before against this one."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._profile = page.context.document.profile
        self._latest = Latest(page.context.backend, self)
        self._quality: Quality | None = None
        self._row: Row = None
        self.kinds = Segments(
            _("Data quality"),
            ((FILLED, _("Filled")), (SPANS, _("Times")), (CHANGE, _("Since last load"))),
        )
        self.among = Choice(_("Which cases"))
        self.by = Choice(_("Clinics by"))
        self.summary = Note()
        self.lists = QualityLists(self._profile)
        self.panel = QualityPanel(page.context.settings)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Ask anew how the export is."""
        self.summary.setText(_("The data quality is being worked out…"))
        self._latest.start(
            deeds.QUALITY, self.by.value(), done=self._take, failed=self._tell_trouble
        )

    def _take(self, quality: Quality) -> None:
        self._quality = quality
        names = tuple((one, self._name(one)) for one in quality.clinic_choices)
        self.by.set_entries(names)
        self.by.set_value(quality.clinic)
        self.among.set_entries(choices(quality, self._profile))
        self.summary.setText(summary(quality))
        self._show_rows()

    def _show_rows(self) -> None:
        if self._quality is None:
            return
        kind = self.kinds.value()
        self.among.setVisible(kind != CHANGE)
        self.by.setVisible(kind != CHANGE and len(self._quality.clinic_choices) > 1)
        self.lists.show_quality(kind, self._quality, self.among.value())

    def _choose(self, row: Row) -> None:
        self._row = row
        self.panel.rule.setVisible(isinstance(row, SpanQuality))
        self.panel.missing.hide()
        if row is None:
            self.panel.clear(self._why_nothing())
        elif isinstance(row, Shift):
            chart = shift_chart(row, self._profile, is_time=is_time(row, self._profile))
            self._show(chart.plot.name, row.variable, (chart,))
        elif isinstance(row, SpanQuality):
            self._ask(deeds.SPAN_DISTRIBUTION, row, row.begin, row.end)
        else:
            self._ask(deeds.DISTRIBUTION, row, row.variable)

    def _why_nothing(self) -> str:
        """Return why there is nothing in the list."""
        if self.kinds.value() == SPANS:
            return _("No rule compares two times that are mapped.")
        if self.kinds.value() == CHANGE and self._quality and self._quality.change:
            return _("Nothing differs by enough to be told.")
        return _("There is nothing to compare with yet.") if self.kinds.value() == CHANGE else ""

    def _ask(self, deed: Deed[Made], row: Row, *names: str) -> None:
        among = among_of(self.among.value(), self.by.value())
        self._latest.start(
            deed,
            *names,
            among,
            done=lambda made: self._show_made(row, made),
            failed=self._tell_trouble,
        )

    def _show_made(self, row: Row, made: Made) -> None:
        if row is not self._row:
            return
        if isinstance(row, SpanQuality):
            name = f"{self._name(row.begin)} → {self._name(row.end)}"
            charts = [distribution_chart(one, name, self._profile, row.end) for one in made]
            self._show(name, row.end, (*charts,))
        elif isinstance(row, VariableQuality):
            name = self._name(row.variable)
            charts = [distribution_chart(one, name, self._profile, row.variable) for one in made]
            charts += [phase_chart(row, name, self._profile)] if row.phases else []
            charts += (
                [clinic_chart(row, name, self._profile)] if row.clinics and self.by.value() else []
            )
            self._show(name, row.variable, (*charts,))
            self.panel.offer_missing(row.filled.total - row.filled.done)

    def _show(self, title: str, variable: str, charts: tuple[Chart, ...]) -> None:
        if not charts:
            self.panel.clear(_("No case has a value for it."))
            return
        self.panel.show_charts(title, charts, self._source(variable))

    def _source(self, variable: str) -> str:
        """Return where the values come from."""
        project = self.page.context.document.project
        link = project.link_of(variable)
        columns = ", ".join(link.columns) if link else ""
        if link is None or not columns:
            return _("Source: a fixed value in the mapping")
        return _("Source: {table}, {columns}").format(table=link.table, columns=columns)

    def _name(self, variable: str) -> str:
        return variable_name(self._profile, variable)

    def _ask_missing(self) -> None:
        if isinstance(self._row, VariableQuality):
            among = among_of(self.among.value(), self.by.value())
            self._latest.start(
                deeds.CASES_WITHOUT,
                self._row.variable,
                among,
                done=self.cases_wanted.emit,
                failed=self._tell_trouble,
            )

    def _go_to_mapping(self) -> None:
        row = self._row
        if row is not None:
            variable = row.end if isinstance(row, SpanQuality) else row.variable
            self.page.context.navigator.go("mapping", variable=variable)

    def _go_to_rule(self) -> None:
        if isinstance(self._row, SpanQuality):
            self.page.context.navigator.go("register", rule=self._row.rules[0])

    def _tell_trouble(self, error: WorkbenchError) -> None:
        if not isinstance(error, Cancelled):
            self.summary.setText("")
            self.panel.clear()
            self.page.context.messages.show_error(error)

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _kind: self._show_rows())
        self.among.currentIndexChanged.connect(lambda _at: self._show_rows())
        self.by.currentIndexChanged.connect(lambda _at: self.refresh())
        self.lists.chosen.connect(self._choose)
        self.lists.opened.connect(self._go_to_mapping)
        self.panel.cases_wanted.connect(self.cases_wanted)
        self.panel.missing_wanted.connect(self._ask_missing)
        self.panel.mapping_wanted.connect(self._go_to_mapping)
        self.panel.rule_wanted.connect(self._go_to_rule)

    def _lay_out(self) -> None:
        for choice in (self.by, self.among):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self.kinds)
        head.addWidget(self.summary, 1)
        head.addWidget(self.by)
        head.addWidget(self.among)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lists, 1)
        splitter = Splitter("quality", self.page.context.settings, left, self.panel)
        splitter.share(49, 51)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)
