import errno
from pathlib import Path

import pytest

from app.core.errors import Cancelled, ExportError, WorkbenchError
from app.files.profile import compile_schema, load_shipped
from app.safexml import parse
from app.workflow.build import file_name, write_documents
from tests.support.loaded import analysed_desk
from tests.support.workflow import PROFILE, make_desk


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))[0]


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_file_per_case_that_may_be_sent(sample, tmp_path):
    steps = []
    count = write_documents(sample, str(tmp_path / "a" / "xml"), lambda *step: steps.append(step))
    names = content(tmp_path / "a" / "xml")
    assert count == len(names) == 395
    assert "2600108.xml" not in names  # the patient has declined
    assert steps == [(0, 395, "writing"), (200, 395, "writing"), (395, 395, "writing")]


def test_writing_twice_gives_the_same_bytes(sample, tmp_path):
    write_documents(sample, str(tmp_path / "one"))
    write_documents(sample, str(tmp_path / "two"))
    first = content(tmp_path / "one")
    assert first == content(tmp_path / "two")
    write_documents(sample, str(tmp_path / "one"))
    assert first == content(tmp_path / "one")


def test_every_document_holds_what_the_schema_wants(sample, tmp_path):
    write_documents(sample, str(tmp_path))
    schema = compile_schema(load_shipped(PROFILE))
    assert all(schema.validate(parse(data)) for data in content(tmp_path).values())


def test_documents_are_for_the_user_alone(sample, tmp_path):
    write_documents(sample, str(tmp_path))
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def test_nothing_to_write_before_the_check(tmp_path):
    with pytest.raises(WorkbenchError) as caught:
        write_documents(make_desk(tmp_path / "d"), str(tmp_path / "xml"))
    assert caught.value.code == "not-analysed"
    assert not (tmp_path / "xml").exists()


def test_folder_that_cannot_be_written_is_one_clear_error(sample, tmp_path):
    (tmp_path / "xml").write_text("in the way")
    with pytest.raises(ExportError) as caught:
        write_documents(sample, str(tmp_path / "xml"))
    assert caught.value.code == "folder-unwritable"


def test_stopped_writing_leaves_only_whole_files(sample, tmp_path):
    def stop(done, total, step=""):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_documents(sample, str(tmp_path), stop)
    written = content(tmp_path)
    assert len(written) == 200
    assert all(data.endswith(b">\n") for data in written.values())


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("2600001", "2600001.xml"),
        ("A/B\\C", "A%2FB%5CC.xml"),
        ("../x", "%2E.%2Fx.xml"),
        ("CON", "%43ON.xml"),
        ("nul.1", "%6Eul.1.xml"),
        ("Ö 1", "%C3%96 1.xml"),
        ("a:b*?", "a%3Ab%2A%3F.xml"),
    ],
)
def test_names_are_safe_everywhere(case, name):
    assert file_name(case) == name


def test_a_number_as_long_as_no_name_may_be_is_written_all_the_same():
    one, other = file_name("å" * 300 + "1"), file_name("å" * 300 + "2")
    assert one != other
    assert len(one) < 240


def test_a_full_disk_is_told_and_leaves_only_whole_files(sample, tmp_path, monkeypatch):
    written: list[Path] = []

    def write_until_full(path, data, **_):
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(path)

    monkeypatch.setattr("app.files.disk.write_atomically", write_until_full)
    with pytest.raises(ExportError) as caught:
        write_documents(sample, str(tmp_path / "xml"))
    assert (caught.value.code, caught.value.values["name"]) == ("folder-full", "xml")
