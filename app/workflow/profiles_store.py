"""The folder of imported profiles: a profile in it is there whole, or as it was."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from app.core.binding import BindingTable
from app.core.errors import ProfileError
from app.core.register import Profile
from app.disk import alone
from app.workflow.binding_profile import NewContract, made_profile
from app.workflow.desk import Desk

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # no folder of Windows
_NEW = ".new-"  # before a profile that is being written
_FORMER = ".old-"  # before the name of a profile that is being replaced
_LOCK = "profiles.lock"
_PATIENCE = 60.0  # seconds until another import, of a large contract too, is done
_NAMES = ("request_element", "response_element", "service", "operation", "soap_headers")


def checked_name(name: str) -> str:
    """Return the name of a profile to be. Raises ProfileError when it cannot be one."""
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name) or name.endswith("."):
        raise ProfileError("profile-name-unfit", profile=name)
    if is_shipped(name):
        raise ProfileError("profile-shipped", profile=name)
    return name


def is_shipped(name: str) -> bool:
    """Whether a profile of that name came with the program."""
    from app.files.profile import shipped_profiles

    return any(folder.name.casefold() == name.casefold() for folder in shipped_profiles())


def folder_of(desk: Desk, profile_id: str) -> Path | None:
    """Return the folder of an imported profile, None for one that was shipped.

    Raises ProfileError for what is no name of a profile: a path would lead out of the folder.
    """
    name = profile_id.partition(":")[0]
    if profile_id and not _NAME.fullmatch(name):
        raise ProfileError("profile-unknown", profile=profile_id)
    folder = desk.profile_folder / name
    return folder if name and (folder / "profile.toml").is_file() else None


def restore(desk: Desk) -> None:
    """Put back a profile whose replacement was cut off. Raises OSError while one is under way."""
    if any(desk.profile_folder.glob(f"{_FORMER}*")):
        with alone(desk.data / _LOCK, 0):
            _tidy(desk.profile_folder)


def _tidy(home: Path) -> None:
    """Put right what imports that were cut off have left; nobody else may be at work."""
    for half in home.glob(f"{_NEW}*"):
        rmtree(half, ignore_errors=True)
    for former in home.glob(f"{_FORMER}*"):
        final = former.with_name(former.name.removeprefix(_FORMER))
        if final.exists():
            rmtree(former, ignore_errors=True)
        else:
            former.rename(final)


@contextmanager
def replaced(desk: Desk, name: str) -> Iterator[Path]:
    """Give an empty folder that takes the place of the profile of that name.

    Nothing is touched when the block fails, or what it wrote cannot be loaded as a profile.
    """
    from app.files.profile import load_profile

    home = desk.profile_folder
    new, former, final = home / f"{_NEW}{token_hex(4)}", home / f"{_FORMER}{name}", home / name
    with _at_work(desk, name):
        try:
            new.mkdir()
            yield new
            loaded = load_profile(new)
            with desk.lock:
                if final.exists():
                    final.rename(former)
                new.rename(final)
                desk.forget_profiles()
                wsdl, xsd = (str(final / Path(one).name) for one in (loaded.wsdl, loaded.xsd))
                desk.remember_profile(replace(loaded, id=name, wsdl=wsdl, xsd=xsd))
        except OSError:
            if former.exists() and not final.exists():
                former.rename(final)
            raise ProfileError("profile-unwritable", profile=name) from None
        finally:
            for folder in (new, former):
                rmtree(folder, ignore_errors=True)


@contextmanager
def _at_work(desk: Desk, name: str) -> Iterator[None]:
    """Let one import or saved binding of this user at a time change the folder, tidied first."""
    with ExitStack() as held:
        try:
            desk.profile_folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(alone(desk.data / _LOCK, _PATIENCE))
            _tidy(desk.profile_folder)
        except TimeoutError:
            raise ProfileError("profile-busy", profile=name) from None
        except OSError:
            raise ProfileError("profile-unwritable", profile=name) from None
        yield


def take_away(desk: Desk, folder: Path) -> None:
    """Remove an imported profile in one step. Raises ProfileError."""
    with _at_work(desk, folder.name):
        try:
            gone = folder.rename(folder.with_name(f"{_NEW}{token_hex(4)}"))
        except OSError:
            raise ProfileError("profile-unwritable", profile=folder.name) from None
        rmtree(gone, ignore_errors=True)
        desk.forget_profiles()


def make_profile(
    folder: Path, name: str, base: Profile, contract: Profile | NewContract, table: BindingTable
) -> None:
    """Write the profile of a contract that lies in the folder, bound as the table says."""
    from app.files.binding_table import write_table
    from app.files.profile_writing import write_profile

    new = contract if isinstance(contract, NewContract) else contract_in(folder, contract)
    profile = made_profile(name, base, new, table)
    write_profile(profile, folder, _stored(folder))
    write_table(table, folder)


def contract_in(folder: Path, profile: Profile) -> NewContract:
    """Return the contract of a profile whose files lie in the folder."""
    from app.files.contract_schema import read_contract_schema

    settings = {one: profile.settings[one] for one in _NAMES if one in profile.settings}
    xsd = folder / Path(profile.xsd).name
    response = settings.get("response_element", "")
    schema = read_contract_schema(xsd, settings["request_element"], response)
    return NewContract(
        wsdl=str(folder / Path(profile.wsdl).name),
        xsd=str(xsd),
        root=schema.root,
        response=schema.response,
        digests=profile.digests,
        settings=settings,
        texts=schema.code_texts,
        answer=profile.answer,
    )


def _stored(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the contract's files by name."""
    from hashlib import sha256

    files = sorted(one for one in folder.iterdir() if one.suffix in {".wsdl", ".xsd"})
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}
