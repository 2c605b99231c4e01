"""What the document of a case lacks, and why: not recorded, left out by a step, not linked ..."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.conversion import BLANKS
from app.core.mapping import Link, LinkState, Project, Step
from app.core.ordering import wanted_values
from app.core.register import Profile, Variable
from app.workflow.case_origin import Origins, Place
from app.workflow.case_views import Unsent
from app.workflow.mapping_views import StepValue
from app.workflow.views import SourceRow

Values = tuple[tuple[str, str], ...]

_BY_STEP = {"only_when": "left-out-by-condition", "missing_when": "said-missing"}


@dataclass(frozen=True)
class Absences:
    """Goes through the profile's variables and tells which of them one case lacks."""

    profile: Profile
    project: Project
    origins: Origins

    def all(self) -> Iterator[Unsent]:
        """Yield everything that is not sent, in the profile's order."""
        told: set[str] = set()
        for variable in self.profile.variables:
            reason = self._never(variable)
            if reason:
                yield Unsent(variable.id, variable.group, 0, *reason)
                continue
            if variable.group and variable.group not in told:
                told.add(variable.group)
                yield from self._rows_of(variable.group)
            yield from self._of(variable)

    def _never(self, variable: Variable) -> tuple[str, Values] | None:
        """Return why no case at all has the variable, None when the case itself decides."""
        link = self.project.link_of(variable.id)
        if not variable.is_bound:
            return "not-in-contract", ()
        if link is None:
            return "not-linked", ()
        if link.state is not LinkState.APPROVED:
            return "not-approved", (("state", link.state.value),)
        return None

    def _of(self, variable: Variable) -> Iterator[Unsent]:
        """Yield why one variable is missing, in the case or in each row of its group."""
        frame = self.origins.values.get(variable.group)
        link = self.project.link_of(variable.id)
        if frame is None or link is None:
            return
        empty = [None] * frame.height
        values = frame[variable.id].to_list() if variable.id in frame.columns else empty
        places = self.origins.places(variable.group)
        for index, (value, place) in enumerate(
            zip(values, places, strict=True), start=1 if variable.group else 0
        ):
            if not value:
                reason, told = self._why(link, variable.group, place)
                yield Unsent(variable.id, variable.group, index, reason, told)

    def _why(self, link: Link, group: str, place: Place) -> tuple[str, Values]:
        """Return why a link gives no value in one row."""
        origin = self.origins.row_of(link, group, place)
        table = link.table or self.origins.table_of(group)
        if origin is None and link.columns:
            return self._no_row(table)
        at = _at(origin)
        done = self.origins.stages(link, origin)
        if not done or not done[0].value.strip(BLANKS):
            named = (("table", table), ("column", " + ".join(link.columns)), *at)
            if not any(one.value or one.problem for one in done):
                return "not-recorded", named
        return self._lost(link.steps, done, at)

    def _no_row(self, table: str) -> tuple[str, Values]:
        """Return why there is no row to read: there is none, or none that the link picks."""
        has_rows = any(one.table == table for one in self.origins.rows)
        return "row-not-picked" if has_rows else "no-row", (("table", table),)

    def _lost(
        self, steps: tuple[Step, ...], done: tuple[StepValue, ...], at: Values
    ) -> tuple[str, Values]:
        """Return which step has lost a value that was there, and how."""
        before = done[0].value if done else ""
        for number, (step, left) in enumerate(zip(steps, done[1:], strict=False), start=1):
            if left.problem:
                told = (("problem", left.problem), ("value", before), *_step(number, step), *at)
                return "not-converted", told
            if before.strip(BLANKS) and not left.value.strip(BLANKS):
                return self._emptied(step, before), (
                    ("value", before),
                    *_step(number, step),
                    *_asked(step),
                    *at,
                )
            before = left.value
        return "not-converted", (("problem", "character-illegal"), *at)

    def _emptied(self, step: Step, before: str) -> str:
        if step.kind == "value_map":
            value_map = self.project.value_map_of(step.option("name"))
            known = dict(value_map.entries).get(before.strip(BLANKS)) if value_map else None
            return "value-map-omits" if known is None else "value-map-sends-nothing"
        return _BY_STEP.get(step.kind, "emptied-by-step")

    def _rows_of(self, group: str) -> Iterator[Unsent]:
        """Yield why rows of a group are not sent, or why there are none."""
        chosen = self.project.group_link_of(group)
        table = self.origins.table_of(group)
        if chosen is None and group not in self.origins.values:
            yield Unsent("", group, 0, "group-not-linked")
            return
        rows = [one for one in self.origins.rows if one.table == table]
        used = set(self.origins.places(group))
        if not rows:
            yield Unsent("", group, 0, "group-no-rows", (("table", table),))
        column, value = (chosen.filter_column, chosen.filter_value) if chosen else ("", "")
        wanted = wanted_values(value)
        passing = [
            row
            for row in rows
            if not column or dict(row.cells).get(column, "").strip(BLANKS) in wanted
        ]
        if rows and not passing:
            told = (("table", table), ("column", column), ("value", value))
            yield Unsent("", group, 0, "group-filtered", told)
        for row in passing:
            if (row.row, row.file) not in used:
                yield Unsent("", group, 0, "group-left-out", (("table", table), *_at(row)))


def _at(origin: SourceRow | None) -> Values:
    """Return the row and the file that something would have been read from."""
    if origin is None:
        return ()
    file = (("file", origin.file),) if origin.file else ()
    return (("row", str(origin.row)), *file)


def _step(number: int, step: Step) -> Values:
    return ("step", str(number)), ("kind", step.kind)


def _asked(step: Step) -> Values:
    """Return what a step asked of the row, and what it was about."""
    told = {
        "column": step.option("column"),
        "test": step.option("test"),
        "wanted": step.option("value"),
        "map": step.option("name"),
    }
    return tuple((name, text) for name, text in told.items() if text)
