"""Why a person's number or an HSA-id of a case is wrong: said with the finding that it is."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace

from app.core.condition import function_of, name_of, parse
from app.core.finding import Finding
from app.core.identity import hsa_id_problem, person_id_problem
from app.core.register import Profile

REASON = "reason"  # among a finding's values: the code of why

_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "valid_person_id": person_id_problem,
    "valid_hsa_id": hsa_id_problem,
}


def with_reasons(
    findings: tuple[Finding, ...], values: Mapping[str, str], profile: Profile
) -> tuple[Finding, ...]:
    """Return a case's findings, those about a number or an id with the code of what is wrong."""
    return tuple(_with_reason(one, values, profile) for one in findings)


def _with_reason(finding: Finding, values: Mapping[str, str], profile: Profile) -> Finding:
    rule = profile.rules_by_id.get(finding.code)
    if rule is None or not rule.condition:
        return finding
    for node in ast.walk(parse(rule.condition).tree):
        if isinstance(node, ast.Call) and function_of(node) in _CHECKS:
            text = values.get(name_of(node.args[0]), "")
            code = _CHECKS[function_of(node)](text) if text else None
            if code:
                return replace(finding, values=(*finding.values, (REASON, code)))
    return finding
