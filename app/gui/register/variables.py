"""The variables: searched by number, name, meaning and section; all about one of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.core.register import Mandatory, Profile, Variable
from app.gui import theme
from app.gui.frame.page import Page
from app.gui.register import words
from app.gui.register.parts import (
    code_table,
    heading,
    links,
    list_link,
    reading_box,
    rule_links,
    section,
    sourced,
)
from app.gui.register.shelf import Shelf
from app.gui.widgets.badge import Badge
from app.gui.widgets.controls import Button
from app.gui.widgets.element_form import form_of
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.fact_words import DEMANDS, TYPES
from app.gui.widgets.labels import Label, Note
from app.gui.widgets.link_list import Link
from app.gui.widgets.rows import Column
from app.language.source_text import source_text
from app.language.text import _, current, ngettext
from app.workflow.profile_pages import OtherReading, VariablePage, search, variable_page

_SURE = 104  # pixels
_DEMANDED = {Mandatory.YES: "asterisk"}


class VariableShelf(Shelf[Variable]):
    """Every variable of the register, sent or not."""

    kind = "variable"

    def __init__(self, page: Page) -> None:
        self._sections: Mapping[str, str] = {}
        self.readings: tuple[Profile, ...] = ()  # the profile in its other readings
        super().__init__(page, _("Variables"), self._columns())

    def show_profile(self, profile: Profile) -> None:
        """Show the variables of another profile."""
        language = current()
        self._sections = {
            name: text.in_language(language) for name, text in profile.sections.items()
        }
        super().show_profile(profile)

    def show_readings(self, readings: tuple[Profile, ...]) -> None:
        """Know the profile in its other readings, too."""
        self.readings = readings
        self.refresh()

    def found(self) -> tuple[Variable, ...]:
        if self.profile is None:
            return ()
        every = (self.profile.by_id[one] for one in search(self.profile, self.text, current()))
        return tuple(one for one in every if self.sureness in {"", one.fact.confidence.value})

    def id_of(self, row: Variable) -> str:
        return row.id

    def counted(self, rows: Sequence[Variable]) -> str:
        count = ngettext("{count} variable", "{count} variables", len(rows))
        sure = words.tally(row.fact.confidence.value for row in rows)
        return f"{count.format(count=len(rows))}: {sure}"

    def about(self, row: Variable) -> list[QWidget]:
        if self.profile is None:
            return []
        page = variable_page(self.profile, row.id, self.readings)
        parts = heading(words.title_of(row), row.fact, *_badges(row))
        parts.append(Label(row.meaning.in_language(current())))
        parts.append(self._mapping_button(row))
        facts = FactRows()
        facts.show_facts(_facts(page))
        parts.append(facts)
        parts.extend(self._readings(page))
        parts.extend(self._codes(page))
        parts.extend(self._rules(page))
        return parts

    def _columns(self) -> tuple[Column[Variable], ...]:
        return (
            Column(_("Variable"), words.title_of, icon=_star, tip=_meaning, weight=3),
            Column(_("Section"), self._section, quiet=True, weight=2),
            Column(
                _("Confidence"),
                lambda one: theme.status_word(one.fact.confidence.value),
                status=lambda one: one.fact.confidence.value,
                tip=lambda one: source_text(one.fact.source),
                width=_SURE,
            ),
        )

    def _section(self, variable: Variable) -> str:
        return self._sections.get(variable.section, variable.section)

    def _mapping_button(self, variable: Variable) -> QWidget:
        button = Button(
            _("Show in the mapping"),
            lambda: self.page.context.navigator.go("mapping", variable=variable.id),
            icon="transit-connection-variant",
        )
        is_open = self.page.context.document.is_open
        button.explain("" if is_open else _("Open a project first."))
        return button

    def _readings(self, page: VariablePage) -> list[QWidget]:
        """Return how the variable is in each reading, when the sources do not agree on it."""
        if not page.others or self.profile is None:
            return []
        language = current()
        used = next((one for one in self.profile.readings if one.id == self.profile.reading), None)
        boxes = [
            reading_box(
                one.name.in_language(language),
                one.meaning.in_language(language),
                one.fact,
                is_used=one is used,
            )
            for one in self.profile.readings
        ]
        said = [Note(_other_words(one)) for one in page.others]
        change = Button(
            _("Change the reading…"),
            lambda: self.page.context.navigator.go("contract", part="contracts"),
            icon="swap-horizontal",
        )
        return [section(_("Readings: the sources do not agree"), *boxes, *said, change)]

    def _codes(self, page: VariablePage) -> list[QWidget]:
        if not page.codes:
            return []
        shown = section(_("Codes"), code_table(page.codes))
        link = list_link(page.variable.code_list, len(page.codes))
        return [shown, *links(_("Code list"), (link,), self.follow)]

    def _rules(self, page: VariablePage) -> list[QWidget]:
        parts = links(_("Rules that mention it"), rule_links(page.rules), self.follow)
        named = [(one.name, one.id) for one in page.verdicts]
        named += [(one.name, one.id) for one in page.counts]
        named += [(one.name, one.id) for one in page.definitions]
        counted = [Link(name.in_language(current()), {"term": one}) for name, one in named]
        return [*parts, *links(_("Terms that rest on it"), counted, self.follow)]


def _badges(variable: Variable) -> list[Badge]:
    badges = [Badge("note", _(DEMANDS[variable.mandatory]))]
    if not variable.is_bound:
        badges.append(Badge("unknown", _("Not in the contract")))
    return badges


def _star(variable: Variable) -> str:
    return _DEMANDED.get(variable.mandatory, theme.BLANK)


def _meaning(variable: Variable) -> str:
    return variable.meaning.in_language(current())


def _facts(page: VariablePage) -> tuple[tuple[str, str], ...]:
    variable, language = page.variable, current()
    other = variable.name.in_language("en" if language == "sv" else "sv")
    form = form_of(page.element) if page.element else ""
    kind = _(TYPES[variable.value_type])
    return (
        (_("Element"), words.path_of(variable)),
        (_("Type"), f"{kind} ({form})" if form else kind),
        (_("Unit"), variable.unit),
        (_("Demand"), words.demand_of(variable)),
        (_("Occurs"), words.occurrence_of(page)),
        (_("Section"), page.section.in_language(language)),
        (_("In English") if language == "sv" else _("In Swedish"), other),
        (_("Also called"), ", ".join(variable.aliases)),
        *sourced(variable.fact),
    )


def _other_words(other: OtherReading) -> str:
    name = other.reading.name.in_language(current())
    if other.variable is None:
        return _("Reading {reading} has no such variable.").format(reading=name)
    return _("In reading {reading}: {name}. {meaning}").format(
        reading=name,
        name=other.variable.name.in_language(current()),
        meaning=other.variable.meaning.in_language(current()),
    )
