"""Make the sentence for a code: errors, findings, gates, outcomes and steps."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Protocol

from app.core.finding import Finding, Tier
from app.core.register import Profile
from app.language import (
    codes_binding,
    codes_cases,
    codes_certificate,
    codes_cli,
    codes_contract,
    codes_conversion,
    codes_counting,
    codes_document,
    codes_engine,
    codes_files,
    codes_gui,
    codes_identity,
    codes_ladder,
    codes_outside,
    codes_profile,
    codes_profile_diff,
    codes_quality,
    codes_rules,
    codes_stage,
    codes_suggest,
    codes_workflow,
)
from app.language.text import _, current

ROOMS = (
    codes_binding,
    codes_cases,
    codes_certificate,
    codes_cli,
    codes_contract,
    codes_conversion,
    codes_counting,
    codes_document,
    codes_engine,
    codes_files,
    codes_gui,
    codes_identity,
    codes_ladder,
    codes_outside,
    codes_profile,
    codes_profile_diff,
    codes_quality,
    codes_rules,
    codes_stage,
    codes_suggest,
    codes_workflow,
)


class Coded(Protocol):
    """An error or a problem: a code and its values."""

    @property
    def code(self) -> str:
        """The code that names it."""

    @property
    def values(self) -> Mapping[str, str] | tuple[tuple[str, str], ...]:
        """What the sentence's placeholders stand for."""


class _Values(dict[str, str]):
    """Values for a sentence; a placeholder without one becomes a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


@cache
def _table(kind: str) -> Mapping[str, str]:
    """Merge the rooms' tables: "SENTENCES" of errors and findings, "NAMES" of everything else."""
    merged: dict[str, str] = {}
    for room in ROOMS:
        merged.update(getattr(room, kind, {}))
    return merged


def known_codes() -> frozenset[str]:
    """Return every code that has a sentence."""
    return frozenset(_table("SENTENCES"))


def template_of(code: str) -> str:
    """Return the sentence of a known code with its placeholders, in the language in use."""
    return _(_table("SENTENCES")[code])


def sentence_of(
    code: str, values: Mapping[str, str] | Iterable[tuple[str, str]] = (), *, kind: str = "error"
) -> str:
    """Return the sentence of a code; an unknown code is shown as it is."""
    template = _table("SENTENCES").get(code)
    if template is None:
        return _unknown(code, kind)
    return _fill(_(template), dict(values))


def error_sentence(error: Coded) -> str:
    """Return the sentence of an error or a problem."""
    return sentence_of(error.code, error.values)


def finding_sentence(finding: Finding, profile: Profile) -> tuple[str, str]:
    """Return what is wrong with the case, and what to do about it ("" when nothing is known)."""
    rule = profile.rules_by_id.get(finding.code)
    if rule is not None:
        remedy = rule.remedy.in_language(current())
        return rule.message.in_language(current()), _with_reason(finding, remedy)
    variant = f"{finding.code}-surplus" if dict(finding.values).get("surplus") else ""
    sentences = _table("SENTENCES")
    template = sentences.get(variant) or sentences.get(finding.code)
    if template is None:
        return _unknown(finding.code, "finding"), ""
    values = _places(finding, profile) | dict(finding.values)
    what, stop, remedy = _(template).partition(". ")
    return _fill(what + stop.strip(), values), _with_reason(finding, _fill(remedy, values))


def _with_reason(finding: Finding, remedy: str) -> str:
    """Return what to do, and before it what exactly is wrong where the finding knows that."""
    why = dict(finding.values).get("reason", "")
    return f"{sentence_of(why)} {remedy}".strip() if why in _table("SENTENCES") else remedy


def cause_sentence(code: str, profile: Profile) -> str:
    """Return the short name of what is wrong with several cases, without a case's values."""
    rule = profile.rules_by_id.get(code)
    if rule is not None:
        return rule.message.in_language(current())
    name = _table("NAMES").get(code)
    return _(name) if name else finding_sentence(Finding("", code, Tier.NOTE), profile)[0]


def name_of(code: str) -> str:
    """Return the name of a tier, outcome, gate, reason, step or state."""
    name = _table("NAMES").get(code)
    return _(name) if name else sentence_of(code, kind="name")


def _fill(template: str, values: Mapping[str, str]) -> str:
    return template.format_map(_Values(values))


def _unknown(code: str, kind: str) -> str:
    if kind == "name":
        return code
    if kind == "finding":
        return _("The case breaks {code}.").format(code=code)
    return _("Something went wrong: {code}.").format(code=code)


def _places(finding: Finding, profile: Profile) -> dict[str, str]:
    """Return the placeholders that every finding has: where it is."""
    variable = profile.by_id.get(finding.variable)
    name = variable.name.in_language(current()) if variable else finding.variable
    return {
        "case": finding.case,
        "variable": finding.variable or "–",
        "name": name or "–",
        "table": " / ".join(filter(None, (finding.table, finding.file))) or "–",
        "column": finding.column or "–",
        "row": str(finding.row) if finding.row else "–",
        "code": finding.code,
    }
