"""All about one cause beside the list of causes, with the ways to where it is mended."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.finding import Finding
from app.core.register import Profile
from app.gui import theme
from app.gui.cases.list.cause_rows import CauseLine, place_words, value_words, variable_words
from app.gui.widgets.controls import Button
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.labels import Label, SectionTitle, StatusLabel
from app.gui.widgets.numbers import count
from app.gui.widgets.parts import Inspector
from app.language.sentences import cause_sentence, finding_sentence
from app.language.text import _, ngettext

_UNKNOWN = "–"  # stands in a sentence for what only one case can tell


class CauseDetail(Inspector):
    """Shows one cause, or one of its values."""

    cases_wanted = Signal()
    case_wanted = Signal(str)
    mapping_wanted = Signal()
    source_wanted = Signal()
    rule_wanted = Signal()

    cases: Button
    mapping: Button
    source: Button
    rule: Button

    def __init__(self, profile: Profile) -> None:
        super().__init__(_("The chosen cause"))
        self._profile = profile
        self.show_line(None)

    def show_line(self, line: CauseLine | None) -> None:
        """Show a cause, None for none."""
        if line is None:
            self.fill(
                SectionTitle(_("No cause is chosen")),
                Label(_("Choose a cause to see what to do about it."), tone="quiet"),
            )
            return
        group = line.group
        title = Label(cause_sentence(group.code, self._profile), "section", bold=True)
        facts = FactRows()
        facts.show_facts(
            (
                (_("Variable"), variable_words(group, self._profile)),
                (_("Column"), place_words(group)),
                (_("Value"), value_words(group)),
            )
        )
        finding = Finding("", group.code, group.tier, group.variable, group.table, group.column)
        remedy = finding_sentence(finding, self._profile)[1]
        self._make_buttons(line)
        self.fill(
            StatusLabel(theme.status_of(group.tier)),
            title,
            *((Label(remedy, tone="quiet"),) if _UNKNOWN not in remedy else ()),
            facts,
            _row(self.cases),
            _row(self.mapping, self.source, self.rule),
            Label(_("The first cases"), "note", tone="quiet"),
            self._examples(line),
        )

    def _make_buttons(self, line: CauseLine) -> None:
        """Make the buttons anew: the former ones went with the former contents."""
        group = line.group
        words = ngettext("Show {count} case", "Show {count} cases", group.cases)
        self.cases = Button(
            words.format(count=count(group.cases)),
            self.cases_wanted.emit,
            icon="format-list-bulleted",
        )
        self.mapping = Button(
            _("Mapping"), self.mapping_wanted.emit, icon="transit-connection-variant"
        )
        self.source = Button(_("Column"), self.source_wanted.emit, icon="table-large")
        self.rule = Button(_("Rule"), self.rule_wanted.emit, icon="book-search-outline")
        nothing = _("The cause is of no variable.")
        self.mapping.explain("" if group.variable else nothing)
        self.source.explain("" if group.table else _("The cause is of no column."))
        is_known = group.code in self._profile.rules_by_id or group.variable
        self.rule.explain("" if is_known else nothing)

    def _examples(self, line: CauseLine) -> QWidget:
        buttons = []
        for case in line.group.examples:
            button = Button(case, partial(self.case_wanted.emit, case), kind="quiet")
            button.setAccessibleName(_("Show case {case}").format(case=case))
            buttons.append(button)
        return _row(*buttons)


def _row(*parts: QWidget) -> QWidget:
    row = QWidget()
    layout = FlowLayout(row)
    for part in parts:
        layout.addWidget(part)
    return row
