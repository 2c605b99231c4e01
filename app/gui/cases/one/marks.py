"""A case's findings as marks in its document."""

from collections.abc import Iterator

from app.core.finding import Finding
from app.core.register import Profile
from app.gui import theme
from app.gui.widgets.xml_lines import Lines
from app.gui.widgets.xml_marks import Mark
from app.language.sentences import finding_sentence
from app.workflow.case_views import XmlPlace
from app.workflow.views import CaseDetail


def marks_of(detail: CaseDetail, lines: Lines, profile: Profile) -> tuple[Mark, ...]:
    """Return a mark for each finding; its number is the finding's among the case's."""
    return tuple(_marks(detail, lines, profile))


def _marks(detail: CaseDetail, lines: Lines, profile: Profile) -> Iterator[Mark]:
    places = (*detail.finding_places, *(None for _ in detail.findings))
    for number, (finding, place) in enumerate(zip(detail.findings, places, strict=False)):
        line, column, length = _where(finding, place, lines, profile)
        what, remedy = finding_sentence(finding, profile)
        status = theme.status_of(finding.tier)
        yield Mark(line, column, length, status, what, remedy, number)


def _where(
    finding: Finding, place: XmlPlace | None, lines: Lines, profile: Profile
) -> tuple[int, int, int]:
    """Return where a finding is in the text: by its place, else by the part it would stand in."""
    if place is not None:
        return place.line - 1, place.column - 1, place.length
    variable = profile.by_id.get(finding.variable)
    path = variable.path if variable is not None else ()
    for around in (path[-1:], *(path[:size] for size in range(len(path), 0, -1))):
        found = lines.find(around)
        if found is not None:
            return found.first, found.column, len(found.path[-1]) + 1
    first = lines.elements[0] if lines.elements else None
    return (first.first, first.column, len(first.path[-1]) + 1) if first else (0, 0, 0)


def place_at(detail: CaseDetail, line: int, column: int) -> XmlPlace | None:
    """Return the value or part that stands on a line of the document, nearest to the column."""
    there = [one for one in detail.places if one.line - 1 == line]
    return min(there, key=lambda one: abs(one.column - 1 - column), default=None)
