"""Time the whole way from an export to judged documents; run by hand.

`python -m tests.benchmarks.pipeline --cases 100000` makes the cases with the sample generator and
prints seconds, cases per second and peak memory for loading and for each step of the engine.
"""

import resource
import sys
import tempfile
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from time import perf_counter

from app.core.mapping import Project
from tests.support import sample_hospital
from tests.support.sample_project import sample_project

MEBIBYTE = 1024 if sys.platform == "linux" else 1024 * 1024  # unit of ru_maxrss


class Stopwatch:
    """Adds up the seconds between reports under the name of the step that just ended."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._last = perf_counter()

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Count the time since the former report as this step's."""
        now = perf_counter()
        self.seconds[step] += now - self._last
        self._last = now


def measure(folder: Path, project: Project, cases: int) -> None:
    """Print what loading, converting, building, judging and checking cost."""
    from app.engine.analysis import analyse
    from app.engine.export import Export
    from app.files.export import read_table
    from app.files.profile import compile_schema, load_shipped

    profile = load_shipped(project.profile)
    schema = compile_schema(profile)
    watch = Stopwatch()
    export = Export({source.name: read_table(source, folder) for source in project.sources})
    watch(0, 0, "load")
    analysis = analyse(export, project, profile, schema, watch)
    watch(0, 0, "gather")
    for step, seconds in watch.seconds.items():
        print(f"{step:12} {seconds:8.2f} s {cases / seconds:12,.0f} cases/s")
    whole = sum(watch.seconds.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    print(f"{'whole':12} {whole:8.2f} s {cases / whole:12,.0f} cases/s   peak {peak:,.0f} MiB")
    print(f"{analysis.cases.height} cases, {analysis.findings.height} findings")


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
