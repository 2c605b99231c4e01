"""A person's choices in a binding: new variables get ids that nothing else has."""

import pytest

from app.core.binding import BindingRow, BindingTable
from app.core.register import Binding
from app.workflow.binding_choice import chosen, new_variable, with_former
from app.workflow.profiles import import_profile, save_binding
from tests.support.english import english
from tests.support.workflow import make_desk

# Names that tables of values, the language of conditions or Python have for something else.
TAKEN = ("index", "case", "row", "key", "missing", "class", "None", "and")


@pytest.mark.parametrize("name", TAKEN)
def test_an_element_called_as_something_else_gets_an_id_of_its_own(name):
    made = new_variable(("part", name), frozenset())
    assert made.isidentifier()
    assert made not in TAKEN
    assert made.casefold().startswith(name.casefold())


def test_two_elements_of_one_name_become_two_variables(tmp_path):
    more = "".join(
        f'<x:element name="{part}" minOccurs="0"><x:complexType><x:sequence>'
        '<x:element name="Ålder" type="x:string"/></x:sequence></x:complexType></x:element>'
        for part in ("Före", "Efter")
    )
    desk = make_desk(tmp_path / "data")
    view = import_profile(desk, str(english(tmp_path, more=more)), "other")
    table = chosen(desk, view, ("Case/Före/Ålder=new", "Case/Efter/Ålder=new"))
    save_binding(desk, "other", table)
    made = {one.path: one.id for one in desk.profile("other").variables if one.is_bound}
    assert made == {("Case", "Före", "Ålder"): "Ålder", ("Case", "Efter", "Ålder"): "Ålder_2"}


def test_a_number_that_an_element_bears_becomes_the_new_variable(tmp_path):
    desk = make_desk(tmp_path / "data")
    more = '<x:element name="V999" type="x:string" minOccurs="0"/>'
    view = import_profile(desk, str(english(tmp_path, more=more)), "other")
    table = chosen(desk, view, ("Case/V999=new",))
    found = table.row(("Case", "V999"))
    assert found is not None
    assert found.variable == "V999"


def test_what_a_new_contract_says_itself_goes_before_what_was_approved():
    former = BindingTable((BindingRow(("a",), "V310", Binding.APPROVED), BindingRow(("b",))))
    now = BindingTable((BindingRow(("a",)), BindingRow(("b",), "V310", Binding.CONTRACT, 100)))
    assert with_former(now, former, {"V310"}) == now
