"""Which variable's value goes into which element of a contract, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from app.core.register import Binding

SURE = 80  # from this score on a suggestion is shown as sure
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BindingRow:
    """One element of a contract that holds a value; `path` are the names below the request.

    `variable` is "" where none is bound or suggested. `reasons` are codes: number-in-name,
    number-in-documentation, number-in-appinfo, name, words, type, codes, place. `alternatives`
    are other variables with their scores (0-100), best first.
    """

    path: Path
    variable: str = ""
    state: Binding = Binding.NONE
    score: int = 0
    reasons: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, int], ...] = ()

    @property
    def is_bound(self) -> bool:
        """Whether the element takes the variable's value: a mere suggestion is never used."""
        return bool(self.variable) and self.state in {Binding.CONTRACT, Binding.APPROVED}

    @property
    def is_sure(self) -> bool:
        """Whether the variable is shown as sure."""
        return self.is_bound or (bool(self.variable) and self.score >= SURE)


@dataclass(frozen=True)
class BindingTable:
    """Every element of a contract that holds a value. Each change returns a new table."""

    rows: tuple[BindingRow, ...] = ()

    @cached_property
    def _by_path(self) -> dict[Path, BindingRow]:
        return {row.path: row for row in self.rows}

    def row(self, path: Path) -> BindingRow | None:
        """Return the row of one element, None when the contract has no such element."""
        return self._by_path.get(path)

    def row_of(self, variable: str) -> BindingRow | None:
        """Return the row that a variable is bound to or suggested for."""
        found = (row for row in self.rows if variable and row.variable == variable)
        return next(found, None)

    def bound(self, path: Path, variable: str) -> "BindingTable":
        """Return the table with a person's choice; the variable leaves where it was."""
        return BindingTable(tuple(_chosen(row, path, variable) for row in self.rows))

    def cleared(self, path: Path) -> "BindingTable":
        """Return the table in which the element has no variable."""
        return BindingTable(tuple(_empty(row) if row.path == path else row for row in self.rows))

    def approved(self, paths: Iterable[Path]) -> "BindingTable":
        """Return the table in which the suggestions for these elements are approved."""
        wanted = set(paths)
        rows = (_approved(row) if row.path in wanted else row for row in self.rows)
        return BindingTable(tuple(rows))

    def unbound_variables(self, variables: Iterable[str]) -> tuple[str, ...]:
        """Return those of the variables that no element takes."""
        bound = {row.variable for row in self.rows if row.is_bound}
        return tuple(one for one in variables if one not in bound)

    @property
    def suggested(self) -> tuple[BindingRow, ...]:
        """The rows whose variable nobody has approved."""
        return tuple(one for one in self.rows if one.variable and not one.is_bound)


def _chosen(row: BindingRow, path: Path, variable: str) -> BindingRow:
    if row.path == path:
        return replace(row, variable=variable, state=Binding.APPROVED, score=100)
    return _empty(row) if row.variable == variable else row


def _empty(row: BindingRow) -> BindingRow:
    return replace(row, variable="", state=Binding.NONE, score=0)


def _approved(row: BindingRow) -> BindingRow:
    return replace(row, state=Binding.APPROVED) if row.variable and not row.is_bound else row
