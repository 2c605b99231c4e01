"""One request document per case, written as columns: no empty element, everything escaped.

What the contract demands and fixes itself is written wherever the part it stands in is written.

Names are spelled as the contract has them: with its one namespace as the default, or else with a
prefix per namespace and none for an unqualified element.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import polars as pl

from app.core.register import Element, Profile

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDENT = "  "
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def documents(profile: Profile, values: Mapping[str, pl.DataFrame]) -> pl.Series:
    """Return one document per row of the case's own values (`values[""]`), never null."""
    writer = _Writer(_hosting(profile.root, values), _prefixes(profile.root))
    declared = _declarations(writer.prefixes)
    written = writer.wrapped(profile.root, "", "", declared)
    # Where no link is approved yet; the schema stops it.
    nothing = f"<{writer.name(profile.root)}{declared}/>\n"
    return (DECLARATION + written.fill_null(nothing)).alias("document")


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
    """Return the values as they stand in XML; only columns that need it are rewritten."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    risky = [name for name in texts if frame[name].str.contains_any(list(ESCAPES)).any()]
    return frame.with_columns(
        pl.col(name).str.replace_many(list(ESCAPES), list(ESCAPES.values())) for name in risky
    )


def _in_xml(value: str) -> str:
    return "".join(ESCAPES.get(character, character) for character in value)


def _filled(part: pl.Expr, known: str) -> pl.Expr:
    """Return a child's text, and what is known of it where it is missing."""
    return pl.when(part != "").then(part).otherwise(pl.lit(known)) if known else part


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes elements over the frames of values: one text per row, null where nothing is said."""

    frames: Mapping[str, pl.DataFrame]
    prefixes: Mapping[str, str]

    def name(self, element: Element) -> str:
        """Return an element's name as it is written."""
        return self.prefixes[element.namespace] + element.name

    def wrapped(self, element: Element, group: str, indent: str, attributes: str = "") -> pl.Series:
        """Return an element around its children, null where all of them are missing."""
        parts = [self._child(child, group, indent + INDENT) for child in element.children]
        inner = self._joined(parts, group)
        name = self.name(element)
        opening, closing = f"{indent}<{name}{attributes}>\n", f"{indent}</{name}>\n"
        known = [self._known(child, indent + INDENT) for child in element.children]
        whole = self._joined(list(map(_filled, parts, known)), group) if any(known) else inner
        return opening + whole.set(inner == "", None) + closing

    def _joined(self, parts: list[pl.Expr], group: str) -> pl.Series:
        """Return texts one after the other, per row of the group's frame."""
        texts = [part.alias(str(place)) for place, part in enumerate(parts)]
        joined = pl.concat_str(texts, ignore_nulls=True) if texts else pl.lit("")
        return self.frames[group].with_columns(joined.alias("inner"))["inner"]

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

    def _child(self, element: Element, group: str, indent: str) -> pl.Expr:
        """Return one child element as an expression over the frame of `group`."""
        if element.group != group and element.group in self.frames and element.group:
            return pl.lit(self._in_first_row(self._repeated(element, indent), group))
        if element.children:
            return pl.lit(self.wrapped(element, group, indent))
        return self._leaf(element, group, indent)

    def _leaf(self, element: Element, group: str, indent: str) -> pl.Expr:
        if element.variable not in self.frames[group].columns:
            return pl.lit(None, pl.String)
        name = self.name(element)
        opening, closing = f"{indent}<{name}>", f"</{name}>\n"
        return pl.concat_str(pl.lit(opening), pl.col(element.variable), pl.lit(closing))

    def _repeated(self, element: Element, indent: str) -> pl.Series:
        """Return a group's elements one after the other, per case."""
        rows = self.frames[element.group]
        if element.children:
            texts = self.wrapped(element, element.group, indent)
        else:
            texts = rows.with_columns(text=self._leaf(element, element.group, indent))["text"]
        per_case = (
            pl.DataFrame({"index": rows["index"], "text": texts})
            .group_by("index", maintain_order=True)
            .agg(pl.col("text").str.join("", ignore_nulls=True))
        )
        cases = self.frames[""].select("index")
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
