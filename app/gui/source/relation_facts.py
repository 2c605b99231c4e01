"""What is known of a table's rows and the cases, each as a sentence with its status."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui import theme
from app.gui.source import relation_words as words
from app.gui.source.tables import FileRow
from app.gui.widgets.labels import SectionTitle
from app.gui.widgets.numbers import count
from app.gui.widgets.trouble import Trouble
from app.language.text import _, ngettext
from app.workflow.source_views import NO_RELATION, Relation

Fact = tuple[str, str]  # a status and its sentence
_LINES = 4


class RelationFacts(QWidget):
    """A few sentences under each other."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionTitle(_("How the rows belong to the cases")))
        column.addSpacing(theme.GRID // 2)
        self.lines = [Trouble() for _line in range(_LINES)]
        for line in self.lines:
            column.addWidget(line)

    def show_row(self, row: FileRow) -> None:
        """Say what is known of this table."""
        told = facts_of(row)
        for number, line in enumerate(self.lines):
            status, sentence = told[number] if number < len(told) else ("note", "")
            line.say(sentence, status)

    def text(self) -> str:
        """Return the sentences."""
        return "\n".join(line.text() for line in self.lines if line.text())


def facts_of(row: FileRow) -> tuple[Fact, ...]:
    """Return what is known of a table's rows and the cases."""
    if not row.is_read:
        return (("unknown", _("The file is not read yet.")),)
    if row.is_cases:
        rows = row.table.rows
        text = ngettext("{count} row, one for each case.", "{count} rows, one for each case.", rows)
        if row.table.duplicates:
            text = ngettext("{count} row of cases.", "{count} rows of cases.", rows)
        return (("note" if row.table.duplicates else "clean", text.format(count=count(rows))),)
    if row.table.relation is None:
        return (("unknown", _("Nothing is known until both tables can be read.")),)
    return _told(row.table.relation)


def _told(relation: Relation) -> tuple[Fact, ...]:
    if relation.kind == NO_RELATION:
        return (("blocks", words.relation_sentence(relation)),)
    facts = [
        ("clean", words.relation_sentence(relation)),
        ("clean", words.cases_sentence(relation)),
    ]
    if relation.without:
        facts.append(("note", words.without_sentence(relation)))
    orphans = relation.orphans
    facts.append(("fellista" if orphans else "clean", words.orphans_sentence(orphans)))
    return tuple(facts)
