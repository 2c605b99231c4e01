"""The rungs of the contract: whether all its files can be read, and whether it is the bound one."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.core.errors import ProfileError, TransportError
from app.core.register import Element, Profile
from app.transport.rung import READ
from app.workflow.certificate_views import LadderRung, RungState, Values
from app.workflow.desk import Target

if TYPE_CHECKING:
    import ssl

    from app.files.contract_gathering import GatheredContract
    from app.transport.contract import Contract

SAME = "rung-contract-same"


@dataclass(frozen=True, slots=True)
class Difference:
    """One element that differs; `harmless` when what is sent stays right all the same."""

    path: str
    harmless: bool = False


def read_whole(
    target: Target, context: "ssl.SSLContext", first: bytes
) -> "GatheredContract | LadderRung":
    """Gather everything that the contract refers to; return the broken rung where that fails.

    `first` is the WSDL itself, which has been read already.
    """
    from app.files.contract_gathering import gather
    from app.transport.fetch import ContractLine, wsdl_address

    start = wsdl_address(target.address)
    with closing(ContractLine(start, context, proxy=target.proxy)) as line:
        try:
            return gather(start, _loader(start, first, line))
        except (ProfileError, TransportError) as error:
            values = tuple(error.values.items())
            return LadderRung(READ, RungState.BROKEN, values, error.code)


def _loader(start: str, first: bytes, line: Callable[[str], bytes]) -> Callable[[str], bytes]:
    return lambda location: first if location == start else line(location)


def compared(gathered: "GatheredContract", profile: Profile) -> LadderRung:
    """Return whether a contract is the one that the profile is bound to."""
    received = sorted(one.digest for one in gathered.files.values())
    if received == sorted(profile.digests.values()):
        return LadderRung(SAME, RungState.OK, (("profile", profile.id),))
    try:
        return _compared(gathered, profile)
    except ProfileError as error:
        values = tuple((error.values | {"profile": profile.id}).items())
        return LadderRung(SAME, RungState.BROKEN, values, error.code)


def _compared(gathered: "GatheredContract", profile: Profile) -> LadderRung:
    from app.files.contract_schema import read_contract_schema
    from app.files.contract_storing import store
    from app.transport.contract import read_contract

    chosen = profile.settings.get("operation", ""), profile.settings.get("service", "")
    here = read_contract(Path(profile.wsdl), *chosen)
    with TemporaryDirectory(prefix="spor-contract-") as folder:
        stored = store(gathered, Path(folder))
        there = read_contract(stored.wsdl, *chosen)
        if what := _other_service(here, there):
            values = (("profile", profile.id), ("what", what))
            return LadderRung(SAME, RungState.BROKEN, values, "contract-other-service")
        ours = read_contract_schema(Path(profile.xsd), here.request, here.response)
        theirs = read_contract_schema(stored.xsd, there.request, there.response)
    found = list(differences(ours.root, theirs.root))
    if ours.response is not None and theirs.response is not None:
        found += differences(ours.response, theirs.response)
    return _judged(found, profile)


def _judged(found: list[Difference], profile: Profile) -> LadderRung:
    worst = sorted(found, key=lambda one: one.harmless)
    values: Values = (("profile", profile.id), ("count", str(len(found))))
    if not found:
        return LadderRung(SAME, RungState.OK, values[:1])
    values = (*values, ("what", worst[0].path))
    if worst[0].harmless:
        return LadderRung(SAME, RungState.NOTE, values, "contract-has-more")
    return LadderRung(SAME, RungState.BROKEN, values, "contract-differs")


def _other_service(here: "Contract", there: "Contract") -> str:
    """Return what tells two contracts' services apart, "" when nothing does."""
    for field in fields(here):
        if getattr(here, field.name) != (said := getattr(there, field.name)):
            return " ".join(said) if isinstance(said, tuple) else said or "–"
    return ""


def differences(here: Element, there: Element, way: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Yield the elements that one of two contracts has otherwise, lacks or has alone."""
    way = (*way, there.name)
    if _own(here) != _own(there):
        yield Difference("/".join(way))
    ours = {_key(one): one for one in here.children}
    theirs = {_key(one): one for one in there.children}
    for key, child in theirs.items():
        if key in ours:
            yield from differences(ours[key], child, way)
        else:
            yield Difference("/".join((*way, child.name)), harmless=child.minimum == 0)
    for key, child in ours.items():
        if key not in theirs:
            yield Difference("/".join((*way, child.name)))
    common = [key for key in ours if key in theirs]
    if common != [key for key in theirs if key in ours]:
        yield Difference("/".join(way))  # the same elements, wanted in another order


def _own(element: Element) -> tuple[object, ...]:
    """Return what an element says of itself; how its type is called does not matter."""
    return element.minimum, element.maximum, element.base, frozenset(element.facets)


def _key(element: Element) -> tuple[str, str]:
    return element.namespace, element.name
