"""The desk that every deed works at: the user's folder, the keystore, the clock, what is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from subprocess import Popen
from threading import RLock, Thread
from typing import TYPE_CHECKING

from app.core.authority import TrustFacts
from app.core.clock import Clock, system_clock
from app.core.errors import CertificateError, KeystoreError
from app.core.mapping import Project
from app.core.pairing import kind_of
from app.core.register import Entrance, Profile
from app.core.waiting import FOR_KEYSTORE, patiently
from app.workflow.ports import RegisterService, SecretStore
from app.workflow.shelf import Shelf

if TYPE_CHECKING:
    from app.engine.analysis import Analysis
    from app.engine.case_past import Past
    from app.engine.export import Export
    from app.journal.journal import Journal
    from app.keystore.elsewhere import Pins
    from app.keystore.identity import Identity
    from app.keystore.kept import Kept
    from app.transport.proxy import Proxy
    from app.workflow.case_book import CaseBook
    from app.workflow.trial import Ground
    from app.workflow.views import LocalStage


@dataclass(frozen=True, slots=True)
class Target:
    """Where a batch goes: the entrance, its address, and whose server certificates we trust.

    `revocation` is a file with lists that a server's certificate must not stand on. `unapproved`
    names a CA file that the project asks for and nobody has trusted on this computer.
    """

    entrance: str
    address: str
    authorities: tuple[Path, ...]
    proxy: Proxy | None = None
    revocation: Path | None = None
    unapproved: str = ""


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

    context = client_context(target.authorities, identity, target.revocation)
    settings = profile.settings
    chosen = settings.get("operation", ""), settings.get("service", "")
    contract = read_contract(Path(profile.wsdl), *chosen)
    texts = AnswerTexts.from_profile(profile)
    return Register(target.address, context, contract, texts, proxy=target.proxy)


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
    shelves: Iterator[int] = field(default_factory=lambda: count(1), repr=False)
    lock: RLock = field(default_factory=RLock, repr=False)
    stage_lock: RLock = field(default_factory=RLock, repr=False)  # starting it may take long
    _profiles: dict[str, Profile] = field(default_factory=dict, repr=False)
    _extended: tuple[object, Profile] | None = field(default=None, repr=False)
    _journal: Journal | None = field(default=None, repr=False)
    _journal_lock: RLock = field(default_factory=RLock, repr=False)
    _trust: TrustFacts | None = field(default=None, repr=False)
    _pins: Pins | None = field(default=None, repr=False)
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

    def follow(self, profile_id: str) -> None:
        """Know which contract the open project has now; its analysis may take a while to follow."""
        with self.lock:
            project = self.project or Project("", profile_id)  # of a desk that was made anew
            self.project = replace(project, profile=profile_id)

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
        """Return the journal, opened at first use.

        Its key may have to be asked of a person: whoever needs no journal does not wait for that.
        """
        with patiently(self._journal_lock, FOR_KEYSTORE):
            if self._journal is None:
                from app.journal.journal import Journal

                self.data.mkdir(parents=True, exist_ok=True)
                self._journal = Journal.open(self.data / "journal.db", self.secrets)
            return self._journal

    def trust(self) -> TrustFacts:
        """Return what is known of authorities and hosts, read once."""
        with self.lock:
            if self._trust is None:
                from app.files.trust import read_trust

                self._trust = read_trust(self.data)
            return self._trust

    def kind_of(self, entrance: Entrance) -> str:
        """Return what an entrance is: its host decides, whatever a profile calls it."""
        return kind_of(entrance.address, entrance, self.trust())

    @property
    def pins(self) -> Pins:
        """The PINs that were typed in this run; nothing of them is ever written."""
        with self.lock:
            if self._pins is None:
                from app.keystore.elsewhere import Pins

                self._pins = Pins()
            return self._pins

    def kept(self) -> Kept:
        """Return the certificates that are kept, or the one for this run only."""
        from app.keystore.kept import Kept

        kept = Kept(self.identity_folder, self.secrets, self.clock, self.trust(), self.pins)
        self._clean_kept_once(kept)
        return kept

    def identity(self, entrance: Entrance | None = None) -> Identity | None:
        """Return the certificate that is chosen for an entrance, by what its host is.

        One for this run only serves every entrance. Without an entrance, one that is chosen at all.
        """
        kept = self.kept()
        if self.certificate_folder is not None:
            return next(iter(kept.all()), None)
        if entrance is not None:
            return kept.chosen(self.kind_of(entrance))
        chosen = set(kept.choices().values())
        return next((one for one in kept.all() if one.id in chosen), None)

    def _clean_kept_once(self, kept: Kept) -> None:
        """Remove what a change that was cut off has left; nobody waits for the keystore."""
        with self.lock:
            asked, self._identity_asked = self._identity_asked, True
        if not asked and kept.has_leftovers():
            Thread(target=partial(_clean, kept), name="identity-leftovers", daemon=True).start()

    @property
    def identity_folder(self) -> Path:
        """Where the client certificates and their encrypted keys lie."""
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
        with self._journal_lock:
            journal, self._journal = self._journal, None
        with self.lock:
            deeds, self._at_close = self._at_close, []
        if journal is not None:
            deeds.insert(0, journal.close)
        for deed in reversed(deeds):
            deed()


def _clean(kept: Kept) -> None:
    with suppress(KeystoreError, CertificateError):  # they stay until the next start
        kept.clean_leftovers()


def _state_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what tells whether the files of a folder have changed."""
    files = ((path, path.stat()) for path in sorted(folder.glob("*/*")))
    return tuple((str(path), at.st_mtime_ns, at.st_size) for path, at in files)
