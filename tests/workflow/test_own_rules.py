"""An own rule is tried on the loaded export before it is taken in."""

from dataclasses import replace

import pytest

from app.core.finding import Tier
from app.core.mapping import Project
from app.core.register import Confidence, Fact, Rule, Text
from app.workflow.analyse import analyse
from app.workflow.own_rules import try_rule
from tests.support.loaded import analysed_desk, base_of
from tests.support.workflow import make_desk


def own(condition: str, name: str = "own-1", tier: Tier = Tier.NOTE) -> Rule:
    fact = Fact("", Confidence.STATED)
    return Rule(name, tier, condition, Text("Egen", "Own"), Text("", ""), fact, own=True)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("", "own-condition-empty"),
        ("V565 <", "own-condition-unreadable"),
        ("present(V999)", "own-condition-unknown-name"),
        ("present(V440)", "own-condition-outside-group"),
        ("V565 > 3", "own-condition-kinds"),
    ],
)
def test_what_is_wrong_with_a_condition_is_said(sample, condition, code):
    desk, opened, _ = sample
    trial = try_rule(desk, opened.project, own(condition))
    assert trial.problem is not None
    assert trial.problem.code == code


def test_an_own_rule_has_an_id_of_its_own(sample):
    desk, opened, _ = sample
    taken = try_rule(desk, opened.project, own("True", "korrupt-01-felaktigt-bmi"))
    assert taken.problem is not None
    assert taken.problem.code == "own-rule-id"


@pytest.mark.parametrize(
    "rule_id", ["korrupt-08-operationsstart-fore-eller-samtidigt-som-strykning"]
)
def test_a_trial_finds_the_cases_that_checking_finds(sample, rule_id):
    desk, opened, _ = sample
    known = opened.profile.rules_by_id[rule_id]
    found = desk.analysis.findings.filter(desk.analysis.findings["code"] == rule_id)["case"]
    trial = try_rule(desk, opened.project, own(known.condition))
    assert (trial.problem, trial.cases, trial.total) == (None, found.n_unique(), 400)
    assert set(trial.samples) == set(found)


def test_a_trial_asks_every_case_and_shows_some(sample):
    desk, opened, _ = sample
    trial = try_rule(desk, opened.project, own("present(V310) or missing(V310)"))
    assert (trial.cases, trial.total, len(trial.samples)) == (400, 400, 20)
    assert trial.variables == ("V310",)
    assert not desk.project.rules


def test_a_condition_that_is_too_much_for_the_columns_is_said(sample):
    desk, opened, _ = sample
    trial = try_rule(desk, opened.project, own("matches(V320, '((a{900}){900}){900}')"))
    assert trial.problem is not None
    assert trial.problem.code == "own-condition-uncomputable"


def test_without_an_export_only_the_condition_is_looked_at(tmp_path):
    trial = try_rule(make_desk(tmp_path), Project("P", "spor-4.1"), own("V565 < V540"))
    assert (trial.problem, trial.total, trial.variables) == (None, 0, ("V540", "V565"))


def test_an_own_rule_that_blocks_holds_its_cases_back(tmp_path):
    desk, opened, before = analysed_desk(tmp_path)
    every = own("present(V310) or missing(V310)", tier=Tier.BLOCKS)
    unread = own("gone >", "own-2")
    project = opened.project.with_rule(every).with_rule(unread)
    summary = analyse(desk, project, base_of(opened))
    causes = {one.code: (one.tier, one.cases) for one in summary.causes}
    assert causes["own-1"] == (Tier.BLOCKS, 400)
    assert causes["own-rule-unreadable"][0] is Tier.NOTE
    assert summary.stopped == 400
    assert summary.fingerprint != before.fingerprint
    gone = replace(project, rules=())
    assert analyse(desk, gone, base_of(opened)).fingerprint == before.fingerprint
