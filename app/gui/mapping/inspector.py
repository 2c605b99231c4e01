"""One variable at work: what it means, where it comes from, its steps, codes and note."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.mapping import Link, LinkState, Project, Step
from app.core.register import Variable
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.mapping import edits
from app.gui.mapping.columns_part import ColumnsPart
from app.gui.mapping.steps_part import StepsPart
from app.gui.mapping.values_part import ValuesPart
from app.gui.mapping.variable_rows import STATES, VariableRow
from app.gui.mapping.wording import CONFIDENCE, MANDATORY
from app.gui.widgets.controls import Button, Field, Line
from app.gui.widgets.labels import Label, Note, SectionTitle, StatusLabel
from app.gui.widgets.parts import Inspector
from app.language.source_text import source_text
from app.language.text import _, current
from app.workflow.views import ValueCount


class VariableInspector(Inspector):
    """Shows and changes the link of the chosen variable; every change can be undone."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Details of the variable"))
        self._context = context
        self._shown: VariableRow | None = None
        self._counts: tuple[ValueCount, ...] = ()
        self.columns = ColumnsPart(self.map_columns, self.map_constant)
        self.steps: StepsPart | None = None
        self.values: ValuesPart | None = None

    def show_row(self, row: VariableRow | None) -> None:
        """Show another variable, or the same with another link."""
        if row == self._shown:
            return
        former, self._shown = self._shown, row
        if former is None or row is None or former.id != row.id:
            self._counts = ()
        self._build()
        if row is not None and self._map_name():
            self._context.backend.start(
                deeds.VALUE_COUNTS,
                self._context.document.project,
                row.id,
                done=self._take_counts,
                failed=self._ignore,
                owner=self,
            )

    def map_columns(self, table: str, columns: tuple[str, ...]) -> None:
        """Link the variable to columns, or remove its link when no column is left."""
        variable = self._variable
        if not columns:
            self._change(_("remove {variable}"), self._project.without_link(variable.id))
            return
        project = edits.map_columns(self._project, variable, table, columns)
        self._change(_("map {columns} → {variable}"), project, columns=" + ".join(columns))

    def map_constant(self, value: str) -> None:
        """Give the variable the same value in every case."""
        project = edits.map_constant(self._project, self._variable, value)
        self._change(_("constant for {variable}"), project)

    def set_steps(self, steps: tuple[Step, ...]) -> None:
        """Give the link other steps; a value map gets the variable's name until it has one."""
        named = tuple(
            Step("value_map", (("name", self._variable.id),))
            if step.kind == "value_map" and not step.option("name")
            else step
            for step in steps
        )
        project = edits.with_steps(self._project, self._link, named)
        self._change(_("convert {variable}"), project)

    def set_value(self, value: str, mapped: str) -> None:
        """Map one local code."""
        project = edits.with_mapped_value(self._project, self._map_name(), value, mapped)
        self._change(_("value map of {variable}"), project)

    def set_state(self, state: LinkState) -> None:
        """Approve or flag the link."""
        text = _("approve {variable}") if state is LinkState.APPROVED else _("flag {variable}")
        self._change(text, edits.with_state(self._project, [self._variable.id], state))

    @property
    def _project(self) -> Project:
        return self._context.document.project

    @property
    def _variable(self) -> Variable:
        if self._shown is None or self._shown.variable is None:
            raise LookupError("no variable is shown")
        return self._shown.variable

    @property
    def _link(self) -> Link:
        if self._shown is None or self._shown.link is None:
            raise LookupError("the variable has no link")
        return self._shown.link

    def _map_name(self) -> str:
        """Return the name of the link's value map, "" when it has none."""
        link = self._shown.link if self._shown else None
        steps = [step for step in (link.steps if link else ()) if step.kind == "value_map"]
        return steps[0].option("name") if steps else ""

    def _change(self, text: str, project: Project, **values: str) -> None:
        words = text.format(variable=self._variable.id, **values)
        self._context.document.change(words, project)

    def _build(self) -> None:
        self.steps, self.values = None, None
        if self._shown is None or self._shown.variable is None:
            self.fill(Note(_("Choose a variable to see where it comes from.")))
            return
        self.columns = ColumnsPart(self.map_columns, self.map_constant)
        self.columns.show_link(
            self._variable, self._shown.link, self._context.session.tables, self._proposed_table()
        )
        parts = [*self._about(), Line(), SectionTitle(_("Comes from")), self.columns]
        if self._shown.link is not None:
            parts.extend(self._about_link(self._shown.link))
        self.fill(*parts)

    def _proposed_table(self) -> str:
        group = self._project.group_link_of(self._variable.group)
        return group.table if group else self._project.case_table

    def _about(self) -> list[QWidget]:
        variable, language = self._variable, current()
        status, word = STATES[self._shown.state] if self._shown else ("", "")
        facts = f"{_(MANDATORY[variable.mandatory])} · {variable.id}"
        source = _("Source: {source} ({confidence})").format(
            source=source_text(variable.fact.source),
            confidence=_(CONFIDENCE[variable.fact.confidence]),
        )
        title = SectionTitle(variable.name.in_language(language))
        title.setWordWrap(True)
        parts: list[QWidget] = [title, Label(variable.meaning.in_language(language))]
        if status:
            parts.insert(1, StatusLabel(status, _(word)))
        parts.extend((Note(facts), Note(source)))
        return parts

    def _about_link(self, link: Link) -> list[QWidget]:
        parts: list[QWidget] = []
        if link.table:
            self.steps = StepsPart(link.steps, self.set_steps)
            parts.extend((SectionTitle(_("Conversion")), self.steps))
        parts.extend(self._about_result())
        if self._map_name() and self._counts:
            codes = self._context.document.profile.codes_of(self._variable.code_list)
            self.values = ValuesPart(self._counts, tuple(codes), self.set_value)
            parts.extend((SectionTitle(_("Value map")), self.values))
        note = Field(_("Note"), text=link.note, placeholder=_("A note for your colleagues"))
        note.editingFinished.connect(lambda: self._set_note(note.text()))
        parts.extend((SectionTitle(_("Note")), note, self._deciding(link)))
        return parts

    def _about_result(self) -> list[QWidget]:
        result = self._shown.result if self._shown else None
        if result is None:
            return []
        before = " + ".join(result.sample_in) or "–"
        parts: list[QWidget] = [
            SectionTitle(_("Sample")),
            Label(f"{before}  →  {result.sample_out or '–'}"),
        ]
        if result.failed:
            words = _("{failed} of {total} values cannot be converted")
            text = words.format(failed=result.failed, total=result.total)
            parts.append(StatusLabel("blocks", text))
        return parts

    def _deciding(self, link: Link) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, theme.GRID, 0, 0)
        if link.state is not LinkState.APPROVED:
            approve = Button(_("Approve"), lambda: self.set_state(LinkState.APPROVED), icon="check")
            row.addWidget(approve)
        if link.state is not LinkState.FLAGGED:
            flag = Button(_("Flag"), lambda: self.set_state(LinkState.FLAGGED), icon="flag-outline")
            row.addWidget(flag)
        row.addWidget(Button(_("Remove"), lambda: self.map_columns("", ()), kind="quiet"))
        row.addStretch(1)
        return line

    def _set_note(self, note: str) -> None:
        if note != self._link.note:
            project = self._project.with_link(replace(self._link, note=note))
            self._change(_("note on {variable}"), project)

    def _take_counts(self, counts: tuple[ValueCount, ...]) -> None:
        if counts != self._counts:
            self._counts = counts
            self._build()

    def _ignore(self, _error: Exception) -> None:
        """Keep silent: the page of sources says why a table cannot be read."""
