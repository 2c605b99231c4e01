"""Where the values, parts and findings of a case stand in the text of its document."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.core.case_text import Spot
from app.core.finding import Finding
from app.core.register import Profile
from app.workflow.case_origin import Place
from app.workflow.case_views import XmlPlace


@dataclass(frozen=True)
class Places:
    """Finds places in a text by its elements; `rows` tells the row of each place of a group."""

    text: str
    spots: tuple[Spot, ...]
    profile: Profile
    rows: Mapping[str, list[Place]]

    def all(self) -> tuple[XmlPlace, ...]:
        """Return the place of every element."""
        lines = _line_starts(self.text)
        return tuple(_place(spot, lines) for spot in self.spots)

    def of_findings(self, findings: tuple[Finding, ...]) -> tuple[XmlPlace | None, ...]:
        """Return the place of each finding: its element, or the part that it is missing in."""
        lines = _line_starts(self.text)
        spots = [self._spot(finding) for finding in findings]
        return tuple(_place(spot, lines) if spot else None for spot in spots)

    def _spot(self, finding: Finding) -> Spot | None:
        variable = self.profile.by_id.get(finding.variable)
        name = dict(finding.values).get("element", "")
        if variable is None:
            return next((one for one in self.spots if name and one.name == name), None)
        index = self._index(variable.group, finding)
        exact = self._firsts.get((variable.id, index))
        return exact or self._around(variable.path, variable.group, index)

    @cached_property
    def _firsts(self) -> Mapping[tuple[str, int], Spot]:
        """The first element of each variable, in any row (0) and in each."""
        found: dict[tuple[str, int], Spot] = {}
        for spot in self.spots:
            found.setdefault((spot.variable, 0), spot)
            found.setdefault((spot.variable, spot.index), spot)
        return found

    @cached_property
    def _by_path(self) -> Mapping[tuple[tuple[str, ...], int], Spot]:
        """The first element at each path, in any row (0) and in each; a path has one group."""
        found: dict[tuple[tuple[str, ...], int], Spot] = {}
        for spot in self.spots:
            found.setdefault((spot.path, 0), spot)
            found.setdefault((spot.path, spot.index), spot)
        return found

    @cached_property
    def _numbers(self) -> Mapping[str, Mapping[Place, int]]:
        """Which row of its group stands at each place; the first where several do."""
        return {
            group: {place: number for number, place in reversed([*enumerate(places, start=1)])}
            for group, places in self.rows.items()
        }

    def _index(self, group: str, finding: Finding) -> int:
        """Return which row of a group a finding is about, 0 when it does not say."""
        numbers = self._numbers.get(group, {}) if group else {}
        return numbers.get((finding.row, finding.file), 0)

    def _around(self, path: tuple[str, ...], group: str, index: int) -> Spot | None:
        """Return the innermost part around an element that is not there."""
        for length in range(len(path), -1, -1):
            first = self._by_path.get((path[:length], 0))
            is_row = first is not None and bool(group) and first.group == group
            found = self._by_path.get((path[:length], index)) if is_row else first
            if found is not None:
                return found
        return None


def _line_starts(text: str) -> list[int]:
    """Return where every line begins."""
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return starts


def _place(spot: Spot, lines: list[int]) -> XmlPlace:
    line = bisect_right(lines, spot.start)
    column = spot.start - lines[line - 1] + 1
    length = spot.end - spot.start
    return XmlPlace(spot.variable, spot.group, spot.index, line, column, length, spot.name)
