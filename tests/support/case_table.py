"""Which acceptance case of the certificate's security was shown by which test, against what."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "out" / "security-cases.json"
TABLE = KEPT.with_suffix(".md")
MARK = "case"  # @pytest.mark.case("C01", "what it ran against")

_shown: dict[str, dict[str, str]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Send each test's cases along with its report, from whatever process runs it."""
    for item in items:
        item.user_properties += [(MARK, list(mark.args)) for mark in item.iter_markers(MARK)]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember how each case came out; of several tests for one case the worst counts."""
    if report.when != "call" and report.passed:
        return
    for name, value in report.user_properties:
        if name == MARK and isinstance(value, list):
            number, against = str(value[0]), str(value[1])
            results = _shown.setdefault(number, {})
            if results.get(against, "passed") == "passed":
                results[against] = report.outcome


def pytest_terminal_summary() -> None:
    """Write the table of all cases that this and former runs have shown."""
    if not _shown:
        return
    KEPT.parent.mkdir(exist_ok=True)
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    kept |= _shown
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")
    rows = [
        f"| {number} | {against} | {outcome} |"
        for number, results in sorted(kept.items())
        for against, outcome in sorted(results.items())
    ]
    head = ["| case | against | outcome |", "|---|---|---|"]
    TABLE.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
