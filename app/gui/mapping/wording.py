"""The mapping in words: which rows a value comes from, and how sure the register's facts are."""

from app.core.mapping import GroupLink, Pick
from app.language.codes_conversion import pick_sentence
from app.language.text import _

WHERE = "“{value}”"


def rows_sentence(rows: GroupLink | Pick) -> str:
    """Return which rows of its table a group has, or which row a value is of."""
    if isinstance(rows, Pick):
        return pick_sentence(rows) or _("the only row of the case")
    told = [_("every row of {table}").format(table=rows.table)]
    if rows.filter_column:
        value = rows.filter_value.replace("|", _(" or "))
        where = _("where {column} is {value}")
        told.append(where.format(column=rows.filter_column, value=WHERE.format(value=value)))
    if rows.order_column:
        order = _("by {column}, falling") if rows.descending else _("by {column}")
        told.append(order.format(column=rows.order_column))
    return " ".join(told)
