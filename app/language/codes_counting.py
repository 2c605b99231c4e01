"""Sentences on how a case is counted: what decides it, and what would change it."""

import ast
from collections.abc import Callable, Mapping

from app.core.condition import function_of, name_of
from app.core.condition_language import parse, time_of, whole_number
from app.core.counting import Decider, Turn, WhatIf
from app.core.errors import ProfileError
from app.core.reasons import row_of
from app.core.register import Profile
from app.language import codes_workflow
from app.language.text import N_, _, current, ngettext

SENTENCES: dict[str, str] = {
    "counting-present": N_("{variable} is there: {value}"),
    "counting-missing": N_("{variable} is missing"),
    "counting-unreadable": N_("{variable} cannot be read: {value}"),
    "counting-unknown": N_("{variable}: not known here whether {part}"),
    "counting-no-rows": N_("the case has no {group}"),
    "counting-otherwise": N_("none of the ways to count above it applies"),
    "counting-never": N_("the contract cannot say it"),
    "counting-earlier": N_("“{verdict}” comes first"),
    "counting-barred": N_("the case has findings: {tier}"),
    "counting-not-computable": N_("{reason}"),
    "counting-equal": N_("{left} is {right}"),
    "counting-differs": N_("{left} is {left_value}, not {right}"),
    "counting-before": N_("{left} ({left_value}) is before {right} ({right_value})"),
    "counting-after": N_("{left} ({left_value}) is after {right} ({right_value})"),
    "counting-less": N_("{left} ({left_value}) is less than {right} ({right_value})"),
    "counting-more": N_("{left} ({left_value}) is more than {right} ({right_value})"),
    "counting-in-list": N_("{variable} ({value}) is in the list {list}"),
    "counting-in-list-not": N_("{variable} ({value}) is not in the list {list}"),
    "counting-has-form": N_("{variable} ({value}) has the form that is asked for"),
    "counting-has-form-not": N_("{variable} ({value}) does not have the form that is asked for"),
    "counting-fits": N_("{variable} ({value}) fulfils {part}"),
    "counting-fits-not": N_("{variable} ({value}) does not fulfil {part}"),
    "counting-has": N_("the case has values of the part {section}"),
    "counting-has-not": N_("the case has no value of the part {section}"),
    "counting-turn-give": N_("{variable} gets a value"),
    "counting-turn-set": N_("{variable} becomes {value}"),
    "counting-turn-like": N_("{variable} becomes, for example, {value}"),
    "counting-turn-take": N_("{variable} is taken away"),
    "counting-turn-row": N_("everything in the row is taken away"),
    "counting-turn-findings": N_("the findings are put right: {tier}"),
}
_IN_ROW = N_("{group}, row {number}: {said}")
_IN_NEW_ROW = N_("{group}, a new row: {said}")
_SEVERAL = "; "


def decider_sentence(decider: Decider, profile: Profile) -> str:
    """Return what one part of a condition says of a case."""
    names = [_variable(name, profile) for name, _text in decider.variables]
    texts = [text for _name, text in decider.variables if text]
    told = {"variable": ", ".join(names) or "–", "value": ", ".join(texts) or "–"}
    said = _filled(decider.text_code, told | _worded(dict(decider.values), profile))
    return _placed(said, decider.row, profile)


def turn_sentence(turn: Turn, profile: Profile) -> str:
    """Return which value would have to be another."""
    told = {"variable": _variable(turn.variable, profile), "value": turn.after}
    said = _filled(turn.text_code, told | _worded(dict(turn.values), profile))
    return _placed(said, turn.row, profile, is_new=turn.is_new)


def whatif_sentence(change: WhatIf, profile: Profile) -> str:
    """Return what would make a case count as another, or turn a count."""
    if change.turns:
        said = _SEVERAL.join(turn_sentence(one, profile) for one in change.turns)
    else:
        said = _("no way was found from the condition alone")
    verdict = _names_of(profile).get(change.id)
    return f"{verdict}: {said}" if verdict else said


def _filled(code: str, told: Mapping[str, str]) -> str:
    return _(SENTENCES[code]).format_map(told) if code in SENTENCES else code


def _placed(said: str, row: str, profile: Profile, *, is_new: bool = False) -> str:
    """Return a sentence with the row that it is about before it."""
    group, place = row_of(row)
    if not group:
        return said
    template = _IN_NEW_ROW if is_new else _IN_ROW
    return _(template).format(group=_group(group, profile), number=place + 1, said=said)


def _worded(values: dict[str, str], profile: Profile) -> dict[str, str]:
    """Return the values of a sentence with their codes in words."""
    make: Mapping[str, Callable[[str], str]] = {
        "left": lambda text: _phrase(text, profile),
        "right": lambda text: _phrase(text, profile),
        "part": lambda text: _phrase(text, profile),
        "group": lambda text: _group(text, profile).lower(),
        "section": lambda text: _section(text, profile),
        "verdict": lambda text: _names_of(profile).get(text, text),
        "tier": lambda text: _(codes_workflow.NAMES.get(text, text)),
        "count": lambda text: text,
    }
    told = {name: make[name](text) if name in make else text for name, text in values.items()}
    if "count" in values:
        told["reason"] = _reason(values["count"], profile)
    if "part" in values:
        told["list"] = _list_in(values["part"])
    return told


def _names_of(profile: Profile) -> dict[str, str]:
    return {one.id: one.name.in_language(current()) for one in profile.verdicts}


def _variable(name: str, profile: Profile) -> str:
    """Return a variable's number and name, a field's name alone."""
    known = profile.by_id.get(name)
    if known is None:
        return name
    own = known.name.in_language(current())
    return f"{name} {own}" if any(letter.isdigit() for letter in name) else own


def _group(name: str, profile: Profile) -> str:
    known = next((one for one in profile.groups if one.id == name), None)
    return known.name.in_language(current()) if known else name


def _section(name: str, profile: Profile) -> str:
    known = profile.sections.get(name)
    return known.in_language(current()) if known else name


def _reason(count: str, profile: Profile) -> str:
    known = next((one for one in profile.counts if one.id == count), None)
    return known.not_computable.in_language(current()) if known and known.not_computable else "–"


def _list_in(part: str) -> str:
    tree = parse(part).tree
    return name_of(tree.args[1]) if isinstance(tree, ast.Call) and len(tree.args) > 1 else "–"


# Parts of a condition in words


def _phrase(text: str, profile: Profile) -> str:
    """Return a part of a condition in words, as it is written where there are none."""
    try:
        return _in_words(parse(text).tree, profile)
    except ProfileError:
        return text


def _in_words(node: ast.expr, profile: Profile) -> str:
    match node:
        case ast.Name():
            return _variable(node.id, profile)
        case ast.Constant():
            return str(node.value)
        case ast.BinOp(op=ast.Sub()):
            first, second = _in_words(node.left, profile), _in_words(node.right, profile)
            return _("the time from {first} to {last}").format(first=second, last=first)
        case ast.Call() if function_of(node) in _FUNCTIONS:
            return _FUNCTIONS[function_of(node)](node, profile)
    return ast.unparse(node)


def _at(call: ast.Call, profile: Profile) -> str:
    """Return a time of day on a day that is so far from another."""
    clock, days = time_of(call.args[2]), whole_number(call.args[1]) or 0
    told = {
        "clock": f"{clock:%H:%M}" if clock else "",
        "variable": _in_words(call.args[0], profile),
        "days": str(abs(days)),
    }
    if days == 0:
        return _("{clock} on the day of {variable}").format(**told)
    if days < 0:
        text = ngettext(
            "{clock} on the day before {variable}",
            "{clock}, {days} days before {variable}",
            -days,
        )
    else:
        text = ngettext(
            "{clock} on the day after {variable}", "{clock}, {days} days after {variable}", days
        )
    return text.format(**told)


def _date(call: ast.Call, profile: Profile) -> str:
    return _("the day of {variable}").format(variable=_in_words(call.args[0], profile))


def _span(call: ast.Call, _profile: Profile) -> str:
    number = ast.unparse(call.args[0])
    text = _("{number} days") if function_of(call) == "days" else _("{number} hours")
    return text.format(number=number)


_FUNCTIONS: Mapping[str, Callable[[ast.Call, Profile], str]] = {
    "at": _at,
    "date": _date,
    "days": _span,
    "hours": _span,
}
