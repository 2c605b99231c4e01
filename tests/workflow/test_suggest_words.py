import pytest

from app.workflow.suggest_words import Reader, names_in
from tests.support.profile import shipped

PROFILE = shipped()
NAMES = names_in(PROFILE)


def best(column: str, table: str = "operationer") -> str:
    """Return the variable of the case itself whose name is most like a column's."""
    told = [(NAMES.likeness(column, table, one), one.id) for one in PROFILE.of_group("")]
    return max(told)[1]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("ANSTTID", {"anestesi", "start"}),
        ("PatientInSalTidpunkt", {"patient", "in", "sal"}),
        ("Op börjar", {"operation", "start"}),
        ("skin_closure_dtm", {"knivtid", "slut"}),
        ("Vårdnivå efter op", {"eftervard", "operation"}),
        ("F17", {"17"}),
        ("Narkosläkare", {"lakare"}),
    ],
)
def test_names_are_read_in_whole_words(column, words):
    assert NAMES.reader.read(column) == words


@pytest.mark.parametrize(
    ("column", "variable"),
    [
        ("anaesthesia_start", "anestesiStart"),
        ("PatientAnkomstOperationsavdelningTidpunkt", "V540"),
        ("SalUt", "patientUtSal"),
        ("OPSLUT", "V570"),
        ("UVA ut", "V800"),
        ("Pat.längd", "langd"),
        ("ASA_klass", "asa"),
    ],
)
def test_a_column_is_most_like_the_variable_it_is_called(column, variable):
    assert best(column) == variable


@pytest.mark.parametrize(
    "column",
    ["SalStädadTidpunkt", "Operatör", "OpStatus", "KnivtidMinuter", "Intubationstid", "565"],
)
def test_what_a_name_says_of_other_things_is_no_variables(column):
    assert max(NAMES.likeness(column, "op", one) for one in PROFILE.variables) < 62


def test_a_table_says_what_its_columns_leave_out():
    planned = PROFILE.by_id["V420"]
    assert NAMES.likeness("op_start", "planeringar", planned) > 80
    assert NAMES.likeness("op_start", "operationer", planned) == 0


def test_a_name_of_unknown_letters_says_nothing():
    reader = Reader(PROFILE.words, ())
    assert not reader.knows("XQZW")
    assert reader.knows("OPSTART")
    assert reader.read("XQZW") == {"xqzw"}
