"""One request document per case, written as columns: no empty element, everything escaped.

What the contract demands and fixes itself is written wherever the part it stands in is written.

Names are spelled as the contract has them: with its one namespace as the default, or else with a
prefix per namespace and none for an unqualified element.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from xml.sax.saxutils import quoteattr

import polars as pl

from app.core.register import Element, Profile
from app.engine.condition_columns import TYPED

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDENT = "  "
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}

RISKY = f"[{''.join(ESCAPES)}]"
Piece = str | pl.Series  # a text for every row, or a text per row, null where nothing is said


def documents(profile: Profile, values: Mapping[str, pl.DataFrame]) -> pl.Series:
    """Return one document per row of the case's own values (`values[""]`), never null."""
    writer = _Writer(_hosting(profile.root, values), _prefixes(profile.root))
    declared = _declarations(writer.prefixes)
    written = writer.written(profile.root, "", declared)
    # Where no link is approved yet; the schema stops it.
    nothing = f"{DECLARATION}<{writer.name(profile.root)}{declared}/>\n"
    return written.fill_null(nothing).alias("document")


def _prefixes(root: Element) -> dict[str, str]:
    """Return what stands before the names of each namespace that the request uses."""
    spaces = tuple(dict.fromkeys(_namespaces(root)))
    if len(spaces) == 1:
        return {spaces[0]: ""}
    return {space: f"ns{place}:" if space else "" for place, space in enumerate(spaces, start=1)}


def _namespaces(element: Element) -> Iterator[str]:
    yield element.namespace
    for child in element.children:
        yield from _namespaces(child)


def _declarations(prefixes: Mapping[str, str]) -> str:
    """Return the attributes that tell what the prefixes stand for."""
    return "".join(
        f" xmlns{':' if prefix else ''}{prefix.removesuffix(':')}={quoteattr(space)}"
        for space, prefix in prefixes.items()
        if space
    )


def _hosting(root: Element, values: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the values as they stand in XML, with a row for every group that holds another.

    Rows do not say which row of an outer group they belong to: they go into the case's first, and
    a case that has none gets one.
    """
    frames = {group: _escaped(frame) for group, frame in values.items()}
    for outer, inner in _nested(root, ""):
        if outer in frames and inner in frames:
            needed = frames[inner].select("index").unique()
            more = needed.join(frames[outer], on="index", how="anti")
            rows = pl.concat([frames[outer], more], how="diagonal")
            frames[outer] = rows.sort("index", maintain_order=True)
    return frames


def _nested(element: Element, outer: str) -> Iterator[tuple[str, str]]:
    """Yield every group that stands in another one, the innermost first."""
    for child in element.children:
        yield from _nested(child, child.group or outer)
        if outer and child.group:
            yield outer, child.group


def _escaped(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the values as they stand in XML; only columns that need it are rewritten.

    Moments, which have their typed form beside them, hold nothing to escape.
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    risky = [
        name
        for name in texts
        if name + TYPED not in frame.columns and frame[name].str.contains(RISKY).any()
    ]
    return frame.with_columns(
        pl.col(name).str.replace_many(list(ESCAPES), list(ESCAPES.values())) for name in risky
    )


def _in_xml(value: str) -> str:
    return "".join(ESCAPES.get(character, character) for character in value)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is written of an element: its pieces in their order, and in which rows it is there.

    `there` is None where it is nowhere; every piece is null where the element is not there.
    """

    pieces: tuple[Piece, ...] = ()
    there: pl.Series | None = None


def _where(there: pl.Series, text: str) -> Piece:
    """Return a text for the rows where something is there; a look-up is much faster than a when."""
    if not text or there.all():
        return text
    return pl.Series([None, text], dtype=pl.String).gather(there.cast(pl.UInt32))


def _joined(pieces: Iterable[Piece], height: int) -> pl.Series:
    """Return pieces one after the other; all at once, for each copy of the texts is dear."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, str) and isinstance(last, str):
            merged[-1] = last + piece
        else:
            merged.append(piece)
    columns = {str(at): one for at, one in enumerate(merged) if isinstance(one, pl.Series)}
    texts = [
        pl.lit(one) if isinstance(one, str) else pl.col(str(at)) for at, one in enumerate(merged)
    ]
    if not columns:
        return pl.Series(["".join(map(str, merged))]).new_from_index(0, height)
    return pl.DataFrame(columns).select(pl.concat_str(texts, ignore_nulls=True)).to_series()


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes elements over the frames of values."""

    frames: Mapping[str, pl.DataFrame]
    prefixes: Mapping[str, str]

    def name(self, element: Element) -> str:
        """Return an element's name as it is written."""
        return self.prefixes[element.namespace] + element.name

    def written(self, element: Element, group: str, attributes: str = "") -> pl.Series:
        """Return the text of the request's root for every row, null where nothing is in it."""
        part = self._wrapped(element, group, "", attributes)
        height = self.frames[group].height
        if part.there is None:
            return pl.Series([None], dtype=pl.String).new_from_index(0, height)
        texts = _joined((_where(part.there, DECLARATION), *part.pieces), height)
        return texts if part.there.all() else texts.set(~part.there, None)

    def _wrapped(self, element: Element, group: str, indent: str, attributes: str = "") -> _Part:
        """Return an element around its children; it is nowhere where all of them are missing."""
        parts = [self._child(child, group, indent + INDENT) for child in element.children]
        theres = [part.there for part in parts if part.there is not None]
        if not theres:
            return _Part()
        there = reduce(or_, theres)
        pieces = list[Piece]()
        for child, part in zip(element.children, parts, strict=True):
            pieces += part.pieces
            known = self._known(child, indent + INDENT)
            if known:
                missing = there if part.there is None else there & ~part.there
                pieces += [_where(missing, known)] if missing.any() else []
        name = self.name(element)
        opening, closing = f"{indent}<{name}{attributes}>\n", f"{indent}</{name}>\n"
        return _Part((_where(there, opening), *pieces, _where(there, closing)), there)

    def _known(self, element: Element, indent: str) -> str:
        """Return what stands in a demanded element that no value is given for, "" for nothing.

        The contract itself says it: a fixed value, or parts that hold some.
        """
        if not element.minimum:
            return ""
        name = self.name(element)
        if element.fixed is not None:
            return f"{indent}<{name}>{_in_xml(element.fixed)}</{name}>\n" * element.minimum
        inner = "".join(self._known(child, indent + INDENT) for child in element.children)
        return f"{indent}<{name}>\n{inner}{indent}</{name}>\n" * element.minimum if inner else ""

    def _child(self, element: Element, group: str, indent: str) -> _Part:
        """Return one child element over the frame of `group`."""
        if element.group != group and element.group in self.frames and element.group:
            texts = self._in_first_row(self._repeated(element, indent), group)
            there = texts.is_not_null()
            return _Part((texts,), there) if there.any() else _Part()
        if element.children:
            return self._wrapped(element, group, indent)
        return self._leaf(element, group, indent)

    def _leaf(self, element: Element, group: str, indent: str) -> _Part:
        frame = self.frames[group]
        if element.variable not in frame.columns:
            return _Part()
        values, name = frame[element.variable], self.name(element)
        there = values.is_not_null()
        if not there.any():
            return _Part()
        opening, closing = f"{indent}<{name}>", f"</{name}>\n"
        return _Part((_where(there, opening), values, _where(there, closing)), there)

    def _repeated(self, element: Element, indent: str) -> pl.Series:
        """Return a group's elements one after the other, per case; null where it has none."""
        rows = self.frames[element.group]
        one = self._wrapped if element.children else self._leaf
        part = one(element, element.group, indent)
        cases = self.frames[""].select("index")
        if part.there is None:
            return pl.Series([None], dtype=pl.String).new_from_index(0, cases.height)
        texts = pl.DataFrame({"index": rows["index"], "text": _joined(part.pieces, rows.height)})
        per_case = (
            texts.filter(part.there)
            .group_by("index", maintain_order=True)
            .agg("text")
            .with_columns(pl.col("text").list.join(""))
        )
        return cases.join(per_case, on="index", how="left", maintain_order="left")["text"]

    def _in_first_row(self, per_case: pl.Series, group: str) -> pl.Series:
        """Return a text per case for the rows of a group: each case's stands in its first."""
        if not group:
            return per_case
        texts = self.frames[""].select("index", per_case.alias("text"))
        rows = self.frames[group].select("index")
        joined = rows.join(texts, on="index", how="left", maintain_order="left")
        first = pl.col("index").is_first_distinct()
        return joined.select(pl.when(first).then(pl.col("text")))["text"]
