"""The options that commands share, and the desk that they make."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.cli.program import DATA
from app.core.errors import StageError
from app.language.text import _
from app.main import build_desk
from app.workflow.certify import certificate, import_certificate, remove_certificate
from app.workflow.desk import Desk
from app.workflow.entrances import find_entrance
from app.workflow.ports import SecretStore
from app.workflow.stage_note import stage_package

PASSWORD = "SPOR_WORKBENCH_P12_PASSWORD"  # noqa: S105 - the name of an environment variable

ProjectFile = Annotated[Path, typer.Argument(metavar="PROJECT", help=_("The project file."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("Write counts and codes as one JSON line."))]
Yes = Annotated[bool, typer.Option("--yes", help=_("Send without asking."))]
To = Annotated[
    str,
    typer.Option("--to", help=_("local, teststage, stage, production or an https address.")),
]
Authorities = Annotated[
    Path | None,
    typer.Option("--ca", help=_("A PEM file with the authorities of the register's server.")),
]
Package = Annotated[
    Path | None,
    typer.Option(
        "--certificate",
        help=_(
            "A .p12 file to use in this run only; its password from {name} or asked for."
        ).format(name=PASSWORD),
    ),
]


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach an entrance: its id or address, whose server to trust, which certificate."""

    to: str
    authorities: Path | None = None
    package: Path | None = None


def data_folder(context: typer.Context) -> Path | None:
    """Return the folder that --data or the environment names."""
    named = (context.obj or {}).get("data") or os.environ.get(DATA)
    return Path(named) if named else None


@contextmanager
def desk_of(context: typer.Context, secrets: SecretStore | None = None) -> Iterator[Desk]:
    """Give a desk and leave it afterwards."""
    desk = build_desk(data_folder(context), secrets)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def equipped(desk: Desk, way: Way) -> Iterator[None]:
    """Equip the desk with the authorities and the certificate of this run."""
    entrance = find_entrance(desk.profile(), way.to)
    if way.authorities is not None:
        desk.authorities[entrance.id] = way.authorities
    with TemporaryDirectory(prefix="spor-workbench-") as folder:
        try:
            if way.package is not None:
                _use_for_this_run(desk, Path(folder), str(way.package), _password())
            elif entrance.kind == "local":
                _use_that_of_the_stage(desk, Path(folder), entrance.id)
            yield
        finally:
            if desk.certificate_folder is not None:
                remove_certificate(desk)


def _use_that_of_the_stage(desk: Desk, folder: Path, entrance: str) -> None:
    """Use the certificate that the stage has made for us, unless one that fits is in use."""
    view = certificate(desk)
    if view is not None and entrance in view.entrances:
        return
    try:
        path, password = stage_package(desk)
    except StageError:
        return  # the gates say what is missing
    _use_for_this_run(desk, folder, path, password)


def _use_for_this_run(desk: Desk, folder: Path, path: str, password: str) -> None:
    """Keep the key in a folder of this run; its passphrase lies in the keystore until the end."""
    desk.certificate_folder = folder / "certificate"
    import_certificate(desk, path, password)


def _password() -> str:
    named = os.environ.get(PASSWORD)
    if named is not None:
        return named
    return getpass(f"{_('Password')}: ", stream=sys.stderr)
