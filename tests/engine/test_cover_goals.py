"""Which case reaches which goal by columns, against looking at case after case."""

from collections import Counter, defaultdict

import pytest

from app.core.progress import silent
from app.engine.cover import bits
from app.engine.cover_goals import Goal, GoalKind, candidates, goals_of, holders, linked, marks
from app.engine.export import ROW
from app.workflow.load import prepared_export
from app.workflow.standing import prepared
from tests.support.analysed import every_value
from tests.support.loaded import analysed_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))[0]


@pytest.fixture(scope="module")
def goals(desk):
    return goals_of(desk.project, desk.profile_for(desk.project))


@pytest.fixture(scope="module")
def reached(desk, goals):
    profile = desk.profile_for(desk.project)
    return marks(prepared(desk), prepared_export(desk), desk.project, profile, goals, silent)


def seen_one_by_one(desk):
    """Return what each case reaches, found row by row in the values and in the files."""
    found: defaultdict[str, set[Goal]] = defaultdict(set)
    cases = prepared(desk).cases
    for case, phase, verdict in cases.select("case", "phase", "verdict").iter_rows():
        found[case] |= {Goal(GoalKind.PHASE, phase), Goal(GoalKind.VERDICT, verdict)}
    for group, rows in every_value(prepared(desk)).items():
        _see_values(found, group, rows)
    for link in desk.project.used_links:
        for step in link.steps:
            if step.kind == "value_map":  # in the sample nothing is done to the code before it
                _see_codes(found, desk, link, step.option("name"))
    return found


def _see_values(found, group, rows):
    counts: Counter[str] = Counter(rows["case"])
    for row in rows.iter_rows(named=True):
        names = [name for name in row if name not in {"case", "row"} and row[name] is not None]
        found[row["case"]] |= {Goal(GoalKind.VARIABLE, name) for name in names}
        if group and counts[row["case"]] > 1:
            found[row["case"]].add(Goal(GoalKind.SEVERAL, group))


def _see_codes(found, desk, link, name):
    stands = set(prepared(desk).cases["row"])
    known = dict(desk.project.value_map_of(name).entries)
    for row in prepared_export(desk).tables[link.table].iter_rows(named=True):
        code = row[link.columns[0]].strip()
        is_left_out = link.table == desk.project.case_table and row[ROW] not in stands
        if code in known and not is_left_out:
            found[row["OPNR"]].add(Goal(GoalKind.ENTRY, name, code))


def test_every_case_reaches_what_is_seen_in_its_rows(desk, goals, reached):
    expected = seen_one_by_one(desk)
    names = [name for name in reached.columns if name != "place"]
    cases = prepared(desk).cases["case"]
    assert reached["place"].to_list() == list(range(len(cases)))
    for place, *words in reached.select("place", *names).iter_rows():
        mask = sum(word << (64 * int(name)) for name, word in zip(names, words, strict=True))
        told = {goals[bit] for bit in bits(mask)}
        assert told == expected[cases[place]] & set(goals), cases[place]


def test_goals_are_what_the_profile_has_and_what_is_mapped(desk, goals):
    profile = desk.profile_for(desk.project)
    links = linked(desk.project, profile)
    assert len(goals) == len(set(goals))
    kinds = [goal.kind for goal in goals]
    assert kinds.count(GoalKind.PHASE) == len(profile.phases)
    assert kinds.count(GoalKind.VERDICT) == len(profile.verdicts)
    assert kinds.count(GoalKind.VARIABLE) == len(links)
    entries = sum(len(one.entries) for one in desk.project.value_maps)
    assert kinds.count(GoalKind.ENTRY) == entries


def test_alike_cases_are_one_candidate_the_first_of_them(desk, reached):
    doubtful = prepared(desk).cases["tier"].is_not_null()
    found = candidates(reached, doubtful)
    assert len({(one.mask, one.is_last_resort) for one in found}) == len(found)
    assert [one.place for one in found] == sorted(one.place for one in found)
    assert found[0].place == 0


def test_who_reaches_a_goal_is_counted(desk, goals, reached):
    expected = seen_one_by_one(desk)
    cases = prepared(desk).cases["case"].to_list()
    for goal, (count, first) in zip(goals, holders(reached, len(goals)), strict=True):
        having = [place for place, case in enumerate(cases) if goal in expected[case]]
        assert (count, first) == (len(having), having[0] if having else -1)


def test_nothing_reaches_nothing(reached):
    assert holders(reached.clear(), 3) == ((0, -1),) * 3
