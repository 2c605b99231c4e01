"""The mapping in words: which rows a value comes from, and how sure the register's facts are."""

from app.core.mapping import GroupLink, Link, Pick
from app.language.codes_conversion import origin, pick_sentence
from app.language.text import _

WHERE = "“{value}”"


def place_words(link: Link) -> str:
    """Return the columns of a link after the name of their table: two may have the same columns."""
    return f"{link.table}: {origin(link)}" if link.table else origin(link)


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
