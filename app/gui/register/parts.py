"""The pieces that details are made of: heading, links, codes, readings."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.register import Code, Fact, Rule, Variable
from app.gui import theme
from app.gui.register.words import is_in_force, lasts, title_of
from app.gui.widgets.badge import Badge, BadgeRow, fact_badge
from app.gui.widgets.fact_rows import SELECTABLE
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.link_list import Link, LinkList
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.sentences import name_of, sentence_of
from app.language.source_text import source_text
from app.language.text import N_, _, current, ngettext
from app.workflow.rule_views import RegisterStatus

Follow = Callable[[Mapping[str, str]], object]
# how a code register stands, by the code of its note
STATES = {
    "": ("clean", N_("In use")),
    "register-missing": ("unknown", N_("Only the form is checked")),
    "register-old": ("inkonsistent", N_("This year is missing")),
    "register-no-former-year": ("note", N_("Last year is missing")),
}
_MOST_ROWS = 10  # of codes before they scroll
_CODE, _SURE, _VALID = 88, 104, 120  # pixels


def heading(title: str, fact: Fact, *more: Badge) -> list[QWidget]:
    """Return a title and, below it, how sure it is and what else is to be seen at a glance."""
    words = SectionTitle(title)
    words.setWordWrap(True)
    return [words, BadgeRow(fact_badge(fact), *more)]


def sourced(fact: Fact) -> tuple[tuple[str, str], ...]:
    """Return where a fact comes from, and what is to be said about it, as labels and values."""
    return ((_("Source"), source_text(fact.source)), (_("Remark"), fact.note))


def section(title: str, *parts: QWidget) -> QWidget:
    """Return parts under a heading of their own."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, theme.GRID, 0, 0)
    column.setSpacing(theme.GRID // 2)
    column.addWidget(SectionTitle(title))
    for part in parts:
        column.addWidget(part)
    return whole


def links(title: str, lines: Sequence[Link], follow: Follow) -> list[QWidget]:
    """Return links under a heading, nothing when there are none."""
    if not lines:
        return []
    shown = LinkList(title, lines)
    shown.wanted.connect(follow, Qt.ConnectionType.QueuedConnection)  # it may go
    return [section(f"{title} ({len(lines)})", shown)]


def rule_links(rules: Sequence[Rule]) -> tuple[Link, ...]:
    """Return a link to each rule, those that are no longer applied last."""
    ordered = sorted(rules, key=lambda rule: not is_in_force(rule))
    return tuple(map(_rule_link, ordered))


def variable_links(variables: Sequence[Variable]) -> tuple[Link, ...]:
    """Return a link to each variable."""
    return tuple(
        Link(title_of(one), {"variable": one.id}, tip=one.meaning.in_language(current()))
        for one in variables
    )


def list_link(list_id: str, count: int) -> Link:
    """Return the link to a code list."""
    text = ngettext("{list}, {count} code", "{list}, {count} codes", count)
    return Link(text.format(list=list_id, count=count), {"list": list_id})


def code_table(codes: Sequence[Code], chosen: str = "") -> Table[Code]:
    """Return the codes of a list, as high as they are up to a limit."""
    table: Table[Code] = Table(_("Codes"), RowsModel(_code_columns(codes), codes))
    height = theme.ROW * (min(len(codes), _MOST_ROWS) + 1) + 2
    table.setFixedHeight(height)
    found = next((at for at, one in enumerate(codes) if one.code == chosen), -1)
    if chosen:
        table.choose(found)
    return table


def register_links(statuses: Sequence[RegisterStatus], rule: str) -> tuple[Link, ...]:
    """Return a link to each code register that a rule asks, with what stands in its way."""
    return tuple(
        Link(
            sentence_of(one.note, one.values) if one.note else one.name.in_language(current()),
            {"register": one.register},
            STATES.get(one.note, ("note", ""))[0],
            one.name.in_language(current()),
        )
        for one in statuses
        if rule in one.rules
    )


def condition_box(title: str, condition: str) -> list[QWidget]:
    """Return a condition as it is written under its title, nothing when there is none."""
    if not condition:
        return []
    written = Label(condition)
    written.setFont(theme.fixed_font())
    written.setTextInteractionFlags(SELECTABLE)
    written.setAccessibleName(f"{title}: {condition}")
    return [Label(title, bold=True), written]


def reading_box(title: str, text: str, fact: Fact, *, is_used: bool) -> QWidget:
    """Return one way to read the sources, with whose word it is."""
    used = [Badge("clean", _("In use"))] if is_used else []
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, theme.GRID)
    column.setSpacing(theme.GRID // 2)
    for part in (Label(title, bold=True), BadgeRow(fact_badge(fact), *used), Label(text)):
        column.addWidget(part)
    column.addWidget(Note(_("Source: {source}").format(source=source_text(fact.source))))
    return box


def _rule_link(rule: Rule) -> Link:
    status = theme.status_of(rule.tier) if is_in_force(rule) else "unknown"
    words = rule.message.in_language(current())
    kind = name_of(rule.tier.value) if is_in_force(rule) else _("No longer applied")
    target = {"own": rule.id} if rule.own else {"rule": rule.id}
    return Link(words, target, status, tip=f"{kind} · {rule.id}")


def _code_columns(codes: Sequence[Code]) -> tuple[Column[Code], ...]:
    columns = [
        Column[Code](_("Code"), lambda code: code.code, width=_CODE),
        Column[Code](_("Meaning"), _code_text, tip=_code_tip),
    ]
    if any(code.valid_from or code.valid_to for code in codes):
        columns.append(Column(_("Valid"), _code_valid, quiet=True, width=_VALID))
    columns.append(
        Column(
            _("Confidence"),
            lambda code: theme.status_word(code.fact.confidence.value),
            status=lambda code: code.fact.confidence.value,
            tip=lambda code: source_text(code.fact.source),
            width=_SURE,
        )
    )
    return tuple(columns)


def _code_text(code: Code) -> str:
    text = code.text.in_language(current())
    return text if code.sendable else _("{text} (never sent)").format(text=text)


def _code_tip(code: Code) -> str:
    return "\n".join(part for part in (_code_text(code), code.fact.note) if part)


def _code_valid(code: Code) -> str:
    return lasts(code.valid_from, code.valid_to)
