"""The whole way of an export: joined, converted, written, checked and counted."""

import json
from dataclasses import replace
from datetime import date

import pytest

from app.core.errors import Cancelled, ExportError, ProjectError
from app.core.finding import Finding, Tier
from app.core.mapping import Blocking, GroupLink, Link, LinkState, Step, ValueMap
from app.core.register import Rule
from app.engine import analysis as engine
from app.engine.analysis import Analysis, analyse
from app.engine.findings import findings_of
from app.engine.rules import LATEST
from tests.support.analysed import every_document, every_value
from tests.support.engine import (
    PLAN,
    compiled_schema,
    export,
    link,
    project,
    rule,
    small_profile,
)

WHEN = Step("datetime", (("format", "%Y-%m-%d %H:%M"),))
PERSON, OTHER = "19770101-2382", "19780101-2381"
CASES = (
    "NR;PNR;DAG;START;SLUT;VIKT;NEJ",
    f"1;{PERSON};2026-01-14;08:00;09:30;70,5;",
    f"2;{PERSON};2026-01-14;;;;",
    f"3;{OTHER};2026-01-15;10:00;09:00;x;",
)
PLANS = (
    "NR;LNR;NÄR;KOD;TYP",
    "2;10;2026-01-13 07:00;Nej;P",
    "2;9;2026-01-12 07:00;Ja;P",
    "2;1;2026-01-12 07:00;Ja;X",
    "9;1;2026-01-12 07:00;Ja;P",
    "3;1;;;P",
)
LINKS = (
    link("number", "cases.NR"),
    link("patient", "cases.PNR", Step("person_id")),
    link("T1", "cases.DAG+START", WHEN),
    link("T2", "cases.DAG+SLUT", WHEN),
    link("N1", "cases.VIKT", Step("decimal_comma"), Step("number")),
    link("P1", "plans.NÄR", WHEN),
    link("P2", "plans.KOD"),
)
GROUPS = (GroupLink(PLAN, "plans", "TYP", "P", "LNR"),)
PROFILE = small_profile()


def hospital(cases=CASES, plans=PLANS):
    return export(cases=cases, plans=plans)


def run(cases=CASES, plans=PLANS, links=LINKS, **changes) -> Analysis:
    made = project(*links, groups=GROUPS, **changes)
    return analyse(hospital(cases, plans), made, PROFILE, compiled_schema())


def only(analysis: Analysis, case: str, code: str) -> Finding:
    (found,) = [one for one in findings_of(analysis, case) if one.code == code]
    return found


def test_a_case_becomes_the_document_that_the_register_wants():
    assert run().document(1).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<request xmlns="urn:test">\n'
        "  <case>\n"
        "    <number>2</number>\n"
        "    <patient>197701012382</patient>\n"
        "    <plan>\n"
        "      <time>2026-01-12T07:00:00+01:00</time>\n"
        "      <code>Ja</code>\n"
        "    </plan>\n"
        "    <plan>\n"
        "      <time>2026-01-13T07:00:00+01:00</time>\n"
        "      <code>Nej</code>\n"
        "    </plan>\n"
        "  </case>\n"
        "</request>\n"
    )


def test_every_case_is_counted_as_the_first_verdict_that_holds():
    assert run().cases["verdict"].to_list() == ["done", "planned", "done"]


def test_a_clean_case_has_no_findings():
    clean = run().cases.row(0, named=True)
    assert (clean["tier"], clean["cause"], clean["findings"], clean["blocked"]) == (
        None,
        None,
        0,
        False,
    )


def test_a_value_that_cannot_be_converted_stops_its_case_and_says_where():
    assert only(run(), "3", "number-unreadable") == Finding(
        "3", "number-unreadable", Tier.BLOCKS, "N1", "cases", "VIKT", 4, (("value", "x"),)
    )


def test_a_broken_rule_is_a_finding_where_its_first_variable_stands():
    found = only(run(), "3", "end-before-start")
    assert (found.tier, found.variable, found.column, found.row) == (
        Tier.CORRUPT,
        "T2",
        "DAG + SLUT",
        4,
    )
    assert dict(found.values)["T1"] == "2026-01-15T10:00:00+01:00"


def test_a_rule_about_a_group_points_to_the_row_that_breaks_it():
    plans = ("NR;LNR;NÄR;KOD;TYP", "1;1;;Nej;P", "1;2;;Ja;P", "1;3;;Ja;P")
    found = only(run(plans=plans), "1", "two-yes")
    assert (found.table, found.row, found.values) == ("plans", 3, (("P2", "Ja"),))


def test_the_worst_finding_names_the_cause():
    worst = run().cases.row(2, named=True)
    assert (worst["tier"], worst["cause"]) == ("blocks", "number-unreadable")
    assert [one.tier for one in findings_of(run(), "3")] == [Tier.BLOCKS, Tier.CORRUPT]


def test_the_schema_is_asked_about_every_document():
    plans = ("NR;LNR;NÄR;KOD;TYP", "1;1;;Ja;P", "1;2;;Kanske;P", "2;1;2026-01-13 07:00;;P")
    made = run(plans=plans)
    wrong = only(made, "1", "cvc-enumeration-valid")
    assert (wrong.tier, wrong.variable, wrong.table, wrong.column, wrong.row) == (
        Tier.SCHEMA,
        "P2",
        "plans",
        "KOD",
        3,
    )
    assert dict(wrong.values)["value"] == "Kanske"
    missing = only(made, "2", "cvc-complex-type.2.4.b")
    assert (missing.variable, missing.row) == ("P2", 4)


def test_a_mandatory_value_that_is_missing_is_named():
    made = run(links=[one for one in LINKS if one.variable != "patient"])
    found = only(made, "1", "cvc-complex-type.2.4.a")
    assert (found.variable, found.table, found.row) == ("patient", "", 2)


def test_findings_never_show_a_personnummer():
    cases = (CASES[0], f"1;{PERSON};x {PERSON};08:00;;{PERSON};", "2;770101-2382;2026-01-14;;;;")
    links = [*LINKS[:1], link("patient", "cases.PNR"), *LINKS[2:]]
    for made in (run(cases=cases), run(cases=cases, links=links)):
        text = "".join(made.findings["values"])
        assert made.findings.height > 3
        assert "2382" not in text


def test_a_second_row_of_the_same_case_stops_it():
    made = run(cases=(*CASES, f"1 ;{OTHER};2026-01-14;;;;"))
    assert made.cases["case"].to_list() == ["1", "2", "3"]
    found = only(made, "1", "duplicate-case")
    assert (found.tier, found.row, found.values) == (Tier.BLOCKS, 5, (("first", "2"),))


def test_a_row_without_a_case_is_noted():
    found = only(run(), "9", "orphan-row")
    assert (found.tier, found.table, found.row) == (Tier.NOTE, "plans", 5)
    assert "9" not in run().cases["case"]


def test_a_case_row_without_a_number_is_noted():
    made = run(cases=(*CASES, f";{OTHER};2026-01-14;;;;"))
    assert only(made, "", "key-empty").row == 5
    assert made.cases.height == 3


@pytest.mark.parametrize(("value", "said"), [("J", " j "), ("", "ja")])
def test_a_patient_who_has_declined_is_blocked(value, said):
    cases = (CASES[0], f"1;{PERSON};;;;;{said}", f"2;{PERSON};;;;; ")
    made_of = project(*LINKS, groups=GROUPS)
    from dataclasses import replace

    blocking = replace(made_of, blocking=Blocking("NEJ", value))
    made = analyse(hospital(cases), blocking, PROFILE, compiled_schema())
    assert made.cases["blocked"].to_list() == [True, False]
    assert only(made, "1", "blocked-patient").tier is Tier.BLOCKS


def test_the_register_sees_the_converted_number_so_cases_are_told_apart_by_it():
    chain = (Step("replace", (("find", "-"), ("with", ""))),)
    links = (link("number", "cases.NR", *chain), *LINKS[1:])
    cases = (CASES[0], f"1-0;{PERSON};2026-01-14;;;;", f"10;{PERSON};2026-01-14;;;;")
    plans = (PLANS[0], "1-0;1;2026-01-12 07:00;Ja;P")
    made = run(cases=cases, plans=plans, links=links)
    assert made.cases["case"].to_list() == ["10"]
    assert only(made, "10", "duplicate-case").row == 3
    assert "<code>Ja</code>" in made.document(0).decode()


def test_a_constant_needs_no_table():
    made = run(links=(*LINKS, link("unit", "", Step("constant", (("value", "SE123-A"),)))))
    assert every_value(made)[""]["unit"].to_list() == ["SE123-A"] * 3


def test_only_approved_links_take_part():
    links = (*LINKS[1:], link("K1", "cases.NR", approved=False))
    made = run(links=(*links, link("number", "cases.BORTA", approved=False)))
    assert not {"K1", "number"} & set(every_value(made)[""].columns)
    assert made.cases["case"].to_list() == ["1", "2", "3"]


def test_values_may_stand_in_a_second_table_with_one_row_per_case():
    tables = export(cases=CASES, plans=PLANS, more=("NR;ORSAK", "3;a", "1;b", "1;c", "8;d"))
    made_of = project(*LINKS, link("K1", "more.ORSAK"), groups=GROUPS)
    made = analyse(tables, made_of, PROFILE, compiled_schema())
    assert every_value(made)[""]["K1"].to_list() == ["b", None, "a"]
    assert only(made, "1", "several-rows").row == 4
    assert [one.case for one in findings_of(made, "8")] == ["8"]


def test_a_problem_in_a_second_table_points_to_its_row():
    tables = export(cases=CASES, plans=PLANS, more=("NR;P", "3;770101-2382", f"1;{PERSON}"))
    links = (*LINKS[:1], link("patient", "more.P"), *LINKS[2:])
    made = analyse(tables, project(*links, groups=GROUPS), PROFILE, compiled_schema())
    for code in ("wrong-person", "cvc-pattern-valid"):
        found = only(made, "3", code)
        assert (found.table, found.row) == ("more", 2)


def test_a_group_may_draw_on_the_case_table_without_being_told():
    made = run(links=(*LINKS, link("tag", "cases.VIKT")))
    assert every_value(made)["tag"]["tag"].to_list() == ["70,5", "x"]


def test_a_row_whose_values_are_all_missing_leaves_no_trace():
    made = run()
    assert every_value(made)[PLAN]["case"].to_list() == ["2", "2"]
    assert "plan" not in made.document(2).decode()


def test_codes_go_through_the_value_map_and_unknown_ones_are_found():
    links = (*LINKS[:-1], link("P2", "plans.KOD", Step("value_map", (("name", "ja"),))))
    made = run(links=links, value_maps=(ValueMap("ja", (("Ja", "Nej"),)),))
    assert every_value(made)[PLAN]["P2"].to_list() == ["Nej", None]
    found = only(made, "2", "value-unmapped")
    assert (found.table, found.row, found.values) == ("plans", 2, (("value", "Nej"),))


def test_columns_that_have_vanished_are_all_named():
    cases = tuple(line.replace("VIKT", "KILO") for line in CASES)
    plans = tuple(line.replace("KOD", "CODE") for line in PLANS)
    with pytest.raises(ExportError) as raised:
        run(cases=cases, plans=plans)
    assert raised.value.code == "column-missing"
    assert raised.value.values == {"table": "cases, plans", "column": "cases: VIKT, plans: KOD"}


def test_a_table_that_has_vanished_lacks_all_its_columns():
    with pytest.raises(ExportError) as raised:
        analyse(export(cases=CASES), project(*LINKS, groups=GROUPS), PROFILE, compiled_schema())
    assert raised.value.values["column"] == "NR, TYP, LNR, NÄR, KOD"


def test_without_a_table_of_cases_nothing_is_analysed():
    with pytest.raises(ExportError) as raised:
        analyse(export(plans=PLANS), project(*LINKS), PROFILE, compiled_schema())
    assert raised.value.code == "case-table-missing"


@pytest.mark.parametrize(
    "number",
    [link("number", "plans.LNR"), Link("number", "", (), (Step("constant", (("value", "1"),)),))],
)
def test_a_case_number_from_elsewhere_is_refused_for_several_cases_would_share_it(number):
    approved = replace(number, state=LinkState.APPROVED)
    with pytest.raises(ExportError) as raised:
        run(links=(approved, *LINKS[1:]))
    assert raised.value.code == "case-key-elsewhere"
    assert raised.value.values == {"variable": "number", "table": "cases"}


def test_a_link_to_another_table_than_its_groups_is_never_read_from_that_one():
    other = tuple(link("P2", "cases.KOD") if one.variable == "P2" else one for one in LINKS)
    with pytest.raises(ExportError) as raised:
        run(links=other)
    assert raised.value.code == "link-other-table"
    assert raised.value.values == {"variable": "P2", "table": "cases", "rows": "plans"}


def test_a_link_to_a_variable_that_the_profile_lacks_is_named():
    stray = Link("V999", "cases", ("NR",), state=LinkState.APPROVED)
    with pytest.raises(ProjectError) as raised:
        run(links=(*LINKS, stray))
    assert raised.value.values == {"variables": "V999"}


def test_blocks_of_cases_do_not_show_in_the_result(monkeypatch):
    whole = run()
    monkeypatch.setattr(engine, "BLOCK", 1)
    pieces = run()
    assert pieces.cases.equals(whole.cases)
    assert pieces.findings.equals(whole.findings)
    assert all(every_value(pieces)[group].equals(one) for group, one in every_value(whole).items())


def test_work_is_reported_and_can_be_stopped(monkeypatch):
    monkeypatch.setattr(engine, "BLOCK", 1)
    told = []

    def report(done, total, step=""):
        told.append((done, total, step))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        analyse(hospital(), project(*LINKS, groups=GROUPS), PROFILE, compiled_schema(), report)
    assert told == [(0, 3, "analyse"), (1, 3, "analyse"), (2, 3, "analyse")]


def test_an_export_without_cases_gives_an_empty_analysis():
    made = run(cases=CASES[:1], plans=PLANS[:1])
    assert (made.cases.height, made.findings.height) == (0, 0)


def test_the_digest_is_that_of_the_bytes_that_would_be_sent():
    from hashlib import sha256

    made = run()
    digests = [sha256(one.encode()).hexdigest() for one in every_document(made)]
    assert made.cases["digest"].to_list() == digests


def test_finding_values_are_json():
    assert all(isinstance(json.loads(text), dict) for text in run().findings["values"])


def own(name: str, condition: str, tier: Tier = Tier.NOTE) -> Rule:
    return replace(rule(name, condition, tier), own=True)


def judged(*rules: Rule, today: date = LATEST) -> Analysis:
    profile = small_profile((*PROFILE.rules, *rules))
    made = project(*LINKS, groups=GROUPS)
    return analyse(hospital(), made, profile, compiled_schema(), today=today)


def test_only_rules_in_force_on_the_day_are_held_against_the_cases():
    ended = replace(rule("ended", "True", Tier.NOTE), until="2016-06-30")
    to_come = replace(rule("to-come", "True", Tier.NOTE), since="2027-01-01")
    codes = {
        day: set(judged(ended, to_come, today=date(*day)).findings["code"]) & {"ended", "to-come"}
        for day in ((2016, 6, 30), (2016, 7, 1), (2027, 1, 1))
    }
    assert list(codes.values()) == [{"ended"}, set(), {"to-come"}]
    assert "ended" not in set(judged(ended).findings["code"])


def test_a_hospitals_own_rule_blocks_its_cases():
    analysis = judged(own("own-1", "N1 > 70", Tier.BLOCKS))
    assert [(one.code, one.tier) for one in findings_of(analysis, "1")] == [("own-1", Tier.BLOCKS)]


@pytest.mark.parametrize(
    "condition",
    [
        "N1 >",
        "present(gone)",
        "N1 > 'a'",
        "matches(K1, '((a{900}){900}){900}')",  # Python reads it, the columns' engine does not
        " and ".join(["(present(T1) or missing(T1)"] * 150) + ")" * 150,
        " or ".join(["present(T1)"] * 10_000),
    ],
)
def test_an_own_rule_that_cannot_be_used_is_told_of_once_and_stops_no_other(condition):
    analysis = judged(own("own-1", condition), own("own-2", "True"))
    told = analysis.findings.filter(analysis.findings["code"] == "own-rule-unreadable")
    assert told.select("case", "tier").rows() == [(None, "note")]
    assert json.loads(told["values"][0])["rule"] == "own-1"
    assert analysis.findings.filter(analysis.findings["code"] == "own-2")["case"].len() == 3
    assert only(analysis, "3", "end-before-start").tier is Tier.CORRUPT
