from app.core.mapping import Link, LinkState, Project
from app.workflow.load import read_tables
from app.workflow.memory import FILE, remembered
from app.workflow.projects import save_project
from app.workflow.suggest import suggest_links
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import PROFILE, make_desk

ROWS = (("NR", "ZQ_TAL", "ZQ_B"), ("1", "71,5", "x"), ("2", "80,25", "y"), ("3", "64,0", "x"))


def project(tmp_path, *links: Link) -> Project:
    return Project("P", PROFILE, links=links)


def approved(variable: str, column: str) -> Link:
    return Link(variable, "op", (column,), state=LinkState.APPROVED)


def suggested(desk, folder):
    """Suggest for an export whose names say nothing."""
    path = write_csv(folder / "op.csv", ROWS)
    own = project_of(source(path, "NR"))
    read_tables(desk, own, str(folder))
    return desk, own, {one.link.variable: one for one in suggest_links(desk, own)}


def test_what_was_approved_in_an_earlier_project_is_suggested_in_the_next(tmp_path):
    desk = make_desk(tmp_path / "d")
    assert "vikt" not in suggested(desk, tmp_path)[2]
    save_project(
        desk, project(tmp_path, approved("vikt", "Zq-tal")), str(tmp_path / "a.sporproject")
    )
    found = suggested(desk, tmp_path)[2]["vikt"]
    assert found.link.columns == ("ZQ_TAL",)
    assert found.reason == "earlier"
    assert "earlier" in found.link.reasons


def test_what_nobody_has_approved_is_not_remembered(tmp_path):
    desk = make_desk(tmp_path / "d")
    guess = Link("vikt", "op", ("ZQ_TAL",))
    flagged = Link("langd", "op", ("ZQ_TAL",), state=LinkState.FLAGGED)
    constant = Link("V105", state=LinkState.APPROVED)
    save_project(desk, project(tmp_path, guess, flagged, constant), str(tmp_path / "a.sporproject"))
    assert remembered(desk) == {}
    assert not (desk.data / FILE).exists()


def test_saving_the_same_project_again_does_not_count_it_twice(tmp_path):
    desk = make_desk(tmp_path / "d")
    whole = project(tmp_path, approved("vikt", "VKT"))
    for _ in range(3):
        save_project(desk, whole, str(tmp_path / "a.sporproject"))
    assert (desk.data / FILE).read_text("utf-8") == "[column.vikt]\nvkt = 1\n"


def test_a_name_that_meant_several_things_is_only_a_hint(tmp_path):
    desk = make_desk(tmp_path / "d")
    one = project(tmp_path, approved("vikt", "ZQ_TAL"))
    other = project(tmp_path, approved("langd", "ZQ_TAL"))
    save_project(desk, one, str(tmp_path / "a.sporproject"))
    save_project(desk, other, str(tmp_path / "b.sporproject"))
    assert remembered(desk) == {("zqtal", "vikt"): 0.5, ("zqtal", "langd"): 0.5}
    assert not {"vikt", "langd"} & set(suggested(desk, tmp_path)[2])


def test_no_value_of_the_export_is_remembered(tmp_path):
    desk, own, _ = suggested(make_desk(tmp_path / "d"), tmp_path)
    save_project(desk, own.with_link(approved("vikt", "ZQ_TAL")), str(tmp_path / "a.sporproject"))
    text = (desk.data / FILE).read_text("utf-8")
    assert not [value for row in ROWS[1:] for value in row[1:] if value in text.split()]


def test_a_memory_that_cannot_be_read_is_none(tmp_path):
    desk = make_desk(tmp_path / "d")
    for spoilt in ("{", "column = 3", "[column.vikt]\nvkt = 'x'\n[column]\n", "[column]\nvikt = 1"):
        (desk.data / FILE).write_text(spoilt, "utf-8")
        assert remembered(desk) == {}
