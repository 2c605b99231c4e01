"""One request document per case, written as columns: no empty element, everything escaped."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import polars as pl

from app.core.register import Element, Profile

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDENT = "  "
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def documents(profile: Profile, values: Mapping[str, pl.DataFrame]) -> pl.Series:
    """Return one document per row of the case's own values (`values[""]`), never null."""
    writer = _Writer({group: _escaped(frame) for group, frame in values.items()})
    name_space = f" xmlns={quoteattr(profile.namespace)}" if profile.namespace else ""
    written = writer.wrapped(profile.root, "", "", name_space)
    nothing = (
        f"<{profile.root.name}{name_space}/>\n"  # no link is approved yet; the schema stops it
    )
    return (DECLARATION + written.fill_null(nothing)).alias("document")


def _escaped(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the values as they stand in XML; only columns that need it are rewritten."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    risky = [name for name in texts if frame[name].str.contains_any(list(ESCAPES)).any()]
    return frame.with_columns(
        pl.col(name).str.replace_many(list(ESCAPES), list(ESCAPES.values())) for name in risky
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes elements over the frames of values: one text per row, null where nothing is said."""

    frames: Mapping[str, pl.DataFrame]

    def wrapped(self, element: Element, group: str, indent: str, attributes: str = "") -> pl.Series:
        """Return an element around its children, null where all of them are missing."""
        frame = self.frames[group]
        parts = {
            str(place): self._child(child, group, indent + INDENT)
            for place, child in enumerate(element.children)
        }
        inner = frame.with_columns(
            pl.concat_str(
                [part.alias(name) for name, part in parts.items()], ignore_nulls=True
            ).alias("inner")
            if parts
            else pl.lit("").alias("inner")
        )["inner"]
        opening, closing = f"{indent}<{element.name}{attributes}>\n", f"{indent}</{element.name}>\n"
        return opening + inner.set(inner == "", None) + closing

    def _child(self, element: Element, group: str, indent: str) -> pl.Expr:
        """Return one child element as an expression over the frame of `group`."""
        if element.group and element.group != group:
            return pl.lit(self._repeated(element, indent))
        if element.children:
            return pl.lit(self.wrapped(element, group, indent))
        return self._leaf(element, group, indent)

    def _leaf(self, element: Element, group: str, indent: str) -> pl.Expr:
        if element.variable not in self.frames[group].columns:
            return pl.lit(None, pl.String)
        opening, closing = f"{indent}<{element.name}>", f"</{element.name}>\n"
        return pl.concat_str(pl.lit(opening), pl.col(element.variable), pl.lit(closing))

    def _repeated(self, element: Element, indent: str) -> pl.Series:
        """Return a group's elements one after the other, per case."""
        cases = self.frames[""].select("index")
        if element.group not in self.frames:
            return cases.select(pl.lit(None, pl.String)).to_series().new_from_index(0, len(cases))
        rows = self.frames[element.group]
        if element.children:
            texts = self.wrapped(element, element.group, indent)
        else:
            texts = rows.select(self._leaf(element, element.group, indent)).to_series()
        per_case = (
            pl.DataFrame({"index": rows["index"], "text": texts})
            .group_by("index", maintain_order=True)
            .agg(pl.col("text").str.join("", ignore_nulls=True))
        )
        joined = cases.join(per_case, on="index", how="left", maintain_order="left")
        return joined["text"]
