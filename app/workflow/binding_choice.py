"""A person's choices in a binding, as they are written: `path=variable`."""

import re
from collections.abc import Container
from keyword import iskeyword

from app.core.binding import BindingTable
from app.core.errors import ProfileError
from app.core.register import Binding
from app.workflow.desk import Desk
from app.workflow.profile_views import BindingView

NEW = "new"


def chosen(desk: Desk, view: BindingView, choices: tuple[str, ...]) -> BindingTable:
    """Return the binding with every choice made. Raises ProfileError for what does not exist.

    The variable is an id, "" for none, or "new" for one made from the element's name.
    """
    table = view.table
    known = {one.id.casefold(): one.id for one in desk.profile(view.profile).variables}
    for choice in choices:
        written, _, name = choice.partition("=")
        path = tuple(part for part in written.strip().split("/") if part)
        row = table.row(path)
        if row is None:
            raise ProfileError("binding-path-unknown", path=written)
        borne = {one.casefold(): one for one in (row.variable,) if one}
        variable = (known | borne).get(name.strip().casefold(), "")
        if name.strip() == NEW:
            others = (one.variable.casefold() for one in table.rows if one.path != path)
            taken = {*known, *others}
            variable = new_variable(path, frozenset(taken))
        if name.strip() and not variable:
            raise ProfileError("binding-variable-unknown", name=name)
        table = table.bound(path, variable) if variable else table.cleared(path)
    return table


def approved(table: BindingTable, which: str) -> BindingTable:
    """Return the table with "all", the "sure" or "none" of its suggestions approved."""
    wanted = {"all": table.suggested, "sure": tuple(one for one in table.suggested if one.is_sure)}
    return table.approved(one.path for one in wanted.get(which, ()))


def with_former(table: BindingTable, former: BindingTable, known: Container[str]) -> BindingTable:
    """Return the table with what a person had approved for elements that are still there."""
    for row in former.rows:
        now = table.row(row.path)
        if row.state is Binding.APPROVED and now and row.variable in known:
            borne = (now, table.row_of(row.variable))  # what the contract says itself goes first
            if not any(one and one.state is Binding.CONTRACT for one in borne):
                table = table.bound(row.path, row.variable)
    return table


def new_variable(path: tuple[str, ...], known: frozenset[str]) -> str:
    """Return the id of a new variable made from an element's name; `known` are small letters.

    It begins with a capital, as nothing does that the tables of values or the rules have of
    their own, such as a row's number or a word of the language of conditions.
    """
    plain = re.sub(r"\W", "_", path[-1])
    plain = plain if plain[:1].isalpha() else f"X{plain}"
    plain = plain[0].upper() + plain[1:]
    plain = f"{plain}_" if iskeyword(plain) else plain
    names = (plain, *(f"{plain}_{number}" for number in range(2, len(known) + 3)))
    return next(one for one in names if one.casefold() not in known)
