"""Code registers as they are published: workbooks with a read-me, quoted texts, older texts."""

from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from app.core.codes import plain_code
from app.core.errors import ExportError, ProfileError
from app.core.register import CodeRegister
from app.files.code_register import (
    LARGEST,
    forget_codes,
    keep_codes,
    kept_codes,
    read_published,
    year_in,
)
from tests.support.profile import shipped
from tests.support.registers import (
    ICD_CODES,
    KVA_CODES,
    write_icd_tsv,
    write_kva_text,
    write_kva_workbook,
)

KVA, ICD = (next(one for one in shipped().registers if one.id == name) for name in ("kva", "icd"))


def codes_in(path, register: CodeRegister = KVA) -> set[str]:
    return set(read_published(path, register).codes)


def refusal(path, register: CodeRegister = KVA) -> ProfileError:
    with pytest.raises(ProfileError) as caught:
        read_published(path, register)
    return caught.value


def plain(codes) -> set[str]:
    return set(map(plain_code, codes))


def test_the_workbook_is_read_past_its_read_me_and_the_lines_above_the_heading(tmp_path):
    path = write_kva_workbook(tmp_path / "kva-inkl-beskrivningstexter-2026.xlsx")
    assert codes_in(path) == plain(KVA_CODES)


def test_the_quoted_text_holds_chapters_sections_and_rows_that_go_on(tmp_path):
    path = write_icd_tsv(tmp_path / "icd-10-se.tsv")
    found = read_published(path, ICD)
    assert found.codes == plain(ICD_CODES)
    assert found.left_out == 2  # a chapter and a section


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("heading", [True, False])
def test_older_texts_begin_each_line_with_the_code(tmp_path, encoding, heading):
    path = write_kva_text(tmp_path / "level4.txt", encoding, heading=heading)
    assert codes_in(path) == plain(KVA_CODES)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_hospitals_own_list_may_have_the_codes_in_any_column(tmp_path, delimiter):
    path = tmp_path / "koder.csv"
    rows = (("Titel", "KOD", "Ansvarig"), ("Appendektomi", " JEA01 ", "A"), ("Annat", "", "B"))
    path.write_text("\n".join(delimiter.join(row) for row in rows), "utf-8")
    assert codes_in(path) == {"jea01"}


def test_quotation_marks_in_a_title_do_not_swallow_lines(tmp_path):
    path = tmp_path / "level4.txt"
    path.write_text('AAA00\t\t"Explorativ\nAAA10\t\tBiopsi\nAAA20\t\t"Cage" utan fusion\n', "utf-8")
    assert codes_in(path) == {"aaa00", "aaa10", "aaa20"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tom.txt", b"", "file-empty"),
        ("tom.txt", b" \r\n ", "file-empty"),
        ("bild.txt", b"\x00\x01\x02" * 50, "file-kind"),
        ("trasig.xlsx", b"PK\x03\x04 and nothing more", "file-broken"),
        ("saknas.txt", None, "file-missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_of(tmp_path, name, content, code):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExportError) as caught:
        read_published(path, KVA)
    assert caught.value.code == code


def test_a_file_without_codes_is_refused(tmp_path):
    path = tmp_path / "level1.txt"
    path.write_text("A\t\tNervsystemet\nB\t\tEndokrina systemet\n", "utf-8")
    assert refusal(path).code == "register-no-codes"


def test_a_workbook_that_holds_nothing_is_refused(tmp_path):
    Workbook().save(tmp_path / "tom.xlsx")
    assert refusal(tmp_path / "tom.xlsx").code == "register-no-codes"


def test_the_file_of_another_register_is_refused(tmp_path):
    error = refusal(write_kva_workbook(tmp_path / "kva.xlsx"), ICD)
    assert error.code in {"register-no-codes", "register-wrong-codes"}
    path = tmp_path / "blandat.txt"
    path.write_text("JEA01\nI84.1\nK35.8\nS52.50\n", "utf-8")
    error = refusal(path)
    assert (error.code, error.values["share"]) == ("register-wrong-codes", "25")


def test_what_is_far_too_large_is_not_read(tmp_path):
    path = tmp_path / "film.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert refusal(path).code == "code-register-too-large"


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("kva-inkl-beskrivningstexter-2026.xlsx", 2026),
        ("icd-10-se_20260101.tsv", None),
        ("icd-10-se.tsv", None),
        ("kva-2021-rev2020-12-23.xlsx", None),
        ("KVÅ2024.txt", 2024),
    ],
)
def test_the_year_is_taken_from_a_name_that_says_one(name, year):
    assert year_in(name) == year


def test_what_is_kept_is_read_again_when_it_has_changed(tmp_path):
    assert kept_codes(tmp_path, ["kva"]) == {}
    keep_codes(tmp_path, "kva", 2026, frozenset({"jea01", "jea00"}))
    keep_codes(tmp_path, "kva", 2025, frozenset({"jea00"}))
    assert kept_codes(tmp_path, ["kva", "icd"]) == {
        "kva": {2025: frozenset({"jea00"}), 2026: frozenset({"jea00", "jea01"})}
    }
    assert (tmp_path / "kva" / "2026.txt").read_text("utf-8") == "jea00\njea01\n"
    keep_codes(tmp_path, "kva", 2026, frozenset({"jea01", "jea00", "jeb00"}))
    assert len(kept_codes(tmp_path, ["kva"])["kva"][2026]) == 3


def test_a_register_that_would_reach_outside_the_folder_has_no_codes(tmp_path):
    keep_codes(tmp_path, "kva", 2026, frozenset({"jea01"}))
    assert kept_codes(tmp_path / "icd", ["../kva"]) == {}


def test_a_year_is_forgotten_once(tmp_path):
    keep_codes(tmp_path, "kva", 2026, frozenset({"jea01"}))
    forget_codes(tmp_path, "kva", 2026)
    assert kept_codes(tmp_path, ["kva"]) == {}
    with pytest.raises(ProfileError) as caught:
        forget_codes(tmp_path, "kva", 2026)
    assert caught.value.code == "register-not-imported"


def test_a_kept_file_that_was_spoilt_and_a_full_disk_are_named(tmp_path):
    (tmp_path / "kva").mkdir()
    (tmp_path / "kva" / "2026.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ProfileError) as caught:
        kept_codes(tmp_path, ["kva"])
    assert (caught.value.code, caught.value.values) == (
        "register-unreadable",
        {"register": "kva", "year": "2026"},
    )
    (tmp_path / "icd").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(ProfileError) as caught:
        keep_codes(tmp_path, "icd", 2026, frozenset({"i841"}))
    assert caught.value.code == "register-unwritable"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_that_was_damaged_on_the_way_is_told_of(tmp_path, part):
    path = write_kva_workbook(tmp_path / "kva.xlsx")
    with ZipFile(path) as archive:
        start = archive.getinfo(part).header_offset + 30 + len(part)
    data = bytearray(path.read_bytes())
    data[start : start + 20] = b"\xff" * 20
    path.write_bytes(data)
    with pytest.raises((ExportError, ProfileError)):
        read_published(path, KVA)
