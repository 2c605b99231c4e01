"""The register's terms: its definitions, how it counts a case, its answers and its entrances."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.core.register import Fact, Profile, Text
from app.gui import theme
from app.gui.frame.page import Page
from app.gui.register import words
from app.gui.register.parts import condition_box, heading, links, sourced, variable_links
from app.gui.register.rule_editor import variables_of
from app.gui.register.shelf import Shelf
from app.gui.widgets.badge import Badge
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label
from app.gui.widgets.rows import Column
from app.language.source_text import source_text
from app.language.text import N_, _, current, ngettext
from app.workflow.profile_pages import folded

_KINDS = {
    "definition": N_("Definition"),
    "verdict": N_("Way to count a case"),
    "phase": N_("Phase of a case"),
    "count": N_("What a case counts in"),
    "message": N_("The register's own words"),
    "entrance": N_("Entrance"),
}
_KIND, _SURE = 176, 104  # pixels


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that the register has a word for."""

    id: str
    kind: str
    name: Text
    meaning: Text
    fact: Fact
    condition: str = ""


class TermShelf(Shelf[Term]):
    """Everything known that is neither a variable, a rule nor a code."""

    kind = "term"

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Terms"), _columns())

    def found(self) -> tuple[Term, ...]:
        sought = folded(self.text).split()
        every = terms(self.profile) if self.profile else ()
        return tuple(
            one
            for one in every
            if self.sureness in {"", one.fact.confidence.value}
            and all(word in _spoken(one) for word in sought)
        )

    def id_of(self, row: Term) -> str:
        return row.id

    def counted(self, rows: Sequence[Term]) -> str:
        count = ngettext("{count} term", "{count} terms", len(rows)).format(count=len(rows))
        return f"{count}: {words.tally(row.fact.confidence.value for row in rows)}"

    def about(self, row: Term) -> list[QWidget]:
        kind = Badge("note", _(_KINDS[row.kind]))
        parts = heading(row.name.in_language(current()), row.fact, kind)
        parts.append(Label(row.meaning.in_language(current())))
        facts = FactRows()
        facts.show_facts(((_("Code"), row.id), *sourced(row.fact)))
        parts.append(facts)
        parts.extend(condition_box(_("Holds when"), row.condition))
        if self.profile is not None:
            ids = variables_of(row.condition, self.profile)
            named = [self.profile.by_id[one] for one in ids]
            parts.extend(links(_("Variables"), variable_links(named), self.follow))
        return parts


def terms(profile: Profile) -> tuple[Term, ...]:
    """Return the profile's terms: definitions, ways to count, phases, answers, entrances."""
    return (
        *(
            Term(one.id, "definition", one.name, one.meaning, one.fact, one.condition)
            for one in profile.definitions
        ),
        *(
            Term(one.id, kind, one.name, one.meaning, one.fact, one.condition)
            for kind, rows in (
                ("verdict", profile.verdicts),
                ("phase", profile.phases),
                ("count", profile.counts),
            )
            for one in rows
        ),
        *(
            Term(one.id, "message", Text(one.wording, one.wording), one.meaning, one.fact)
            for one in profile.messages
        ),
        *(
            Term(one.id, "entrance", one.name, Text(one.address, one.address), one.fact)
            for one in profile.entrances
        ),
    )


def _spoken(term: Term) -> str:
    texts = (term.name.sv, term.name.en, term.meaning.sv, term.meaning.en, term.condition)
    return folded(" ".join((term.id, *texts, term.fact.source)))


def _columns() -> tuple[Column[Term], ...]:
    return (
        Column(
            _("Term"),
            lambda one: one.name.in_language(current()),
            tip=lambda one: one.meaning.in_language(current()),
        ),
        Column(_("Kind"), lambda one: _(_KINDS[one.kind]), quiet=True, width=_KIND),
        Column(
            _("Confidence"),
            lambda one: theme.status_word(one.fact.confidence.value),
            status=lambda one: one.fact.confidence.value,
            tip=lambda one: source_text(one.fact.source),
            width=_SURE,
        ),
    )
