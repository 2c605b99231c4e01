"""How surely a column is a variable: by its name, its values, its place in time, and earlier."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.core.mapping import GroupLink, Project
from app.core.progress import Progress, silent
from app.core.register import ValueType, Variable
from app.workflow.desk import Desk
from app.workflow.memory import remembered
from app.workflow.suggest_columns import Candidate, Table, loaded_tables
from app.workflow.suggest_content import Contents, Fit
from app.workflow.suggest_order import NOTHING, Offsets, Order, offsets_of, order_of
from app.workflow.suggest_words import names_in

_One = TypeVar("_One")

CASE_KEY = 100
_TOLD = 40  # a name less like than this says nothing
_TELLING = 55  # values that say something by themselves
_PLAIN_NAME = 98
_LATE, _OFF = 25, 10  # what is taken away when times come at another place
_HELP = 3  # what each further kind of evidence adds
_BY_PLACE, _IN_ORDER = 40, 20  # the most that the place in time tells without a name
_OTHERWISE = 0.6  # what values still tell under a name that says something else
_CERTAIN = 90  # values that tell under any name
_MOSTLY = 0.8  # of what a name was before, for it to tell by itself
_EARLIER = 88  # a name that a person approved for the variable before
_THERE, _ELSEWHERE = 0.5, 0.2  # how near times are to a place, or far from it
_BORROWED = 3  # for a time whose date stands in a column of another name
_ONE_OF_MANY = 0.8  # for a variable that occurs once, in a table with several rows a case


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate for one variable, how sure it is (0-100), and why."""

    candidate: Candidate
    variable: Variable
    score: float
    reasons: tuple[str, ...]
    place: tuple[str, ...] = ()  # what two matches cannot both have


class Scorer:
    """Compares the columns of a project's tables with the variables of its profile."""

    def __init__(self, desk: Desk, project: Project, progress: Progress = silent) -> None:
        self._progress = progress
        self.profile = desk.profile(project.profile)
        self.names = names_in(self.profile)
        self.tables = loaded_tables(desk, project, self.names.reader)
        self.earlier = remembered(desk)
        self.contents = Contents(self.profile)
        self._offsets: dict[str, Offsets] = {}

    def matches(
        self, project: Project, variables: Iterable[Variable], links: Mapping[str, GroupLink]
    ) -> list[Match]:
        """Return every pair that may be, of the variables and of the columns they can stand in."""
        found: list[Match] = []
        grouped: dict[str, list[Variable]] = {}
        for one in variables:
            grouped.setdefault(one.group, []).append(one)
        for group, members in grouped.items():
            for table in self._tables_of(group, links):
                rows = _filter(links.get(group))
                found += self._in_table(project, table, members, rows)
        return found

    def _tables_of(self, group: str, links: Mapping[str, GroupLink]) -> Sequence[Table]:
        if not group:
            return tuple(self.tables.values())
        link = links.get(group)
        if link is None:
            return ()
        return (self.tables[link.table],) if link.table in self.tables else ()

    def _in_table(
        self, project: Project, table: Table, members: Sequence[Variable], rows: tuple[str, str]
    ) -> list[Match]:
        liked = {
            (variable.id, one.columns[-1]): max(
                self.names.likeness(name, table.name, variable) for name in one.names
            )
            for variable in self.told(members)
            for one in table.candidates
        }
        ids = [one.id for one in members if one.value_type is ValueType.DATETIME]
        order = NOTHING
        if ids:
            order = order_of(self._offsets_of(table), ids, self.profile.words, liked)
        taken = _taken(project, table.name)
        found = (
            self._match(one, candidate, liked[(one.id, candidate.columns[-1])], order, rows)
            for one in self.told(members)
            for candidate in table.candidates
            if candidate.columns[-1] not in taken and one.id != self.profile.case_key
        )
        return [one for one in found if one is not None]

    def told(self, many: Sequence[_One]) -> Iterator[_One]:
        """Yield what is gone through, so that it can be seen and stopped."""
        for at, one in enumerate(many):
            self._progress(at, len(many), "suggesting")
            yield one

    def _offsets_of(self, table: Table) -> Offsets:
        """Return where a table's times come, reckoned once."""
        if table.name not in self._offsets:
            self._offsets[table.name] = offsets_of(table)
        return self._offsets[table.name]

    def _match(
        self,
        variable: Variable,
        candidate: Candidate,
        liked: int,
        order: Order,
        rows: tuple[str, str],
    ) -> Match | None:
        from app.workflow.naming import plain

        fit = self.contents.fit(variable, candidate)
        if not fit.fits:
            return None
        place = order.of(variable.id, candidate)
        score, reasons = (
            self._named(liked, fit, place)
            if liked >= _TOLD
            else self._unnamed(variable, candidate, fit, order)
        )
        before = self.earlier.get((plain(candidate.columns[-1]), variable.id), 0.0)
        if before:
            score = max(score + _HELP, _EARLIER) if before > _MOSTLY else score + _HELP
            reasons = ("earlier", *reasons)
        score -= _BORROWED * candidate.borrowed
        score *= 1.0 if candidate.single or variable.group else _ONE_OF_MANY
        place_taken = (*candidate.place, *rows)
        found = Match(candidate, variable, min(100.0, score), reasons, place_taken)
        return found if score > 0 else None

    def _named(self, liked: int, fit: Fit, place: float | None) -> tuple[float, tuple[str, ...]]:
        score = liked * (0.5 + 0.5 * fit.fits)
        reasons = ["same-name" if liked >= _PLAIN_NAME else "name"]
        if fit.alone >= _TELLING:
            score += _HELP
            reasons.append(fit.reason)
        if place is not None:
            score += _HELP * (place > _THERE) - _LATE * (place == 0)
            score -= _OFF * (0 < place < _ELSEWHERE)
            reasons += ["order"] if place > _THERE else []
        return score, tuple(reasons)

    def _unnamed(
        self, variable: Variable, candidate: Candidate, fit: Fit, order: Order
    ) -> tuple[float, tuple[str, ...]]:
        place = order.of(variable.id, candidate) or 0.0
        by_place = _BY_PLACE * place + _IN_ORDER * order.says(variable.id, candidate)
        by_values = fit.alone * fit.fits
        score = max(by_place, by_values, 10 * fit.fits)
        reason = "order" if by_place > by_values else fit.reason
        if fit.alone < _CERTAIN and self.names.reader.knows(candidate.names[-1]):
            score *= _OTHERWISE
        return score, (reason,)


def _filter(link: GroupLink | None) -> tuple[str, str]:
    return (link.filter_column, link.filter_value) if link else ("", "")


def _taken(project: Project, table: str) -> set[str]:
    """Return the columns that have a meaning already."""
    links = (link for link in project.links if link.table == table)
    return {column for link in links for column in link.columns[-1:]}
