"""In which formats a link's dates or times are written, told by the values themselves."""

import polars as pl

from app.core.dateform import EXCEL, Shape, date_shapes, time_shapes
from app.core.mapping import Link, Project
from app.core.register import Profile
from app.engine.columns import convert_columns
from app.engine.conversions.date import read
from app.engine.convert import parts_of
from app.engine.export import Export
from app.engine.results import surroundings
from app.engine.trial import rows_of

_MOST = 2000  # distinct values that are looked at
_SHOWN = 5
_PIVOT = "99"  # whatever the century: only the form is asked for
_DAYS = (
    "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y",
    "%y-%m-%d", "%y%m%d", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y",
)  # fmt: skip
_HOURS = ("%H:%M[:%S]", "%H.%M[.%S]", "%H%M[%S]")
_BETWEEN = (" ", "T", "")
_STEPS = {"date", "datetime"}


def formats_of(
    export: Export, project: Project, profile: Profile, link: Link, *, days_only: bool
) -> tuple[tuple[str, float], ...]:
    """Return the likeliest formats with their share of the filled values, the best first."""
    rows = rows_of(export, project, profile, link)
    if rows is None:
        return ()
    kinds = [step.kind for step in link.steps]
    first = next((at for at, kind in enumerate(kinds) if kind in _STEPS), 0)
    known = surroundings(export, project, rows, link)
    texts = convert_columns(parts_of(rows, link), link.steps[:first], known).values
    counted = texts.drop_nulls().alias("text").value_counts(name="count", sort=True).head(_MOST)
    if counted.is_empty():
        return ()
    return _ranked(counted, _candidates(days_only=days_only))


def _candidates(*, days_only: bool) -> dict[str, tuple[Shape, ...]]:
    if days_only:
        return {form: date_shapes(form, _PIVOT) for form in (*_DAYS, EXCEL)}
    moments = (day + sign + hour for day in _DAYS for sign in _BETWEEN for hour in _HOURS)
    return {form: time_shapes(form, _PIVOT) for form in (*moments, EXCEL)}


def _ranked(
    counted: pl.DataFrame, candidates: dict[str, tuple[Shape, ...]]
) -> tuple[tuple[str, float], ...]:
    """Return what fits, the best first; before it what fits better together with another."""
    total = int(counted["count"].sum())
    fits = {form: read(counted["text"], one).is_not_null() for form, one in candidates.items()}
    shares = {form: _share(fit, counted, total) for form, fit in fits.items() if fit.any()}
    order = sorted(shares, key=lambda form: -shares[form])
    if not order:
        return ()
    together, covered = [order[0]], fits[order[0]]
    for form in order[1:]:
        if (fits[form] & ~covered).any():
            together.append(form)
            covered |= fits[form]
    found = [(form, shares[form]) for form in order]
    if len(together) > 1:
        found.insert(0, ("|".join(together), _share(covered, counted, total)))
    return tuple(found[:_SHOWN])


def _share(fits: pl.Series, counted: pl.DataFrame, total: int) -> float:
    return int(counted["count"].filter(fits).sum()) / total
