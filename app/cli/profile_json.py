"""The register profile for a machine: every row with its source and confidence."""

from collections.abc import Sequence

from app.core.profile_change import Subject
from app.core.register import (
    Code,
    CodeList,
    CodeRegister,
    Count,
    Definition,
    Entrance,
    Fact,
    Group,
    Message,
    Profile,
    Reading,
    Rule,
    Text,
    Variable,
    Verdict,
)
from app.workflow.profile_compare import ChangeView, ProfileDiff
from app.workflow.profile_lookup import Entry
from app.workflow.profile_pages import variable_page

Row = dict[str, object]


def profile_json(profile: Profile) -> Row:
    """Return everything that is known, kind by kind."""
    return {
        "profile": profile.id,
        "name": _text(profile.name),
        "note": _text(profile.note),
        "reading": profile.reading,
        "base": profile.base,
        "contract": dict(profile.digests),
        "variables": [variable_json(profile, one.id) for one in profile.variables],
        "code_lists": [_code_list(one) for one in profile.code_lists],
        "codes": [_code(one) for one in profile.codes],
        "rules": [_rule(one) for one in profile.rules],
        "verdicts": [_condition(one) for one in profile.verdicts],
        "phases": [_condition(one) for one in profile.phases],
        "counts": [_count(one) for one in profile.counts],
        "definitions": [_condition(one) for one in profile.definitions],
        "messages": [_message(one) for one in profile.messages],
        "groups": [_group(one) for one in profile.groups],
        "entrances": [_entrance(one) for one in profile.entrances],
        "registers": [_register(one) for one in profile.registers],
        "readings": [_reading(one) for one in profile.readings],
    }


def entry_json(profile: Profile, entry: Entry, others: Sequence[Profile] = ()) -> Row:
    """Return one thing of a profile with what belongs to it."""
    if entry.subject is Subject.VARIABLE:
        row = variable_json(profile, entry.id, others)
    elif entry.subject is Subject.CODE and "/" in entry.id:
        wanted = entry.id.split("/", 1)
        row = next(_code(one) for one in profile.codes if [one.code_list, one.code] == wanted)
    elif entry.subject is Subject.CODE:
        (code_list,) = (one for one in profile.code_lists if one.id == entry.id)
        row = {
            **_code_list(code_list),
            "codes": [_code(one) for one in profile.codes_of(entry.id)],
            "variables": [one.id for one in profile.variables if one.code_list == entry.id],
        }
    else:
        row = _other(profile, entry)
    return {"profile": profile.id, "kind": entry.subject.value, **row}


def variable_json(profile: Profile, variable_id: str, others: Sequence[Profile] = ()) -> Row:
    """Return everything about one variable."""
    page = variable_page(profile, variable_id, others)
    one, element = page.variable, page.element
    row: Row = {
        "id": one.id,
        "name": _text(one.name),
        "meaning": _text(one.meaning),
        "type": one.value_type.value,
        "unit": one.unit,
        "section": one.section,
        "group": one.group,
        "mandatory": one.mandatory.value,
        "mandatory_confidence": one.mandatory_confidence.value,
        "cardinality_confidence": one.cardinality_confidence.value,
        "code_list": one.code_list,
        "element": "/".join(one.path) if one.is_bound else "",
        "element_confidence": one.element_confidence.value,
        "binding": one.binding.value,
        "rules": [rule.id for rule in page.rules],
        **_fact(one.fact),
    }
    if element is not None:
        row["schema"] = {
            "base": element.base,
            "minimum": element.minimum,
            "maximum": element.maximum,
            "facets": [list(facet) for facet in element.facets],
        }
    if page.others:
        row["other_readings"] = {
            other.reading.id: _otherwise(other.variable) for other in page.others
        }
    return row


def diff_json(diff: ProfileDiff) -> Row:
    """Return what changed between two profiles; no case is named."""
    return {
        "first": diff.first,
        "second": diff.second,
        "counted": diff.counted,
        "changes": [_change(view) for view in diff.changes],
    }


def _change(view: ChangeView) -> Row:
    change = view.change
    row: Row = {
        "kind": change.kind.value,
        "subject": change.subject.value,
        "id": change.id,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "variable": change.variable,
    }
    if view.effect:
        row["effect"] = {"code": view.effect, "work": view.work, **dict(view.values)}
    return row


def _other(profile: Profile, entry: Entry) -> Row:
    """Return something that is neither a variable nor a code list."""
    rows: dict[Subject, list[Row]] = {
        Subject.RULE: [_rule(one) for one in profile.rules],
        Subject.VERDICT: [_condition(one) for one in profile.verdicts],
        Subject.PHASE: [_condition(one) for one in profile.phases],
        Subject.COUNT: [_count(one) for one in profile.counts],
        Subject.DEFINITION: [_condition(one) for one in profile.definitions],
        Subject.MESSAGE: [_message(one) for one in profile.messages],
        Subject.GROUP: [_group(one) for one in profile.groups],
        Subject.ENTRANCE: [_entrance(one) for one in profile.entrances],
        Subject.REGISTER: [_register(one) for one in profile.registers],
        Subject.READING: [_reading(one) for one in profile.readings],
    }
    return next(row for row in rows[entry.subject] if row["id"] == entry.id)


def _otherwise(variable: Variable | None) -> Row | None:
    if variable is None:
        return None
    return {
        "name": _text(variable.name),
        "meaning": _text(variable.meaning),
        "type": variable.value_type.value,
        "code_list": variable.code_list,
        "element": "/".join(variable.path) if variable.is_bound else "",
        **_fact(variable.fact),
    }


def _code_list(one: CodeList) -> Row:
    return {
        "id": one.id,
        "is_complete": one.is_complete,
        "fold_up": one.fold_up,
        **_fact(one.fact),
    }


def _code(one: Code) -> Row:
    return {
        "code_list": one.code_list,
        "code": one.code,
        "text": _text(one.text),
        "sendable": one.sendable,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "means": one.means,
        **_fact(one.fact),
    }


def _rule(one: Rule) -> Row:
    return {
        "id": one.id,
        "tier": one.tier.value,
        "condition": one.condition,
        "message": _text(one.message),
        "message_confidence": one.message_confidence.value,
        "remedy": _text(one.remedy),
        "variables": list(one.variables),
        "not_checkable": _text(one.not_checkable) if one.not_checkable else None,
        "since": one.since,
        "until": one.until,
        "own": one.own,
        **_fact(one.fact),
    }


def _count(one: Count) -> Row:
    return {
        **_condition(one),
        "kind": one.kind,
        "barred_by": one.barred_by.value if one.barred_by else "",
        "not_computable": _text(one.not_computable) if one.not_computable else None,
    }


def _condition(one: Verdict | Count | Definition) -> Row:
    return {
        "id": one.id,
        "name": _text(one.name),
        "meaning": _text(one.meaning),
        "condition": one.condition,
        **_fact(one.fact),
    }


def _message(one: Message) -> Row:
    return {
        "id": one.id,
        "wording": one.wording,
        "meaning": _text(one.meaning),
        **_fact(one.fact),
    }


def _group(one: Group) -> Row:
    return {
        "id": one.id,
        "name": _text(one.name),
        "element": "/".join(one.path),
        **_fact(one.fact),
    }


def _entrance(one: Entrance) -> Row:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": _text(one.name),
        "address": one.address,
        "test_certificate": one.test_certificate,
        "client_issuers": list(one.client_issuers),
        "server_issuers": list(one.server_issuers),
        **_fact(one.fact),
    }


def _register(one: CodeRegister) -> Row:
    return {
        "id": one.id,
        "name": _text(one.name),
        "pattern": one.pattern,
        "months": one.months,
        **_fact(one.fact),
    }


def _reading(one: Reading) -> Row:
    return {
        "id": one.id,
        "name": _text(one.name),
        "meaning": _text(one.meaning),
        **_fact(one.fact),
    }


def _text(one: Text) -> dict[str, str]:
    return {"sv": one.sv, "en": one.en}


def _fact(one: Fact) -> dict[str, str]:
    return {"source": one.source, "confidence": one.confidence.value, "note": one.note}
