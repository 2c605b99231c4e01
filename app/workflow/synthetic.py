"""One synthetic case: made from the profile's data, about nobody, right by the bound schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.clock import is_within
from app.core.errors import AnswerLost, NotSent, ProfileError, TransportError
from app.core.mapping import Project
from app.core.outcome import Outcome, OutcomeKind
from app.core.pairing import LOCAL, PRODUCTION
from app.core.register import Element, Entrance, Profile
from app.workflow.certificate_views import LadderRung, RungState, Values
from app.workflow.desk import Desk, Target
from app.workflow.gates import closed_hour

if TYPE_CHECKING:
    from app.keystore.identity import Identity

CASE = "rung-case"
SYNTHETIC = "synthetic"  # what the journal has instead of a mapping's fingerprint
_UNWANTED = {OutcomeKind.FORMAT_ERROR: "synthetic-format"}
_CONSTANT, _VALUE = "constant", "value"


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A case that may be sent: its behandlingsnummer, the system that sends it, its document."""

    case: str
    system: str
    document: bytes


def make_synthetic(desk: Desk, kind: str, hsa_id: str) -> Synthetic:
    """Return the synthetic case for an entrance of a kind. Raises ProfileError when none fits."""
    from app.files.synthetic import read_synthetic

    profile = desk.profile()
    values = dict(read_synthetic(profile))
    case = values.get(profile.case_key, "")
    if not case:
        raise ProfileError("synthetic-none", profile=profile.id)
    system = _system(profile, desk.project, kind) or hsa_id
    values = {name: _in_its_codes(profile, name, value) for name, value in values.items()}
    values[profile.roles["system_id"]] = system
    document = _document(profile, values)
    if not desk.fits(profile)(document):
        lacking = _missing(profile, values) or _refused(profile, document)
        raise ProfileError("synthetic-unfit", profile=profile.id, what=", ".join(lacking) or "–")
    return Synthetic(case, system, document)


def _system(profile: Profile, project: Project | None, kind: str) -> str:
    """Return the system that the local stage knows, or that the project sends as; "" for none."""
    if kind == LOCAL:
        return profile.settings.get("stage_systems", "").partition(",")[0].strip()
    link = project.link_of(profile.roles["system_id"]) if project else None
    steps = link.steps if link is not None else ()
    return next((one.option(_VALUE) for one in steps if one.kind == _CONSTANT), "")


def _in_its_codes(profile: Profile, name: str, value: str) -> str:
    """Return the code that means a value, where the bound contract has codes of its own."""
    variable = profile.by_id.get(name)
    codes = profile.codes_of(variable.code_list) if variable and variable.code_list else ()
    return next((one.code for one in codes if one.means == value), value)


def _document(profile: Profile, values: Mapping[str, str]) -> bytes:
    import polars as pl

    from app.engine.document import documents

    bound = {one.id: one.group for one in profile.variables if one.is_bound}
    groups = dict.fromkeys(("", *(bound[name] for name in values if name in bound)))
    frames = {
        group: pl.DataFrame(
            {"index": pl.Series([0], dtype=pl.UInt32)}
            | {name: [value] for name, value in values.items() if bound.get(name) == group}
        )
        for group in groups
    }
    return str(documents(profile, frames)[0]).encode()


def _missing(profile: Profile, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return what keeps the contract from taking the case: variables it lacks, demands it has."""
    unbound = [name for name in values if name not in profile.by_id]
    unbound += [one.id for one in profile.variables if one.id in values and not one.is_bound]
    return (*unbound, *_demanded(profile.root, values))


def _refused(profile: Profile, document: bytes) -> tuple[str, ...]:
    """Return the elements that the contract's schema does not take as they are."""
    from app.engine.schema_check import judge
    from app.files.profile import compile_schema

    found = judge([document], compile_schema(profile), profile).broken
    return tuple(dict.fromkeys(one.element for one in found if one.element))


def _demanded(element: Element, values: Mapping[str, str]) -> Iterator[str]:
    """Yield the elements that every case must have and this one has no value for."""
    for child in element.children:
        if not child.minimum:
            continue
        if child.children:
            yield from _demanded(child, values)
        elif child.fixed is None and child.variable not in values:
            yield child.name


def case_rung(
    desk: Desk, entrance: Entrance, target: Target, identity: "Identity | None"
) -> LadderRung:
    """Send the synthetic case and return what came of it; it is journalled before it leaves."""
    kind = desk.kind_of(entrance)
    if kind == PRODUCTION:
        return LadderRung(CASE, RungState.BROKEN, (), "synthetic-production")
    profile = desk.profile()
    first, last = closed_hour(profile)
    if kind != LOCAL and is_within(desk.clock(), first, last):
        hours = (("from", f"{first:%H:%M}"), ("to", f"{last:%H:%M}"))
        return LadderRung(CASE, RungState.BROKEN, hours, "synthetic-closed")
    hsa_id = identity.facts.hsa_id if identity else ""
    try:
        made = make_synthetic(desk, kind, hsa_id)
        outcome = _sent(desk, target, identity, made)
    except (ProfileError, TransportError) as error:
        return LadderRung(CASE, RungState.BROKEN, tuple(error.values.items()), error.code)
    return _judged(outcome, (("case", made.case), ("system", made.system), ("hsa_id", hsa_id)))


def _sent(desk: Desk, target: Target, identity: "Identity | None", made: Synthetic) -> Outcome:
    journal, facts = desk.journal(), identity.facts if identity else None
    service = desk.connect(desk.profile(), target, identity)
    try:
        number = journal.begin(
            made.case,
            entrance=target.entrance,
            address=target.address,
            hsa_id=facts.hsa_id if facts else "",
            mapping=SYNTHETIC,
            document=made.document,
            started=desk.clock(),
            certificate=facts.fingerprint if facts else "",
        )
        try:
            outcome = service.post(made.case, made.document)
        except NotSent as error:
            outcome = Outcome(made.case, OutcomeKind.NOT_SENT, code=error.code)
        except AnswerLost as error:
            outcome = Outcome(made.case, OutcomeKind.UNKNOWN, code=error.code)
        journal.end(number, outcome, desk.clock())
    finally:
        service.close()
    return outcome


def _judged(outcome: Outcome, said: Values) -> LadderRung:
    values = (*said, ("text", outcome.text))
    if outcome.kind.accepted:
        return LadderRung(CASE, RungState.OK, values, raw=outcome.text)
    problem = outcome.code or _UNWANTED.get(outcome.kind, "synthetic-unwanted")
    return LadderRung(CASE, RungState.BROKEN, values, problem, outcome.text)
