"""The desk that every deed works at: the user's folder, the keystore, the clock, what is loaded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from subprocess import Popen
from threading import RLock, Thread
from typing import TYPE_CHECKING

from app.core.clock import Clock, system_clock
from app.core.errors import CertificateError, KeystoreError
from app.core.mapping import Project
from app.core.register import Profile
from app.workflow.ports import RegisterService, SecretStore
from app.workflow.shelf import Shelf

if TYPE_CHECKING:
    from app.engine.analysis import Analysis
    from app.engine.case_past import Past
    from app.engine.export import Export
    from app.journal.journal import Journal
    from app.keystore.identity import Identity
    from app.workflow.case_book import CaseBook
    from app.workflow.trial import Ground
    from app.workflow.views import LocalStage


@dataclass(frozen=True, slots=True)
class Target:
    """Where a batch goes: the entrance, its address, and whose server certificates we trust."""

    entrance: str
    address: str
    authorities: tuple[Path, ...]


DEFAULT_PROFILE = "spor-4.1"

Fits = Callable[[Profile], Callable[[bytes], bool]]
Connect = Callable[[Profile, Target, "Identity | None"], RegisterService]


def connect_to_register(
    profile: Profile, target: Target, identity: Identity | None
) -> RegisterService:
    """Open a connection over mutual TLS; nothing is sent yet."""
    from app.transport.answer import AnswerTexts
    from app.transport.client import Register
    from app.transport.contract import read_contract
    from app.transport.tls import client_context

    context = client_context(target.authorities, identity)
    settings = profile.settings
    chosen = settings.get("operation", ""), settings.get("service", "")
    contract = read_contract(Path(profile.wsdl), *chosen)
    texts = AnswerTexts.from_profile(profile)
    return Register(target.address, context, contract, texts)


def fits_contract(profile: Profile) -> Callable[[bytes], bool]:
    """Return what judges a document by libxml2 right before it leaves."""
    from app.engine.schema_check import judge
    from app.files.profile import compile_schema

    schema = compile_schema(profile)
    return lambda document: not judge([document], schema, profile).broken


@dataclass
class Desk:
    """What deeds work with. One desk lives in each process that does deeds."""

    data: Path
    secrets: SecretStore
    clock: Clock = system_clock
    connect: Connect = connect_to_register
    fits: Fits = fits_contract
    authorities: dict[str, Path] = field(default_factory=dict)  # entrance id -> CA file
    certificate_folder: Path | None = None  # where a certificate for this run only lies
    for_this_run: bool = False  # the demo without a keystore: its stage too is gone afterwards
    tables: Shelf = field(default_factory=Shelf, repr=False)
    export: Export | None = None
    analysis: Analysis | None = None
    ground: Ground | None = field(default=None, repr=False)  # of the last case that was tried
    book: CaseBook | None = field(default=None, repr=False)  # the cases as they are listed
    past: Past | None = field(default=None, repr=False)  # what the journal said last
    project: Project | None = None
    stage: LocalStage | None = None
    stamps: dict[Path, bytes] = field(default_factory=dict, repr=False)  # project files as left
    stage_process: Popen[str] | None = field(default=None, repr=False)
    lock: RLock = field(default_factory=RLock, repr=False)
    _profiles: dict[str, Profile] = field(default_factory=dict, repr=False)
    _extended: tuple[object, Profile] | None = field(default=None, repr=False)
    _journal: Journal | None = field(default=None, repr=False)
    _identity_asked: bool = field(default=False, repr=False)
    _at_close: list[Callable[[], None]] = field(default_factory=list, repr=False)

    def profile(self, profile_id: str = "") -> Profile:
        """Return a register profile, read once; without a name the open project's."""
        with self.lock:
            profile_id = profile_id or (self.project.profile if self.project else DEFAULT_PROFILE)
            if profile_id not in self._profiles:
                from app.files.profile import load_named

                self._profiles[profile_id] = load_named(profile_id, (self.profile_folder,))
            return self._profiles[profile_id]

    def profile_for(self, project: Project) -> Profile:
        """Return a project's profile with its own rules and the code registers imported here."""
        from app.workflow.own_rules import with_own_rules
        from app.workflow.registers import with_registers

        profile = self.profile(project.profile)
        key = (id(profile), project.rules, _state_of(self.data / "registers"))
        with self.lock:
            if self._extended is None or self._extended[0] != key:
                self._extended = key, with_own_rules(with_registers(self, profile), project)
            return self._extended[1]

    def remember_profile(self, profile: Profile) -> None:
        """Keep a profile that was read just now."""
        with self.lock:
            self._profiles[profile.id] = profile
            self._extended = None

    def forget_profiles(self) -> None:
        """Read profiles anew when they are next asked for."""
        with self.lock:
            self._profiles.clear()
            self._extended = None

    def journal(self) -> Journal:
        """Return the journal, opened at first use."""
        with self.lock:
            if self._journal is None:
                from app.journal.journal import Journal

                self.data.mkdir(parents=True, exist_ok=True)
                self._journal = Journal.open(self.data / "journal.db", self.secrets)
            return self._journal

    def identity(self) -> Identity | None:
        """Return the installed client certificate with its key, None when there is none."""
        from app.keystore.identity import active

        self._clean_identity_once()
        return active(self.identity_folder, self.secrets)

    def _clean_identity_once(self) -> None:
        """Remove what an import that was cut off has left; nobody waits for the keystore."""
        from app.keystore.identity import has_leftovers

        with self.lock:
            asked, self._identity_asked = self._identity_asked, True
        if not asked and has_leftovers(self.identity_folder):
            work = partial(self._clean_identity, self.identity_folder)
            Thread(target=work, name="identity-leftovers", daemon=True).start()

    def _clean_identity(self, folder: Path) -> None:
        from app.keystore.identity import clean_leftovers

        with suppress(KeystoreError, CertificateError):  # they stay until the next start
            clean_leftovers(folder, self.secrets)

    @property
    def identity_folder(self) -> Path:
        """Where the client certificate and its encrypted key lie."""
        return self.certificate_folder or self.data / "certificate"

    @property
    def profile_folder(self) -> Path:
        """Where imported profiles lie, each in a folder of its name."""
        return self.data / "profiles"

    @property
    def stage_folder(self) -> Path:
        """Where the local stage keeps its things."""
        return self.data / "stage"

    def at_close(self, deed: Callable[[], None]) -> None:
        """Do something when the desk is left, such as stopping a stage that it started."""
        self._at_close.append(deed)

    def close(self) -> None:
        """Leave the desk: close the journal and stop what was started."""
        with self.lock:
            deeds, self._at_close = self._at_close, []
            if self._journal is not None:
                deeds.insert(0, partial(self._journal.close))
                self._journal = None
        for deed in reversed(deeds):
            deed()


def _state_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what tells whether the files of a folder have changed."""
    files = ((path, path.stat()) for path in sorted(folder.glob("*/*")))
    return tuple((str(path), at.st_mtime_ns, at.st_size) for path, at in files)
