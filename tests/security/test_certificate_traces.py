"""C02 and C15: what an import leaves behind, and with which rights, from its first moment."""

import os

import pytest

from app.core.errors import CertificateError
from app.keystore.secrets import MemorySecrets
from app.workflow.certify import import_certificate
from tests.support.keeping import OLD, SUBJECT, bundle, kept_in
from tests.support.pki import leaf, packed
from tests.support.workflow import make_desk

WRONG = ["fel", "", "日本語", "\ud800", "lo\u0308sen"]


@pytest.mark.case("C02", "an import with a wrong password: keystore, disk and journal after it")
def test_c02_after_a_wrong_password_nothing_is_kept(tmp_path):
    desk = make_desk(tmp_path / "data")
    desk.secrets = secrets = Watched()
    packages = {"a.p12": packed(leaf()), "b.pem": leaf().pem + leaf().locked_key("lösen")}
    for name, data in packages.items():
        (tmp_path / name).write_bytes(data)
        for password in WRONG:
            with pytest.raises(CertificateError, match="certificate-password"):
                import_certificate(desk, str(tmp_path / name), password)
    assert secrets.written == []
    assert [path for path in desk.data.rglob("*") if path.is_file()] == []
    desk.close()


class Watched(MemorySecrets):
    """A keystore that tells what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def write(self, name: str, secret: str) -> None:
        self.written.append(name)
        super().write(name, secret)


@pytest.mark.case("C15", "the rights that a file is made with, before anything mends them")
@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's own folders itself")
def test_c15_a_key_is_never_open_to_others_not_even_for_a_moment(tmp_path, monkeypatch):
    for module in ("changes", "kept"):
        monkeypatch.setattr(f"app.keystore.{module}.secure_folder", lambda _folder: None)
    former = os.umask(0)
    try:
        kept = kept_in(tmp_path / "certificate", MemorySecrets())
        kept.install(bundle(OLD), ("stage",))
        kept.order(SUBJECT, ("op.example.se",), "ec-p256", {})
    finally:
        os.umask(former)
    files = {path.name: path.stat().st_mode & 0o777 for path in kept.folder.iterdir()}
    assert len(files) == 5
    assert set(files.values()) == {0o600}
    assert kept.folder.stat().st_mode & 0o777 == 0o700
