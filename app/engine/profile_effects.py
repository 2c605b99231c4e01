"""How many cases of an export a change of the register profile meets."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

import polars as pl

from app.core.condition import FORMS, parse
from app.core.mapping import Project
from app.core.register import Element, Profile, ValueType
from app.engine.block import Workshop
from app.engine.condition_columns import Rows
from app.engine.export import Export
from app.engine.mapping import demand_columns, feeds_of
from app.engine.rows import number_cases, stocks_of

_FORMS_OF_BASES = {
    "dateTime": FORMS[ValueType.DATETIME],
    "date": FORMS[ValueType.DATE],
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "integer": r"[+-]?[0-9]+",
    "int": r"[+-]?[0-9]+",
    "long": r"[+-]?[0-9]+",
    "boolean": r"true|false|1|0",
}


class CaseCounter:
    """The values that a project's approved links make of an export, counted by case.

    Raises ExportError or ProjectError when the export lacks what the mapping needs.
    """

    def __init__(self, export: Export, project: Project, profile: Profile) -> None:
        self._profile = profile
        feeds = feeds_of(project, profile, project.used_links)
        demand_columns(export, project, feeds)
        key = next((one for one in project.used_links if one.variable == profile.case_key), None)
        cases = number_cases(export, project, key)
        stocks, _ = stocks_of(export, project, feeds, cases)
        workshop = Workshop(project, profile, cases.frame, stocks)
        self._values: Mapping[str, pl.DataFrame] = workshop.convert(0, len(cases.frame))[0]

    @cached_property
    def total(self) -> int:
        """How many cases there are."""
        return len(self._values[""])

    def having(self, variable: str) -> int:
        """Count the cases with any value of a variable."""
        return self._cases(variable, pl.col(variable).is_not_null())

    def using(self, variables: Iterable[str], codes: Collection[str]) -> int:
        """Count the cases in which one of these variables holds one of these codes."""
        small = [code.lower() for code in codes]
        found = [
            self._indexes(name, pl.col(name).str.to_lowercase().is_in(small)) for name in variables
        ]
        return int(pl.concat(found).n_unique()) if found else 0

    def lacking(self, variable: str, beside: Collection[str] = ()) -> int:
        """Count the cases without a value; in a repeated part, those with a row without one.

        With `beside`, only where any of those variables has a value: their part is written then.
        """
        group = self._profile.by_id[variable].group if variable in self._profile.by_id else ""
        rows = self._values.get(group)
        if rows is None:
            return 0
        if beside and not group:
            there = [pl.col(name).is_not_null() for name in beside if name in rows.columns]
            rows = rows.filter(pl.any_horizontal(pl.lit(value=False), *there))
        if variable in rows.columns:
            rows = rows.filter(pl.col(variable).is_null())
        return int(rows["index"].n_unique())

    def refused(self, variable: str, element: Element) -> int:
        """Count the cases with a value that the element's type does not take."""
        return self._cases(variable, ~_fits(pl.col(variable), element))

    def with_more(self, group: str, most: int) -> int:
        """Count the cases with more rows of a group than this."""
        rows = self._values.get(group)
        if rows is None or not group:
            return 0
        return int((rows["index"].value_counts()["count"] > most).sum())

    def for_which(self, condition: str, profile: Profile) -> int:
        """Count the cases for which a condition of that profile surely holds."""
        return int(Rows(profile, dict(self._values)).truths(parse(condition)).sum())

    def _cases(self, variable: str, wanted: pl.Expr) -> int:
        return int(self._indexes(variable, wanted).n_unique())

    def _indexes(self, variable: str, wanted: pl.Expr) -> pl.Series:
        """Return the numbers of the rows' cases for which the expression is true."""
        frame = self._frame(variable)
        if frame is None:
            return self._values[""]["index"].clear()
        return frame.filter(wanted.fill_null(value=False))["index"]

    def _frame(self, variable: str) -> pl.DataFrame | None:
        return next((one for one in self._values.values() if variable in one.columns), None)


def _fits(value: pl.Expr, element: Element) -> pl.Expr:
    """Return whether values are of an element's type, as far as columns can tell."""
    form = _FORMS_OF_BASES.get(element.base)
    tests = [value.str.contains(f"^(?:{form})$")] if form else []
    patterns = [facet for name, facet in element.facets if name == "pattern"]
    if patterns:
        tests.append(_matches(value, patterns))
    if element.allowed:
        tests.append(value.is_in(sorted(element.allowed)))
    tests.extend(_within(value, name, facet) for name, facet in element.facets)
    return pl.all_horizontal(pl.lit(value=True), *tests)


def _matches(value: pl.Expr, patterns: list[str]) -> pl.Expr:
    """Return whether values have one of the forms; a form that cannot be tried is no test."""
    whole = f"^(?:{'|'.join(f'(?:{one})' for one in patterns)})$"
    try:
        pl.Series([""]).str.contains(whole)
    except pl.exceptions.ComputeError:
        return pl.lit(value=True)
    return value.str.contains(whole)


def _within(value: pl.Expr, name: str, facet: str) -> pl.Expr:
    """Return whether values keep one limit; a facet that is no limit is kept by all."""
    number = value.cast(pl.Float64, strict=False)
    length = value.str.len_chars()
    decimals = value.str.extract(r"\.([0-9]*?)0*$").str.len_chars().fill_null(0)
    digits = value.str.replace_all(r"[^0-9]", "").str.strip_chars_start("0").str.len_chars()
    measured: dict[str, tuple[pl.Expr, bool]] = {
        "minLength": (length, True),
        "maxLength": (length, False),
        "minInclusive": (number, True),
        "maxInclusive": (number, False),
        "totalDigits": (digits, False),
        "fractionDigits": (decimals, False),
    }
    if name not in measured or not facet.replace(".", "", 1).lstrip("+-").isdigit():
        return pl.lit(value=True)
    size, at_least = measured[name]
    return size >= float(facet) if at_least else size <= float(facet)
