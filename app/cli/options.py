"""The options that commands share, and the desk that they make."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from app.cli.program import DATA
from app.core.environment import PASSPHRASE, PASSWORD, PIN
from app.core.errors import CertificateError, StageError
from app.core.pairing import LOCAL
from app.core.register import Entrance
from app.language.text import _
from app.main import build_desk
from app.workflow.certify import certificate
from app.workflow.desk import Desk
from app.workflow.entrances import find_entrance
from app.workflow.keystores import asks_passphrase, unlock_keystore
from app.workflow.ports import SecretStore
from app.workflow.run_certificate import certificate_for_this_run
from app.workflow.stage_note import stage_package
from app.workflow.tokens import open_token
from app.workflow.using import by_host

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
        _unlock(desk)
        yield desk
    finally:
        desk.close()


@contextmanager
def equipped(desk: Desk, way: Way) -> Iterator[None]:
    """Equip the desk with the authorities and the certificate of this run."""
    entrance = by_host(desk, find_entrance(desk.profile(), way.to))
    if way.authorities is not None:
        desk.authorities[entrance.id] = way.authorities
    with _certificate_of(desk, way, entrance):
        _open_token(desk, entrance)
        yield


def _certificate_of(desk: Desk, way: Way, entrance: Entrance) -> AbstractContextManager[None]:
    """Use the package given, or the one that the local stage made unless one that fits is kept."""
    if way.package is not None:
        return certificate_for_this_run(desk, str(way.package), package_password())
    kept = certificate(desk, entrance) if entrance.kind == LOCAL else None
    if entrance.kind != LOCAL or (kept is not None and entrance.id in kept.entrances):
        return nullcontext()
    try:
        return certificate_for_this_run(desk, *stage_package(desk))
    except StageError:
        return nullcontext()  # the gates say what is missing


def _unlock(desk: Desk) -> None:
    """Open the place for secrets where it lies behind a passphrase; nobody there is asked none."""
    if asks_passphrase(desk) and (PASSPHRASE in os.environ or sys.stdin.isatty()):
        unlock_keystore(desk, passphrase(_("Passphrase")))


def _open_token(desk: Desk, entrance: Entrance) -> None:
    """Ask for the PIN of the token that holds the certificate's key."""
    kept = certificate(desk, entrance)
    if kept is not None and kept.needs_pin and (PIN in os.environ or sys.stdin.isatty()):
        open_token(desk, kept.id, pin_of())


def package_password() -> str:
    """Return the password of a certificate file: from the environment, or asked for."""
    return _secret(PASSWORD, _("Password"))


def passphrase(prompt: str) -> str:
    """Return the passphrase of this program's own place for secrets."""
    return _secret(PASSPHRASE, prompt)


def pin_of() -> str:
    """Return the PIN of a token; it is kept nowhere."""
    return _secret(PIN, _("PIN"))


def _secret(name: str, prompt: str) -> str:
    named = os.environ.get(name)
    if named is not None:
        return named
    try:
        return getpass(f"{prompt}: ", stream=sys.stderr)
    except EOFError:  # nobody is there to type it
        raise CertificateError("secret-not-given", name=name) from None
