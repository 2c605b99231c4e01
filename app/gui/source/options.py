"""The reading options of a source as choices: which there are by kind, and what they are called."""

from dataclasses import replace
from pathlib import Path

from app.core.mapping import FIRST_FILLED, NO_HEADING, Source, SourceKind
from app.language.text import N_, _

KINDS = {
    SourceKind.TEXT: N_("Text with delimiter (CSV)"),
    SourceKind.FIXED: N_("Text of fixed width"),
    SourceKind.WORKBOOK: N_("Workbook (Excel)"),
    SourceKind.XML: N_("XML"),
    SourceKind.JSON_LINES: N_("JSON lines"),
}
DELIMITERS = {
    ";": N_("semicolon ;"),
    ",": N_("comma ,"),
    "\t": N_("tab"),
    "|": N_("vertical bar"),
}
QUOTES = {'"': N_('double "'), "'": N_("single '"), "": N_("none")}
SHOWN = {
    SourceKind.TEXT: frozenset({"encoding", "delimiter", "quote", "header"}),
    SourceKind.FIXED: frozenset({"encoding", "widths", "header"}),
    SourceKind.WORKBOOK: frozenset({"part", "header"}),
    SourceKind.XML: frozenset({"part"}),
    SourceKind.JSON_LINES: frozenset({"encoding"}),
}
_LINES = 12  # that the list of headings offers
_BETWEEN = "\x1f"


def options_of(source: Source) -> frozenset[str]:
    """Return which options a source has."""
    return SHOWN[source.kind] | ({"part"} if is_archive(source) else frozenset())


def is_archive(source: Source) -> bool:
    """Whether the table is a file inside an archive."""
    return bool(source.member) or source.path.lower().endswith(".zip")


def named(table: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the entries of a choice in the language in use."""
    return tuple((value, _(text)) for value, text in table.items())


def kind_entries() -> tuple[tuple[str, str], ...]:
    """Return the kinds of files."""
    return tuple((kind.value, _(text)) for kind, text in KINDS.items())


def heading_entries(source: Source) -> tuple[tuple[str, str], ...]:
    """Return where the heading may stand."""
    lines = sorted({*range(1, _LINES + 1), max(source.header, 1)})
    return (
        (str(FIRST_FILLED), _("the first line that is not empty")),
        (str(NO_HEADING), _("none: columns are numbered")),
        *((str(one), _("line {number}").format(number=one)) for one in lines),
    )


def part_of(source: Source) -> str:
    """Return which part of its file a source is, as one value."""
    return _BETWEEN.join((source.member, source.sheet, source.record))


def part_name(source: Source) -> str:
    """Return what the part is called."""
    parts = (source.member, source.sheet, source.record)
    return " · ".join(one.replace("|", " + ") for one in parts if one) or _("the first one")


def with_part(source: Source, part: str) -> Source:
    """Return the source reading another part of its file."""
    member, sheet, record = part.split(_BETWEEN)
    return replace(source, member=member, sheet=sheet, record=record)


def part_label(source: Source) -> str:
    """Return what the parts of such a file are."""
    if source.kind is SourceKind.XML:
        return _("Record")
    return _("File in the archive") if is_archive(source) else _("Sheet")


def file_names(source: Source) -> tuple[tuple[str, str], ...]:
    """Return the files of a table: path and name."""
    return tuple((one, Path(one).name) for one in (source.path, *source.more))
