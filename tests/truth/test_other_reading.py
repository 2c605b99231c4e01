"""The other reading of the sources (note 1): V440 is the type of the strykning, V445 its letter."""

from functools import cache

from app.core.condition import holds, parse
from app.core.counting import explain, verdict_of
from app.core.register import Profile
from app.files.profile import load_shipped
from tests.truth.row import no, wrong, yes
from tests.truth.tables.plannings import ANMALD, FULL, NEXT, OPERATED

STRUCK = {"V440": "7", "V445": "a", "V450": "Nej"}


@cache
def profile() -> Profile:
    """Return the profile in the second reading."""
    return load_shipped("spor-4.1:R2")


# 2a: level 1 = number 1-11 (12 skickas aldrig in), level 2 = letter, only these two are sent
REASONS = (
    *(no(f"{number}a", planering=[{**STRUCK, "V440": number}]) for number in ("1", "7", "9", "11")),
    *(no(f"7{letter}", planering=[{**STRUCK, "V445": letter}]) for letter in ("a", "d", "B", "C")),
    *(yes(f"{number}a", planering=[{**STRUCK, "V440": number}]) for number in ("0", "12", "13")),
    yes("both in the first", planering=[{**STRUCK, "V440": "7a"}]),
    yes("a number for a letter", planering=[{**STRUCK, "V445": "7"}]),
    yes("a local third level", planering=[{**STRUCK, "V445": "ai"}]),
    yes("the second of two", planering=[STRUCK, {**STRUCK, "V440": "12"}]),
    no("not struck", planering=[FULL]),
    no("no planering"),
)


def test_reasons_are_a_number_and_a_letter():
    (rule,) = [one for one in profile().rules if one.message.sv == "Ogiltig SPOR-strykningsorsak"]
    condition = parse(rule.condition)
    assert wrong(REASONS, [holds(condition, row.case("1"), profile()) for row in REASONS]) == ""


def test_a_strykning_without_a_time_counts_as_before_and_is_never_told_as_late():
    names = {one.id: one.name.sv for one in profile().verdicts}
    expected = (
        ("Struken (planerad)", [{**FULL, **STRUCK}]),
        ("Struken (anmäld)", [STRUCK]),
        ("Avförd", [{**FULL, **STRUCK, "V450": "Ja"}]),
        ("Planerad", [{**FULL, **STRUCK}, NEXT]),
    )
    late = {one.id for one in profile().counts if one.name.sv == "Sen strykning"}
    assert "Sen strykning" not in names.values()
    for verdict, planeringar in expected:
        case = yes(verdict, planering=planeringar, **ANMALD).case("1")
        assert names[verdict_of(case, profile())] == verdict
        told = explain(case, profile(), frozenset())
        assert [one.holds for one in told.counts if one.id in late] == [None]


def test_no_rule_compares_the_start_with_a_strykning_that_has_no_time():
    row = yes("operated", planering=[{**FULL, **STRUCK}], **OPERATED)
    broken = [
        rule.message.sv
        for rule in profile().rules
        if rule.condition and holds(parse(rule.condition), row.case("1"), profile())
    ]
    assert "Operationsstart före/samtidigt som strykning" not in broken
