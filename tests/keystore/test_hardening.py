"""Keys do not leak beside their file: folder rights, and no core dumps."""

import os
import subprocess
import sys

import pytest

from app.core.errors import CertificateError
from app.keystore.hardening import secure_folder
from app.keystore.secrets import MemorySecrets
from tests.support.keeping import NEW, OLD, bundle, kept_in, names

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folders")


@pytest.fixture
def kept(tmp_path):
    kept = kept_in(tmp_path / "certificate", MemorySecrets())
    kept.install(bundle(OLD), ("stage",))
    return kept


def test_rights_that_others_got_to_read_are_taken_away_again(kept):
    kept.folder.chmod(0o755)
    for path in kept.folder.iterdir():
        path.chmod(0o644)
    assert names(kept) == ["gammal.example.se"]
    assert kept.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in kept.folder.iterdir()} == {0o600}


@pytest.mark.parametrize("rights", [0o770, 0o707, 0o720, 0o702])
def test_a_folder_that_others_may_write_to_is_refused_until_somebody_has_looked(kept, rights):
    kept.folder.chmod(rights)
    for deed in (
        kept.all,
        kept.choices,
        lambda: kept.chosen("stage"),
        lambda: kept.install(bundle(NEW)),
        lambda: kept.choose("local", ""),
    ):
        with pytest.raises(CertificateError) as caught:
            deed()
        assert caught.value.code == "certificate-folder-writable"
        assert caught.value.values == {"folder": str(kept.folder)}
    kept.folder.chmod(0o700)
    assert names(kept) == ["gammal.example.se"]


def test_a_folder_of_another_user_is_refused(kept, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(CertificateError, match="certificate-folder-foreign"):
        kept.all()


def test_a_folder_that_cannot_be_closed_is_refused(kept, monkeypatch):
    kept.folder.chmod(0o755)

    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.chmod", refuse)
    with pytest.raises(CertificateError, match="certificate-folder-open"):
        kept.all()


def test_a_folder_that_is_not_there_is_no_fault(tmp_path):
    secure_folder(tmp_path / "nothing")
    assert kept_in(tmp_path / "nothing", MemorySecrets()).all() == ()
    assert not (tmp_path / "nothing").exists()


CORE = """
import resource
from app.keystore.hardening import forbid_core_dumps
resource.setrlimit(resource.RLIMIT_CORE, (4096, resource.getrlimit(resource.RLIMIT_CORE)[1]))
forbid_core_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_no_process_of_the_program_leaves_a_core(monkeypatch):
    said = subprocess.run([sys.executable, "-c", CORE], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "(0, 0)"


def test_the_program_forbids_core_dumps_before_it_does_anything(monkeypatch):
    from app.__main__ import main

    done = []

    def run(_arguments: list[str]) -> int:
        done.append("run")
        return 0

    monkeypatch.setattr("app.keystore.hardening.forbid_core_dumps", lambda: done.append("core"))
    monkeypatch.setattr("app.cli.program.run", run)
    assert main() == 0
    assert done == ["core", "run"]
