from app.core.binding import BindingRow, BindingTable
from app.core.register import Binding

START, END, OWN = ("op", "start"), ("op", "end"), ("own",)


def row(found: BindingTable, path: tuple[str, ...]) -> BindingRow:
    return next(one for one in found.rows if one.path == path)


def table() -> BindingTable:
    return BindingTable(
        (
            BindingRow(START, "A", Binding.CONTRACT, 100),
            BindingRow(END, "B", Binding.SUGGESTED, 60),
            BindingRow(OWN),
        )
    )


def test_a_persons_choice_takes_the_variable_from_where_it_was():
    moved = table().bound(OWN, "A")
    assert row(moved, OWN).is_bound
    assert row(moved, OWN).state is Binding.APPROVED
    assert row(moved, START).variable == ""
    assert moved.row_of("A") == row(moved, OWN)


def test_a_suggestion_is_not_bound_before_it_is_approved():
    assert table().unbound_variables(("A", "B", "C")) == ("B", "C")
    assert table().approved([END]).unbound_variables(("A", "B", "C")) == ("C",)


def test_approving_leaves_what_the_contract_says_and_what_is_empty():
    approved = table().approved([START, END, OWN])
    assert row(approved, START).state is Binding.CONTRACT
    assert row(approved, OWN).state is Binding.NONE


def test_a_cleared_element_has_no_variable():
    cleared = table().cleared(START)
    assert row(cleared, START) == BindingRow(START)
    assert cleared.row_of("A") is None


def test_an_unknown_path_changes_nothing():
    assert table().cleared(("nowhere",)).rows == table().rows
    assert table().row(("nowhere",)) is None
