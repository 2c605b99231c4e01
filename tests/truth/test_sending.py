"""The sending rules that are about the document: no empty tags (3c.2), times with offset (3c.10).

Of an hour that comes twice, or never, the sources say nothing: no row.
"""

import pytest

from app import safexml
from app.core.conversion import convert
from app.core.mapping import Project, Step
from tests.truth.chains import by_export
from tests.truth.tables import plannings, times, whole
from tests.truth.tables.verdicts import VERDICTS

WHEN = Step("datetime", (("format", "%Y-%m-%d %H:%M:%S"),))
LOCAL = (  # as the hospital's clock shows it, and as it is sent
    ("2022-04-13 13:54:22", "2022-04-13T13:54:22+02:00"),  # the guide's own example is an hour off
    ("2022-01-13 13:54:22", "2022-01-13T13:54:22+01:00"),
    ("2026-03-28 23:59:59", "2026-03-28T23:59:59+01:00"),
    ("2026-03-29 01:59:59", "2026-03-29T01:59:59+01:00"),
    ("2026-03-29 03:00:00", "2026-03-29T03:00:00+02:00"),
    ("2026-10-25 01:59:59", "2026-10-25T01:59:59+02:00"),
    ("2026-10-25 03:00:00", "2026-10-25T03:00:00+01:00"),
    ("2026-10-25 23:59:59", "2026-10-25T23:59:59+01:00"),
)


def test_no_document_has_an_empty_tag():
    rows = [one.row for one in whole.CASES]
    rows += [row for table in (*plannings.TABLES, *VERDICTS) for row in table.rows]
    rows += times.TABLES[0].rows
    judged = by_export(rows)
    for row, document in zip(rows, judged.analysis.documents(range(len(rows))), strict=True):
        elements = safexml.parse(document).iter("{*}*")
        empty = [one.tag for one in elements if len(one) == 0 and not (one.text or "").strip()]
        assert empty == [], row.about


@pytest.mark.parametrize(("local", "sent"), LOCAL)
def test_a_time_gets_the_offset_of_its_own_day(local, sent):
    assert convert((WHEN,), (local,), Project("", "")).value == sent
