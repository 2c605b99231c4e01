"""Data quality as the window asks for it, and the load before against this one."""

import json
import stat
from dataclasses import replace

import polars as pl
import pytest

from app.core.errors import WorkbenchError
from app.core.mapping import Link, LinkState, Source
from app.workflow import last_load
from app.workflow.analyse import analyse
from app.workflow.distributions import cases_without, distribution, span_distribution
from app.workflow.quality import keep_load, quality
from app.workflow.quality_change import FOLDER, share_shifts
from app.workflow.quality_views import CODES, HOURS, MONTHS, NUMBERS, SPANS, Among
from app.workflow.standing import prepared
from tests.support.analysed import every_value
from tests.support.loaded import analysed_desk, base_of, project_of
from tests.support.workflow import make_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))[0]


@pytest.fixture(scope="module")
def found(desk):
    return quality(desk)


def of(found, variable):
    return next(one for one in found.variables if one.variable == variable)


def test_a_variable_is_counted_where_the_case_has_come_far_enough(desk, found):
    phases = dict(prepared(desk).cases["phase"].value_counts().iter_rows())
    postop = phases["fas_postop"]
    assert of(found, "V565").filled.total == postop  # no case stands between operation and postop
    assert of(found, "V320").filled.total == found.cases
    assert of(found, "V565").filled.done == every_value(prepared(desk))[""]["V565"].count()
    assert {one.key for one in of(found, "V565").phases} == {"fas_postop"}


def test_a_variable_of_a_repeated_part_is_counted_where_its_section_has_a_value(desk, found):
    rows = every_value(prepared(desk))["planering"]
    struck = rows.filter(pl.any_horizontal(pl.col("V440", "V445", "V450").is_not_null()))
    one = of(found, "V440")
    assert (one.filled.done, one.filled.total) == (rows["V440"].count(), len(struck))
    assert sum(part.filled.total for part in one.phases) == len(struck)
    assert sum(part.filled.total for part in one.clinics) == len(struck)
    assert of(found, "V410").filled.total < len(rows)  # some rows are only a strykning


def test_a_list_of_codes_is_counted_by_the_cases_that_have_any(desk, found):
    whole = every_value(prepared(desk))
    operated = prepared(desk).cases.filter(pl.col("phase") == "fas_postop")["case"]
    coded = set(whole["operationskod"].drop_nulls("operationskod")["case"])
    one = of(found, "operationskod")
    assert (one.group, one.phase, one.filled.total) == ("", "fas_operation", len(operated))
    assert one.filled.done == len(coded & set(operated))
    without = cases_without(desk, "anestesikod")
    coded = set(whole["anestesikod"].drop_nulls("anestesikod")["case"])
    assert set(without) == set(operated) - coded


def test_clinics_are_told_apart_by_what_is_mapped(desk, found):
    assert found.clinic == "anmalandeKlinik"
    assert sum(count for _clinic, count in found.clinics) == found.cases
    other = quality(desk, "operationsklinik")
    assert other.clinic == "operationsklinik"
    assert ("", 215) in other.clinics  # not operated on


def test_cases_with_a_finding_are_counted_by_variable_and_by_times(desk, found):
    assert of(found, "V565").findings > 0
    spans = {(one.begin, one.end): one for one in found.spans}
    assert spans["V565", "V570"].broken == 1
    assert spans["V565", "V570"].phases == (("fas_postop", 1),)
    assert [count for _clinic, count in spans["V565", "V570"].clinics] == [1]
    assert spans["V540", "V585"].broken == 0


def test_each_kind_of_value_has_its_distribution(desk):
    kinds = {
        name: tuple(one.kind for one in distribution(desk, name))
        for name in ("V320", "vikt", "V565", "operationskod", "patientId", "behandlingsnummer")
    }
    assert kinds == {
        "V320": (CODES,),
        "vikt": (NUMBERS,),
        "V565": (HOURS, MONTHS),
        "operationskod": (CODES,),
        "patientId": (),
        "behandlingsnummer": (),
    }


def test_a_distribution_is_of_the_cases_that_are_asked_for(desk, found):
    everyone = distribution(desk, "vikt")[0].counted
    clinics = [clinic for clinic, _count in found.clinics]
    parts = [distribution(desk, "vikt", Among(by=found.clinic, clinic=one)) for one in clinics]
    assert sum(part[0].counted for part in parts) == everyone
    assert distribution(desk, "vikt", Among(phase="fas_anmalan"))[0].counted == 0


def test_times_that_cannot_be_so_are_found_with_their_cases(desk):
    made = span_distribution(desk, "V565", "V570")[0]
    assert (made.kind, made.unit) == (SPANS, "minutes")
    assert made.spread is not None
    assert made.spread.least < 0
    assert len(made.cases) == 1
    broken = prepared(desk).findings
    assert made.cases[0] in set(
        broken.filter(broken["code"] == "korrupt-11-operationsstart-efter-operationsslut")["case"]
    )
    assert span_distribution(desk, "V310", "V565")[0].unit == "days"


def test_the_cases_without_a_value_are_named_where_one_may_be(desk, found):
    own = every_value(prepared(desk))[""]
    operated = set(own.filter(own["V565"].is_not_null())["case"])
    without = cases_without(desk, "V565")
    assert len(without) == of(found, "V565").filled.total - of(found, "V565").filled.done == 1
    assert not set(without) & operated
    planned = of(found, "V435").filled
    assert len(cases_without(desk, "V435")) <= planned.total - planned.done
    assert bool(cases_without(desk, "V435")) is not planned.is_whole
    assert cases_without(desk, "V320") == ()


def made_of(folder, *lines):
    """Return a desk with a weight per case checked."""
    folder.mkdir(exist_ok=True)
    (folder / "a.csv").write_text("\n".join(("NR;V", *lines)) + "\n")
    desk = make_desk(folder / "desk")
    project = project_of(Source("a", "a.csv", "NR"))
    for variable, column in (("vikt", "V"), ("behandlingsnummer", "NR")):
        project = project.with_link(Link(variable, "a", (column,), (), LinkState.APPROVED))
    analyse(desk, project, str(folder))
    return desk


def test_a_value_that_is_no_number_is_told_beside_those_that_are(tmp_path):
    desk = made_of(tmp_path, "1;80", "2;", "3;tung")
    made = distribution(desk, "vikt")[0]
    assert (made.counted, made.unread) == (1, 1)
    assert of(quality(desk), "vikt").filled.done == 2


def test_an_export_without_cases_has_nothing_to_show(tmp_path):
    desk = made_of(tmp_path)
    assert distribution(desk, "vikt")[0].counted == 0
    found = quality(desk)
    assert (found.cases, found.phases, found.clinic) == (0, (), "")


def test_before_a_check_there_is_nothing_to_tell(tmp_path):
    with pytest.raises(WorkbenchError):
        quality(make_desk(tmp_path))


# The load before


def shortened(folder, opened, tmp_path, drop):
    """Return a project on a copy of the sample without some of its lines and weights."""
    base = tmp_path / folder
    base.mkdir()
    for source in opened.project.sources:
        text = (tmp_path.__class__(base_of(opened)) / source.path).read_bytes().decode("cp1252")
        lines = text.splitlines()
        if source.name == opened.project.case_table:
            lines = drop(lines)
        (base / source.path).write_bytes("\n".join(lines).encode("cp1252"))
    return opened.project, str(base)


def without_weights(lines):
    at = lines[0].split(";").index("VKT")
    cut = [line.split(";") for line in lines]
    return [lines[0], *(";".join([*one[:at], "", *one[at + 1 :]]) for one in cut[1:])]


@pytest.fixture
def both(tmp_path):
    """A desk that has seen the sample, and then the same without weights."""
    desk, opened, _summary = analysed_desk(tmp_path / "desk")
    first = quality(desk)
    project, base = shortened("later", opened, tmp_path, without_weights)
    analyse(desk, project, base)
    return desk, first, quality(desk)


def test_what_has_changed_since_the_load_before_is_told(both):
    _desk, first, second = both
    assert first.change is None
    assert second.change is not None
    assert second.change.cases_before == 400
    worst = second.change.shifts[0]
    assert (worst.kind, worst.variable) == ("filled", "vikt")
    assert (worst.before, worst.now) == (100.0, 0.0)
    assert of(second, "vikt").before == 100.0
    assert second.change.same_mapping


def test_the_same_files_looked_at_again_are_still_compared_with_the_load_before(both):
    desk, _first, second = both
    assert quality(desk).change == second.change


def test_a_load_is_kept_once_whether_it_was_looked_at_or_not(tmp_path):
    desk, opened, _summary = analysed_desk(tmp_path / "desk")
    assert keep_load(desk)
    assert not keep_load(desk)
    project, base = shortened("later", opened, tmp_path, without_weights)
    analyse(desk, project, base)
    assert keep_load(desk)
    change = quality(desk).change
    assert change is not None
    assert change.shifts[0].variable == "vikt"


def test_another_mapping_is_told(both, tmp_path):
    desk, _first, _second = both
    project = desk.project
    analyse(desk, project.without_link("vikt"), str(tmp_path / "later"))
    change = quality(desk).change
    assert change is not None
    assert not change.same_mapping


def test_what_is_kept_names_no_case_and_no_person_and_only_its_owner_reads_it(both):
    desk, _first, _second = both
    (path,) = (desk.data / FOLDER).iterdir()
    text = path.read_text("utf-8")
    own = every_value(prepared(desk))[""]
    for name in ("patientId", "behandlingsnummer"):
        assert not any(f'"{value}"' in text for value in own[name].drop_nulls())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(json.loads(text)["loads"]) == 2


def test_a_code_that_few_cases_have_is_not_kept(both):
    desk, _first, _second = both
    (path,) = (desk.data / FOLDER).iterdir()
    loads = json.loads(path.read_text("utf-8"))["loads"]
    own = every_value(prepared(desk))
    for load in loads:
        for name, shares in load["shares"].items():
            values = next(rows[name] for rows in own.values() if name in rows.columns)
            rare = {value for value, n in values.drop_nulls().value_counts().iter_rows() if n < 5}
            assert not rare & shares.keys()


def test_a_kept_file_that_is_not_ours_is_begun_anew(both):
    desk, _first, _second = both
    (path,) = (desk.data / FOLDER).iterdir()
    for text in ("", "[]", "{}", '{"version": 2}', '{"version": 1, "loads": [{"x": 1}]}'):
        path.write_text(text)
        assert quality(desk).change is None


def test_small_numbers_are_never_turned_into_shares():
    assert last_load.percent(3, 100) is None
    assert last_load.percent(97, 100) is None
    assert last_load.percent(5, 19) is None
    assert last_load.percent(0, 100) == 0.0
    assert last_load.percent(100, 100) == 100.0
    assert last_load.percent(50, 100) == 50.0


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({"A": 80.0}, {"A": 79.0, "B": 21.0}, {}),  # the rest may have been B
        ({"A": 80.0}, {"A": 50.0, "B": 50.0}, {"A": (80.0, 50.0), "B": (20.0, 50.0)}),
        ({"A": 95.0, "B": 5.0}, {"A": 96.0}, {}),
        ({"A": 100.0}, {"A": 90.0, "B": 10.0}, {"A": (100.0, 90.0), "B": (0.0, 10.0)}),
        (
            {"A": 66.7, "B": 16.7, "C": 16.7},  # roundings add up to more than all
            {"A": 100.0},
            {"A": (66.7, 100.0), "B": (16.7, 0.0), "C": (16.7, 0.0)},
        ),
    ],
)
def test_how_common_a_code_has_become_is_never_overstated(before, now, told):
    found = {one.code: (one.before, one.now) for one in share_shifts("V", before, now)}
    assert found == told


def test_projects_do_not_share_what_is_kept(tmp_path):
    load = last_load.Load("stamp", "map", "2026-01-15", 100)
    assert last_load.exchange(tmp_path, "one", load) is None
    assert last_load.exchange(tmp_path, "two", replace(load, stamp="other")) is None
    assert last_load.exchange(tmp_path, "one", replace(load, stamp="other")) == load


def test_a_profile_without_phases_counts_every_case(tmp_path, monkeypatch):
    desk, opened, _summary = analysed_desk(tmp_path)
    profile = replace(desk.profile_for(opened.project), phases=())
    monkeypatch.setattr(desk, "profile_for", lambda _project: profile)
    found = quality(desk)
    assert of(found, "V565").filled.total == found.cases
