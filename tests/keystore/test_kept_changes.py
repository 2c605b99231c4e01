"""Changes of what is kept, at once and on a full disk; and what the program's first form left."""

import errno
import json
import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from app.core.errors import CertificateError
from app.disk import alone
from app.keystore import changes
from app.keystore.kept import Kept
from tests.support.keeping import NEW, OLD, ROOT, Keystore, bundle, context, files, kept_in, names
from tests.support.outside import Wish, issue


@pytest.fixture
def secrets() -> Keystore:
    return Keystore()


@pytest.fixture
def kept(tmp_path, secrets) -> Kept:
    return kept_in(tmp_path / "certificate", secrets)


def test_changes_at_once_leave_everything_whole(kept, secrets):
    wishes = [issue(ROOT, Wish(name=f"{number}.example.se")) for number in range(6)]

    def change(one) -> None:
        own = kept_in(kept.folder, secrets)
        added = own.install(bundle(one), ("stage", "local"))
        with suppress(CertificateError):  # it may have been taken in again just now
            own.choose("local", added.id)

    threads = [threading.Thread(target=change, args=(one,)) for one in (*wishes, *wishes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names(kept)) == [f"{number}.example.se" for number in range(6)]
    assert len(secrets.kept) == 6
    assert set(kept.choices()) == {"stage", "local"}
    for one in kept.all():
        one.load_into(context())
    assert not kept.has_leftovers()


def test_a_change_waits_for_another_and_says_so_when_it_takes_too_long(kept, monkeypatch):
    old = kept.install(bundle(OLD))
    monkeypatch.setattr(changes, "PATIENCE", 0.05)
    with alone(kept.folder.with_suffix(".lock"), 1):
        for deed in (
            lambda: kept.install(bundle(NEW)),
            lambda: kept.remove(old.id),
            lambda: kept.choose("stage", old.id),
            kept.clean_leftovers,
        ):
            with pytest.raises(CertificateError, match="certificate-busy"):
                deed()
        assert names(kept) == ["gammal.example.se"]  # reading waits for nobody


def test_a_disk_that_takes_no_file_is_told_and_what_was_kept_stays(kept, secrets, monkeypatch):
    old = kept.install(bundle(OLD), ("stage",))

    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail)
        for deed in (
            lambda: kept.install(bundle(NEW)),
            lambda: kept.choose("local", old.id),
            lambda: kept.order(NEW.certificate.subject, ("ny.example.se",), "ec-p256", {}),
        ):
            with pytest.raises(CertificateError, match="certificate-not-kept"):
                deed()
        old.load_into(context())
    kept.clean_leftovers()
    assert secrets.kept == {f"certificate-{old.id}"}
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail)
        kept.remove(old.id)  # a full disk keeps no key
    assert (files(kept) - {"chosen.json"}, secrets.kept) == (set(), set())
    (kept.folder.parent / "file").touch()
    with pytest.raises(CertificateError, match="certificate-not-kept"):
        kept_in(kept.folder.parent / "file", secrets).install(bundle(NEW))


def first_form(kept: Kept, pointer: str) -> str:
    """Let the folder look as the program's first form left it."""
    old = kept.install(bundle(OLD))
    (kept.folder / f"{old.id}.json").unlink()
    (kept.folder / "active.json").write_text(pointer.replace("ID", old.id))
    return old.id


@pytest.mark.parametrize("pointer", ['{"version": "ID", "place": "memory"}', "", '{"version": 1}'])
def test_what_the_first_form_kept_is_carried_over_even_with_a_damaged_pointer(kept, pointer):
    old = first_form(kept, pointer)
    with suppress(CertificateError):
        kept.has_leftovers()
    (found,) = kept.all()
    assert (found.id, kept.choices()) == (old, {"teststage": old})
    found.load_into(context())
    assert files(kept) == {f"{old}.pem", f"{old}.json", "chosen.json"}
    assert json.loads((kept.folder / f"{old}.json").read_bytes())["fingerprint"]


def test_a_damaged_certificate_of_the_first_form_is_shown_as_damaged(kept):
    old = first_form(kept, '{"version": "ID", "place": "memory"}')
    (kept.folder / f"{old}.pem").write_bytes(b"rubbish")
    assert kept.damaged() == ((old, "certificate-key-unreadable"),)
    with pytest.raises(CertificateError, match="certificate-key-unreadable"):
        kept.chosen("production")
    kept.remove(old)
    assert kept.choices() == {}


def test_a_pointer_never_leads_out_of_the_folder(kept, tmp_path):
    (tmp_path / "elsewhere.pem").write_bytes(OLD.pem)
    first_form(kept, '{"version": "../elsewhere", "place": "memory"}')
    assert names(kept) == ["gammal.example.se"]
    assert not (tmp_path / "elsewhere.json").exists()


def test_files_of_others_are_left_alone(kept: Kept):
    old = kept.install(bundle(OLD))
    for name in ("README", "notes.json", "backup.pem", "x.new"):
        Path(kept.folder / name).touch()
    assert not kept.has_leftovers()
    kept.clean_leftovers()
    assert {"README", "notes.json", "backup.pem", "x.new", f"{old.id}.pem"} <= files(kept)
