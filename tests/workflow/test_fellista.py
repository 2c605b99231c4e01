"""The lists of the register: read from everywhere, and what a resend would do."""

import pytest

from app.core.errors import ExportError, StageError
from app.core.outcome import Outcome, OutcomeKind
from app.workflow import fellista
from app.workflow.cases import case_page
from app.workflow.fellista_marks import keep_marks
from app.workflow.views import CaseFilter, FellistaEntry, LocalStage
from tests.support.workflow import NOON, PROJECT, make_desk, prepare_cases, running_stage

HEADER = "behandlingsnummer;typ;orsak\n"


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data")
    prepare_cases(
        desk,
        PROJECT,
        c1=(None, "<a/>"),
        c2=("korrupt", "<b/>"),
        c3=("schema", "<c/>"),
        c4=("inkonsistent", "<d/>"),
        c6=("note", "<f/>"),
    )
    yield desk
    desk.close()


def accept(desk, case, document):
    journal = desk.journal()
    number = journal.begin(case, "local", "a", "h", "m", document, NOON)
    journal.end(number, Outcome(case, OutcomeKind.CREATED), NOON)


def forecasts(view):
    return {one.entry.case: one.forecast for one in view.cases}


def test_a_list_is_grouped_by_case_and_counted_by_reason(desk):
    text = (
        HEADER + "1;fellista;Felaktigt BMI\n1;fellista;Orimliga datum\n2;fellista;Felaktigt BMI\n"
    )
    view = fellista.read_fellista_text(desk, text)
    assert [one.entry.reasons for one in view.cases] == [
        ("Felaktigt BMI", "Orimliga datum"),
        ("Felaktigt BMI",),
    ]
    assert view.reasons[0] == ("Felaktigt BMI", 2)


def test_a_corrected_case_is_green_and_a_faulty_one_is_still_wrong(desk):
    view = fellista.read_fellista_text(desk, "1\n2\n3\n4\n5\n")
    assert forecasts(view) == {
        "1": "green",
        "2": "still",
        "3": "still",
        "4": "green",  # inkonsistent: told under administration, not on the list
        "5": "missing",
    }
    assert [finding.code for finding in view.cases[1].findings] == ["a-rule"]


def test_a_clean_case_with_the_bytes_that_the_register_has_is_unchanged(desk):
    accept(desk, "1", b"<a/>")
    accept(desk, "6", b"<old/>")
    view = fellista.read_fellista_text(desk, "1\n6\n")
    assert forecasts(view) == {"1": "unchanged", "6": "green"}


def test_without_a_checked_export_every_case_is_missing(desk):
    desk.analysis = None
    assert forecasts(fellista.read_fellista_text(desk, "1\n")) == {"1": "missing"}


@pytest.mark.parametrize(
    "text",
    [
        "1;Felaktigt BMI\n",
        "Behandlingsnummer\tOrsak\n1\tFelaktigt BMI\n",
        "Typ,Orsak,Behandlingsnummer\nFellista,Felaktigt BMI,1\n",
        '\ufeff"behandlingsnummer";"orsak"\n\n"1";"Felaktigt BMI"\n'.lstrip("\ufeff"),
    ],
)
def test_the_columns_are_found_in_many_shapes(desk, text):
    (case,) = fellista.read_fellista_text(desk, text).cases
    assert (case.entry.case, case.entry.reasons) == ("1", ("Felaktigt BMI",))


def test_a_reason_that_names_a_person_is_masked(desk):
    text = "behandlingsnummer;orsak\n191212121212;Fel i 191212121212: 191212121212, 20010101-1234\n"
    (case,) = fellista.read_fellista_text(desk, text).cases
    assert case.entry.case == "191212121212"
    (case,) = fellista.read_fellista_text(desk, "1;Fel: 19121212-1212 finns inte\n").cases
    assert case.entry.reasons == ("Fel: 19121212-**** finns inte",)


def test_refused_cases_keep_their_kind(desk):
    view = fellista.read_fellista_text(desk, HEADER + "1;Avvisad;Okänt system\n2;fellista;x\n")
    assert [one.entry.kind for one in view.cases] == ["avvisad", "fellista"]


def test_nothing_pasted_is_nothing(desk):
    assert fellista.read_fellista_text(desk, " \n").cases == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_both_common_encodings(desk, tmp_path, encoding):
    path = tmp_path / "lista.csv"
    path.write_bytes((HEADER + "1;fellista;Felaktig åtgärd\n").encode(encoding))
    view = fellista.read_fellista(desk, str(path))
    assert view.cases[0].entry.reasons == ("Felaktig åtgärd",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "fellista-empty"),
        (b"PK\x03\x04\x00\x00", "fellista-unreadable"),
        (b"\x81\x8d", "fellista-unreadable"),
        (HEADER.encode(), "fellista-empty"),
    ],
)
def test_a_file_that_is_no_list_is_named(desk, tmp_path, content, code):
    path = tmp_path / "lista.csv"
    path.write_bytes(content)
    with pytest.raises(ExportError) as caught:
        fellista.read_fellista(desk, str(path))
    assert (caught.value.code, caught.value.values) == (code, {"name": "lista.csv"})


def test_a_missing_file_is_named(desk, tmp_path):
    with pytest.raises(ExportError) as caught:
        fellista.read_fellista(desk, str(tmp_path / "none.csv"))
    assert caught.value.code == "file-missing"


def test_the_stages_lists_are_empty_at_first_and_read_from_its_portal(desk):
    with running_stage(desk):
        assert fellista.read_stage_fellista(desk).cases == ()


def test_a_stage_that_is_down_is_said_to_be_so(desk):
    with pytest.raises(StageError) as caught:
        fellista.read_stage_fellista(desk)
    assert caught.value.code == "stage-not-running"


@pytest.mark.parametrize(
    "portal", ["http://127.0.0.1:9/t/", "http://register.example/t/", "https://127.0.0.1:9/t/"]
)
def test_only_a_portal_on_this_machine_is_asked(desk, monkeypatch, portal):
    stage = LocalStage("https://127.0.0.1:9/ws", "ca", "p12", portal)
    monkeypatch.setattr(fellista, "find_stage", lambda desk: stage)
    with pytest.raises(StageError) as caught:
        fellista.read_stage_fellista(desk)
    assert caught.value.code == "stage-unreachable"


def test_a_portal_that_refuses_the_token_is_unreachable(desk, monkeypatch):
    with running_stage(desk) as stage:
        wrong = stage.portal.rstrip("/") + "x/"
        found = LocalStage(stage.endpoint, "ca", "p12", wrong)
        monkeypatch.setattr(fellista, "find_stage", lambda desk: found)
        with pytest.raises(StageError) as caught:
            fellista.read_stage_fellista(desk)
    assert caught.value.code == "stage-unreachable"


def states(desk):
    return {row.case: row.fellista for row in case_page(desk, CaseFilter(), 0, 9).rows}


def test_what_was_read_is_seen_in_the_list_of_cases_until_it_is_accepted(desk):
    fellista.read_fellista_text(desk, HEADER + "1;fellista;Felaktigt BMI\n2;avvisad;Fel\n")
    assert states(desk) == {"1": "listed", "2": "rejected", "3": "none", "4": "none", "6": "none"}
    accept(desk, "1", b"<a/>")
    assert states(desk)["1"] == "corrected"
    assert case_page(desk, CaseFilter(fellista=("rejected",)), 0, 9).rows[0].case == "2"


def test_a_list_that_is_read_again_is_noted_only_where_it_has_changed(desk):
    text = HEADER + "1;fellista;Felaktigt BMI\n"
    for _ in range(3):
        fellista.read_fellista_text(desk, text)
    assert desk.journal().event_count() == 1
    accept(desk, "1", b"<a/>")
    fellista.read_fellista_text(desk, text)
    assert states(desk)["1"] == "listed"
    fellista.read_fellista_text(desk, text.replace("BMI", "ASA"))
    assert desk.journal().events("1")[0].text == "Felaktigt ASA"


def test_a_case_that_is_gone_from_a_list_read_whole_is_on_it_no_longer(desk):
    entry = FellistaEntry("1", "fellista", ("BMI",))
    keep_marks(desk, [entry, FellistaEntry("2", "avvisad", ())], "local", whole=True)
    keep_marks(desk, [entry], "local", whole=True)
    assert (states(desk)["1"], states(desk)["2"]) == ("listed", "none")
    keep_marks(desk, [], "stage", whole=True)
    assert states(desk)["1"] == "listed"


def test_an_answer_of_another_entrance_corrects_nothing(desk):
    keep_marks(desk, [FellistaEntry("1", "fellista", ("BMI",))], "production", whole=True)
    accept(desk, "1", b"<a/>")
    assert states(desk)["1"] == "listed"


def test_no_personnummer_of_a_list_reaches_the_journal(desk):
    fellista.read_fellista_text(desk, HEADER + "1;fellista;Fel i 19811218-9876\n")
    assert "9876" not in desk.journal().events("1")[0].text
