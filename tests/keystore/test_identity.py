"""C15, C17, K11: the identity on disk, its replacement and its repair."""

import errno
import json
import os
import ssl
import threading
from pathlib import Path

import pytest

from app.core.errors import CertificateError
from app.disk import alone
from app.keystore import identity as module
from app.keystore.certificate import Bundle
from app.keystore.identity import (
    Identity,
    active,
    clean_leftovers,
    has_leftovers,
    install,
    remove,
)
from app.keystore.secrets import MemorySecrets
from tests.support.outside import NOW, Wish, authority, elliptic_key, issue

ROOT = authority()
OLD = issue(ROOT, Wish(name="gammal.example.se"))
NEW = issue(ROOT, Wish(name="ny.example.se"))


def bundle(issued) -> Bundle:
    return Bundle(issued.key, issued.certificate, (ROOT.certificate,))


def in_use(folder: Path, secrets) -> Identity:
    found = active(folder, secrets, lambda: NOW)
    assert found is not None
    return found


def context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def kept(secrets: MemorySecrets) -> set[str]:
    return set(secrets._secrets)


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


def test_an_installed_certificate_opens_a_tls_context(tmp_path, secrets):
    folder = tmp_path / "certificate"
    installed = install(bundle(OLD), folder, secrets, lambda: NOW)
    found = in_use(folder, secrets)
    assert found == installed
    assert found.facts.subject == "gammal.example.se"
    assert found.facts.chain == ("TEST SITHS e-id Root CA v2",)
    assert found.place == "memory"
    found.load_into(context())


def test_without_an_import_there_is_no_identity(tmp_path, secrets):
    assert active(tmp_path / "nowhere", secrets) is None
    remove(tmp_path / "nowhere", secrets)
    clean_leftovers(tmp_path / "nowhere", secrets)
    assert not has_leftovers(tmp_path / "nowhere")


def test_the_key_is_encrypted_and_for_the_owner_only(tmp_path, secrets):
    folder = tmp_path / "certificate"
    found = install(bundle(OLD), folder, secrets)
    assert found.pem.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    for path in folder.rglob("*"):
        assert b"BEGIN PRIVATE KEY" not in path.read_bytes()
        assert b"BEGIN EC PRIVATE KEY" not in path.read_bytes()
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_new_certificate_replaces_the_old_and_leaves_nothing_of_it(tmp_path, secrets):
    old = install(bundle(OLD), tmp_path, secrets)
    new = install(bundle(NEW), tmp_path, secrets)
    assert in_use(tmp_path, secrets).facts.subject == "ny.example.se"
    assert not old.pem.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([new.pem.name, "active.json"])
    assert len(kept(secrets)) == 1
    with pytest.raises(CertificateError, match="certificate-passphrase-missing"):
        old.load_into(context())


def test_a_removed_certificate_leaves_no_file_and_no_secret(tmp_path, secrets):
    install(bundle(OLD), tmp_path, secrets)
    remove(tmp_path, secrets)
    assert active(tmp_path, secrets) is None
    assert list(tmp_path.iterdir()) == []
    assert kept(secrets) == set()


def test_a_lost_or_wrong_passphrase_is_told_from_a_lost_file(tmp_path, secrets):
    found = install(bundle(OLD), tmp_path, secrets)
    (name,) = kept(secrets)
    secrets.write(name, "fel")
    with pytest.raises(CertificateError, match="certificate-key-unreadable"):
        found.load_into(context())
    secrets.remove(name)
    with pytest.raises(CertificateError) as caught:
        found.load_into(context())
    assert (caught.value.code, caught.value.values) == (
        "certificate-passphrase-missing",
        {"place": "memory"},
    )
    secrets.write(name, "fel")
    found.pem.unlink()
    with pytest.raises(CertificateError, match="certificate-file-missing"):
        found.load_into(context())
    with pytest.raises(CertificateError, match="certificate-file-missing"):
        active(tmp_path, secrets)


def test_a_key_that_does_not_match_is_refused_when_loaded(tmp_path, secrets):
    found = install(Bundle(elliptic_key(7), OLD.certificate), tmp_path, secrets)
    with pytest.raises(CertificateError, match="certificate-key-mismatch"):
        found.load_into(context())


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff"])
def test_a_damaged_pointer_is_said_to_be_damaged(tmp_path, secrets, content):
    install(bundle(OLD), tmp_path, secrets)
    (tmp_path / "active.json").write_bytes(content)
    with pytest.raises(CertificateError, match="certificate-pointer-damaged"):
        active(tmp_path, secrets)


def test_a_damaged_pointer_is_mended_by_importing_again(tmp_path, secrets):
    folder = tmp_path / "certificate"
    install(bundle(OLD), folder, secrets)
    (folder / "active.json").write_bytes(b"")
    install(bundle(NEW), folder, secrets)
    assert in_use(folder, secrets).facts.subject == "ny.example.se"
    assert len(kept(secrets)) == 1
    assert len(list(folder.iterdir())) == 2


def test_two_imports_at_once_leave_one_identity_that_opens(tmp_path, secrets):
    folder = tmp_path / "certificate"
    threads = [
        threading.Thread(target=lambda one=one: install(bundle(one), folder, secrets))
        for one in (OLD, NEW, OLD, NEW, OLD, NEW)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    in_use(folder, secrets).load_into(context())
    assert len(kept(secrets)) == 1
    assert len(list(folder.iterdir())) == 2


def test_cleaning_waits_for_an_import_under_way(tmp_path, secrets, monkeypatch):
    folder = tmp_path / "certificate"
    install(bundle(OLD), folder, secrets)
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    with alone(tmp_path / "certificate.lock", 1):
        for deed in (
            lambda: clean_leftovers(folder, secrets),
            lambda: remove(folder, secrets),
            lambda: install(bundle(NEW), folder, secrets),
        ):
            with pytest.raises(CertificateError, match="certificate-busy"):
                deed()
    in_use(folder, secrets).load_into(context())


def test_a_disk_that_takes_no_file_is_told_and_the_old_identity_stays(
    tmp_path, secrets, monkeypatch
):
    folder = tmp_path / "certificate"
    install(bundle(OLD), folder, secrets)

    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail)
        with pytest.raises(CertificateError, match="certificate-not-kept"):
            install(bundle(NEW), folder, secrets)
    in_use(folder, secrets).load_into(context())
    clean_leftovers(folder, secrets)
    assert not has_leftovers(folder)
    assert len(kept(secrets)) == 1
    (tmp_path / "file").touch()
    with pytest.raises(CertificateError, match="certificate-not-kept"):
        install(bundle(NEW), tmp_path / "file", secrets)


def test_a_damaged_certificate_file_is_unreadable(tmp_path, secrets):
    found = install(bundle(OLD), tmp_path, secrets)
    found.pem.write_bytes(b"rubbish")
    with pytest.raises(CertificateError, match="certificate-key-unreadable"):
        active(tmp_path, secrets)


class FileSecrets:
    """A keystore that outlives a killed process."""

    place = "file"

    def __init__(self, path: Path) -> None:
        self.path = path

    def _all(self) -> dict[str, str]:
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    def read(self, name: str) -> str | None:
        return self._all().get(name)

    def write(self, name: str, secret: str) -> None:
        self.path.write_text(json.dumps(self._all() | {name: secret}))

    def remove(self, name: str) -> None:
        self.path.write_text(json.dumps({k: v for k, v in self._all().items() if k != name}))


STEPS = 24  # more than an import has


def die_at(step: int, folder: Path, keystore: Path) -> int:
    """Import in a child that dies at one of its steps; return its exit code."""
    if (child := os.fork()) == 0:
        _import_and_die(step, folder, keystore)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _import_and_die(step: int, folder: Path, keystore: Path) -> None:
    secrets = FileSecrets(keystore)
    left = iter(range(step, -1, -1))

    def counted(deed):
        def run(*args, **names):
            if next(left) == 0:
                os._exit(9)
            return deed(*args, **names)

        return run

    for place, deeds in {
        secrets: ("write", "remove"),
        Path: ("replace", "unlink"),
        module: ("write_atomically",),
    }.items():
        for deed in deeds:
            setattr(place, deed, counted(getattr(place, deed)))
    install(bundle(NEW), folder, secrets)
    os._exit(0)


@pytest.mark.skipif(os.name != "posix", reason="needs fork to die in the middle of an import")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_crash_at_any_step_leaves_one_identity_and_no_leftovers(tmp_path):
    ended = []
    for step in range(STEPS):
        folder, keystore = tmp_path / f"{step}", tmp_path / f"{step}.json"
        secrets = FileSecrets(keystore)
        install(bundle(OLD), folder, secrets)
        ended.append(die_at(step, folder, keystore))
        clean_leftovers(folder, secrets)
        found = in_use(folder, secrets)
        assert found.facts.subject in {"gammal.example.se", "ny.example.se"}
        found.load_into(context())
        assert len(secrets._all()) == 1, step
        assert {path.name for path in folder.iterdir()} == {found.pem.name, "active.json"}, step
    assert set(ended) == {0, 9}
