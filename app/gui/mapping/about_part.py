"""What the register says of a variable: meaning, kind, codes, rules, and how sure that is."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from app.core.register import Code, Profile, Rule
from app.gui import theme
from app.gui.mapping.fields import below_tabs
from app.gui.widgets.badge import BadgeRow, fact_badge
from app.gui.widgets.controls import Button
from app.gui.widgets.element_form import form_of
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.fact_words import DEMANDS, TYPES
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.link_list import Link, LinkList
from app.gui.widgets.parts import Inspector
from app.language.source_text import source_text
from app.language.text import _, current, ngettext
from app.workflow.profile_pages import VariablePage, variable_page

_FEW = 12  # codes that are shown before somebody asks for all

Go = Callable[[Mapping[str, str]], None]


class AboutPart(Inspector):
    """Reads on from the variable to its rules and codes on the register's page."""

    def __init__(self, go: Go) -> None:
        super().__init__(_("About the variable"))
        self._go = go
        self._shown: tuple[Profile, str] | None = None

    def show_variable(self, profile: Profile, variable: str) -> None:
        """Show another variable; the same one stays as it is."""
        if self._shown == (profile, variable):
            return
        self._shown = (profile, variable)
        page = variable_page(profile, variable)
        meaning = Label(page.variable.meaning.in_language(current()))
        facts = FactRows()
        facts.show_facts(_facts(page))
        parts: list[QWidget] = [meaning, facts, BadgeRow(fact_badge(page.variable.fact))]
        parts.append(Note(source_text(page.variable.fact.source)))
        parts.extend(self._codes(page.codes))
        parts.extend(self._rules(page.rules))
        show = Button(_("Show in the register"), icon="book-search-outline")
        show.clicked.connect(lambda: self._go({"variable": variable}))
        parts.append(show)
        self.fill(*parts)
        below_tabs(self)

    def _codes(self, codes: tuple[Code, ...]) -> list[QWidget]:
        if not codes:
            return []
        words = ngettext("{count} code", "{count} codes", len(codes)).format(count=len(codes))
        shown = FactRows()
        shown.show_facts(_code_facts(codes[:_FEW]))
        parts: list[QWidget] = [SectionTitle(words), shown]
        if len(codes) > _FEW:
            more = Button(_("Show all codes"), icon="chevron-down", kind="quiet")

            def unfold() -> None:
                shown.show_facts(_code_facts(codes))
                more.hide()

            more.clicked.connect(unfold)
            parts.append(more)
        return parts

    def _rules(self, rules: tuple[Rule, ...]) -> list[QWidget]:
        if not rules:
            return [Note(_("No rule mentions it."))]
        links = [
            Link(
                rule.message.in_language(current()),
                {"own" if rule.own else "rule": rule.id},
                theme.status_of(rule.tier),
            )
            for rule in rules
        ]
        listed = LinkList(_("Rules that mention it"), links)
        listed.wanted.connect(self._go)
        return [SectionTitle(_("Rules that mention it")), listed]


def _facts(page: VariablePage) -> tuple[tuple[str, str], ...]:
    variable, language = page.variable, current()
    kind = _(TYPES[variable.value_type])
    unit = f", {variable.unit}" if variable.unit else ""
    return (
        (_("Variable"), variable.id),
        (_("Demand"), _(DEMANDS[variable.mandatory])),
        (_("Type"), kind + unit),
        (_("In the contract"), form_of(page.element) if page.element is not None else ""),
        (_("Section"), page.section.in_language(language)),
        (_("Occurs"), _occurs(page)),
    )


def _occurs(page: VariablePage) -> str:
    if page.group is None:
        return _("once in a case")
    return _("once for each row of {group}").format(group=page.group.name.in_language(current()))


def _code_facts(codes: tuple[Code, ...]) -> tuple[tuple[str, str], ...]:
    language = current()
    return tuple((one.code, one.text.in_language(language) or one.code) for one in codes)
