"""Cases: which table holds them, and how the rows of the chosen one belong to them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.core.mapping import Blocking, Duplicates, Project
from app.gui import theme
from app.gui.frame import deeds
from app.gui.settings import Settings
from app.gui.source import edits
from app.gui.source.bars import BarDelegate
from app.gui.source.declined import DeclinedChoice
from app.gui.source.duplicates import DuplicatesChoice
from app.gui.source.key_choice import KeyChoice
from app.gui.source.relation_facts import RelationFacts
from app.gui.source.relation_words import columns_words
from app.gui.source.run import Run, keep_silent
from app.gui.source.tables import FileRow
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.labels import FieldLabel, Note, SectionTitle
from app.gui.widgets.numbers import count, share_to_tenth
from app.gui.widgets.parts import Inspector, Splitter
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _
from app.workflow.source_views import KeyProposal

Edit = Callable[[str, Project], object]


class RelationPanel(QWidget):
    """The case table, the key, what comes of them, and other keys that would fit."""

    def __init__(self, settings: Settings, run: Run, edit: Edit) -> None:
        super().__init__()
        self._run = run
        self._edit = edit
        self._project = Project("", "")
        self._row: FileRow | None = None
        self.case_table = Choice(_("Table with the cases"))
        self.case_table.activated.connect(lambda _index: self._set_case_table())
        self.keys = KeyChoice(self._set_keys)
        self.facts = RelationFacts()
        self.duplicates = DuplicatesChoice(self._set_duplicates)
        self.declined = DeclinedChoice(self._set_declined)
        self.proposals: Table[KeyProposal] = Table(
            _("Columns that could be the key"), RowsModel(self._columns(0))
        )
        self.proposals.setItemDelegateForColumn(
            2, BarDelegate(self.proposals, lambda one: one.share)
        )
        self.proposals.activated.connect(lambda _index: self.use_proposal())
        self.use = Button(_("Use as key"), self.use_proposal)
        self._lay_out(settings)

    def show_table(self, row: FileRow, project: Project) -> None:
        """Show how a table's rows belong to the cases."""
        self._row, self._project = row, project
        self.case_table.set_entries(tuple((one.name, one.name) for one in project.sources))
        self.case_table.set_value(project.case_table)
        columns = tuple(one.name for one in row.table.columns)
        self.keys.show_keys(row.source.keys, columns)
        self.facts.show_row(row)
        self.duplicates.setVisible(row.is_cases)
        self.duplicates.show_policy(project.duplicates, row.table.duplicates, columns)
        self.declined.setVisible(row.is_cases)
        self.declined.show_blocking(project.blocking, columns)
        if row.is_read and row.table.columns:
            done = partial(self._take, row)
            self._run(deeds.KEY_PROPOSALS, project, row.name, done=done, failed=keep_silent)
        else:
            self.proposals.rows.set_rows(())

    def use_proposal(self) -> None:
        """Use the chosen proposal as the table's key."""
        chosen = self.proposals.current_row()
        if chosen is not None:
            self._set_keys(chosen.columns)

    def _take(self, row: FileRow, proposals: tuple[KeyProposal, ...]) -> None:
        if row is not self._row:
            return  # of a table that was shown before
        self.proposals.rows.columns = self._columns(row.table.rows)
        self.proposals.rows.set_rows(proposals)
        keys = [one.columns for one in proposals]
        in_use = row.source.keys
        self.proposals.choose(keys.index(in_use) if in_use in keys else 0)
        self.use.explain("" if proposals else _("No column fits as key."))

    def _columns(self, rows: int) -> tuple[Column[KeyProposal], ...]:
        def icon(one: KeyProposal) -> str:
            in_use = self._row is not None and one.columns == self._row.source.keys
            return "key" if in_use else theme.BLANK

        def matched(one: KeyProposal) -> str:
            return count(one.matched)

        def part(one: KeyProposal) -> str:
            return share_to_tenth(one.matched, rows)

        return (
            Column(_("Columns"), lambda one: columns_words(one.columns), icon=icon),
            Column(_("Rows that fit"), matched, number=True, width=136),
            Column(_("Share"), part, number=True, width=112),
        )

    def _lay_out(self, settings: Settings) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.GRID)
        form.setVerticalSpacing(theme.GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in ((_("Cases in"), self.case_table), (_("Key"), self.keys)):
            label = FieldLabel(text)
            label.setFixedHeight(theme.ROW)
            form.addRow(label, field)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(form)
        column.addWidget(self.facts)
        column.addSpacing(theme.GRID)
        column.addWidget(self.duplicates)
        column.addSpacing(theme.GRID)
        column.addWidget(self.declined)
        inspector = Inspector(_("How the rows belong to the cases"))
        inspector.fill(left)
        inspector.setMinimumWidth(360)
        whole = Splitter("source-relation", settings, inspector, self._proposals_part())
        whole.share(2, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.addWidget(whole)

    def _proposals_part(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(SectionTitle(_("Columns that could be the key")))
        column.addWidget(
            Note(_("Found by what the columns hold. In the case table each row has its own key."))
        )
        column.addWidget(self.proposals, 1)
        column.addWidget(self.use)
        return right

    def _set_case_table(self) -> None:
        name = self.case_table.value()
        changed = edits.with_case_table(self._project, name)
        self._edit(_("cases from {table}").format(table=name), changed)

    def _set_keys(self, columns: tuple[str, ...]) -> None:
        if self._row is None or not columns:
            return
        name = self._row.name
        text = _("use {value} as key of {table}")
        changed = edits.with_keys(self._project, name, columns)
        self._edit(text.format(value=columns_words(columns), table=name), changed)

    def _set_duplicates(self, policy: Duplicates) -> None:
        changed = replace(self._project, duplicates=policy)
        self._edit(_("several rows of one case"), changed)

    def _set_declined(self, blocking: Blocking) -> None:
        self._edit(_("patients who have declined"), replace(self._project, blocking=blocking))
