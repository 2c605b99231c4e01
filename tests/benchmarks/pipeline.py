"""Time the whole way from an export to judged documents; run by hand.

`python -m tests.benchmarks.pipeline --cases 100000` makes the cases with the sample generator. It
prints seconds, cases per second and the peak memory so far for loading, converting, building XML
and checking, one after the other, and then for the whole as the program does it: loading, and the
analysis, which checks documents while it makes the next ones.
"""

import resource
import sys
import tempfile
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from app.core.mapping import Project
from app.core.register import Profile
from tests.support import sample_hospital
from tests.support.sample_project import sample_project

if TYPE_CHECKING:
    from lxml import etree

    from app.engine.export import Export

MEBIBYTE = 1024 if sys.platform == "linux" else 1024 * 1024  # unit of ru_maxrss


class Stopwatch:
    """Adds up the seconds of each step."""

    def __init__(self, cases: int) -> None:
        self._cases = cases
        self._seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Count the time of the block as this step's."""
        start = perf_counter()
        yield
        self._seconds[step] += perf_counter() - start

    def tell(self, step: str) -> None:
        """Print what a step cost, and how much memory was taken at the most until now."""
        seconds = self._seconds[step]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
        rate = self._cases / seconds
        print(f"{step:10} {seconds:8.2f} s {rate:12,.0f} cases/s {peak:8,.0f} MiB")


def measure(folder: Path, project: Project, cases: int) -> None:
    """Print what each step costs on its own, and the whole."""
    from app.engine.analysis import analyse
    from app.engine.export import Export
    from app.files.export import read_table
    from app.files.profile import compile_schema, load_shipped

    profile = load_shipped(project.profile)
    schema = compile_schema(profile)
    watch = Stopwatch(cases)
    with watch.timed("load"), watch.timed("whole"):
        export = Export(
            {source.name: read_table(source, folder).table for source in project.sources}
        )
    watch.tell("load")
    time_steps(watch, export, project, profile, schema)
    with watch.timed("whole"):
        analysis = analyse(export, project, profile, schema)
    watch.tell("whole")
    print(f"{analysis.cases.height} cases, {analysis.findings.height} findings")


def time_steps(
    watch: Stopwatch,
    export: "Export",
    project: Project,
    profile: Profile,
    schema: "etree.XMLSchema",
) -> None:
    """Time the engine's steps one after the other, block by block."""
    import polars as pl

    from app.engine.analysis import BLOCK
    from app.engine.block import Workshop
    from app.engine.document import documents
    from app.engine.mapping import feeds_of
    from app.engine.rows import number_cases, stocks_of
    from app.engine.schema_check import judge

    with watch.timed("convert"):
        feeds = feeds_of(project, profile, project.used_links)
        cases = number_cases(export, project, project.link_of(profile.case_key))
        workshop = Workshop(
            project, profile, cases.frame, stocks_of(export, project, feeds, cases)[0]
        )
    for start in range(0, len(cases.frame), BLOCK):
        with watch.timed("convert"):
            values, _ = workshop.convert(start, start + BLOCK)
        with watch.timed("build"):
            texts = documents(profile, values).cast(pl.Binary).to_list()
        with watch.timed("check"):
            workshop.count(values)
            judge(texts, schema, profile)
    for step in ("convert", "build", "check"):
        watch.tell(step)


def main() -> None:
    """Make the export in a folder of its own process's choosing and measure."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="an export that was made before")
    chosen = parser.parse_args()
    if chosen.folder:
        measure(chosen.folder, sample_project(), chosen.cases)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample_hospital.write(sample_hospital.make(chosen.cases, 4711), folder)
        measure(folder, sample_project(), chosen.cases)


if __name__ == "__main__":
    main()
