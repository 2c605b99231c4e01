"""What the register page is tested on: the shipped profile in both readings, and own rules."""

from dataclasses import replace
from typing import Any

from app.core.finding import Tier
from app.core.register import Confidence, Fact, Profile, Rule, Text
from app.files.profile import load_shipped
from app.workflow.rule_views import RegisterStatus, RegisterView, RuleTrial
from tests.support.gui import PROJECT

OWN = Rule(
    id="own-1",
    tier=Tier.NOTE,
    condition="missing(V310)",
    message=Text("Anmälan saknar tid", "The notification has no time"),
    remedy=Text("Fyll i tiden.", "Fill in the time."),
    fact=Fact("Provsjukhuset", Confidence.STATED),
    variables=("V310",),
    own=True,
)
PROJECT_WITH_RULES = replace(PROJECT, rules=(OWN,))
STATUS = (
    RegisterStatus("kva", Text("KVÅ", "KVÅ"), ((2026, 9874), (2025, 9790)), 3, ()),
    RegisterStatus(
        "icd", Text("ICD-10-SE", "ICD-10-SE"), (), 3, (), "register-missing", (("name", "ICD"),)
    ),
)


def profile_of(profile_id: str = "") -> Profile:
    """Return a profile as the deed does; "" is the shipped one."""
    return load_shipped(profile_id or "spor-4.1")


def answers() -> dict[str, Any]:
    """Return what the deeds of the register page answer."""
    return {
        "load_profile_of": profile_of,
        "try_rule": lambda _project, rule: RuleTrial(
            None, 3, 400, ("2600001", "2600004"), rule.variables
        ),
        "register_status": lambda *_profile: STATUS,
        "import_register": lambda _path, register, year: RegisterView(
            register, year or 2026, 9874, 9874, 12
        ),
        "remove_register": lambda _register, _year: STATUS[1:],
    }
