"""One column in full: how filled, which values, from where to where, of which shapes."""

from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.core.identity import mask_text
from app.core.mapping import Project
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.load import loaded_table
from app.workflow.source_views import FEWEST_SHARED, ColumnProfile

if TYPE_CHECKING:
    import polars as pl

    from app.workflow.content import Content


_SHOWN = 50
_SHAPES = 12
_LONGEST_SHAPE = 24
_STEP = "profiling"


def column_profile(
    desk: Desk,
    project: Project,
    table: str,
    column: str,
    shared: bool = False,
    progress: Progress = silent,
) -> ColumnProfile:
    """Return a loaded column in full; what is shared leaves out values that are rare."""
    import polars as pl

    from app.workflow.content import PERSON_ID, content_of

    loaded = loaded_table(desk, table)
    if column not in loaded.columns:
        raise ExportError("column-missing", table=table, column=column)
    progress(0, 3, _STEP)
    texts = loaded[column].alias("value")
    content = _content(desk, project, table, column) or content_of(texts)
    counted = texts.filter(texts.str.strip_chars() != "").value_counts(name="count")
    progress(1, 3, _STEP)
    fewest = FEWEST_SHARED if shared else 1
    hide_all = shared and content.looks_like == PERSON_ID
    told = counted.clear() if hide_all else counted.filter(pl.col("count") >= fewest)
    common = told.sort(["count", "value"], descending=[True, False]).head(_SHOWN)
    least, greatest = _ends(told)
    progress(2, 3, _STEP)
    return ColumnProfile(
        column,
        loaded.height,
        content.filled,
        content.distinct,
        tuple((mask_text(value), count) for value, count in common.rows()),
        mask_text(least),
        mask_text(greatest),
        _shapes(counted),
        content.looks_like,
        counted.height - told.height,
    )


def _content(desk: Desk, project: Project, table: str, column: str) -> "Content | None":
    """Return what is known of a column since its file was read."""
    source = project.source_of(table)
    read = desk.tables.get(source) if source else None
    return read.contents.get(column) if read else None


def _ends(counted: "pl.DataFrame") -> tuple[str, str]:
    """Return the least and the greatest value, "" where there is none."""
    from app.engine.ordering import in_order

    size, text = counted.select("value", *in_order("value"))[:, 1:].get_columns()
    sizes, texts = size.drop_nulls(), text.drop_nulls()
    if not len(sizes) and not len(texts):
        return "", ""
    least = size.arg_min() if len(sizes) else text.arg_min()
    greatest = text.arg_max() if len(texts) else size.arg_max()
    values = counted["value"]
    return str(values[least or 0]), str(values[greatest or 0])


def _shapes(counted: "pl.DataFrame") -> tuple[tuple[str, int], ...]:
    """Return the shapes of the values: every digit a 9, every letter an A or a."""
    import polars as pl

    shape = (
        pl.col("value")
        .str.strip_chars()
        .str.replace_all(r"\d", "9")
        .str.replace_all(r"\p{Lu}", "A")
        .str.replace_all(r"\p{Ll}", "a")
    )
    long = shape.str.len_chars() > _LONGEST_SHAPE
    cut = pl.when(long).then(shape.str.slice(0, _LONGEST_SHAPE) + "…").otherwise(shape)
    summed = counted.group_by(cut.alias("shape")).agg(pl.col("count").sum())
    ordered = summed.sort(["count", "shape"], descending=[True, False]).head(_SHAPES)
    return tuple((str(one), int(count)) for one, count in ordered.rows())
