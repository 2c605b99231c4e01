"""Store a gathered contract in one folder, so that it needs nothing outside any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.core.errors import ProfileError
from app.disk import write_atomically
from app.files.contract_compiling import compile_file
from app.files.contract_documents import Names, named, schemas_of
from app.files.contract_gathering import GatheredContract

DRIVER = "request.xsd"  # the schema that holds all others


@dataclass(frozen=True, slots=True)
class StoredContract:
    """A contract on disk: its WSDL, and the schema that brings in all its schemas.

    `digests` are SHA-256 of the files as received, and `stored` of all files as they now lie
    there, by name in the folder.
    """

    wsdl: Path
    xsd: Path
    digests: Mapping[str, str]
    stored: Mapping[str, str]


def store(contract: GatheredContract, folder: Path) -> StoredContract:
    """Write the contract into an existing folder, without subfolders.

    Raises ProfileError when its schemas do not fit together, OSError when they cannot be written.
    """
    names = Names((DRIVER,))
    files = named(contract, names)
    contents = _contents(contract, files, names)
    for name, data in contents.items():
        write_atomically(folder / name, data, durable=False)
    wsdl = folder / files[contract.start]
    _check(folder / DRIVER, wsdl.name)
    return StoredContract(
        wsdl=wsdl,
        xsd=folder / DRIVER,
        digests={files[place]: file.digest for place, file in contract.files.items()},
        stored={name: sha256(data).hexdigest() for name, data in contents.items()},
    )


def _contents(
    contract: GatheredContract, files: Mapping[str, str], names: Names
) -> dict[str, bytes]:
    """Return every file to be written by its name."""
    from app.files.contract_namespaces import connected, doors, driver
    from app.files.contract_wsdl import stored_wsdl

    schemas = schemas_of(contract, names, files)
    found, made = doors(contract, schemas, files, names)
    contents = {name: connected(schema, found) for name, schema in schemas.items()}
    wsdls = [file for file in contract.files.values() if not file.is_schema]
    is_alone = len(wsdls) == 1 and not contract.beside
    for file in wsdls:
        types = found if file.location == contract.start else None
        contents[files[file.location]] = stored_wsdl(file, files, types, is_alone)
    return contents | made | {DRIVER: driver(found)}


def _check(xsd: Path, name: str) -> None:
    """Raise ProfileError, in the contract's name, when its schemas do not fit together."""
    try:
        compile_file(xsd)
    except ProfileError as error:
        raise ProfileError(error.code, **(error.values | {"file": name})) from None
