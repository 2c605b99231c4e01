"""What the deeds of the mapping page answer in tests: one row, one case, codes, suggestions."""

from typing import Any

from app.core.finding import Finding, Tier
from app.core.mapping import Project
from app.workflow.coverage_views import Coverage, SectionCoverage, Share
from app.workflow.mapping_views import (
    CaseTrial,
    ConditionCount,
    LinkTrial,
    ReadPairs,
    StepValue,
    ValueProposal,
)
from app.workflow.views import ValueView

CASES = ("2600000", "2600001", "2600002")
COVERAGE = Coverage(
    mandatory=Share(5, 7),
    approved=Share(2, 3),
    maps=Share(1, 1),
    values=Share(396, 396),
    passing=Share(388, 400),
    sections=(SectionCoverage("anmalan", Share(2, 2), Share(3, 8), Share(2, 3), Share(1, 1)),),
    phases=(),
)
FINDING = Finding(CASES[1], "number-unreadable", Tier.BLOCKS, "V310", "operationer", "ANMDAT", 3)


def try_case(project: Project, _base: str, case: str = "", place: int = 0) -> CaseTrial:
    """Return one of three cases; the second has a finding."""
    if case and case not in CASES:
        return CaseTrial("", total=len(CASES))
    at = CASES.index(case) if case in CASES else place % len(CASES)
    values = tuple(
        ValueView(
            link.variable,
            "",
            0,
            f"värde {at}",
            link.table,
            link.columns,
            ("x",) * len(link.columns),
        )
        for link in project.used_links
    )
    findings = (FINDING,) if at == 1 else ()
    return CaseTrial(CASES[at], values, findings, "planerad", at, len(CASES))


def try_link(
    project: Project, variable: str, row: int = 0, typed: tuple[str, ...] = ()
) -> LinkTrial:
    """Return what every step leaves: its place in the chain."""
    link = project.link_of(variable)
    raw = typed or tuple(f"{column} {row % 3}" for column in (link.columns if link else ()))
    after = tuple(StepValue(f"efter {at}") for at in range(len(link.steps) if link else 0))
    case = "" if typed else CASES[row % 3]
    return LinkTrial(row % 3, 3, case, raw, after, "ut", start=" ".join(raw))


def mapping_answers() -> dict[str, Any]:
    """Return what the deeds answer unless a test says otherwise."""
    return {
        "coverage": COVERAGE,
        "try_case": try_case,
        "try_link": try_link,
        "count_condition": ConditionCount(312, 400),
        "detect_times": (("%Y-%m-%d %H:%M", 0.995),),
        "suggestions_for": (),
        "fill_value_map": (ValueProposal("E", "elektiv", 90),),
        "read_value_map": ReadPairs((("A", "elektiv"),)),
        "write_value_map": 2,
    }
