"""Store a gathered contract in one folder, so that it needs nothing outside any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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
    raise NotImplementedError(contract, folder)
