"""How long data quality and a test batch take: `python -m tests.benchmarks.quality --folder F`.

The folder holds an export of the sample hospital (see `tests.benchmarks.pipeline`).
"""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from app.workflow.analyse import analyse
from app.workflow.batches import pick_batch
from app.workflow.distributions import cases_without, distribution, span_distribution
from app.workflow.quality import quality
from tests.support.sample_project import sample_project
from tests.support.workflow import make_desk


def main() -> None:
    """Measure each deed of the two views once."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    folder = parser.parse_args().folder
    with TemporaryDirectory() as data:
        desk = make_desk(Path(data))
        summary = analyse(desk, sample_project(), str(folder))
        print(f"{summary.cases} cases")
        deeds: dict[str, Callable[[], object]] = {
            "data quality of all variables": lambda: quality(desk),
            "a number's distribution": lambda: distribution(desk, "vikt"),
            "a time's distribution": lambda: distribution(desk, "V565"),
            "from one time to another": lambda: span_distribution(desk, "V565", "V570"),
            "cases without a value": lambda: cases_without(desk, "V325"),
            "a test batch": lambda: pick_batch(desk),
        }
        for name, deed in deeds.items():
            start = perf_counter()
            deed()
            print(f"{name:<32}{perf_counter() - start:8.2f} s")
        desk.close()


if __name__ == "__main__":
    main()
