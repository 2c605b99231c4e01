"""Time the list of cases and one case with a large export checked; run by hand.

`python -m tests.benchmarks.cases --folder FOLDER` takes an export of the sample hospital's shape
(`tests.support.sample_hospital` makes one) through the real deeds, and then prints milliseconds:
each filter when it is first asked for, a further page of it, where a case stands, the causes, one
case (the median and the worst of some), and all of that again after cases have been sent.
"""

import random
import resource
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from app.core.outcome import Outcome, OutcomeKind
from app.workflow.analyse import analyse
from app.workflow.case_detail import case_detail
from app.workflow.cases import case_page, case_place, next_with_findings
from app.workflow.cause_groups import cause_groups
from app.workflow.desk import Desk
from app.workflow.standing import prepared
from app.workflow.views import CaseFilter
from tests.support.sample_project import sample_project
from tests.support.workflow import NOON, make_desk

MEBIBYTE = 1024 if sys.platform == "linux" else 1024 * 1024  # unit of ru_maxrss
PAGE = 200
SOME = 25  # cases that are opened
FILTERS = {
    "all": CaseFilter(),
    "text": CaseFilter(text="2612"),
    "verdict": CaseFilter(verdicts=("genomford",)),
    "phase": CaseFilter(phases=("postop",)),
    "tiers": CaseFilter(tiers=("korrupt", "clean")),
    "new or changed": CaseFilter(changes=("new", "changed")),
    "never sent": CaseFilter(outcomes=("never",)),
    "a cause": CaseFilter(cause="sandning-strykning-raknas-som-endast-anmald"),
    "a value": CaseFilter(cause="value-unmapped", value="BIVA"),
    "sendable": CaseFilter(sendable=True),
    "left out": CaseFilter(excluded=True),
    "by verdict": CaseFilter(sort="verdict"),
    "by worst finding": CaseFilter(sort="tier", descending=True),
    "by cause": CaseFilter(sort="cause"),
    "several": CaseFilter(text="1", tiers=("note",), phases=("postop",), sort="findings"),
}


def told(what: str, deed: Callable[[], object]) -> float:
    """Print the milliseconds that something takes."""
    start, worked = perf_counter(), process_time()
    deed()
    taken, work = 1000 * (perf_counter() - start), 1000 * (process_time() - worked)
    print(f"{what:32} {taken:8.1f} ms   {work:8.1f} ms of all processors")
    return taken


def measure(desk: Desk) -> None:
    """Print what the list and one case take."""
    for name, wanted in FILTERS.items():
        told(f"filter: {name}", partial(case_page, desk, wanted, 0, PAGE))
    names = prepared(desk).cases["case"]
    middle = len(names) // 2
    told("a further page", lambda: case_page(desk, FILTERS["by cause"], middle, PAGE))
    told("where a case stands", lambda: case_place(desk, FILTERS["by verdict"], names[middle]))
    told("the next with a finding", lambda: next_with_findings(desk, CaseFilter(), middle))
    told("causes of all", lambda: cause_groups(desk, CaseFilter()))
    chosen = random.Random(5).sample(names.to_list(), min(SOME, len(names)))
    told("one case, first", partial(case_detail, desk, chosen[0]))
    taken = [told("one case", partial(case_detail, desk, case)) for case in chosen[1:]]
    print(f"{'one case, median':32} {median(taken):8.1f} ms, worst {max(taken):.1f} ms")


def send(desk: Desk, count: int) -> None:
    """Write down that the first cases were accepted, each on its own document."""
    analysis = prepared(desk)
    names = analysis.cases["case"][:count].to_list()
    for start in range(0, count, 10_000):
        places = range(start, min(start + 10_000, count))
        documents = dict(zip(names[start:], analysis.documents(places), strict=False))
        numbers = desk.journal().begin_many(documents, "local", "", "", "m", NOON)
        ended = {number: Outcome(case, OutcomeKind.CREATED) for case, number in numbers.items()}
        desk.journal().end_many(ended, NOON)


def main() -> None:
    """Check the export, and print what its cases take to show."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--sent", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        start = perf_counter()
        summary = analyse(desk, sample_project(), str(chosen.folder))
        print(f"{summary.cases} cases, checked in {perf_counter() - start:.1f} s")
        measure(desk)
        sent = min(chosen.sent, summary.cases)
        start = perf_counter()
        send(desk, sent)
        print(f"{sent} attempts journalled in {perf_counter() - start:.1f} s")
        told("first page after that", lambda: case_page(desk, CaseFilter(), 0, PAGE))
        send(desk, 1)
        told("first page after one more", lambda: case_page(desk, CaseFilter(), 0, PAGE))
        measure(desk)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
        print(f"peak memory {peak:.0f} MiB")
        desk.close()


if __name__ == "__main__":
    main()
