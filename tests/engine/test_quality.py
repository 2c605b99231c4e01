"""How full variables are by columns, against counting case by case."""

from collections import Counter

import pytest

from app.engine.quality import (
    MOST_PARTS,
    broken_cases,
    fillings,
    findings_on,
    gathered,
    strata,
    tallies,
)
from app.workflow.standing import prepared
from tests.support.analysed import every_value
from tests.support.loaded import analysed_desk
from tests.support.profile import shipped

PROFILE = shipped()
CLINIC = "anmalandeKlinik"


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return prepared(analysed_desk(tmp_path_factory.mktemp("desk"))[0])


@pytest.fixture(scope="module")
def known(analysis):
    return strata(analysis, CLINIC)


def test_every_case_stands_in_its_phase_and_its_clinic(analysis, known):
    assert known["case"].to_list() == analysis.cases["case"].to_list()
    assert known["phase"].to_list() == analysis.cases["phase"].to_list()
    assert known["clinic"].to_list() == every_value(analysis)[""][CLINIC].to_list()


def test_only_the_largest_clinics_are_told_apart(analysis):
    by_number = strata(analysis, "behandlingsnummer")
    assert by_number["clinic"].n_unique() == MOST_PARTS + 1
    assert (by_number["clinic"] == "").sum() == len(by_number) - MOST_PARTS
    assert set(strata(analysis, "")["clinic"]) == {""}
    assert set(strata(analysis, "no-such-variable")["clinic"]) == {""}


def test_how_full_a_variable_is_equals_what_is_counted_row_by_row(analysis, known):
    whole = every_value(analysis)
    frames = fillings(analysis, known, PROFILE.variables)
    places = {case: (phase, clinic) for case, phase, clinic in known.iter_rows()}
    assert frames.keys() == whole.keys()
    for group, rows in whole.items():
        names = [name for name in rows.columns if name not in {"case", "row"}]
        counted: Counter[tuple[str, str, str]] = Counter()
        seen = set()
        for row in rows.iter_rows(named=True):
            place = places[row["case"]]
            counted[(*place, "#")] += 1
            sections = {PROFILE.by_id[name].section for name in names if row[name] is not None}
            counted.update((*place, f"#{section}") for section in sections)
            for name in names:
                counted[(*place, name)] += row[name] is not None
                is_new = row[name] is not None and (row["case"], name) not in seen
                counted[(*place, f"@{name}")] += is_new
                seen |= {(row["case"], name)} if is_new else set()
        for row in frames[group].iter_rows(named=True):
            for name in (
                *(one for one in frames[group].columns if "#" in one or "@" in one),
                *names,
            ):
                assert row[name] == counted[(row["phase"], row["clinic"], name)]
        assert frames[group]["#"].sum() == len(rows)


def test_values_are_counted_and_of_moments_the_time_of_day(analysis):
    found = tallies(analysis, [PROFILE.by_id["V320"], PROFILE.by_id["V565"]])
    own = every_value(analysis)[""]
    counts = Counter(own["V320"].drop_nulls().to_list())
    assert dict(found["V320"].iter_rows()) == dict(counts)
    times = Counter(text[11:16] for text in own["V565"].drop_nulls().to_list())
    assert dict(found["V565"].iter_rows()) == dict(times)


def test_two_variables_are_gathered_row_by_row_also_where_one_is_repeated(analysis, known):
    rows = gathered(analysis, [PROFILE.by_id["V420"], PROFILE.by_id["V565"]], known)
    whole = every_value(analysis)
    assert len(rows) == len(whole["planering"])
    starts = dict(whole[""].select("case", "V565").iter_rows())
    assert all(start == starts[case] for case, _plan, start in rows.iter_rows())


def test_only_the_known_cases_are_gathered(analysis, known):
    some = known.filter(known["clinic"] == "ORT")
    rows = gathered(analysis, [PROFILE.by_id["vikt"]], some)
    assert set(rows["case"]) == set(some["case"])
    assert gathered(analysis, [PROFILE.by_id["oppenSlutenVard"]], some).is_empty()


def test_cases_that_break_rules_are_named_once(analysis, known):
    code = analysis.findings.filter(analysis.findings["tier"] == "korrupt")["code"][0]
    cases = broken_cases(analysis, [code, code], known)
    assert len(cases) == cases.n_unique() > 0
    assert findings_on(analysis)
