"""How full the variables of a checked export are, and their values gathered: block by block."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from app.core.progress import Progress, silent
from app.core.register import Variable
from app.engine.analysis import Analysis

STEP = "quality"
MOST_PARTS = 12  # clinics that are told apart; the rest counts together


def strata(analysis: Analysis, clinic: str, progress: Progress = silent) -> pl.DataFrame:
    """Return for every case, in the analysis' order: case, phase and clinic ("" where unknown).

    `clinic` is the variable that tells clinics apart, "" for none; only the largest keep their
    names.
    """
    names = pl.lit("").alias("clinic")
    frame = analysis.cases.select("case", pl.col("phase").fill_null(""), names)
    if not clinic:
        return frame
    parts = [
        block[""][clinic] if clinic in block[""].columns else _empty(block[""].height)
        for block in _blocks(analysis, progress)
    ]
    values = (pl.concat(parts) if parts else _empty(0)).fill_null("")
    counts = values.alias("clinic").value_counts(name="n").filter(pl.col("clinic") != "")
    kept = counts.sort(["n", "clinic"], descending=[True, False]).head(MOST_PARTS)["clinic"]
    shown = pl.when(values.is_in(kept.implode())).then(values).otherwise(pl.lit(""))
    return frame.with_columns(shown.alias("clinic"))


def fillings(
    analysis: Analysis,
    known: pl.DataFrame,
    variables: Sequence[Variable],
    progress: Progress = silent,
) -> dict[str, pl.DataFrame]:
    """Return per repeated group ("" for the case's own) how full it is in each phase and clinic.

    A frame has phase, clinic, `#` (cases or rows), for each section `#` and its name (rows with any
    of its values), how many values each variable has, and after `@` how many cases have any.
    """
    found: dict[str, list[pl.DataFrame]] = {}
    for block, part in _with_strata(analysis, known, progress):
        for group, values in block.items():
            inside = [one for one in variables if one.group == group and one.id in values.columns]
            told = values.join(part, on="case", how="left")
            counted = told.group_by("phase", "clinic").agg(
                one.cast(pl.Int64).alias(name) for name, one in _counts(inside).items()
            )
            found.setdefault(group, []).append(counted)
    return {
        group: pl.concat(parts, how="diagonal").group_by("phase", "clinic").sum()
        for group, parts in found.items()
    }


def _counts(inside: Sequence[Variable]) -> dict[str, pl.Expr]:
    """Return what is counted of one group's rows, by name."""
    sections: dict[str, list[str]] = {}
    for one in inside:
        sections.setdefault(one.section, []).append(one.id)
    counts = {"#": pl.len()}
    for section, names in sections.items():
        counts[f"#{section}"] = pl.any_horizontal(pl.col(names).is_not_null()).sum()
    for one in inside:
        has_value = pl.col(one.id).is_not_null()
        counts[one.id] = has_value.sum()
        counts[f"@{one.id}"] = pl.col("case").filter(has_value).n_unique()
    return counts


def tallies(
    analysis: Analysis, variables: Sequence[Variable], progress: Progress = silent
) -> dict[str, pl.DataFrame]:
    """Return the values of each variable (of a moment only its minute of the day) and their counts.

    A frame has value and n.
    """
    found: dict[str, list[pl.DataFrame]] = {}
    for block in _blocks(analysis, progress):
        for one in variables:
            values = block.get(one.group)
            if values is None or one.id not in values.columns:
                continue
            texts = values[one.id].drop_nulls()
            texts = texts.str.slice(11, 5) if one.value_type == "datetime" else texts
            counted = texts.alias("value").value_counts(name="n")
            found.setdefault(one.id, []).append(counted.cast({"n": pl.Int64}))
    return {
        name: pl.concat(parts)
        .group_by("value")
        .sum()
        .sort(["n", "value"], descending=[True, False])
        for name, parts in found.items()
    }


def gathered(
    analysis: Analysis,
    variables: Sequence[Variable],
    known: pl.DataFrame,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return case and these variables' values of the known cases, one row per row of their group.

    At most one of the variables' groups is repeated.
    """
    found = [pl.DataFrame(schema={"case": pl.String(), **{v.id: pl.String() for v in variables}})]
    for block, part in _with_strata(analysis, known, progress):
        rows = part.select("case")
        for group in dict.fromkeys(one.group for one in variables):
            names = [one.id for one in variables if one.group == group]
            if group not in block or not set(names) <= set(block[group].columns):
                break
            rows = rows.join(block[group].select("case", *names), on="case", how="inner")
        else:
            found.append(rows.select("case", *(one.id for one in variables)))
    return pl.concat(found)


def findings_on(analysis: Analysis) -> Mapping[str, int]:
    """Return how many cases have a finding on each variable."""
    named = analysis.findings.filter(pl.col("variable") != "")
    counts = named.group_by("variable").agg(pl.col("case").n_unique())
    return {str(name): int(count) for name, count in counts.iter_rows()}


def broken_cases(analysis: Analysis, rules: Sequence[str], known: pl.DataFrame) -> pl.Series:
    """Return the known cases that break any of the rules, in their order."""
    found = analysis.findings.filter(pl.col("code").is_in(list(rules)))["case"].unique()
    return known.filter(pl.col("case").is_in(found.implode()))["case"]


def rules_broken(analysis: Analysis) -> pl.DataFrame:
    """Return which case breaks which rule: case and code, each pair once."""
    return analysis.findings.select("case", "code").drop_nulls().unique()


def _with_strata(
    analysis: Analysis, known: pl.DataFrame, progress: Progress
) -> Iterator[tuple[Mapping[str, pl.DataFrame], pl.DataFrame]]:
    """Yield every block with the known of its cases."""
    whole, start = known.height == analysis.cases.height, 0
    for block in _blocks(analysis, progress):
        count = block[""].height
        if whole:
            yield block, known.slice(start, count)
        else:
            yield block, block[""].select("case").join(known, on="case", how="inner")
        start += count


def _blocks(analysis: Analysis, progress: Progress) -> Iterator[Mapping[str, pl.DataFrame]]:
    done, total = 0, analysis.cases.height
    for block in analysis.blocks():
        progress(done, total, STEP)
        yield block
        done += block[""].height


def _empty(count: int) -> pl.Series:
    return pl.Series([None], dtype=pl.String).new_from_index(0, count)
