"""What the register makes of a registration: taken or not, and why it lands on the fellista."""

from datetime import UTC, datetime

from app.core.case import CaseValues
from app.core.clock import in_stockholm
from app.core.condition import Condition, holds, parse
from app.core.finding import Tier
from app.core.register import Profile, Rule


class Judge:
    """The profile's rules, ready to be held against one case at a time."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._systems = {one.strip() for one in profile.settings["stage_systems"].split(",")}
        self._refusing = _checkable(profile, Tier.REJECTED)
        self._listing = _checkable(profile, Tier.CORRUPT)

    def refusal(self, case: CaseValues) -> str:
        """Return why the registration is not taken, "" when it is."""
        system = case.values.get(self._profile.roles["system_id"], "")
        if system not in self._systems:
            return self._profile.settings["unknown_system_text"].format(system=system)
        return " ".join(self._broken(self._refusing, case))

    def reasons(self, case: CaseValues) -> tuple[str, ...]:
        """Return why a taken registration lands on the fellista; none for a clean one."""
        return self._broken(self._listing, case)

    def _broken(
        self, rules: tuple[tuple[Rule, Condition], ...], case: CaseValues
    ) -> tuple[str, ...]:
        today = in_stockholm(datetime.now(UTC)).date()
        return tuple(
            rule.message.sv
            for rule, condition in rules
            if rule.is_in_force(today) and holds(condition, case, self._profile)
        )


def _checkable(profile: Profile, *tiers: Tier) -> tuple[tuple[Rule, Condition], ...]:
    return tuple(
        (rule, parse(rule.condition))
        for rule in profile.rules
        if rule.tier in tiers and rule.condition
    )
