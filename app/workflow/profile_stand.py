"""What a change of the register profile can mean for a project, and what the project has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.mapping import Link, Project
from app.core.register import Profile, Variable

if TYPE_CHECKING:
    from app.engine.profile_effects import CaseCounter


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change means: a code and its values; `work` when a person has something to do."""

    code: str
    values: tuple[tuple[str, str], ...] = ()
    work: bool = False


NOTHING = Effect("effect-nothing")
FOLLOWED = Effect("effect-followed")


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a project stands between two profiles; `counter` is None without a loaded export.

    `former` has the variables of the second profile that had another id in the first.
    """

    project: Project
    first: Profile
    second: Profile
    former: Mapping[str, str]
    counter: "CaseCounter | None"

    def link(self, variable: str) -> Link | None:
        """Return the link of a variable, by its id in either profile."""
        own = self.project.link_of(self.former.get(variable, variable))
        return own or self.project.link_of(variable)

    def linked(self, variable: str) -> str:
        """Return the id by which the project knows a variable of the second profile."""
        link = self.link(variable)
        return link.variable if link else self.former.get(variable, variable)

    def users(self, code_list: str) -> tuple[Variable, ...]:
        """Return the variables that hold codes of a list and have a link."""
        both = {one.id: one for side in (self.first, self.second) for one in side.variables}
        return tuple(
            one for one in both.values() if one.code_list == code_list and self.link(one.id)
        )

    def maps_to(self, variables: tuple[Variable, ...], codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the local values, as "local → code", that value maps turn into these codes."""
        links = [link for one in variables if (link := self.link(one.id))]
        names = {
            step.option("name") for link in links for step in link.steps if step.kind == "value_map"
        }
        return tuple(
            f"{local} → {code}"
            for value_map in self.project.value_maps
            if value_map.name in names
            for local, code in value_map.entries
            if code in codes
        )

    def count(self, count: Callable[["CaseCounter"], int]) -> int | None:
        """Return a number of cases, None when no export is loaded."""
        return count(self.counter) if self.counter else None


def counted(code: str, cases: int | None, **values: str) -> Effect:
    """Return an effect that is work unless the count says that no case is met."""
    said = {**values, **({} if cases is None else {"cases": str(cases)})}
    return Effect(code, tuple(said.items()), work=cases != 0)
