"""Whatever is done in whatever order, and however often it is cut off: nothing is lost or left."""

import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import app.keystore.changes
import app.keystore.notes
from app.keystore.kept import Kept
from app.keystore.secrets import MemorySecrets
from tests.support.keeping import ROOT, SUBJECT, answer_to, bundle
from tests.support.outside import NOW, Issued, Wish, elliptic_key, issue

NAME = "op.example.se"
KINDS = ("local", "teststage", "stage", "production")
STEPS = 30  # more than any change has: then it is not cut off


class PowerCut(BaseException):
    """The change ends here, whoever would have caught an error."""


@cache
def certificate(number: int) -> Issued:
    return issue(ROOT, Wish(name=f"{number}.example.se", key=elliptic_key(number)))


@contextmanager
def cut_off(step: int, secrets: MemorySecrets) -> Iterator[None]:
    """Let the power go before the given step of a change."""
    left = iter(range(step, -1, -1))

    def counted(deed: Callable[..., None]) -> Callable[..., None]:
        def run(*given: object, **named: object) -> None:
            if next(left, 0) == 0:
                raise PowerCut
            deed(*given, **named)

        return run

    places = (
        (app.keystore.changes, "write_atomically"),
        (app.keystore.notes, "write_atomically"),
        (Path, "unlink"),
        (secrets, "write"),
        (secrets, "remove"),
    )
    patches = [mock.patch.object(one, name, counted(getattr(one, name))) for one, name in places]
    for patch in patches:
        patch.start()
    try:
        yield
    except PowerCut:
        pass
    finally:
        for patch in reversed(patches):
            patch.stop()


step = st.integers(0, STEPS)
numbers = st.integers(20, 22)  # of few certificates, so that they are taken in again
kinds = st.lists(st.sampled_from(KINDS), max_size=2, unique=True)


class Keeping(RuleBasedStateMachine):
    """A folder of certificates and somebody who changes it while the power comes and goes."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.secrets = MemorySecrets()
        # The same steps must come in the same order each time an example is tried.
        ids = (sha256(b"%d" % number).hexdigest()[:16] for number in count())
        self._ids = mock.patch("app.keystore.kept.token_hex", side_effect=ids)
        self._ids.start()
        self.kept = Kept(Path(self._folder.name) / "certificate", self.secrets, lambda: NOW)
        self.wanted: set[str] = set()  # that were surely taken in and never removed

    def teardown(self) -> None:
        self._ids.stop()
        self._folder.cleanup()

    def _do(self, at: int, deed: Callable[[], object]) -> bool:
        """Do it unless the power goes first; whether it came to its end."""
        ended = []
        with cut_off(at, self.secrets):
            deed()
            ended.append(True)
        return bool(ended)

    def _held(self) -> set[str]:
        """Return the ids of all that is kept or waits."""
        return {one.id for one in self.kept.all()} | {one.id for one in self.kept.orders()}

    @rule(at=step, number=numbers, chosen=kinds)
    def install(self, at, number, chosen) -> None:
        if self._do(at, lambda: self.kept.install(bundle(certificate(number)), chosen)):
            self.wanted.add(f"{number}.example.se")

    @precondition(lambda self: self.kept.all())
    @rule(at=step, which=st.integers(0, 9), kind=st.sampled_from(KINDS))
    def choose(self, at, which, kind) -> None:
        every = self.kept.all()
        one = every[which % len(every)]
        if self._do(at, lambda: self.kept.choose(kind, one.id)):
            assert self.kept.choices()[kind] == one.id

    @precondition(lambda self: self.kept.all())
    @rule(at=step, which=st.integers(0, 9))
    def remove(self, at, which) -> None:
        every = self.kept.all()
        one = every[which % len(every)]
        self.wanted.discard(one.facts.subject)
        if self._do(at, lambda: self.kept.remove(one.id)):
            assert one.id not in {left.id for left in self.kept.all()}

    @rule(at=step)
    def order(self, at) -> None:
        self._do(at, lambda: self.kept.order(SUBJECT, (NAME,), "ec-p256", {}))

    @precondition(lambda self: self.kept.orders())
    @rule(at=step, chosen=kinds)
    def complete(self, at, chosen) -> None:
        order = self.kept.orders()[0]
        answer = answer_to(order.request_pem)
        self._do(at, lambda: self.kept.complete(order.id, answer, (), chosen))
        assert order.id in self._held()

    @precondition(lambda self: self.kept.orders())
    @rule(at=step)
    def cancel(self, at) -> None:
        self._do(at, lambda: self.kept.cancel_order(self.kept.orders()[0].id))

    @rule(at=step)
    def clean(self, at) -> None:
        if self._do(at, self.kept.clean_leftovers):
            held = self._held()
            assert not self.kept.has_leftovers()
            assert set(self.secrets._secrets) == {f"certificate-{one}" for one in held}
            files = self.kept.folder.iterdir() if self.kept.folder.exists() else ()
            assert {path.stem for path in files} - {"chosen"} == held

    @invariant()
    def whatever_is_kept_opens_once(self) -> None:
        every = self.kept.all()
        assert self.kept.damaged() == ()
        for one in every:
            one.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        prints = [one.facts.fingerprint for one in every]
        assert len(prints) == len(set(prints))
        assert self.wanted <= {one.facts.subject for one in every}
        assert set(self.kept.choices().values()) <= {one.id for one in every}


Keeping.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestKeeping = Keeping.TestCase
