"""Why a person's number or an HSA-id of a case is wrong: said with the finding that it is."""

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from app.core.condition import function_of, name_of, parse
from app.core.finding import Finding
from app.core.identity import hsa_id_problem, person_id_problem
from app.core.register import Profile
from app.workflow.views import SourceRow, ValueView

REASON = "reason"  # among a finding's values: the code of why

_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "valid_person_id": person_id_problem,
    "valid_hsa_id": hsa_id_problem,
}
_UNREADABLE = {"person-id-unreadable": person_id_problem}  # findings of steps
_SAID_ALREADY = "person-id-form"


def with_reasons(
    findings: tuple[Finding, ...],
    values: Iterable[ValueView],
    rows: tuple[SourceRow, ...],
    profile: Profile,
) -> tuple[Finding, ...]:
    """Return a case's findings, those about a number or an id with the code of what is wrong."""
    texts = {view.variable: view.value for view in values if not view.group}
    codes = (_reason(one, texts, rows, profile) for one in findings)
    return tuple(
        replace(one, values=(*one.values, (REASON, code))) if code else one
        for one, code in zip(findings, codes, strict=True)
    )


def _reason(
    finding: Finding, texts: Mapping[str, str], rows: tuple[SourceRow, ...], profile: Profile
) -> str | None:
    rule = profile.rules_by_id.get(finding.code)
    if rule is not None:
        return _of_rule(rule.condition, texts) if rule.condition else None
    check = _UNREADABLE.get(finding.code)
    code = check(_cell(finding, rows).strip()) if check else None
    return None if code == _SAID_ALREADY else code


def _of_rule(condition: str, texts: Mapping[str, str]) -> str | None:
    """Return what is wrong with the first number or id that a rule looks at."""
    for node in ast.walk(parse(condition).tree):
        if isinstance(node, ast.Call) and function_of(node) in _CHECKS:
            text = texts.get(name_of(node.args[0]), "")
            code = _CHECKS[function_of(node)](text) if text else None
            if code:
                return code
    return None


def _cell(finding: Finding, rows: tuple[SourceRow, ...]) -> str:
    """Return what stands in the cell that a finding is about."""
    place = (finding.table, finding.row, finding.file)
    row = next((one for one in rows if (one.table, one.row, one.file) == place), None)
    return dict(row.cells).get(finding.column, "") if row else ""
