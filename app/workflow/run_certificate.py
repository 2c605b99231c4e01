"""A certificate for one run only: gone from disk and keystore afterwards, also if it was killed.

Each run has a folder and, beside it, a lock that ends with its process: a folder whose lock is
free was left by a run that did not come to its end.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from app.core.errors import CertificateError, KeystoreError
from app.disk import alone
from app.workflow.certify import import_certificate
from app.workflow.desk import Desk

RUNS = "runs"
CERTIFICATE = "certificate"


@contextmanager
def certificate_for_this_run(desk: Desk, path: str, password: str) -> Iterator[None]:
    """Use a .p12 or .pfx file until the block ends, instead of the certificate that is kept."""
    with ExitStack() as held:
        folder = _own_folder(desk.data / RUNS, held)
        held.callback(_clean, desk, folder)
        _clean_former(desk, folder.parent)
        desk.certificate_folder = folder / CERTIFICATE
        held.callback(setattr, desk, "certificate_folder", None)
        import_certificate(desk, path, password)
        yield


def _own_folder(runs: Path, held: ExitStack) -> Path:
    """Make the folder of this run; its lock is held until the run ends."""
    folder = runs / token_hex(8)
    try:
        runs.mkdir(mode=0o700, exist_ok=True)
        held.callback(_drop, _lock(folder))
        held.enter_context(alone(_lock(folder), 0))
        folder.mkdir(mode=0o700)
    except OSError:
        raise CertificateError("certificate-not-kept") from None
    return folder


def _clean_former(desk: Desk, runs: Path) -> None:
    """Clean up after runs that were killed; those under way hold their lock."""
    for folder in runs.iterdir():
        if folder.is_dir():
            with suppress(OSError, CertificateError, KeystoreError):  # until the next time
                with alone(_lock(folder), 0):
                    _clean(desk, folder)
                _lock(folder).unlink(missing_ok=True)


def _clean(desk: Desk, folder: Path) -> None:
    from app.keystore.kept import Kept

    Kept(folder / CERTIFICATE, desk.secrets).forget_all()
    rmtree(folder, ignore_errors=True)


def _drop(lock: Path) -> None:
    with suppress(OSError):
        lock.unlink()


def _lock(folder: Path) -> Path:
    return folder.with_suffix(".lock")
