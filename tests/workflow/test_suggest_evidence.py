"""What values and order in time tell where names do not, and which steps follow from it."""

from datetime import datetime, timedelta

import pytest

from app.core.mapping import GroupLink, Step
from app.workflow.load import read_tables
from app.workflow.suggest import suggest_links, suggestions_for
from app.workflow.suggest_groups import suggest_groups
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import make_desk

DAY = datetime(2026, 3, 2, 8, 0)  # noqa: DTZ001 - a wall clock has no zone
MINUTES = (-60, -40, -35, 0, 4, 80, 86, 98, 101, 104, 112, 300)


def read(folder, **tables):
    """Return a desk with these tables read, the first of them the case table."""
    paths = [write_csv(folder / f"{name}.csv", rows) for name, rows in tables.items()]
    desk = make_desk(folder / "d")
    project = project_of(*(source(one, "NR") for one in paths))
    read_tables(desk, project, str(folder))
    return desk, project


def links(folder, *rows):
    desk, project = read(folder, op=rows)
    return {one.link.variable: one for one in suggest_links(desk, project)}


def timed_rows(names):
    """Return cases whose times come as those of a case do, under these names."""
    rows = [("NR", *names)]
    for number in range(30):
        start = DAY + timedelta(days=number, minutes=7 * number)
        times = (start + timedelta(minutes=one + number % 4) for one in MINUTES)
        rows.append((str(number), *(f"{one:%Y-%m-%d %H:%M}" for one in times)))
    return rows


def test_times_without_names_are_found_by_their_order(tmp_path):
    names = [f"F{number}" for number in range(1, len(MINUTES) + 1)]
    desk, project = read(tmp_path, op=timed_rows(names))
    for variable, column in (("V565", "F4"), ("V570", "F7"), ("V540", "F1"), ("V800", "F12")):
        found = suggestions_for(desk, project, variable)
        assert (column,) in [one.link.columns for one in found]
        assert not any(one.sure for one in found)
        assert "order" in found[0].link.reasons


def test_a_name_whose_times_come_elsewhere_is_doubted(tmp_path):
    names = [f"F{number}" for number in range(1, len(MINUTES) + 1)]
    names[1:4], names[6] = ("Patient in sal", "Anestesi start", "Operation start"), "Operation slut"
    right = links(tmp_path, *timed_rows(names))
    names[0], names[6] = "Operation slut", "F7"
    (tmp_path / "two").mkdir()
    wrong = links(tmp_path / "two", *timed_rows(names))
    assert right["V570"].sure
    assert "order" in right["V570"].link.reasons
    assert not wrong["V570"].sure
    assert wrong["V570"].link.score < right["V570"].link.score


def test_yes_and_no_in_other_words_become_a_step(tmp_path):
    rows = (("NR", "CHECKLISTA"), ("1", "1"), ("2", "0"), ("3", "1"))
    found = links(tmp_path, *rows)["checklista"]
    sends = (("yes_sends", "Ja"), ("no_sends", "Nej"))
    assert found.link.steps == (Step("trim"), Step("yes_no", sends))
    assert found.value_map is None


def test_heights_in_metres_get_a_factor(tmp_path):
    rows = (("NR", "LANGD"), ("1", "1,72"), ("2", "1,84"), ("3", "1,65"))
    found = links(tmp_path, *rows)["langd"].link
    number = Step("number", (("times", "100"),))
    assert found.steps == (Step("trim"), Step("decimal_comma"), number)


def test_ten_digits_get_their_century(tmp_path):
    found = links(tmp_path, ("NR", "PNR"), ("1", "770101-2382"), ("2", "780101-2381"))["patientId"]
    assert found.link.steps == (Step("person_id", (("latest", "today"),)),)


def test_variables_of_one_code_list_share_one_value_map(tmp_path):
    rows = (("NR", "EV_PLAN", "EV_OP"), ("1", "IVA", "Postop x"), ("2", "Dagkir", "Öppen vård"))
    found = links(tmp_path, *rows)
    maps = [found[one].value_map for one in ("V335", "V690") if one in found]
    assert len(maps) == 2
    assert maps[0] == maps[1]
    assert maps[0] is not None
    assert maps[0].name == "eftervardsniva"
    assert {"IVA", "Dagkir", "Öppen vård"} <= {local for local, _ in maps[0].entries}


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Planerad", "Utförd"), ("Planerad", "Utförd")),
        (("PREL", "UTF"), ("PREL", "UTF")),
        (("1", "2"), None),
        (("P", "S"), None),
    ],
)
def test_rows_of_several_kinds_are_told_apart_by_words_not_by_initials(tmp_path, labels, expected):
    codes = (("NR", "TYP", "KOD"), ("1", labels[0], "JKA21"), ("1", labels[1], "JEA01"))
    more = (("2", labels[0], "NFB49"), ("2", labels[1], "NFB49"))
    desk, project = read(tmp_path, op=(("NR", "A"), ("1", "x")), koder=(*codes, *more))
    found = {one.group: one for one in suggest_groups(desk, project)}
    if expected is None:
        assert found == {}
        return
    assert found["preliminarOperationskod"].filter_value == expected[0]
    assert found["operationskod"].filter_value == expected[1]


def test_a_kind_that_nothing_says_keeps_its_table_from_being_shared_out(tmp_path):
    codes = (("NR", "TYP", "KOD"), ("1", "Planerad", "JKA21"), ("1", "Utförd", "JEA01"))
    desk, project = read(
        tmp_path, op=(("NR", "A"), ("1", "x")), koder=(*codes, ("1", "Z9", "NFB49"))
    )
    assert suggest_groups(desk, project) == ()


def test_a_variable_of_a_group_without_rows_says_which_they_may_be(tmp_path):
    plans = (("NR", "Planerad op-start"), ("1", "2026-03-02 08:00"), ("1", "2026-03-03 08:00"))
    desk, project = read(tmp_path, op=(("NR", "A"), ("1", "x")), bokning=plans)
    (found,) = suggestions_for(desk, project, "V420")
    assert found.link.columns == ("Planerad op-start",)
    assert found.group == GroupLink("planering", "bokning")


def test_a_variable_that_is_unknown_or_not_sent_has_no_suggestions(tmp_path):
    desk, project = read(tmp_path, op=(("NR", "BMI"), ("1", "25,1")))
    assert suggestions_for(desk, project, "bmi") == ()
    assert suggestions_for(desk, project, "no such") == ()
    (key,) = suggestions_for(desk, project, "behandlingsnummer")
    assert (key.link.columns, key.reason, key.sure) == (("NR",), "key", True)


def test_a_table_of_very_many_times_is_answered_by_names_alone(tmp_path):
    names = [f"F{number}" for number in range(600)]
    rows = [("NR", "Operation start", *names)]
    for number in range(5):
        moment = f"{DAY + timedelta(days=number):%Y-%m-%d %H:%M}"
        rows.append((str(number), *[moment] * (len(names) + 1)))
    found = links(tmp_path, *rows)
    assert found["V565"].link.columns == ("Operation start",)
    assert found["V565"].link.reasons == ("same-name",)
