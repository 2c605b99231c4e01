"""Time suggestions for a wide export: 120 columns, the variables of the shipped profile doubled.

`python -m tests.benchmarks.suggesting --rows 100000` widens a style of `tests/suggestions/own` with
columns that resemble its own, and prints seconds for groups, for all links and for one variable.
"""

import csv
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from app.core.mapping import Project
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.load import read_tables
from app.workflow.suggest import suggest_links, suggestions_for
from app.workflow.suggest_groups import suggest_groups
from tests.support.styles import Style, read_styles
from tests.support.workflow import PROFILE, make_desk

OWN = Path(__file__).parents[1] / "suggestions" / "own"
Result = TypeVar("Result")


def widened(style: Style, folder: Path, columns: int, rows: int) -> None:
    """Write the style's files with a case table of so many columns and rows."""
    for one in style.folder.glob("*.csv"):
        (folder / one.name).write_bytes(one.read_bytes())
    name = f"{style.project.case_table}.csv"
    with (style.folder / name).open(encoding="utf-8", newline="") as read:
        heading, *body = csv.reader(read, delimiter=";")
    more = range(columns - len(heading))
    with (folder / name).open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written, delimiter=";")
        writer.writerow([*heading, *(f"{heading[1 + at % 50]}{at}" for at in more)])
        for number in range(rows):
            cells = body[number % len(body)]
            again = (cells[1 + at % 50] for at in more)
            writer.writerow([str(10**7 + number), *cells[1:], *again])


def doubled(profile: Profile, most: int) -> Profile:
    """Return the profile with its bound variables again under other ids, to so many."""
    bound = [one for one in profile.variables if one.is_bound]
    again = [replace(one, id=f"{one.id}_again") for one in bound if one.id != profile.case_key]
    return replace(profile, variables=(*bound, *again)[:most])


def timed(name: str, work: Callable[[], Result]) -> Result:
    """Print how long something takes, the best of five; the processor's time beside it."""
    times, worked = [], []
    for _ in range(5):
        start, begun = perf_counter(), process_time()
        result = work()
        times.append(perf_counter() - start)
        worked.append(process_time() - begun)
    print(f"{name:16} {min(times):6.3f} s, first {times[0]:.3f} s, processor {min(worked):.3f} s")
    return result


def run(desk: Desk, project: Project) -> None:
    """Print what suggesting costs."""
    groups = timed("groups", lambda: suggest_groups(desk, project))
    grouped = replace(project, groups=groups)
    found = timed("all links", lambda: suggest_links(desk, grouped))
    timed("one variable", lambda: suggestions_for(desk, grouped, found[-1].link.variable))
    print(f"{len(found)} suggestions")


def main() -> None:
    """Measure with the shipped profile, then with twice as many variables."""
    parser = ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=120)
    told = parser.parse_args()
    style = next(one for one in read_styles(OWN) if one.name == "dw_svensk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        widened(style, folder, told.columns, told.rows)
        desk = make_desk(folder / "desk")
        read_tables(desk, style.project, str(folder))
        for most in (len(desk.profile(PROFILE).variables), 120):
            desk.remember_profile(doubled(desk.profile(PROFILE), most))
            print(f"{told.columns} columns, {told.rows} rows, at most {most} variables")
            run(desk, style.project)


if __name__ == "__main__":
    main()
