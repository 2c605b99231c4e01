"""Where a row stands among those of its table."""

from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.load import loaded_table, prepared_export


def row_place(
    desk: Desk, table: str, line: int, file: str = "", _progress: Progress = silent
) -> int:
    """Return which row of a table, from 0, stands on a line of its file; -1 when none does."""
    import polars as pl

    from app.engine.export import LINES, ROW

    loaded = loaded_table(desk, table)
    files = prepared_export(desk).files.get(table, ())
    number = files.index(file) if file in files else 0
    found = loaded.select((pl.col(ROW) == number * LINES + line).arg_true())
    return int(found[ROW][0]) if found.height else -1
