"""A case with very many rows: nothing goes through all of them once for each of them."""

from app.core.case_text import spots_of
from app.core.finding import Finding, Tier
from app.core.mapping import Link, Project
from app.files.profile import load_shipped
from app.workflow.case_origin import Origins
from app.workflow.case_places import Places
from app.workflow.views import SourceRow
from tests.support.walked import Walked

MANY, FEW = 60, 4  # rows, and how often they may be gone through


def test_the_rows_of_a_case_are_gone_through_once_for_all_its_values():
    rows = Walked(SourceRow("fall", number, (("KOD", str(number)),)) for number in range(MANY))
    origins = Origins(Project("P", "spor-4.1", (), "fall"), rows, {}, {})
    link = Link("kod", "fall", ("KOD",))
    found = [origins.row_of(link, "", (number, "")) for number in range(MANY)]
    assert [row.row for row in found if row] == list(range(MANY))
    assert rows.walks <= FEW


def test_the_document_of_a_case_is_gone_through_once_for_all_its_findings():
    profile = load_shipped("spor-4.1")
    variable = next(one for one in profile.variables if one.group)
    text = _document(variable.path)
    spots = Walked(spots_of(text, profile))
    lines = [(number, "") for number in range(MANY)]
    findings = tuple(
        Finding("1", "x", Tier.NOTE, variable.id, "koder", "KOD", number) for number in range(MANY)
    )
    places = Places(text, spots, profile, {variable.group: lines}).of_findings(findings)
    assert len({(place.line, place.index) for place in places if place}) == MANY
    assert spots.walks <= FEW


def _document(path):
    """Return a document whose element at a path repeats, one on each line."""
    *around, row, leaf = path[1:] if path[0] == "postRegistrationRequest" else path
    names = ("postRegistrationRequest", *around)
    lines = "\n".join(f"<{row}><{leaf}>{number}</{leaf}></{row}>" for number in range(MANY))
    opened = "".join(f"<{name}>" for name in names)
    return f"{opened}\n{lines}\n" + "".join(f"</{name}>" for name in reversed(names))
