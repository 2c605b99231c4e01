"""The link that a match becomes: its conversions, as the values ask for them."""

from collections.abc import Mapping

from app.core.conversion import convert
from app.core.mapping import Link, Pick, Project, Step, ValueMap
from app.core.register import Profile, ValueType
from app.workflow.suggest_columns import Candidate
from app.workflow.suggest_content import meant
from app.workflow.suggest_score import Match

_USUAL_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M[:%S]")  # what the steps read when told nothing
_NO_PROJECT = Project("", "")


def link_of(
    profile: Profile, match: Match, spelled: Mapping[str, str]
) -> tuple[Link, ValueMap | None]:
    """Return the link that a match proposes, and the value map that its steps refer to."""
    candidate, variable = match.candidate, match.variable
    folding = _folding(profile, match)
    value_map = None if folding else _value_map(match, spelled)
    link = Link(
        variable.id,
        candidate.table,
        candidate.columns,
        folding or _steps(variable.value_type, candidate, value_map),
        score=max(0, min(100, round(match.score))),
        pick=Pick(),
        reasons=match.reasons,
    )
    return link, value_map


def _steps(wanted: ValueType, candidate: Candidate, value_map: ValueMap | None) -> tuple[Step, ...]:
    """Return the conversions that the content asks for."""
    if value_map is not None:
        return (Step("trim"), Step("value_map", (("name", value_map.name),)))
    match wanted:
        case ValueType.DATETIME | ValueType.DATE:
            usual = candidate.format in _USUAL_FORMATS
            options = () if usual else (("format", candidate.format),)
            return (Step(wanted.value, options),)
        case ValueType.PERSON_ID:
            return (Step("person_id"),)
        case ValueType.NUMBER if candidate.kind == "decimal":
            return (Step("trim"), Step("decimal_comma"))
        case _:
            return (Step("trim"),)


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
    return (Step("trim"), step) if folded != values and folded <= sent else ()


def _value_map(match: Match, spelled: Mapping[str, str]) -> ValueMap | None:
    """Return a value map of the codes that occur, filled where they say what they mean."""
    values = match.candidate.values
    if not spelled or all(value in spelled.values() for value in values):
        return None
    said = {value: meant(value, spelled) for value in sorted(values)}
    return ValueMap(match.variable.id, tuple((local, code) for local, code in said.items() if code))
