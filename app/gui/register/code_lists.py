"""The code lists: their codes, who uses them, and a search that finds a code in its list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.core.register import Code, Confidence, Profile
from app.gui.frame.page import Page
from app.gui.register import words
from app.gui.register.parts import code_table, links, rule_links, section, variable_links
from app.gui.register.shelf import Shelf
from app.gui.widgets.badge import Badge, BadgeRow
from app.gui.widgets.labels import Label, SectionTitle
from app.gui.widgets.rows import Column
from app.language.source_text import source_text
from app.language.text import _, ngettext
from app.workflow.profile_pages import code_list_page, folded

_CODES = 72  # pixels


@dataclass(frozen=True, slots=True)
class CodeList:
    """One code list as a row; `hits` are the codes that the search found in it."""

    id: str
    codes: tuple[Code, ...]
    used: tuple[str, ...]  # the titles of the variables that hold its codes
    hits: tuple[Code, ...] = ()


class CodeListShelf(Shelf[CodeList]):
    """Every code list of the register."""

    kind = "list"

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Code lists"), _columns())

    def found(self) -> tuple[CodeList, ...]:
        every = code_lists(self.profile) if self.profile else ()
        rows = (_narrowed(one, self.text, self.sureness) for one in every)
        return tuple(one for one in rows if one is not None)

    def id_of(self, row: CodeList) -> str:
        return row.id

    def counted(self, rows: Sequence[CodeList]) -> str:
        count = ngettext("{count} code list", "{count} code lists", len(rows))
        sure = words.tally(code.fact.confidence.value for row in rows for code in row.hits)
        codes = _("codes")
        return f"{count.format(count=len(rows))}; {codes}: {sure}"

    def about(self, row: CodeList) -> list[QWidget]:
        if self.profile is None:
            return []
        page = code_list_page(self.profile, row.id)
        is_found = len(row.hits) < len(row.codes)
        title = SectionTitle(row.id)
        parts: list[QWidget] = [title, BadgeRow(*_badges(row.codes))]
        parts.append(
            section(_("Codes"), code_table(row.codes, row.hits[0].code if is_found else ""))
        )
        remarks = [Label(text, "note") for text in _remarks(row.codes)]
        parts.extend([section(_("Remarks"), *remarks)] if remarks else [])
        parts.extend(links(_("Used by"), variable_links(page.variables), self.follow))
        parts.extend(links(_("Rules that name it"), rule_links(page.rules), self.follow))
        sources = dict.fromkeys(source_text(code.fact.source) for code in row.codes)
        parts.append(section(_("Sources"), *(Label(source, "note") for source in sources)))
        return parts


def code_lists(profile: Profile) -> tuple[CodeList, ...]:
    """Return the profile's code lists, in the order of its codes."""
    gathered: dict[str, list[Code]] = {}
    for code in profile.codes:
        gathered.setdefault(code.code_list, []).append(code)
    return tuple(
        CodeList(
            name,
            tuple(codes),
            tuple(words.title_of(one) for one in profile.variables if one.code_list == name),
            tuple(codes),
        )
        for name, codes in gathered.items()
    )


def _narrowed(one: CodeList, text: str, sureness: str) -> CodeList | None:
    """Return the list with the codes that a search finds, None when it finds neither."""
    sure = tuple(code for code in one.codes if sureness in {"", code.fact.confidence.value})
    sought = folded(text).split()
    named = folded(" ".join((one.id, *one.used)))
    hits = tuple(code for code in sure if all(word in _spoken(code) for word in sought))
    exact = tuple(code for code in hits if folded(code.code) == folded(text.strip()))
    if sure and all(word in named for word in sought):
        return CodeList(one.id, one.codes, one.used, exact or sure)
    return CodeList(one.id, one.codes, one.used, exact or hits) if hits else None


def _spoken(code: Code) -> str:
    return folded(f"{code.code} {code.text.sv} {code.text.en}")


def _columns() -> tuple[Column[CodeList], ...]:
    return (
        Column(_("Code list"), lambda one: one.id, weight=3),
        Column(_("Used by"), lambda one: ", ".join(one.used), quiet=True, weight=4),
        Column(_("Codes"), lambda one: str(len(one.codes)), number=True, width=_CODES),
    )


def _badges(codes: Sequence[Code]) -> list[Badge]:
    """Return a badge for each sureness that the codes have, with how many have it."""
    sure = [code.fact.confidence.value for code in codes]
    return [
        Badge(one.value, words.counted(one.value, sure.count(one.value)))
        for one in Confidence
        if one.value in sure
    ]


def _remarks(codes: Sequence[Code]) -> tuple[str, ...]:
    """Return what is to be said about single codes."""
    return tuple(f"{code.code}: {code.fact.note}" for code in codes if code.fact.note)
