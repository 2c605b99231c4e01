import errno
import os
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import ProjectError
from app.core.finding import Tier
from app.core.mapping import (
    OWN_RULE,
    OWN_TIERS,
    Blocking,
    Duplicates,
    GroupLink,
    Keep,
    Link,
    LinkState,
    Pick,
    Project,
    Source,
    SourceKind,
    Step,
    ValueMap,
)
from app.core.register import Confidence, Fact, Rule, Text
from app.files.project import read_project, relocate, to_text, write_project

SAMPLE = Project(
    name="Sjukhuset",
    profile="spor-4.1",
    sources=(
        Source("op", "data/op.csv", "NR", "cp1252", "\t"),
        Source("kod", "../kod.xlsx", "NR", sheet="Blad1"),
    ),
    case_table="op",
    groups=(GroupLink("planering", "plan", "TYP", "P", "ORD"),),
    links=(
        Link(
            "V310",
            "op",
            ("ANMDAT", "ANMTID"),
            (Step("trim"), Step("datetime", (("format", "%Y-%m-%d %H:%M"),))),
            LinkState.APPROVED,
            note="Frågan ställd till Kim",
        ),
        Link("V320", "op", ("AKUT",), (Step("value_map", (("name", "akut"),)),), score=83),
    ),
    value_maps=(ValueMap("akut", (("J", "akut"), ("N", "elektiv"))),),
    blocking=Blocking("SPÄRR", "1"),
    notes="Rad ett\n\nRad tre",
    settings=(("entrance", "local"),),
)

text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
name = st.text("abcåäö 1.\"'\\#", min_size=1, max_size=8).filter(lambda one: one != "kind")
pairs = st.dictionaries(name, text, max_size=3).map(lambda one: tuple(one.items()))
steps = st.builds(Step, text, pairs)
texts = st.lists(text, max_size=3).map(tuple)


def in_order(values, key):
    return st.lists(values, max_size=3, unique_by=key).map(
        lambda found: tuple(sorted(found, key=key))
    )


numbers = st.integers(-1, 9)
sources = st.builds(
    Source,
    text,
    st.just("a/b.csv"),
    text,
    text,
    text,
    text,
    kind=st.sampled_from(SourceKind),
    more=st.sampled_from(((), ("a/c.csv", "../d.csv"))),
    member=text,
    header=numbers,
    quote=st.sampled_from(("", '"', "'")),
    widths=st.lists(numbers, max_size=3).map(tuple),
    record=text,
    key_more=texts,
    shape=texts,
)
picks = st.builds(Pick, text, text, text, st.booleans(), numbers)

projects = st.builds(
    Project,
    name=text,
    profile=text,
    sources=st.lists(sources, max_size=3, unique_by=lambda one: one.name).map(tuple),
    case_table=text,
    groups=in_order(
        st.builds(GroupLink, text, text, text, text, text, st.booleans()),
        key=lambda one: one.group,
    ),
    links=in_order(
        st.builds(
            Link,
            text,
            text,
            texts,
            st.lists(steps, max_size=2).map(tuple),
            st.sampled_from(LinkState),
            st.integers(0, 100),
            text,
            picks,
            texts,
            text,
            text,
        ),
        key=lambda one: one.variable,
    ),
    value_maps=in_order(
        st.builds(ValueMap, text, st.lists(st.tuples(text, text), max_size=3).map(tuple), text),
        key=lambda one: one.name,
    ),
    rules=in_order(
        st.builds(
            Rule,
            text.map(OWN_RULE.__add__),
            st.sampled_from(OWN_TIERS),
            text,
            st.builds(Text, text, text),
            st.builds(Text, text, text),
            st.builds(Fact, text, st.just(Confidence.STATED), text),
            texts,
            since=st.sampled_from(("", "2026-01-01")),
            until=st.sampled_from(("", "2026-12-31")),
            own=st.just(True),
        ),
        key=lambda one: one.id,
    ),
    blocking=st.builds(Blocking, text, text),
    duplicates=st.builds(Duplicates, st.sampled_from(Keep), text),
    notes=text,
    settings=pairs.map(lambda one: tuple(sorted(one))),
)


@pytest.mark.parametrize("word", ["stop", "text"])
def test_a_word_that_means_something_to_us_is_kept_where_the_hospital_uses_it(tmp_path, word):
    project = replace(SAMPLE, blocking=Blocking("SPÄRR", word), case_table=word)
    write_project(project, tmp_path / "any.sporproject")
    assert read_project(tmp_path / "any.sporproject") == project


@given(projects)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_what_is_written_is_what_is_read(tmp_path: Path, project: Project):
    path = tmp_path / "any.sporproject"
    write_project(project, path)
    first = path.read_bytes()
    assert read_project(path) == project
    write_project(read_project(path), path)
    assert path.read_bytes() == first
    assert tomllib.loads(first.decode())["format"] == 1


def test_order_of_links_does_not_change_the_file():
    turned = replace(SAMPLE, links=SAMPLE.links[::-1], value_maps=SAMPLE.value_maps[::-1])
    assert to_text(turned) == to_text(SAMPLE)


def test_changing_one_rule_changes_few_lines():
    link = replace(SAMPLE.links[1], state=LinkState.APPROVED, note="Klar")
    before, after = to_text(SAMPLE).splitlines(), to_text(SAMPLE.with_link(link)).splitlines()
    assert len(set(before) ^ set(after)) <= 5


def test_one_fact_stands_on_each_line():
    assert 'columns = ["ANMDAT", "ANMTID"]' in to_text(SAMPLE).splitlines()
    assert '    ["J", "akut"],' in to_text(SAMPLE).splitlines()
    assert '    "Rad tre",' in to_text(SAMPLE).splitlines()


def test_nothing_but_the_project_file_is_left_in_the_folder(tmp_path):
    write_project(SAMPLE, tmp_path / "one.sporproject")
    assert [path.name for path in tmp_path.iterdir()] == ["one.sporproject"]


def test_failed_writing_leaves_the_former_file(tmp_path, monkeypatch):
    path = tmp_path / "one.sporproject"
    write_project(SAMPLE, path)
    before = path.read_bytes()

    def fail(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ProjectError) as caught:
        write_project(replace(SAMPLE, name="Annat"), path)
    assert caught.value.code == "project-locked"
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["one.sporproject"]


def test_a_file_that_is_only_to_be_read_is_not_replaced(tmp_path):
    path = tmp_path / "skyddad.sporproject"
    write_project(Project("före", "spor-4.1"), path)
    path.chmod(0o444)
    with pytest.raises(ProjectError) as caught:
        write_project(Project("efter", "spor-4.1"), path)
    assert caught.value.code == "project-locked"
    assert read_project(path).name == "före"


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_project_that_is_reached_by_a_link_is_written_where_it_is(tmp_path):
    (tmp_path / "delad").mkdir()
    path = tmp_path / "delad" / "ett.sporproject"
    write_project(Project("före", "spor-4.1"), path)
    link = tmp_path / "ett.sporproject"
    link.symlink_to(path)
    write_project(Project("efter", "spor-4.1"), link)
    assert link.is_symlink()
    assert read_project(path).name == read_project(link).name == "efter"


def test_full_disk_leaves_the_former_file(tmp_path, monkeypatch):
    path = tmp_path / "one.sporproject"
    write_project(SAMPLE, path)

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ProjectError) as caught:
        write_project(replace(SAMPLE, name="Annat"), path)
    assert caught.value.code == "project-unwritable"
    assert caught.value.values["reason"] == "No space left on device"
    assert read_project(path) == SAMPLE
    assert [one.name for one in tmp_path.iterdir()] == ["one.sporproject"]


def test_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "one.sporproject"
    write_project(SAMPLE, path)
    path.chmod(0o640)
    write_project(SAMPLE, path)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("content", "code", "values"),
    [
        ("format = 2\nfuture = 1\n", "project-newer", {"found": "2", "known": "1"}),
        ('name = "x"\n', "project-unreadable", {"line": "1"}),
        ("format = true\n", "project-unreadable", {"line": "1"}),
        ("format = 1\nname = \n", "project-unreadable", {"line": "2"}),
        ('format = 1\nnmae = "x"\n', "project-unknown-key", {"fact": "nmae"}),
        ("format = 1\nname = 3\n", "project-value", {"fact": "name"}),
        ("format = 1\nsettings = 3\n", "project-value", {"fact": "settings"}),
        ("format = 1\nlinks = 3\n", "project-value", {"fact": "links"}),
        ("format = 1\nnotes = [1]\n", "project-value", {"fact": "notes"}),
        ('format = 1\n[[links]]\nstate = "ok"\n', "project-value", {"fact": "links[1].state"}),
        ("format = 1\n[[links]]\nscore = 1.5\n", "project-value", {"fact": "links[1].score"}),
        ("format = 1\n[[links]]\nstat = 1\n", "project-unknown-key", {"fact": "links[1].stat"}),
        (
            'format = 1\n[[sources]]\nname = "op"\npath = "a\\u0000.csv"\n',
            "project-value",
            {"fact": "sources[1].path"},
        ),
        (
            'format = 1\n[[sources]]\nname = "op"\nmore = ["a\\u0000.csv"]\n',
            "project-value",
            {"fact": "sources[1].more"},
        ),
        *(
            (
                f'format = 1\n[[{many}]]\n{named} = "x"\n[[{many}]]\n{named} = "x"\n',
                "project-twice",
                {"fact": f"{many}[2].{named}", "value": "x"},
            )
            for many, named in (
                ("sources", "name"),
                ("groups", "group"),
                ("links", "variable"),
                ("value_maps", "name"),
            )
        ),
        (
            'format = 1\n[[value_maps]]\nentries = [["a"]]\n',
            "project-value",
            {"fact": "value_maps[1].entries"},
        ),
    ],
)
def test_file_that_is_no_project_of_ours_says_why(tmp_path, content, code, values):
    path = tmp_path / "one.sporproject"
    path.write_text(content)
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert caught.value.code == code
    assert caught.value.values == {"name": "one.sporproject", **values}


def test_missing_locked_and_foreign_files_are_told_apart(tmp_path, monkeypatch):
    path = tmp_path / "one.sporproject"
    codes = []
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    codes.append(caught.value.code)
    path.write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    codes.append(caught.value.code)

    def fail(self: Path) -> bytes:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    codes.append(caught.value.code)
    assert codes == ["project-missing", "project-unreadable", "project-locked"]


def test_a_drive_that_is_gone_is_not_taken_for_a_broken_project(tmp_path, monkeypatch):
    path = tmp_path / "one.sporproject"
    write_project(SAMPLE, path)

    def fail(self: Path, **_options: bool) -> None:
        raise OSError(errno.ESTALE, "Stale file handle")

    monkeypatch.setattr(Path, "stat", fail)
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert caught.value.code == "file-gone"
    assert caught.value.values == {"name": "one.sporproject", "reason": "Stale file handle"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes have names here")
def test_a_pipe_is_no_project_and_is_never_waited_for(tmp_path):
    path = tmp_path / "one.sporproject"
    os.mkfifo(path)
    with pytest.raises(ProjectError, match="project-unreadable"):
        read_project(path)


def test_moved_project_still_finds_its_files(tmp_path):
    old, new = tmp_path / "a", tmp_path / "b" / "c"
    moved = relocate(SAMPLE, old, new)
    assert [source.path for source in moved.sources] == ["../../a/data/op.csv", "../../kod.xlsx"]
    assert relocate(moved, new, old) == SAMPLE


RULE = """
[[rule]]
id = "own-1"
tier = "blocks"
condition = "V565 < V540"
sv = "Start före ankomst"
en = "Start before arrival"
"""


def test_own_rules_are_rows_as_a_profile_has_them_sorted_by_id(tmp_path):
    path = tmp_path / "one.sporproject"
    path.write_text("format = 1\n" + RULE.replace("own-1", "own-2") + RULE, "utf-8")
    project = read_project(path)
    assert [(one.id, one.tier, one.own) for one in project.rules] == [
        ("own-1", Tier.BLOCKS, True),
        ("own-2", Tier.BLOCKS, True),
    ]
    assert project.rules[0].message == Text("Start före ankomst", "Start before arrival")
    turned = replace(project, rules=project.rules[::-1])
    assert to_text(turned) == to_text(project)


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("own-1", "korrupt-01", "rule[1].id"),
        ('"blocks"', '"avvisad"', "rule[1].tier"),
        ('"blocks"', "1", "rule[1].tier"),
        ('en = "', 'since = "2026-13-01"\nen = "', "rule[1].since"),
    ],
)
def test_an_own_rule_that_cannot_be_one_is_refused(tmp_path, old, new, fact):
    path = tmp_path / "one.sporproject"
    path.write_text("format = 1\n" + RULE.replace(old, new, 1), "utf-8")
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert (caught.value.code, caught.value.values["fact"]) == ("project-value", fact)


def test_two_own_rules_of_one_id_are_refused(tmp_path):
    path = tmp_path / "one.sporproject"
    path.write_text("format = 1\n" + RULE + RULE, "utf-8")
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert caught.value.values["fact"] == "rule[2].id"
