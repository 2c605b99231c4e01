"""Time the whole way from an export to judged documents; run by hand.

`python -m tests.benchmarks.pipeline --cases 100000` makes the cases with the sample generator. It
prints seconds, seconds of the processor, cases per second and the peak memory so far for each step,
one after the other, and then for the whole as the program does it: loading, and the analysis, which
has two blocks at work at once; last for the analysis in which libxml2 judges every document. It
tells how the memory in use grew meanwhile.
"""

import resource
import sys
import tempfile
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from app.core.mapping import Project
from app.core.register import Profile
from tests.support import sample_hospital
from tests.support.sample_project import sample_project

if TYPE_CHECKING:
    from app.engine.export import Export

MEBIBYTE = 1024 if sys.platform == "linux" else 1024 * 1024  # unit of ru_maxrss


class Stopwatch:
    """Adds up the seconds of each step, and those that the processor worked."""

    def __init__(self, cases: int) -> None:
        self._cases = cases
        self._seconds: dict[str, float] = defaultdict(float)
        self._worked: dict[str, float] = defaultdict(float)

    @contextmanager
    def timed(self, *steps: str) -> Iterator[None]:
        """Count the time of the block as these steps'."""
        start, worked = perf_counter(), process_time()
        yield
        for step in steps:
            self._seconds[step] += perf_counter() - start
            self._worked[step] += process_time() - worked

    def tell(self, *steps: str) -> None:
        """Print what steps cost, and how much memory was taken at the most until now."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
        for step in steps:
            seconds, worked = self._seconds[step], self._worked[step]
            rate = self._cases / seconds
            print(f"{step:8} {seconds:7.2f} s {worked:7.2f} cpu {rate:10,.0f}/s {peak:7,.0f} MiB")


class Growth:
    """A progress that notes the memory in use, where the system tells it."""

    def __init__(self) -> None:
        self._used: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Note how much is used after so many cases of an analysis."""
        status = Path("/proc/self/statm")
        if status.exists():
            pages = int(status.read_text("ascii").split()[1])
            self._used.append((done, pages * resource.getpagesize() // (1 << 20)))

    def tell(self) -> None:
        """Print the memory in use after some of the cases."""
        some = self._used[:: max(1, len(self._used) // 5)]
        print("resident", ", ".join(f"{done:,}: {used:,} MiB" for done, used in some))


def measure(folder: Path, project: Project, cases: int) -> None:
    """Print what each step costs on its own, and the whole."""
    from app.engine.analysis import analyse
    from app.engine.export import Export
    from app.engine.judges import Judges
    from app.files.export import read_table
    from app.files.profile import compile_schema, load_shipped

    profile = load_shipped(project.profile)
    watch = Stopwatch(cases)
    with watch.timed("load", "whole", "strict"):
        export = Export(
            {source.name: read_table(source, folder).table for source in project.sources}
        )
    watch.tell("load")
    time_steps(watch, export, project, profile)
    another = partial(compile_schema, profile)
    for step in ("whole", "strict"):
        growth = Growth()
        with watch.timed(step):
            judges = Judges(another(), another, strict=step == "strict")
            analysis = analyse(export, project, profile, judges, growth)
        watch.tell(step)
        growth.tell()
    print(f"{analysis.cases.height} cases, {analysis.findings.height} findings")


def time_steps(watch: Stopwatch, export: "Export", project: Project, profile: Profile) -> None:
    """Time the engine's steps one after the other, block by block."""
    from app.engine.analysis import BLOCK
    from app.engine.block import Workshop
    from app.engine.document import documents
    from app.engine.line import digests
    from app.engine.mapping import feeds_of
    from app.engine.proof.proof import Proof
    from app.engine.rows import number_cases, stocks_of
    from app.engine.store import pack

    with watch.timed("join"):
        feeds = feeds_of(project, profile, project.used_links)
        cases = number_cases(export, project, project.link_of(profile.case_key))
        stocks = stocks_of(export, project, feeds, cases)[0]
        workshop, proof = Workshop(project, profile, cases.frame, stocks), Proof(profile)
    for start in range(0, len(cases.frame), BLOCK):
        with watch.timed("convert"):
            values, _ = workshop.convert(start, start + BLOCK)
        with watch.timed("rules"):
            workshop.count(values)
        with watch.timed("build"):
            texts = documents(profile, values)
        with watch.timed("prove"):
            proof.doubtful(values)
        with watch.timed("digest"):
            digests(texts)
        with watch.timed("pack"):
            pack(values)
    watch.tell("join", "convert", "rules", "build", "prove", "digest", "pack")


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
