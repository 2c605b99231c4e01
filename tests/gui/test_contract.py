"""Kontrakt: the list of contracts, importing, sharing, removing, and moving the project."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from app.core.errors import NotSent, ProfileError
from app.core.mapping import Link
from app.gui.contract.entry_rows import entry_words
from app.gui.contract.importer import proposed_name
from app.gui.contract.page import BINDING, CHANGES, CONTRACTS, ContractPage
from app.gui.frame.navigator import Place
from tests.support.gui import PROJECT, Desktop, settle
from tests.support.gui_contract import ENTRIES, IMPORTED, SHIPPED

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(contract_page):
    return contract_page


def _cells(table, number):
    model = table.model()
    return [model.index(number, column).data() for column in range(model.columnCount())]


def _buttons(part):
    return {button.text(): button for button in part.findChildren(QPushButton)}


def _choose(qtbot, desktop, page, profile_id):
    page.contracts.choose(profile_id)
    settle(qtbot, desktop)


def test_every_contract_says_where_it_comes_from_and_how_far_it_is_bound(page):
    rows = [_cells(page.contracts.table, number) for number in range(len(ENTRIES))]
    assert rows[0][:2] == ["SPOR 4.1", "R1"]
    assert rows[0][3:] == ["59 / 59", _text("Complete"), _text("This project")]
    assert rows[2][0] == "Region Väst"
    assert rows[2][3] == "40 / 59"
    assert "2" in rows[2][4]
    assert rows[2][5] == ""


def test_complete_is_only_what_has_no_element_left(page):
    entry = replace(ENTRIES[2], demanded=0)
    assert entry_words(entry) == _text("All that is demanded is bound")
    assert entry_words(replace(entry, bound=entry.elements)) == _text("Complete")


def test_the_projects_own_contract_is_chosen_first(page):
    assert page.contracts.chosen == SHIPPED
    assert not page.contracts.details.use.isEnabled()
    assert page.contracts.details.use.toolTip() == _text("The project follows it already.")


def test_the_inspector_shows_what_a_contract_is_and_its_digests(qtbot, desktop, page):
    _choose(qtbot, desktop, page, IMPORTED)
    shown = _all_text(page.contracts.details)
    assert IMPORTED in shown
    assert "Register.wsdl" in shown
    assert "3f3f3f3f3f3f3f3f…" in shown


def test_a_contract_that_cannot_be_read_says_why(qtbot, desktop, page):
    _choose(qtbot, desktop, page, "trasig")
    assert not page.contracts.details.use.isEnabled()
    assert _buttons(page.contracts.details)[_text("Remove…")].isEnabled()


def test_an_import_leads_to_the_binding_with_its_suggestions(qtbot, desktop, page):
    new = replace(ENTRIES[2], id="nytt-kontrakt")
    desktop.answers["profile_entries"] = lambda: (*ENTRIES, new)
    page.open_import()
    form = page.contracts.importer
    form.take_place("/tmp/Nytt Kontrakt.wsdl")
    assert form.name.text() == "nytt-kontrakt"
    form.confirm.click()
    settle(qtbot, desktop)
    asked = next(args for name, args in desktop.channel.asked if name == "import_profile")
    assert asked == ("/tmp/Nytt Kontrakt.wsdl", "nytt-kontrakt", SHIPPED, "", "", "")
    assert page.parts.value() == BINDING
    assert page.binding.work.profile_id == "nytt-kontrakt"
    assert "nytt-kontrakt" in desktop.said[-1]
    assert page.contracts.chosen == "nytt-kontrakt"  # the next step is to use it


def test_an_import_that_fails_says_why_in_the_form_and_keeps_what_was_filled_in(
    qtbot, desktop, page
):
    desktop.answers["import_profile"] = NotSent("tls-no-certificate")
    page.open_import()
    form = page.contracts.importer
    form.take_place("https://stage.example.org/spor?wsdl")
    form.confirm.click()
    settle(qtbot, desktop)
    assert form.trouble.isVisible()
    assert form.trouble.text()
    assert form.place.text() == "https://stage.example.org/spor?wsdl"
    assert form.confirm.isEnabled()
    assert page.parts.value() == CONTRACTS
    assert desktop.said == []
    assert form.place.hasFocus()  # and not on Cancel
    form.place.setText("https://stage.example.org/v2?wsdl")
    assert form.trouble.text() == ""  # it was said of the other address


def test_a_schema_that_the_wsdl_does_not_name_is_imported_too(qtbot, desktop, page):
    page.open_import()
    form = page.contracts.importer
    form.take_place("/tmp/tjanst.wsdl")
    form.schema_file.click()
    dialog = page.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit("/tmp/tjanst.xsd")
    dialog.done(0)
    form.confirm.click()
    settle(qtbot, desktop)
    asked = next(args for name, args in desktop.channel.asked if name == "import_profile")
    assert asked[-1] == "/tmp/tjanst.xsd"


def test_an_import_asks_for_place_and_name_first(page, desktop):
    page.open_import()
    page.contracts.importer.confirm.click()
    assert page.contracts.importer.trouble.text()
    assert desktop.channel.times("import_profile") == 0


def test_an_entrance_fills_in_its_own_place(qtbot, desktop, page):
    page.open_import()
    form = page.contracts.importer
    form.entrance.setCurrentIndex(form.entrance.findData("stage"))
    form.entrance.activated.emit(0)
    assert form.place.text() == "stage"
    assert form.authorities.isVisible()
    form.place.setText("/tmp/x.wsdl")
    assert not form.authorities.isVisible()
    form.place.setText("https://spor.example.org/ws?wsdl")
    form.authorities.take_file("/pki/siths.pem")
    settle(qtbot, desktop)
    assert "authorities_spor.example.org" not in dict(desktop.document.project.settings)
    form.authorities.trust.click()
    settle(qtbot, desktop)
    settings = dict(desktop.document.project.settings)
    assert settings["authorities_spor.example.org"] == "/pki/siths.pem"
    page.contracts.close_import()
    assert form.place.text() == ""
    assert page.contracts.right.currentWidget() is page.contracts.details


def test_files_and_folders_are_chosen_in_dialogs_that_do_not_stop_the_window(qtbot, desktop, page):
    form = page.contracts.importer
    for button, mode in (
        (form.file, QFileDialog.FileMode.ExistingFile),
        (form.folder, QFileDialog.FileMode.Directory),
    ):
        page.open_import()
        button.click()
        dialog = page.findChildren(QFileDialog)[-1]
        assert dialog.fileMode() == mode
        dialog.fileSelected.emit("/srv/kontrakt/Register.wsdl")
        assert form.place.text() == "/srv/kontrakt/Register.wsdl"
        assert form.name.text() == "register"
        dialog.done(0)
        form.empty()


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("/a/Register_4.2.WSDL", "register-4.2"),
        ("C:\\k\\Nya filer", "nya-filer"),
        ("https://x.se/spor/v5/?wsdl", "v5"),
        ("stage", "stage"),
        ("Ö", ""),
    ],
)
def test_a_name_is_proposed_from_the_place(place, name):
    assert proposed_name(place) == name


def test_a_contract_is_shared_to_a_folder(qtbot, desktop, page, tmp_path):
    _choose(qtbot, desktop, page, IMPORTED)
    page.contracts.ask_share()
    dialog = page.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(tmp_path))
    dialog.done(0)
    settle(qtbot, desktop)
    assert ("export_profile", (IMPORTED, str(tmp_path))) in desktop.channel.asked
    assert Path(tmp_path).name in desktop.said[-1]


def test_removing_asks_beside_the_list_first(qtbot, desktop, page):
    _choose(qtbot, desktop, page, IMPORTED)
    details = page.contracts.details
    details.ask_remove()
    assert desktop.channel.times("remove_profile") == 0
    _buttons(details)[_text("Keep it")].click()
    assert _text("Keep it") not in _buttons(details)
    details.ask_remove()
    desktop.answers["profile_entries"] = lambda: ENTRIES[:2]
    details.remove.click()
    settle(qtbot, desktop)
    assert ("remove_profile", (IMPORTED,)) in desktop.channel.asked
    assert page.contracts.chosen == SHIPPED


def test_what_is_shipped_or_in_use_is_not_removed(qtbot, desktop, page):
    page.contracts.details.ask_remove()
    assert _text("Keep it") not in _buttons(page.contracts.details)
    desktop.open(replace(PROJECT, profile=IMPORTED))
    settle(qtbot, desktop)
    _choose(qtbot, desktop, page, IMPORTED)
    assert not _buttons(page.contracts.details)[_text("Remove…")].isEnabled()


def test_a_move_shows_its_work_first_and_is_made_by_the_second_button(qtbot, desktop, page):
    _choose(qtbot, desktop, page, IMPORTED)
    page.contracts.plan_move()
    settle(qtbot, desktop)
    panel = page.contracts.move_panel
    assert panel.isVisible()
    assert "Region Väst" in panel.title.text()
    assert panel.sentence.text().startswith("3 ")
    assert panel.table.rows.rowCount() == 3
    assert desktop.document.project.profile == SHIPPED
    panel.confirm.click()
    settle(qtbot, desktop)
    assert desktop.document.project.profile == IMPORTED
    assert desktop.document.profile.id == IMPORTED
    assert panel.isVisible()
    assert not panel.confirm.isVisible()


def test_a_move_can_be_undone_and_the_contract_follows(qtbot, desktop, page):
    _choose(qtbot, desktop, page, IMPORTED)
    page.contracts.plan_move()
    settle(qtbot, desktop)
    page.contracts.move_project()
    assert "Region Väst" in desktop.document.undo_group.undoText()
    desktop.document.undo_stack.undo()
    settle(qtbot, desktop)
    assert desktop.document.project == PROJECT
    assert desktop.document.profile.id == SHIPPED
    assert not page.contracts.move_panel.isVisible()


def test_another_reading_is_another_contract_to_move_to(qtbot, desktop, page):
    _choose(qtbot, desktop, page, f"{SHIPPED}:R2")
    page.contracts.plan_move()
    settle(qtbot, desktop)
    page.contracts.move_project()
    assert desktop.document.profile.reading == "R2"


def test_a_plan_for_a_project_that_changed_since_is_dropped(qtbot, desktop, page):
    _choose(qtbot, desktop, page, IMPORTED)
    page.contracts.plan_move()
    settle(qtbot, desktop)
    desktop.document.change("x", PROJECT.with_link(Link("V325", "operationer", ("VKT",))))
    assert not page.contracts.move_panel.isVisible()
    page.contracts.move_project()
    assert desktop.document.project.profile == SHIPPED


def test_work_leads_to_the_mapping(qtbot, desktop, page):
    _choose(qtbot, desktop, page, IMPORTED)
    page.contracts.plan_move()
    settle(qtbot, desktop)
    page.contracts.move_panel.show_variable.click()
    assert desktop.went == [("mapping", {"variable": "V325"})]


def test_work_on_an_element_leads_to_the_binding(qtbot, desktop, page):
    _choose(qtbot, desktop, page, IMPORTED)
    page.contracts.plan_move()
    settle(qtbot, desktop)
    page.contracts.move_panel.show_binding.click()
    settle(qtbot, desktop)
    assert page.binding.work.profile_id == IMPORTED
    assert page.binding.table.current_row().variable_id == "V325"


def test_without_a_project_contracts_are_still_shown_but_not_used(qtbot, desktop):
    made = ContractPage(desktop.context)
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, desktop)
    assert made.contracts.table.rows.rowCount() == len(ENTRIES)
    use = made.contracts.details.use
    assert use is not None
    assert not use.isEnabled()
    made.contracts.plan_move()
    assert desktop.channel.times("move_project") == 0
    assert made.contracts.importer.entrance.count() > 1


def test_a_failure_to_list_is_said(qtbot, tmp_path):
    desktop = Desktop(tmp_path, {"profile_entries": ProfileError("profile-missing", name="x")})
    desktop.backend.troubled.connect(desktop.messages.show_error)
    made = ContractPage(desktop.context)
    qtbot.addWidget(made)
    settle(qtbot, desktop)
    assert desktop.said
    desktop.backend.close()


@pytest.mark.parametrize("part", [CONTRACTS, BINDING, CHANGES])
def test_a_place_leads_to_its_part(qtbot, desktop, page, part):
    page.arrive(Place("contract", {"part": part, "profile": IMPORTED}))
    settle(qtbot, desktop)
    assert page.parts.value() == part
    assert page.contracts.chosen == IMPORTED
    assert page.binding.work.profile_id == IMPORTED


def test_the_parts_are_reached_by_the_arrows(qtbot, page):
    first = page.parts.buttons[CONTRACTS]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert page.parts.value() == BINDING
    assert page.binding.isVisible()


def _text(english):
    from app.language.text import _

    return _(english)


def _all_text(part):
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in part.findChildren(QLabel))
