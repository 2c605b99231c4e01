"""The link that a match becomes: its conversions, as the values ask for them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.core.conversion import KINDS, convert
from app.core.mapping import Link, Project, Step, ValueMap
from app.core.register import Profile, ValueType, Variable
from app.workflow.suggest_columns import Candidate
from app.workflow.suggest_content import Contents, meant
from app.workflow.suggest_score import Match
from app.workflow.views import Suggestion

_USUAL_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M[:%S]")  # what the steps read when told nothing
_NO_PROJECT = Project("", "")
_TRIM = Step("trim")
_LIKELY = 90  # how like a register code's text a local one must be to be mapped to it


def link_of(
    project: Project, profile: Profile, contents: Contents, match: Match
) -> tuple[Link, ValueMap | None]:
    """Return the link that a match proposes, and the value map that its steps refer to."""
    candidate, variable = match.candidate, match.variable
    steps, value_map = _coded(project, profile, contents, match)
    link = Link(
        variable.id,
        candidate.table,
        candidate.columns,
        steps or _steps(variable, candidate, contents),
        score=max(0, min(100, round(match.score))),
        reasons=match.reasons,
    )
    return link, value_map


def with_shared_maps(project: Project, found: Iterable[Suggestion]) -> list[Suggestion]:
    """Return the suggestions with one value map for all that use it, filled by all of them."""
    suggestions = list(found)
    entries: dict[str, dict[str, str]] = {}
    for one in suggestions:
        if one.value_map:
            name = one.value_map.name
            known = project.value_map_of(name)
            own = entries.setdefault(name, dict(known.entries) if known else {})
            own.update({local: code for local, code in one.value_map.entries if local not in own})
    return [
        replace(one, value_map=_filled(one.value_map, entries[one.value_map.name]))
        if one.value_map
        else one
        for one in suggestions
    ]


def _filled(value_map: ValueMap, entries: Mapping[str, str]) -> ValueMap:
    return replace(value_map, entries=tuple(sorted(entries.items())))


def _coded(
    project: Project, profile: Profile, contents: Contents, match: Match
) -> tuple[tuple[Step, ...], ValueMap | None]:
    """Return the steps for codes of a list, () where the values are sent as they stand."""
    variable, values = match.variable, match.candidate.values
    folding = _folding(profile, match)
    spelled = contents.spelled(variable)
    if folding or not spelled or all(value in spelled.values() for value in values):
        return folding, None
    answers = contents.answers(variable)
    said = {value: _meant(profile, variable, value, spelled) for value in sorted(values)}
    if answers and contents.are_answers(values) and not all(said.values()):
        sends = (("yes_sends", answers[0]), ("no_sends", answers[1]))
        return (_TRIM, Step("yes_no", sends)), None
    from app.workflow.value_maps import map_name_for

    name = map_name_for(project, profile, variable.id)
    entries = tuple((local, code) for local, code in said.items() if code)
    return (_TRIM, Step("value_map", (("name", name),))), ValueMap(name, entries)


def _meant(profile: Profile, variable: Variable, value: str, spelled: Mapping[str, str]) -> str:
    """Return the register code that a local one surely means, "" when none."""
    from app.workflow.value_likeness import likely

    if code := meant(value, spelled):
        return code
    codes = [one for one in profile.codes_of(variable.code_list) if one.sendable]
    best = likely(value, codes)
    return best[0] if best and best[1] >= _LIKELY else ""


def _steps(variable: Variable, candidate: Candidate, contents: Contents) -> tuple[Step, ...]:
    """Return the conversions that the content asks for."""
    match variable.value_type:
        case ValueType.DATETIME | ValueType.DATE as wanted:
            usual = candidate.format in _USUAL_FORMATS
            options = () if usual else (("format", candidate.format),)
            return (Step(wanted.value, options),)
        case ValueType.PERSON_ID:
            short = any(len(_digits(one)) < len("YYYYMMDDNNNN") for one in candidate.values)
            return (Step("person_id", (("latest", "today"),) if short else ()),)
        case ValueType.NUMBER:
            return (_TRIM, *_number(variable, candidate, contents))
        case ValueType.HSA_ID:
            return (_TRIM, *_tidied("hsa_id", candidate))
        case ValueType.CODE:
            return (_TRIM, *_tidied(contents.system(variable), candidate))
        case _:
            return (_TRIM,)


def _number(variable: Variable, candidate: Candidate, contents: Contents) -> tuple[Step, ...]:
    times = contents.unit(variable, candidate)
    comma = candidate.kind == "decimal" or any("," in one for one in candidate.values)
    steps = (Step("decimal_comma"),) if comma else ()
    return (*steps, Step("number", (("times", times),))) if times else steps


def _tidied(kind: str, candidate: Candidate) -> tuple[Step, ...]:
    """Return a step that writes codes as their register does, where it changes any of them."""
    if kind not in KINDS:
        return ()
    step = Step(kind)
    done = {one: convert((step,), (one,), _NO_PROJECT) for one in candidate.values}
    changes = any(not each.problem and each.value != one for one, each in done.items())
    return (step,) if changes else ()


def _folding(profile: Profile, match: Match) -> tuple[Step, ...]:
    """Return the steps that fold local levels up where only codes to be sent come of it."""
    variable = match.variable
    form = next((one.fold_up for one in profile.code_lists if one.id == variable.code_list), "")
    if not form:
        return ()
    step = Step("fold_up", (("form", form),))
    values = set(match.candidate.values)
    folded = {convert((step,), (value,), _NO_PROJECT).value for value in values}
    sent = {one.code for one in profile.codes_of(variable.code_list) if one.sendable}
    return (_TRIM, step) if folded != values and folded <= sent else ()


def _digits(value: str) -> str:
    return "".join(sign for sign in value if sign.isdigit())
