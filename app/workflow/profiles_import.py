"""Bring in a contract from a file, a folder or an entrance, or a colleague's whole profile."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

from app.core.binding import BindingTable
from app.core.errors import ProfileError
from app.core.journal_event import CertificateEventKind
from app.core.progress import Progress
from app.workflow.binding import suggest
from app.workflow.binding_choice import with_former
from app.workflow.binding_profile import NewContract
from app.workflow.desk import DEFAULT_PROFILE, Desk
from app.workflow.entrances import find_entrance, target_of
from app.workflow.profiles_store import checked_name, make_profile, replaced
from app.workflow.using import identity_for, note_use

if TYPE_CHECKING:
    from app.files.contract_gathering import GatheredContract
    from app.files.contract_schema import ContractSchema
    from app.transport.contract import Contract

_PROFILE = "profile.toml"
_SHARED = (".toml", ".wsdl", ".xsd")  # what a profile is made of; nothing else is copied
_MOST_BYTES = 20_000_000
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an import is to use where there are several: "" for what there is only one of."""

    base: str = ""
    service: str = ""
    operation: str = ""
    xsd: str = ""


def bring_in(desk: Desk, place: str, name: str, wanted: Wanted, progress: Progress) -> None:
    """Import what lies at a place under a name; the former profile stays until all is whole."""
    checked_name(name)
    if wanted.base.partition(":")[0] == name:  # its own facts would be lost step by step
        raise ProfileError("profile-base-itself", profile=name)
    folder = Path(place)
    if folder.is_dir() and (folder / _PROFILE).is_file():
        _copy_profile(desk, folder, name)
        return
    progress(0, _STEPS, "import-gather")
    gathered = _gathered(desk, place, wanted)
    base = desk.profile(wanted.base or DEFAULT_PROFILE)
    former = _former(desk, name)
    with replaced(desk, name) as new:
        progress(1, _STEPS, "import-read")
        contract, schema = _stored(gathered, new, wanted)
        progress(2, _STEPS, "import-bind")
        table = with_former(suggest(schema.root, base, schema.appinfo), former, base.by_id)
        progress(3, _STEPS, "import-write")
        make_profile(new, name, base, contract, table)
    progress(_STEPS, _STEPS, "import-write")


def _former(desk: Desk, name: str) -> BindingTable:
    """Return the binding of the profile that is to be replaced, empty when there is none."""
    from app.files.binding_table import BINDING, read_table

    folder = desk.profile_folder / name
    try:
        return read_table(folder) if (folder / BINDING).is_file() else BindingTable()
    except ProfileError:
        return BindingTable()  # a damaged one is replaced all the same


def _copy_profile(desk: Desk, folder: Path, name: str) -> None:
    """Copy a colleague's profile; it must load as it is."""
    from app.files.profile_rows import read_rows

    with replaced(desk, name) as new:
        for file in sorted(folder.iterdir()):
            if file.suffix in _SHARED and file.is_file() and not file.is_symlink():
                if file.stat().st_size > _MOST_BYTES:
                    raise ProfileError("profile-file-unreadable", file=file.name, row="")
                copyfile(file, new / file.name)
        read_rows(new / _PROFILE)


def _gathered(desk: Desk, place: str, wanted: Wanted) -> "GatheredContract":
    from app.files.contract_gathering import gather_file

    path = Path(place)
    beside = (Path(wanted.xsd),) if wanted.xsd else ()
    if is_entrance(desk, place):
        return _fetched(desk, place.removesuffix("?wsdl"))
    if path.is_dir():
        return gather_file(_wsdl_in(path), beside, home=path)
    return gather_file(path, beside)


def _fetched(desk: Desk, place: str) -> "GatheredContract":
    """Fetch the contract from an entrance, with the certificate that is chosen for it."""
    from app.files.contract_gathering import gather
    from app.transport.fetch import ContractLine, wsdl_address
    from app.transport.tls import client_context

    entrance = find_entrance(desk.profile(), place)
    identity = identity_for(desk, entrance)  # it may show its contract to anybody
    target = target_of(desk, entrance)
    address = wsdl_address(target.address)
    context = client_context(target.authorities, identity, target.revocation)
    if identity is not None:
        note_use(desk, CertificateEventKind.FETCHED, identity, entrance.id)
    with closing(ContractLine(address, context, proxy=target.proxy)) as line:
        return gather(address, line)


def is_entrance(desk: Desk, place: str) -> bool:
    """Whether a place is an address or names an entrance, and is no file or folder."""
    known = {name for one in desk.profile().entrances for name in (one.id, one.kind)}
    return not Path(place).exists() and (place in known or "://" in place)


def _wsdl_in(folder: Path) -> Path:
    """Return the one WSDL in a folder or below that no other one there imports."""
    from app.files.contract_gathering import wsdls_in

    found = wsdls_in(folder)
    if len(found) != 1:
        names = ", ".join(one.name for one in found)
        raise ProfileError("binding-folder-wsdl", name=folder.name, count=len(found), names=names)
    return found[0]


def _stored(
    gathered: "GatheredContract", folder: Path, wanted: Wanted
) -> tuple[NewContract, "ContractSchema"]:
    """Store the contract in the folder and read what it says."""
    from app.files.contract_schema import read_contract_schema
    from app.files.contract_storing import store
    from app.transport.contract import read_contract

    stored = store(gathered, folder)
    read = read_contract(stored.wsdl, wanted.operation, wanted.service)
    schema = read_contract_schema(stored.xsd, read.request, read.response)
    contract = NewContract(
        wsdl=str(stored.wsdl),
        xsd=str(stored.xsd),
        root=schema.root,
        response=schema.response,
        digests=stored.digests,
        settings=_settings(read),
        texts=schema.code_texts,
    )
    return contract, schema


def _settings(read: "Contract") -> dict[str, str]:
    return {
        "request_element": read.request,
        "response_element": read.response,
        "service": read.service,
        "operation": read.operation,
        "soap_headers": " ".join(read.headers),
    }
