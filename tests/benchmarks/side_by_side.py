"""The program beside the script that a hospital would otherwise write; run by hand.

`python -m tests.benchmarks.side_by_side --cases 100000 --rounds 5 --xlsx --million`

Each way runs in a process of its own, the ways in turn, round after round, so that what else the
machine does falls on all of them; the table gives medians and their ratio. The script is timed on
fewer cases (`--script-cases`), since its time per case does not change with their number; its files
hold only those. Timed is everything from the files to judged documents and broken rules: not the
start of the interpreter, the imports, nor reading the contract. More seconds than CPU
seconds on both cores tell that the machine was busy with something else. Peak memory is the
resident one of the whole process, and of its children if it had any.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from app.core.mapping import Project, SourceKind
from tests.support import sample_hospital
from tests.support.sample_project import sample_project

MEBIBYTE = 1024 if sys.platform == "linux" else 1024 * 1024  # unit of ru_maxrss
SEED = 4711
PACKAGES = ("polars", "lxml", "zeep", "xmlschema", "openpyxl", "python-calamine")
MILLION = 1_000_000


@dataclass(frozen=True)
class Way:
    """One way from files to judged cases."""

    name: str
    about: str
    is_script: bool = False
    strict: bool = False


COLUMNS = Way("columns", "columns; libxml2 where they doubt")
STRICT = Way("strict", "and libxml2 on every document", strict=True)
SCRIPT = Way("script", "csv, zeep, xmlschema, ifs", is_script=True)
WAYS = {one.name: one for one in (COLUMNS, STRICT, SCRIPT)}


@dataclass(frozen=True)
class Run:
    """What one run took."""

    cases: int
    seconds: float
    cpu: float
    peak: float
    steps: dict[str, float]

    @property
    def rate(self) -> float:
        """Cases per second."""
        return self.cases / self.seconds


def run_program(folder: Path, *, strict: bool) -> Run:
    """Load, convert, build, prove and judge an export."""
    from app.engine.analysis import analyse
    from app.engine.export import Export
    from app.engine.judges import Judges
    from app.files.export import read_table
    from app.files.profile import compile_schema, load_shipped

    project = _of_folder(folder)
    profile = load_shipped(project.profile)
    another = partial(compile_schema, profile)
    judges = Judges(another(), another, strict=strict)
    start, cpu = perf_counter(), process_time()
    export = Export({one.name: read_table(one, folder).table for one in project.sources})
    loaded = perf_counter()
    analysis = analyse(export, project, profile, judges)
    end = perf_counter()
    steps = {"load": loaded - start, "judge": end - loaded}
    return Run(analysis.cases.height, end - start, process_time() - cpu, _peak(), steps)


def run_script(folder: Path) -> Run:
    """Do the same with the script."""
    from tests.benchmarks.baseline import Clock, Register, judge_export

    register, clock = Register(), Clock()
    start, cpu = perf_counter(), process_time()
    cases = sum(1 for _ in judge_export(folder, register, clock=clock))
    seconds = perf_counter() - start
    return Run(cases, seconds, process_time() - cpu, _peak(), dict(clock.seconds))


def _peak() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in whose) / MEBIBYTE


def _of_folder(folder: Path) -> Project:
    """Return the sample's project; of workbooks where the folder holds these."""
    project = sample_project()
    if not (folder / "operationer.xlsx").exists():
        return project
    books = (
        replace(one, path=f"{one.name}.xlsx", kind=SourceKind.WORKBOOK) for one in project.sources
    )
    return replace(project, sources=tuple(books))


def run_here(way: Way, folder: Path) -> None:
    """Run one way in this process and print what it took as JSON."""
    run = run_script(folder) if way.is_script else run_program(folder, strict=way.strict)
    print(json.dumps(asdict(run)))


def run_apart(way: Way, folder: Path) -> Run:
    """Run one way in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.side_by_side", "--way", way.name]
    done = subprocess.run(
        [*command, "--folder", str(folder)], check=True, stdout=subprocess.PIPE, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Run(**told)


def compare(ways: Sequence[tuple[Way, Path]], rounds: int) -> dict[str, list[Run]]:
    """Run the ways in turn, round after round."""
    runs: dict[str, list[Run]] = defaultdict(list)
    for number in range(rounds):
        for way, folder in ways:
            run = run_apart(way, folder)
            runs[way.name].append(run)
            print(f"  round {number + 1} {way.name:8} {run.seconds:8.2f} s", file=sys.stderr)
    return runs


def tell(title: str, runs: dict[str, list[Run]]) -> None:
    """Print the table of one comparison."""
    script = _median(runs[SCRIPT.name], "rate")
    print(f"\n{title}, medians of {len(runs[SCRIPT.name])} rounds in turn")
    print(f"{'':44}{'cases':>10}{'s':>9}{'cases/s':>11}{'ratio':>8}{'CPU s':>9}{'MiB':>8}")
    for name, found in runs.items():
        rate = _median(found, "rate")
        line = f"{name + ': ' + WAYS[name].about:44}{found[0].cases:10,}"
        line += f"{_median(found, 'seconds'):9.2f}{rate:11,.0f}{rate / script:8.1f}"
        print(f"{line}{_median(found, 'cpu'):9.2f}{_median(found, 'peak'):8,.0f}")
    for name, found in runs.items():
        rates = [one.rate for one in found]
        steps = {step: median(one.steps[step] for one in found) for step in found[0].steps}
        parts = ", ".join(f"{step} {seconds:.2f} s" for step, seconds in steps.items())
        print(f"  {name}: {min(rates):,.0f}-{max(rates):,.0f} cases/s; {parts}")


def _median(runs: list[Run], name: str) -> float:
    return float(median(getattr(one, name) for one in runs))


def tell_machine() -> None:
    """Print what the figures were measured on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text("utf-8").splitlines()
        names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
        model = next(names, model)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} cores, {model}, {platform.system()} {platform.release()}")
    print(f"Python {platform.python_version()}, {packages}; load {load} at the start")


def make_csv(folder: Path, cases: int) -> Path:
    """Return a folder with the sample hospital's export."""
    sample_hospital.write(sample_hospital.make(cases, SEED), folder)
    return folder


def make_xlsx(source: Path, folder: Path) -> Path:
    """Return a folder with the same export as workbooks, every cell a text."""
    import csv

    from openpyxl import Workbook

    folder.mkdir()
    for name in sample_hospital.TABLES:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(name)
        with (source / f"{name}.csv").open(encoding="cp1252", newline="") as file:
            for row in csv.reader(file, delimiter=";"):
                sheet.append([cell or None for cell in row])
        book.save(folder / f"{name}.xlsx")
    return folder


def measure(chosen: Namespace, folder: Path) -> None:
    """Make the exports and print the tables that were asked for."""
    tell_machine()
    large = chosen.folder or make_csv(folder / "large", chosen.cases)
    small = make_csv(folder / "small", chosen.script_cases)
    ways = ((COLUMNS, large), (STRICT, large), (SCRIPT, small))
    from_csv = compare(ways, chosen.rounds)
    tell("From CSV", from_csv)
    if chosen.xlsx:
        books = make_xlsx(make_csv(folder / "some", chosen.xlsx_cases), folder / "books")
        small_books = make_xlsx(small, folder / "small-books")
        ways = ((COLUMNS, books), (STRICT, books), (SCRIPT, small_books))
        tell("From XLSX", compare(ways, chosen.rounds))
    if chosen.million:
        tell_growth(chosen.million_folder or make_csv(folder / "million", MILLION), from_csv)


def tell_growth(folder: Path, small: dict[str, list[Run]]) -> None:
    """Print how time and memory grow from the measured cases to a million, in one run each."""
    print("\nA million cases from CSV, one run each")
    for way in (COLUMNS, STRICT):
        run = run_apart(way, folder)
        before = median(one.rate for one in small[way.name])
        print(
            f"{way.name:8}{run.cases:12,} cases {run.seconds:8.2f} s {run.rate:10,.0f} cases/s"
            f"  {before / run.rate:.2f} times linear {run.peak:8,.0f} MiB"
        )


def main() -> None:
    """Compare, or be one of the compared processes."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--script-cases", type=int, default=2_000)
    parser.add_argument("--xlsx-cases", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--xlsx", action="store_true", help="also from workbooks")
    parser.add_argument("--million", action="store_true", help="also a million cases")
    parser.add_argument("--folder", type=Path, help="an export of --cases that was made before")
    parser.add_argument("--million-folder", type=Path, help="the same of a million")
    parser.add_argument("--way", choices=WAYS, help="only run one, here, over --folder")
    chosen = parser.parse_args()
    if chosen.way:
        run_here(WAYS[chosen.way], chosen.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        measure(chosen, Path(name))


if __name__ == "__main__":
    main()
