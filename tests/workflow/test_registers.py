"""Code registers are imported year by year, and what is missing is said."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.errors import ExportError, ProfileError
from app.workflow.analyse import analyse
from app.workflow.registers import (
    import_register,
    register_status,
    remove_register,
    with_registers,
)
from tests.support.analysed import every_value
from tests.support.loaded import base_of, sample_desk
from tests.support.registers import KVA_CODES, write_kva_text, write_kva_workbook
from tests.support.workflow import make_desk


def desk_on(folder: Path, month: int = 8):
    return make_desk(folder, lambda: datetime(2026, month, 15, 11, 0, tzinfo=UTC))


def status_of(desk, register: str = "kva"):
    return next(one for one in register_status(desk) if one.register == register)


def test_several_years_lie_side_by_side(tmp_path):
    desk = desk_on(tmp_path / "desk")
    assert status_of(desk).note == "register-missing"
    workbook = str(write_kva_workbook(tmp_path / "kva-2026.xlsx"))
    view = import_register(desk, workbook, "kva")
    assert (view.register, view.year, view.codes, view.added) == ("kva", 2026, 6, 6)
    import_register(desk, workbook, "kva", 2025)
    status = status_of(desk)
    assert (status.years, status.note) == (((2026, 6), (2025, 6)), "")
    assert status_of(desk, "icd").note == "register-missing"
    codes = with_registers(desk, desk.profile()).register_codes
    assert codes["kva"][2025] == codes["kva"][2026] == {one.lower() for one in KVA_CODES}


def test_a_second_file_of_a_year_is_added(tmp_path):
    desk = desk_on(tmp_path / "desk")
    import_register(desk, str(write_kva_text(tmp_path / "level4.txt")), "kva", 2026)
    more = tmp_path / "kma.txt"
    more.write_text("Kod\tTitel\nSP712\tEn\nAB123\tNy\n", "utf-8")
    view = import_register(desk, str(more), "kva", 2026)
    assert (view.codes, view.added) == (7, 1)


@pytest.mark.parametrize(
    ("month", "years", "note", "about"),
    [
        (8, (2025,), "register-old", "2026"),
        (8, (2026,), "", ""),
        (2, (2026,), "register-no-former-year", "2025"),
        (2, (2025, 2026), "", ""),
    ],
)
def test_what_the_missing_years_mean_is_said(tmp_path, month, years, note, about):
    desk = desk_on(tmp_path / "desk", month)
    path = str(write_kva_text(tmp_path / "level4.txt"))
    for year in years:
        import_register(desk, path, "kva", year)
    status = status_of(desk)
    assert (status.note, dict(status.values).get("year", "")) == (note, about)


def test_a_removed_year_is_gone(tmp_path):
    desk = desk_on(tmp_path / "desk")
    import_register(desk, str(write_kva_text(tmp_path / "level4.txt")), "kva", 2026)
    left = remove_register(desk, "kva", 2026)
    assert [one.years for one in left] == [()] * len(left)
    with pytest.raises(ProfileError) as caught:
        remove_register(desk, "kva", 2026)
    assert caught.value.code == "register-not-imported"


@pytest.mark.parametrize(
    ("name", "register", "year", "code"),
    [
        ("level4.txt", "kva", None, "register-year-missing"),
        ("level4.txt", "kva", 26, "register-year-wrong"),
        ("level4.txt", "atc", 2026, "register-unknown"),
        ("level4.txt", "icd", 2026, "register-no-codes"),
        ("gone.txt", "kva", 2026, "file-missing"),
    ],
)
def test_what_cannot_be_imported_changes_nothing(tmp_path, name, register, year, code):
    desk = desk_on(tmp_path / "desk")
    write_kva_text(tmp_path / "level4.txt")
    with pytest.raises((ProfileError, ExportError)) as caught:
        import_register(desk, str(tmp_path / name), register, year)
    assert caught.value.code == code
    assert not (desk.data / "registers").exists()


def test_the_rules_that_ask_a_register_are_named(tmp_path):
    assert "korrupt-20-ogiltig-kva-kod" in status_of(desk_on(tmp_path)).rules


def causes(desk, opened) -> dict[str, int]:
    summary = analyse(desk, opened.project, base_of(opened))
    return {one.code: one.cases for one in summary.causes}


def test_a_checked_export_is_held_against_the_years_that_are_imported(tmp_path):
    desk, opened = sample_desk(tmp_path / "desk")
    missing, grace = "korrupt-20-ogiltig-kva-kod", "notering-kva-kod-borttagen-i-ar"
    before = causes(desk, opened)
    assert not {missing, grace} & before.keys()
    path = tmp_path / "kva.txt"
    path.write_text("Kod\nXXX00\n", "utf-8")
    import_register(desk, str(path), "kva", 2026)
    without_former = causes(desk, opened)
    assert desk.analysis is not None
    values = every_value(desk.analysis)
    names = ("operationskod", "preliminarOperationskod", "anestesikod")
    sent = {str(code) for name in names for code in values[name][name]}
    path.write_text("Kod\n" + "\n".join(sent) + "\n", "utf-8")
    import_register(desk, str(path), "kva", 2025)
    with_former = causes(desk, opened)
    assert without_former[missing] > 1
    assert with_former[grace] > 0
    assert with_former[missing] == without_former[missing]  # its months of grace are over
    import_register(desk, str(path), "kva", 2026)
    assert not {missing, grace} & causes(desk, opened).keys()
