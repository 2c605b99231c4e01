"""The rules: what each means, what breaks it, and what it names."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.core.register import Rule
from app.gui import theme
from app.gui.frame.page import Page
from app.gui.register import words
from app.gui.register.parts import (
    condition_box,
    heading,
    links,
    list_link,
    register_links,
    sourced,
    variable_links,
)
from app.gui.register.shelf import Shelf
from app.gui.widgets.badge import Badge
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label
from app.gui.widgets.rows import Column
from app.language.sentences import name_of
from app.language.source_text import source_text
from app.language.text import _, current, ngettext
from app.workflow.profile_pages import folded, rule_page
from app.workflow.rule_views import RegisterStatus

_TIER, _SURE = 140, 104  # pixels


class RuleShelf(Shelf[Rule]):
    """Every rule of the register and of the sender, applied today or not."""

    kind = "rule"

    def __init__(self, page: Page) -> None:
        self.statuses: tuple[RegisterStatus, ...] = ()  # of the code registers that rules ask
        super().__init__(page, _("Rules"), rule_columns())

    def show_statuses(self, statuses: tuple[RegisterStatus, ...]) -> None:
        """Know how the code registers stand, and say so of the rules that ask them."""
        self.statuses = statuses
        self.refresh()

    def found(self) -> tuple[Rule, ...]:
        rules = self.profile.rules if self.profile else ()
        return tuple(
            rule
            for rule in rules
            if not rule.own
            and self.sureness in {"", rule.fact.confidence.value}
            and speaks_of(rule, self.text)
        )

    def id_of(self, row: Rule) -> str:
        return row.id

    def counted(self, rows: Sequence[Rule]) -> str:
        count = ngettext("{count} rule", "{count} rules", len(rows)).format(count=len(rows))
        return f"{count}: {words.tally(row.fact.confidence.value for row in rows)}"

    def about(self, row: Rule) -> list[QWidget]:
        if self.profile is None:
            return []
        page = rule_page(self.profile, row.id)
        parts = heading(row.message.in_language(current()), row.fact, tier_badge(row))
        facts = FactRows()
        facts.show_facts(_facts(row))
        parts.append(facts)
        parts.extend(condition_parts(row))
        parts.extend(links(_("Variables"), variable_links(page.variables), self.follow))
        lists = [list_link(one, len(self.profile.codes_of(one))) for one in page.code_lists]
        parts.extend(links(_("Code lists"), lists, self.follow))
        asked = register_links(self.statuses, row.id)
        return [*parts, *links(_("Code registers"), asked, self.follow)]


def rule_columns() -> tuple[Column[Rule], ...]:
    """Return the columns of a list of rules."""
    return (
        Column(_("Rule"), lambda rule: rule.message.in_language(current()), tip=_tip),
        Column(_("Effect"), effect_of, status=status_of, width=_TIER),
        Column(
            _("Confidence"),
            lambda rule: theme.status_word(rule.fact.confidence.value),
            status=lambda rule: rule.fact.confidence.value,
            tip=lambda rule: source_text(rule.fact.source),
            width=_SURE,
        ),
    )


def status_of(rule: Rule) -> str:
    """Return the status that a rule gives the cases that break it, as a name of `theme.STATUS`."""
    return theme.status_of(rule.tier) if words.is_in_force(rule) else "unknown"


def effect_of(rule: Rule) -> str:
    """Return in a word what happens to a case that breaks the rule."""
    return name_of(rule.tier.value) if words.is_in_force(rule) else _("No longer applied")


def tier_badge(rule: Rule) -> Badge:
    """Return the badge of what happens to a case that breaks the rule."""
    return Badge(status_of(rule), effect_of(rule))


def condition_parts(rule: Rule) -> list[QWidget]:
    """Return the condition as it is written, or why there is none."""
    if rule.not_checkable is not None:
        return [Label(_("Cannot be checked here"), bold=True), _why_not(rule)]
    return condition_box(_("Broken when"), rule.condition)


def speaks_of(rule: Rule, text: str) -> bool:
    """Whether every word of a search stands in the rule."""
    spoken = folded(
        " ".join(
            (
                rule.id,
                rule.message.sv,
                rule.message.en,
                rule.remedy.in_language(current()),
                rule.condition,
                *rule.variables,
                rule.fact.source,
            )
        )
    )
    return all(word in spoken for word in folded(text).split())


def _why_not(rule: Rule) -> QWidget:
    reason = rule.not_checkable.in_language(current()) if rule.not_checkable else ""
    return Label(reason)


def _tip(rule: Rule) -> str:
    return f"{rule.message.in_language(current())}\n{rule.id}"


def _facts(rule: Rule) -> tuple[tuple[str, str], ...]:
    return (
        (_("Do this"), rule.remedy.in_language(current())),
        (_("Applied"), words.lasts(rule.since, rule.until)),
        (_("Code"), rule.id),
        *sourced(rule.fact),
    )
