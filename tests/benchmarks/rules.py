"""Time the rules over a whole export, and the reading of profile and mapping; run by hand.

`python -m tests.benchmarks.rules --cases 100000` makes the cases with the sample generator, fills
two years of code registers with as many codes as are published, and prints the seconds for all
rules and verdicts over all converted cases, and for the dearest of them. Then the milliseconds to
read the profile, to take in registers and own rules, and to read every condition anew.
"""

import tempfile
from argparse import ArgumentParser
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from app.core.condition import parse
from app.core.register import Profile
from tests.support import sample_hospital
from tests.support.sample_project import sample_project

KVA_CODES, ICD_CODES = 12_000, 38_000  # about as many as were published for 2026
DEAREST = 5


def with_full_registers(profile: Profile) -> Profile:
    """Return the profile with two years of made-up codes, as many as in the real registers."""
    letters = "abcdefghijklmnopqrst"
    kva = [f"{a}{b}{c}{n:02}" for a in letters for b in letters for c in "abc" for n in range(10)]
    icd = [f"{a}{n:02}{d}{b}" for a in letters for n in range(100) for d in range(10) for b in "aw"]
    years = {
        "kva": frozenset(kva[:KVA_CODES]),
        "icd": frozenset(icd[:ICD_CODES]),
    }
    codes = {name: {2025: codes, 2026: codes} for name, codes in years.items()}
    return replace(profile, register_codes=codes)


def measure_rules(folder: Path) -> None:
    """Print what the rules cost over an export."""
    from app.engine.analysis import BLOCK
    from app.engine.block import Workshop
    from app.engine.export import Export
    from app.engine.mapping import feeds_of
    from app.engine.rows import number_cases, stocks_of
    from app.files.export import read_table
    from app.files.profile import load_shipped

    project = sample_project()
    profile = with_full_registers(load_shipped(project.profile))
    export = Export({one.name: read_table(one, folder).table for one in project.sources})
    feeds = feeds_of(project, profile, project.used_links)
    cases = number_cases(export, project, project.link_of(profile.case_key))
    stocks = stocks_of(export, project, feeds, cases)[0]
    workshop = Workshop(project, profile, cases.frame, stocks)
    total = len(cases.frame)
    blocks = [workshop.convert(start, start + BLOCK)[0] for start in range(0, total, BLOCK)]
    start = perf_counter()
    found = sum(len(workshop.count(values)[1]) for values in blocks)
    seconds = perf_counter() - start
    rules = sum(bool(rule.condition) for rule in profile.rules)
    print(f"{rules} rules, {total} cases, {found} findings: {seconds:.2f} s")
    _tell_dearest(profile, blocks)


def _tell_dearest(profile: Profile, blocks: list) -> None:  # type: ignore[type-arg]
    """Print the conditions that cost the most, each on its own."""
    from app.engine.condition_columns import Rows

    spent: Counter[str] = Counter()
    for values in blocks:
        rows = Rows(profile, dict(values))
        for rule in profile.rules:
            if rule.condition:
                start = perf_counter()
                rows.truths(parse(rule.condition))
                spent[rule.id] += round(1e6 * (perf_counter() - start))
    for name, microseconds in spent.most_common(DEAREST):
        print(f"  {name:60} {microseconds / 1e6:.2f} s")


def measure_reading() -> None:
    """Print what it costs to have profile, registers, own rules and mapping ready."""
    from app.core.condition_types import check
    from app.engine.mapping import feeds_of
    from app.engine.rules import Rulebook
    from app.files.profile import load_shipped

    project = sample_project()
    load_shipped(project.profile)  # libraries and compiled files are there afterwards
    start = perf_counter()
    profile = load_shipped(project.profile)
    print(f"profile read and checked: {1000 * (perf_counter() - start):.0f} ms")
    start = perf_counter()
    parse.cache_clear()
    for rule in profile.rules:
        if rule.condition:
            check(parse(rule.condition), profile)
    feeds = feeds_of(project, profile, project.used_links)
    Rulebook(profile, feeds)
    print(f"conditions and mapping compiled: {1000 * (perf_counter() - start):.0f} ms")


def main() -> None:
    """Make the export in a folder of its own process's choosing and measure."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    chosen = parser.parse_args()
    measure_reading()
    with tempfile.TemporaryDirectory() as name:
        sample_hospital.write(sample_hospital.make(chosen.cases, 4711), Path(name))
        measure_rules(Path(name))


if __name__ == "__main__":
    main()
