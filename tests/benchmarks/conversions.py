"""Time every kind of step on a whole column, and one case tried as edited; run by hand.

`python -m tests.benchmarks.conversions --folder FOLDER` takes a folder with the sample generator's
files (see `pipeline.py`); without one only the steps are timed.
"""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from time import perf_counter

import polars as pl

from app.core.mapping import Project, Step, ValueMap
from app.engine.columns import Surroundings, convert_columns
from app.engine.conversions.lookup import lookups_of

ROWS = 100_000
PLACE = ("rooms", "key", "name")
MOMENTS = ("2022-04-13 13:54", "13/04/2022 13:54", "22-04-13 13:54", "44664.57916")
TRIED: tuple[tuple[str, dict[str, str], tuple[str, ...]], ...] = (
    ("constant", {"value": "x"}, ("",)),
    ("first_of", {}, ("", "a")),
    ("join", {"sign": "-"}, ("a", "b")),
    ("trim", {}, (" a ", "b")),
    ("upper", {}, ("åäö", "b")),
    ("lower", {}, ("ÅÄÖ", "B")),
    ("replace", {"find": "a", "with": "b"}, ("banan", "x")),
    ("replace_pattern", {"find": "[0-9]+", "with": "#"}, ("a12b3", "x")),
    ("extract", {"form": "sal ([0-9]+)"}, ("op sal 12", "sal 3")),
    ("split", {"at": "/", "nth": "2"}, ("a/b/c", "d")),
    ("missing_when", {"values": "9|99"}, ("9", "1")),
    ("only_when", {"column": "0", "test": "one_of", "value": "a|b"}, ("a", "c")),
    ("decimal_comma", {}, ("36,6", "1")),
    ("number", {"times": "100", "decimals": "1"}, ("1.755", "-3")),
    ("yes_no", {"yes_sends": "J", "no_sends": "N"}, ("ja", "nej")),
    ("date", {"format": "%Y-%m-%d|%y-%m-%d", "pivot": "30"}, ("2022-04-13", "22-04-13")),
    ("datetime", {"format": "%Y-%m-%d %H:%M|%y-%m-%d %H:%M|excel", "pivot": "30"}, MOMENTS),
    ("value_map", {"name": "map"}, ("a", "b")),
    ("lookup", {"table": "rooms", "key": "key", "column": "name"}, ("a", "b")),
    ("person_id", {"latest": "2026"}, ("19770101-2382", "770101-2382")),
    ("hsa_id", {}, ("se2321000016-a1", "x")),
    ("icd", {}, ("i84.1", "I84")),
    ("kva", {}, ("jke 00", "AF012")),
    ("fold_up", {"form": "([0-9][a-z]).*"}, ("1ab", "2c")),
)


def time_steps() -> None:
    """Print the milliseconds of each kind on a column."""
    project = Project("P", "p", value_maps=(ValueMap("map", (("a", "1"), ("b", "2"))),))
    rooms = pl.DataFrame({"key": ["a", "b"], "name": ["Sal 1", "Sal 2"]})
    for kind, options, texts in TRIED:
        column = pl.Series("0", [texts[at % len(texts)] for at in range(ROWS)], dtype=pl.String)
        around = Surroundings(project, column.to_frame(), lookups_of({"rooms": rooms}, (PLACE,)))
        start = perf_counter()
        convert_columns([column], (Step(kind, tuple(options.items())),), around)
        print(f"{kind:16} {1000 * (perf_counter() - start):7.0f} ms")


def time_case(folder: Path, own: Path) -> None:
    """Print the milliseconds of one case, one row and all links with an export loaded."""
    from app.keystore.secrets import MemorySecrets
    from app.workflow.desk import Desk
    from app.workflow.load import load_export
    from app.workflow.results import link_results
    from app.workflow.trial import try_case, try_link
    from tests.support.sample_project import sample_project

    desk, project = Desk(own, MemorySecrets()), sample_project()
    load_export(desk, project, str(folder))
    try_case(desk, project, str(folder))  # reads the profile
    times = []
    for place in range(0, 2000, 100):
        start = perf_counter()
        try_case(desk, project, str(folder), "", place)
        times.append(1000 * (perf_counter() - start))
    print(f"one case         {median(times):7.0f} ms, at most {max(times):.0f} ms")
    start = perf_counter()
    try_link(desk, project, "V310", 50_000)
    print(f"one row          {1000 * (perf_counter() - start):7.0f} ms")
    start = perf_counter()
    count = len(link_results(desk, project))
    print(f"{count} links         {perf_counter() - start:7.1f} s")


def main() -> None:
    """Time the steps, and a case where there is an export."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    folder = parser.parse_args().folder
    time_steps()
    if folder:
        with tempfile.TemporaryDirectory() as own:
            time_case(folder, Path(own))


if __name__ == "__main__":
    main()
