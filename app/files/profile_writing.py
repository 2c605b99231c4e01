"""Write a profile as a folder of text files, such as `load_profile` reads."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.core.register import (
    Answer,
    Binding,
    Code,
    Count,
    Definition,
    Entrance,
    Fact,
    Group,
    Message,
    Profile,
    Rule,
    Text,
    Variable,
    Verdict,
)
from app.core.words import Words

Fields = dict[str, Any]

_HEAD = "# Made by importing a contract; what is known about the variables comes from {base}.\n\n"


def write_profile(profile: Profile, folder: Path, stored: Mapping[str, str]) -> None:
    """Write a profile's text files into the folder that holds its contract already.

    `stored` are the SHA-256 of the contract's files as they lie there. Raises OSError.
    """
    settings_only = {one.id for one in profile.messages}
    files: dict[str, Fields] = {
        "profile": _main(profile, stored, settings_only),
        "variables": {"variable": [_variable(one) for one in profile.variables]},
        "codes": {
            "register": [
                {"id": one.id, **_both(one.name), "pattern": one.pattern, "months": one.months}
                | _fact(one.fact)
                for one in profile.registers
            ],
            "list": list(_lists(profile)),
        },
        "rules": {"rule": [_rule(one) for one in profile.rules]},
        "verdicts": {
            "verdict": [_verdict(one) for one in profile.verdicts],
            "phase": [_verdict(one) for one in profile.phases],
            "count": [_count(one) for one in profile.counts],
            "definition": [_definition(one) for one in profile.definitions],
        },
        "messages": {"message": [_message(one) for one in profile.messages]},
        "words": _words(profile.words),
    }
    for name, fields in files.items():
        _write(folder / f"{name}.toml", fields, _HEAD.format(base=profile.base or profile.id))


def write_rows(path: Path, rows: Iterable[Fields], kind: str) -> None:
    """Write one file whose rows are all of one kind."""
    _write(path, {kind: list(rows)}, "")


def _write(path: Path, fields: Fields, head: str) -> None:
    import tomlkit

    path.write_text(head + tomlkit.dumps(fields), encoding="utf-8")


def _main(profile: Profile, stored: Mapping[str, str], said: set[str]) -> Fields:
    made_from = {"source": f"profile {profile.base or profile.id}", "confidence": "inferred"}
    kept = {name: text for name, text in profile.settings.items() if name not in said}
    values = {name: text for name, text in kept.items() if not name.startswith("result_")}
    return {
        "id": profile.id,
        **_both(profile.name),
        **_both(profile.note, "note_"),
        "base": profile.base,
        "wsdl": Path(profile.wsdl).name,
        "xsd": Path(profile.xsd).name,
        "contract": {"files": dict(profile.digests), "stored": dict(stored)},
        "roles": dict(profile.roles),
        "settings": {**made_from, "values": values},
        **({"answer": _answer(profile.answer)} if profile.answer else {}),
        "group": [_group(one) for one in profile.groups],
        "section": [
            {"id": name, **_both(text), **made_from} for name, text in profile.sections.items()
        ],
        "entrance": [_entrance(one) for one in profile.entrances],
    }


def _answer(answer: Answer) -> Fields:
    return {
        "result": "/".join(answer.result),
        "code": "/".join(answer.code),
        "text": "/".join(answer.text),
        "accepted": answer.accepted,
        "rejected": answer.rejected,
        "source": "contract",
        "confidence": "inferred",
    }


def _group(group: Group) -> Fields:
    path = {"path": "/".join(group.path)} if group.path else {}
    return {"id": group.id, **path, **_both(group.name), **_fact(group.fact)}


def _entrance(one: Entrance) -> Fields:
    return {
        "id": one.id,
        "kind": one.kind,
        **_both(one.name),
        "address": one.address,
        "test_certificate": one.test_certificate,
        **({"client_issuers": list(one.client_issuers)} if one.client_issuers else {}),
        **({"server_issuers": list(one.server_issuers)} if one.server_issuers else {}),
        **_fact(one.fact),
    }


def _variable(one: Variable) -> Fields:
    place = {
        "path": "/".join(one.path),
        "binding": one.binding.value,
        "element_confidence": one.element_confidence.value,
    }
    if not one.path or one.binding is Binding.NONE:
        place = {"group": one.group}
    return {
        "id": one.id,
        **place,
        "type": one.value_type.value,
        **_given(code_list=one.code_list, unit=one.unit),
        "section": one.section,
        "mandatory": one.mandatory.value,
        "mandatory_confidence": one.mandatory_confidence.value,
        "cardinality_confidence": one.cardinality_confidence.value,
        **_both(one.name),
        **_both(one.meaning, "meaning_"),
        **_fact(one.fact),
        **({"aliases": list(one.aliases)} if one.aliases else {}),
    }


def _lists(profile: Profile) -> Iterator[Fields]:
    for one in profile.code_lists:
        yield {
            "id": one.id,
            "complete": one.is_complete,
            **_given(fold_up=one.fold_up),
            **_fact(one.fact),
            "codes": [_code(code) for code in profile.codes_of(one.id)],
        }


def _code(code: Code) -> Fields:
    return {
        "code": code.code,
        **_both(code.text),
        **_fact(code.fact),
        **({} if code.sendable else {"sendable": False}),
        **_given(valid_from=code.valid_from, valid_to=code.valid_to, means=code.means),
    }


def _rule(rule: Rule) -> Fields:
    reason = _both(rule.not_checkable, "not_checkable_") if rule.not_checkable else {}
    return {
        "id": rule.id,
        "tier": rule.tier.value,
        **({"condition": rule.condition} if rule.condition else reason),
        "variables": list(rule.variables),
        **_both(rule.message),
        **_both(rule.remedy, "remedy_"),
        **_given(since=rule.since, until=rule.until),
        **_fact(rule.fact),
        "message_confidence": rule.message_confidence.value,
    }


def _verdict(one: Verdict) -> Fields:
    return {
        "id": one.id,
        "condition": one.condition,
        **_both(one.name),
        **_both(one.meaning, "meaning_"),
        "icon": one.icon,
        **_fact(one.fact),
    }


def _count(one: Count) -> Fields:
    reason = _both(one.not_computable, "not_computable_") if one.not_computable else {}
    return {
        "id": one.id,
        "kind": one.kind,
        **({"condition": one.condition} if one.condition else reason),
        **_given(barred_by=one.barred_by.value if one.barred_by else ""),
        **_both(one.name),
        **_both(one.meaning, "meaning_"),
        "icon": one.icon,
        **_fact(one.fact),
    }


def _definition(one: Definition) -> Fields:
    return {
        "id": one.id,
        **_both(one.name),
        **_both(one.meaning, "meaning_"),
        **_given(condition=one.condition),
        **_fact(one.fact),
    }


def _message(one: Message) -> Fields:
    meaning = _both(one.meaning, "meaning_")
    return {"id": one.id, "wording": one.wording, **meaning, **_fact(one.fact)}


def _words(words: Words) -> Fields:
    return {
        "source": "usual names in planning systems and databases",
        "confidence": "assumed",
        "words": sorted(words.words),
        "fillers": sorted(words.fillers),
        "decisive": sorted(words.decisive),
        "other": sorted(words.other),
        "kinds": sorted(words.kinds),
        "mentions": sorted(words.mentions),
        "labels": sorted(words.labels),
        "systems": dict(words.systems),
        "abbreviations": dict(words.abbreviations),
        "meanings": dict(words.meanings),
        "columns": dict(words.columns),
        "rows": dict(words.rows),
        "times": dict(words.times),
        "usual": dict(words.usual),
    }


def _both(text: Text, prefix: str = "") -> Fields:
    return {f"{prefix}sv": text.sv, f"{prefix}en": text.en}


def _fact(fact: Fact) -> Fields:
    told = {"source": fact.source, "confidence": fact.confidence.value}
    return {**told, **_given(note=fact.note)}


def _given(**fields: str) -> Fields:
    return {name: text for name, text in fields.items() if text}
