"""A desk with one entrance on the loopback, to climb the connection ladder towards it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.core.mapping import Project
from app.files.profile import load_shipped
from app.keystore.certificate import Bundle, Chain
from app.transport.timed import Limits
from app.workflow.certificate_views import LadderRung, LadderView, RungState
from app.workflow.ladder import try_connection, try_synthetic_case
from tests.support.outside import Answer, Server, Setup, answer_of, serving
from tests.support.pki import (
    Issued,
    Tree,
    leaf,
    pems,
    server_leaf,
    server_tree,
    siths_real,
    siths_test,
)
from tests.support.trust import write_trust
from tests.support.workflow import PROFILE, make_desk

TESTSTAGE = "teststage"
ELSEWHERE = "register.invalid"  # a name that no network knows
HOST = f"""
[[host]]
name = "{ELSEWHERE}"
kind = "teststage"
test_certificate = true
source = "a test"
confidence = "assumed"
"""
QUICK = Limits(connect=2.5, read=2.5, total=5.0, settle=1.5)
WSDL_FILE = Path(load_shipped(PROFILE).wsdl)


def contract_answers(wsdl: bytes = b"", **files: bytes) -> tuple[bytes, ...]:
    """Return the answers that show the shipped contract, or one changed in some files."""
    folder = WSDL_FILE.parent
    names = {"registration": "registration.xsd", "common": "registration-common.xsd"}
    schemas = (files.get(key) or (folder / name).read_bytes() for key, name in names.items())
    shown = (wsdl or WSDL_FILE.read_bytes(), *schemas)
    return tuple(answer_of("200 OK", one) for one in shown)


class Bench:
    """A desk whose test stage lies where the test puts it; a good certificate is chosen there."""

    def __init__(self, folder: Path, moment: datetime | None = None) -> None:
        self.folder = folder
        self.desk = make_desk(folder / "data", clock=lambda: moment or datetime.now(UTC))
        known = write_trust(self.desk.data, siths_test(), siths_real())
        with known.open("a", encoding="utf-8") as file:
            file.write(HOST)
        self.trust(server_tree())

    def install(self, issued: Issued | None = None, chain: Chain | None = None) -> None:
        """Keep a certificate and choose it for the test stage."""
        issued = issued or leaf()
        whole = siths_test().chain if chain is None else chain
        bundle = Bundle(issued.key, issued.certificate, whole)
        self.desk.kept().install(bundle, (TESTSTAGE,))

    def trust(self, tree: Tree) -> None:
        """Trust servers below these authorities."""
        path = self.folder / "trusted.pem"
        path.write_bytes(tree.pem)
        self.desk.authorities[TESTSTAGE] = path

    def put(self, address: str, **changes: object) -> None:
        """Let the test stage lie at an address."""
        profile = load_shipped(PROFILE)
        entrances = tuple(
            replace(one, address=address, **changes) if one.id == TESTSTAGE else one  # type: ignore[arg-type]  # fields of an entrance
            for one in profile.entrances
        )
        self.desk.remember_profile(replace(profile, entrances=entrances))

    def set(self, **settings: str) -> None:
        """Set something of the test stage in the project."""
        named = tuple((f"{name}_{TESTSTAGE}", value) for name, value in settings.items())
        self.desk.project = Project("Prov", PROFILE, settings=named)

    @contextmanager
    def serving(self, setup: Setup | None = None, *answers: Answer) -> Iterator[Server]:
        """Serve in Python, at the test stage's address."""
        setup = setup or good_setup()
        with serving(self.folder, setup) as server:
            server.answers = list(answers)
            self.put(server.address.replace("127.0.0.1", "localhost"))
            yield server

    def climb(self, case: bool = False) -> LadderView:
        """Climb the ladder."""
        climb = try_synthetic_case if case else try_connection
        return climb(self.desk, TESTSTAGE)


def good_setup(**changes: object) -> Setup:
    """Return the set-up of a server that takes the good certificate."""
    tree = siths_test()
    setup = Setup(
        server_leaf(), tree.root, trusted=tree.issuing.pem, chain=pems(server_tree().chain[:1])
    )
    return replace(setup, **changes)  # type: ignore[arg-type]  # fields of a set-up


def broken(view: LadderView) -> LadderRung | None:
    """Return the rung that is broken; those below hold and those above were not reached."""
    states = [rung.state for rung in view.rungs]
    if RungState.BROKEN not in states:
        assert RungState.UNREACHED not in states
        return None
    at = states.index(RungState.BROKEN)
    assert set(states[:at]) <= {RungState.OK, RungState.NOTE}
    assert set(states[at + 1 :]) <= {RungState.UNREACHED}
    return view.rungs[at]
