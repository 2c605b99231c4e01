"""A project is a value: every change gives a new one."""

from app.core.mapping import Link, LinkState, Project, Source, ValueMap


def test_a_link_replaces_the_former_one_of_its_variable():
    project = Project("p", "spor-4.1").with_link(Link("V310", "a", ("X",)))
    changed = project.with_link(Link("V310", "a", ("Y",)))
    assert [link.columns for link in changed.links] == [("Y",)]
    assert project.links[0].columns == ("X",)
    assert changed.without_link("V310").links == ()


def test_only_approved_links_are_used():
    project = Project("p", "spor-4.1").with_link(Link("V310", state=LinkState.SUGGESTED))
    assert project.used_links == ()
    approved = project.with_link(Link("V310", state=LinkState.APPROVED))
    assert [link.variable for link in approved.used_links] == ["V310"]


def test_sources_and_value_maps_are_replaced_by_name():
    project = Project("p", "spor-4.1").with_source(Source("a", "a.csv", "K"))
    project = project.with_source(Source("b", "b.csv", "K")).with_source(Source("a", "c.csv", "K"))
    assert [(one.name, one.path) for one in project.sources] == [("a", "c.csv"), ("b", "b.csv")]
    project = project.with_value_map(ValueMap("m", (("A", "akut"),)))
    project = project.with_value_map(ValueMap("m", ()))
    assert [one.entries for one in project.value_maps] == [()]


def test_what_is_asked_for_and_not_there_is_none():
    project = Project("p", "spor-4.1")
    assert project.link_of("V310") is None
    assert project.source_of("a") is None
    assert project.group_link_of("planering") is None
    assert project.value_map_of("m") is None
