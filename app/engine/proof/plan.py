"""A contract over the columns that a mapping fills: which rows of each group are in doubt.

It follows the writer of documents element by element: what it knows to be written is what
`app.engine.document` writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from app.core.content import Particle, SimpleType
from app.core.register import Element
from app.engine.proof.claims import Claim, both, expression, negated, some
from app.engine.proof.content import Child, fitting
from app.engine.proof.values import Check, check_of

Columns = Mapping[str, frozenset[str]]
COUNT = "count:"  # before a group's id: how many of its rows are written in a row of another


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one group: which are written, which are in doubt, and in which they stand.

    `holder` is the group whose rows hold them, `counts` the groups that they hold and whose
    number matters.
    """

    group: str
    holder: str
    said: pl.Expr
    doubt: pl.Expr
    counts: tuple[str, ...]


class Planner:
    """Goes through a contract's elements once; `rows` has the innermost groups first."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._doubts: dict[str, list[pl.Expr]] = {group: [] for group in columns}
        self.rows: list[Rows] = []

    def whole(self, root: Element) -> list[Rows]:
        """Return the rows of every group that is written, the cases' own last."""
        said = self._part(root, "", is_demanded=True)
        self._doubt("", negated(said))
        self._note("", "", said)
        return self.rows

    def _note(self, group: str, holder: str, said: Claim) -> None:
        """Note a group whose elements have all been seen."""
        doubts = self._doubts[group]
        doubt = pl.any_horizontal(doubts).fill_null(value=False) if doubts else pl.lit(value=False)
        names = [*doubt.meta.root_names(), *expression(said).meta.root_names()]
        counts = tuple(dict.fromkeys(one for one in names if one.startswith(COUNT)))
        self.rows.append(Rows(group, holder, expression(said), doubt, counts))

    def _doubt(self, group: str, claim: Claim) -> None:
        if claim is not False:
            self._doubts[group].append(expression(claim))

    def _part(self, element: Element, group: str, *, is_demanded: bool) -> Claim:
        """Note what is in doubt in a part that is written; return whether it is.

        One that is demanded in every row and holds something demanded is doubtful where it is not
        written; nothing else need ask then.
        """
        demands = _demanded(element)
        names = demands if is_demanded else frozenset[str]()
        children = tuple(
            self._child(child, group, is_demanded=child.name in names) for child in element.children
        )
        fits: Claim = False
        if isinstance(element.model, Particle):
            fits = fitting(element.model, children)
        if is_demanded and demands:
            self._doubt(group, negated(fits))
            return True
        said = some(child.said for child in children)
        self._doubt(group, both(said, negated(fits)))
        return said

    def _child(self, element: Element, group: str, *, is_demanded: bool) -> Child:
        filled = _is_filled(element)
        if element.group not in {"", group} and element.group in self._columns:
            self._repeated(element, group)
            count = pl.col(COUNT + element.group)
            return Child(element, count > 0, count, filled)
        said = self._inside(element, group, is_demanded=is_demanded)
        return Child(element, said, None, filled)

    def _inside(self, element: Element, group: str, *, is_demanded: bool) -> Claim:
        """Return whether something is said in an element of a row."""
        if element.children:
            return self._part(element, group, is_demanded=is_demanded)
        return self._leaf(element, group)

    def _repeated(self, element: Element, holder: str) -> None:
        said = self._inside(element, element.group, is_demanded=False)
        self._note(element.group, holder, said)

    def _leaf(self, element: Element, group: str) -> Claim:
        if element.variable not in self._columns[group]:
            return False
        column = pl.col(element.variable)
        check = _check(element)
        self._doubt(group, column.is_not_null() if check is None else ~check(column))
        return column.is_not_null()


def _demanded(element: Element) -> frozenset[str]:
    """Return the children that must be said wherever a part is written as it should be."""
    found: set[str] = set()
    waiting = [element.model] if isinstance(element.model, Particle) else []
    while waiting:
        part = waiting.pop()
        if not part.minimum or part.kind == "choice":
            continue
        waiting += part.parts
        found |= {one.name for one in element.children if one.name == part.name}
    filled = {one.name for one in element.children if one.minimum and _fills(one)}
    return frozenset(found - filled)


def _fills(element: Element) -> bool:
    """Whether the contract itself says anything in an element that has to be there."""
    if element.fixed is not None:
        return True
    return any(one.minimum and _fills(one) for one in element.children)


def _check(element: Element) -> Check | None:
    """Return what proves an element's values, None when nothing does."""
    if not isinstance(element.model, SimpleType):
        return None
    return check_of(element.model, element.fixed)


def _is_filled(element: Element) -> bool:
    """Whether an element that is demanded is written validly where no value is given for it."""
    if element.minimum != 1:
        return False
    if element.fixed is not None:
        check = _check(element)
        return check is not None and bool(pl.select(check(pl.lit(element.fixed))).item())
    if not element.children or not isinstance(element.model, Particle):
        return False
    children = tuple(Child(one, said=False, filled=_is_filled(one)) for one in element.children)
    return any(one.filled for one in children) and fitting(element.model, children) is True
