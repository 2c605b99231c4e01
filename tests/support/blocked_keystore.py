"""A desk whose keystore blocks, and a deed that needs it: for this process or a worker's."""

from pathlib import Path

from app.core.progress import Progress, silent
from app.gui.background.deed import Deed
from app.keystore import secrets as module
from app.keystore.secrets import OsSecrets
from app.main import build_desk
from app.workflow.desk import Desk
from tests.support.fake_keyring import NAME, PLACE, FakeKeyring


def blocked_desk(data: Path) -> Desk:
    """Build a desk in a worker process; its keystore waits 30 s for a person."""
    module.PLACES[NAME] = PLACE
    keyring = FakeKeyring()
    keyring.block.clear()
    return build_desk(data, OsSecrets(lambda: keyring))


def ask_keystore(desk: Desk, _progress: Progress = silent) -> str | None:
    """Read a secret; the deed itself never says that it waits."""
    return desk.secrets.read("certificate")


def ask_journal(desk: Desk, _progress: Progress = silent) -> None:
    """Open the journal, whose key lies in the keystore."""
    desk.journal()


def ask_profile(desk: Desk, _progress: Progress = silent) -> str:
    """Do what needs no secret."""
    return desk.profile().id


ASK_JOURNAL = Deed[None](__name__, "ask_journal")
ASK_PROFILE = Deed[str](__name__, "ask_profile")
ASK = Deed[str](__name__, "ask_keystore")
