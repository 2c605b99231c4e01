"""Values for any contract: every element bound, cases filled in at random, some of them wrongly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import polars as pl
import xmlschema

from app.core.content import Particle, SimpleType
from app.core.register import Element, Profile
from app.engine.document import documents
from app.engine.proof.values import check_of
from app.files.contract_compiling import compile_file
from app.files.contract_schema import read_contract_schema
from app.safexml import UnsafeXml, parse
from tests.support.engine import small_profile
from tests.support.mutations import KINDS

POOL = (
    "", "a", "Ja", "x" * 30, "x" * 700, "Å b", " a ", "a  b", "12", "0", "-3", "+7", "007", "3.5",
    "1.", ".5", "1e3", "NaN", "true", "1", "300", "70000", "5000000000", "2026-03-01", "2026-02-29",
    "2024-02-29Z", "2026-03-01+02:00", "2026-03-01T08:00:00", "2026-03-01T08:00:00Z", "12:30:00",
    "2026-03-01T08:00:00.25+01:00", "2026-03-01T24:00:00Z", "0000-01-01", "12026-01-01", "2026",
    "2026-03", "P3D", "sv-SE", "ns:name", "name", "SPOR", "<&>]]>", "a\nb", "a\rb", "\x01", "½",
    "197701012382", "SE0000000000-OP1", "NFB49", "M169", "http://a.example/b?c=d", "a b c",
)  # fmt: skip
Row = dict[str, str]
Cases = dict[str, list[tuple[int, Row]]]


@dataclass
class Contract:
    """A contract with every element bound; each repeated element is a group."""

    root: Element
    xsd: Path
    leaves: dict[str, Element] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    good: dict[str, list[str]] = field(default_factory=dict)

    @property
    def profile(self) -> Profile:
        """A profile that knows no more than the elements."""
        return replace(small_profile(), root=self.root, namespace=self.root.namespace)


def contract_of(xsd: Path, request: str, rnd: Random) -> Contract:
    """Return a contract as it is read, with values for each element that it seems to take."""
    made = Contract(read_contract_schema(xsd, request).root, xsd)
    made.root = _bound(made, made.root, "", "", is_root=True)
    for name, leaf in made.leaves.items():
        made.good[name] = _good(leaf, rnd)
    return made


def _bound(made: Contract, element: Element, path: str, group: str, *, is_root: bool) -> Element:
    own = f"{path}/{element.name}" if element.maximum != 1 and not is_root else ""
    group = own or group
    if own:
        made.groups.setdefault(own, [])
    name = ""
    if element.base:
        name = f"{path}/{element.name}="
        made.leaves[name] = element
        made.groups[group].append(name)
    below = f"{path}/{element.name}"
    children = tuple(_bound(made, child, below, group, is_root=False) for child in element.children)
    return replace(element, variable=name, group=own, children=children)


def _good(leaf: Element, rnd: Random) -> list[str]:
    """Return values that an element surely takes, else any."""
    kind = leaf.model if isinstance(leaf.model, SimpleType) else None
    patterns = [value for name, value in leaf.facets if name == "pattern"]
    listed = [value for name, value in leaf.facets if name in {"enumeration", "fixed"}]
    sampled = [text for one in patterns for text in _samples(one, rnd)]
    texts = [*POOL, *listed, *sampled, "20.5", "170", "37.2", "5"]
    check = check_of(kind, leaf.fixed) if kind else None
    if check is None:
        return listed or sampled or texts
    frame = pl.DataFrame({"text": texts})
    return frame.filter(check(pl.col("text")))["text"].to_list() or texts


def _samples(pattern: str, rnd: Random) -> Iterator[str]:
    """Yield texts that match a pattern, as far as Python reads it the same way."""
    try:
        parsed = _parser.parse(pattern)
    except re.error:
        return
    for _ in range(20):
        yield "".join(_sample(parsed, rnd))


_CLASSES = {
    sre.CATEGORY_DIGIT: "0123456789", sre.CATEGORY_WORD: "ABCabc019", sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "aB1-", sre.CATEGORY_NOT_DIGIT: "aB- ", sre.CATEGORY_NOT_WORD: "-. ",
}  # fmt: skip


def _sample(parsed: Any, rnd: Random) -> Iterator[str]:
    for kind, value in parsed:
        if kind in {sre.LITERAL, sre.ANY, sre.IN}:
            yield _one([(kind, value)] if kind is not sre.IN else value, rnd)
        elif kind is sre.SUBPATTERN:
            yield from _sample(value[-1], rnd)
        elif kind is sre.BRANCH:
            yield from _sample(rnd.choice(value[1]), rnd)
        elif kind in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            low, high, inner = value
            for _ in range(rnd.randint(low, min(int(high), low + 3))):
                yield from _sample(inner, rnd)


def _one(options: Any, rnd: Random) -> str:
    kind, value = rnd.choice(options)
    if kind is sre.RANGE:
        return chr(rnd.randint(*value))
    if kind is sre.LITERAL:
        return chr(value)
    return rnd.choice(_CLASSES.get(value, "aZ5 -å"))


def cases_of(made: Contract, count: int, rnd: Random, faulty: float = 0.6) -> Cases:
    """Return the rows of so many cases; a share of them has something changed at random."""
    cases: Cases = {group: [] for group in made.groups}
    for index in range(count):
        rows: dict[str, list[Row]] = {group: [] for group in made.groups}
        own: Row = {}
        rows[""].append(own)
        _fill(made, made.root, own, rows, rnd)
        if rnd.random() < faulty:
            for _ in range(rnd.choice((1, 1, 2, 4))):
                _spoil(made, rows, rnd)
        for group, found in rows.items():
            cases[group] += [(index, row) for row in found if row or not group]
    return cases


def frames_of(made: Contract, cases: Cases) -> dict[str, pl.DataFrame]:
    """Return the cases as the engine has them; without rows a group has no values at all."""
    found = {}
    for group, rows in cases.items():
        columns = {name: [row.get(name) for _, row in rows] for name in made.groups[group]}
        index = pl.Series("index", [number for number, _ in rows], dtype=pl.UInt32)
        row = pl.Series("row", range(len(rows)), dtype=pl.UInt32)
        types = dict.fromkeys(columns, pl.String)
        found[group] = pl.DataFrame([index, row]).hstack(pl.DataFrame(columns, types))
    return found


def _fill(
    made: Contract, element: Element, row: Row, rows: dict[str, list[Row]], rnd: Random
) -> None:
    """Fill in the children of a part, mostly as the schema wants them."""
    by_name = {child.name: child for child in element.children}
    model = element.model
    if isinstance(model, Particle):
        wanted = list(_chosen(model, rnd))
    else:
        wanted = [name for name, one in by_name.items() if one.minimum or rnd.random() < 0.4]
    for name in wanted:
        if child := by_name.get(name):
            _put(made, child, row, rows, rnd)


def _put(made: Contract, child: Element, row: Row, rows: dict[str, list[Row]], rnd: Random) -> None:
    target = row
    if child.group:
        target = {}
        rows[child.group].append(target)
    if child.base:
        target[child.variable] = rnd.choice(made.good[child.variable])
    _fill(made, child, target, rows, rnd)


def _chosen(particle: Particle, rnd: Random) -> Iterator[str]:
    most = min(particle.maximum if particle.maximum is not None else 3, particle.minimum + 2)
    for _ in range(max(particle.minimum, rnd.randint(0, most))):
        if particle.kind == "element":
            yield particle.name
        elif particle.kind == "choice" and particle.parts:
            yield from _chosen(rnd.choice(particle.parts), rnd)
        else:
            for part in particle.parts:
                yield from _chosen(part, rnd)


def _spoil(made: Contract, rows: dict[str, list[Row]], rnd: Random) -> None:
    """Change, add or remove a value or a row."""
    group = rnd.choice([one for one, names in made.groups.items() if names])
    found = rows[group]
    how = rnd.random()
    if group and (not found or how < 0.1):
        found.append({rnd.choice(made.groups[group]): rnd.choice(POOL)})
        return
    row = rnd.choice(found)
    if group and how < 0.2:
        found.remove(row)
        return
    if row and how < 0.45:
        del row[rnd.choice(list(row))]
    elif row and how < 0.75:
        name = rnd.choice(list(row))
        row[name] = KINDS[rnd.choice(list(KINDS))](rnd, row[name])
    else:
        name = rnd.choice(made.groups[group])
        row[name] = rnd.choice((*POOL, *made.good[name]))


class Validators:
    """libxml2 and xmlschema, each with the contract's schema."""

    def __init__(self, xsd: Path) -> None:
        self._fast = compile_file(xsd)
        self._rich = xmlschema.XMLSchema10(str(xsd), validation="lax")

    def fast(self, document: bytes) -> bool:
        """Whether libxml2 takes a document."""
        try:
            return bool(self._fast.validate(parse(document)))
        except UnsafeXml:
            return False

    def rich(self, document: bytes) -> bool:
        """Whether xmlschema takes a document."""
        return bool(self._rich.is_valid(parse(document)))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many documents there were, were valid, and were proved; and those proved wrongly."""

    documents: int
    valid: int
    proved: int
    wrong: tuple[str, ...]


def agreement(made: Contract, doubtful: pl.Series, frames: dict[str, pl.DataFrame]) -> Agreement:
    """Hold what columns say of documents against both validators."""
    judges = Validators(made.xsd)
    written = documents(made.profile, frames)
    valid, wrong = 0, []
    for text, doubt in zip(written, doubtful, strict=True):
        document = text.encode()
        is_valid = judges.fast(document)
        valid += is_valid
        if not doubt and not (is_valid and judges.rich(document)):
            wrong.append(text)
    return Agreement(len(written), valid, int((~doubtful).sum()), tuple(wrong))
