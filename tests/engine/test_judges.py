"""Which documents libxml2 is shown, and that what it says does not depend on who judges when."""

from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest

from app.assets import RESOURCES
from app.core.finding import Tier
from app.engine import analysis as engine
from app.engine import judges as judging
from app.engine.analysis import analyse
from app.engine.export import Export
from app.engine.judges import Judges
from app.files.export import read_table
from app.files.profile import compile_schema
from tests.support.analysed import every_document
from tests.support.engine import compiled_schema, export, link, project, small_profile
from tests.support.profile import shipped
from tests.support.sample_project import sample_project

PROFILE = small_profile()
PEOPLE = ("197701012382", "770101-2382", "197701012382", "197701012382")
CASES = ("NR;P;VIKT", *(f"{number};{PEOPLE[number % 4]};{number % 9}" for number in range(200)))
LINKS = (link("number", "cases.NR"), link("patient", "cases.P"), link("N1", "cases.VIKT"))


def run(judges: Judges):
    return analyse(export(cases=CASES), project(*LINKS), PROFILE, judges)


@pytest.fixture
def shown(monkeypatch):
    """Count the documents that libxml2 is shown."""
    seen: list[bytes] = []
    real = judging._suspects

    def suspects(documents, *rest):
        seen.extend(documents)
        return real(documents, *rest)

    monkeypatch.setattr(judging, "_suspects", suspects)
    return seen


def test_only_doubtful_documents_are_shown_to_libxml2(shown):
    project, folder = sample_project(), RESOURCES / "sample"
    tables = {one.name: read_table(one, folder).table for one in project.sources}
    made = analyse(Export(tables), project, shipped(), compile_schema(shipped()))
    assert made.findings.filter(pl.col("tier") == Tier.SCHEMA.value).height
    assert 0 < len(shown) < made.cases.height // 10


def test_strict_judges_are_shown_every_document_once(shown):
    made = run(Judges(compiled_schema(), strict=True))
    assert sorted(one.decode() for one in shown) == sorted(every_document(made))


GOOD = b'<request xmlns="urn:test"><case><number>1</number><patient>197701012382</patient>'
GOOD += b"</case></request>"
HALVES = [b'<request xmlns="urn:test"><case><number>1</number>', b"</case></request>"]


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_documents_parsed_together_are_judged_one_by_one(monkeypatch, size):
    monkeypatch.setattr(judging, "_TOGETHER", size)
    texts = [
        GOOD,
        GOOD.replace(b"1977", b"x"),
        GOOD,
        *HALVES,
        b"",
        b"text",
        GOOD + GOOD,
        GOOD,
        b"<!--c-->" + GOOD,
    ]
    documents, doubtful = pl.Series(texts), pl.Series([True] * len(texts))
    judges = Judges(compiled_schema())
    broken = judges.broken(documents, doubtful, PROFILE, bool)
    assert {one.document for one in broken} == {1, 3, 4, 5, 6, 7}
    assert [one.code for one in broken if one.document in {3, 7}] == ["document-unreadable"] * 2


@pytest.mark.parametrize("another", [None, compiled_schema])
def test_blocks_judged_at_once_give_what_one_gives(monkeypatch, another):
    whole = run(Judges(compiled_schema(), strict=True))
    monkeypatch.setattr(engine, "BLOCK", 3)
    pieces = run(Judges(compiled_schema(), another, strict=True))
    assert pieces.cases.equals(whole.cases)
    assert pieces.findings.equals(whole.findings)
    assert whole.findings.filter(pl.col("tier") == Tier.SCHEMA.value).height


def test_as_many_schemas_are_compiled_as_threads_judge_at_once():
    made: list[int] = []

    def another():
        made.append(1)
        return compiled_schema()

    judges = Judges(compiled_schema(), another, strict=True)
    with ThreadPoolExecutor(3) as hands:
        for _ in range(5):
            list(hands.map(lambda _: run(judges), range(3)))
    assert len(made) <= 6
