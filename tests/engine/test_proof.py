"""Columns, libxml2 and xmlschema agree: what columns prove is valid for both others."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import polars as pl
import pytest

from app.assets import RESOURCES, SCHEMAS
from app.core.register import Profile
from app.engine.analysis import analyse
from app.engine.document import documents
from app.engine.export import Export
from app.engine.proof.proof import Proof
from app.files.contract_gathering import gather_file
from app.files.contract_storing import store
from app.files.export import read_table
from app.files.profile import compile_schema, load_shipped
from app.files.project import read_project
from app.safexml import parse
from app.transport.contract import read_contract
from tests.support.contracts import element, schema, written
from tests.support.engine import small_profile
from tests.support.proving import Agreement, agreement, cases_of, contract_of, frames_of

CONTRACTS = Path(__file__).parents[1] / "contracts"
WSDLS = {
    "nested": "BehandlingService.wsdl",
    "documented": "Registrering.wsdl",
    "many": "Flera.wsdl",
    "split": "Perioperativ.wsdl",
    "english": "CaseService.wsdl",
}


def checked(xsd: Path, request: str, count: int, seed: int = 5) -> Agreement:
    rnd = Random(seed)
    made = contract_of(xsd, request, rnd)
    frames = frames_of(made, cases_of(made, count, rnd))
    return agreement(made, Proof(made.profile).doubtful(frames), frames)


@pytest.mark.parametrize("xsd", ["registration.xsd", "registration-r2.xsd"])
def test_of_five_thousand_documents_of_each_reading_none_is_proved_that_is_not_valid(xsd):
    found = checked(SCHEMAS / "spor-4.1" / xsd, "postRegistrationRequest", 2_500)
    assert found.wrong == ()
    assert 0.2 * found.documents < found.valid < 0.9 * found.documents
    assert found.proved > 0.97 * found.valid


@pytest.mark.parametrize("name", WSDLS)
def test_of_a_thousand_documents_of_each_foreign_contract_none_is_proved_wrongly(tmp_path, name):
    stored = store(gather_file(CONTRACTS / name / WSDLS[name]), tmp_path)
    found = checked(stored.xsd, read_contract(stored.wsdl).request, 1_000)
    assert found.wrong == ()
    assert 0.1 * found.documents < found.valid
    assert found.proved > 0.9 * found.valid


def _one(name: str, more: str = "", kind: str = "x:string") -> str:
    return f'<x:element name="{name}" type="{kind}" {more}/>'


A, B, C, D = map(_one, "abcd")
OPTIONAL = 'minOccurs="0"'
MANY = 'minOccurs="0" maxOccurs="unbounded"'


def _part(name: str, content: str, more: str = "") -> str:
    return element(name, content).replace("<x:element", f"<x:element {more}", 1)


CONTENTS = {
    "optional part": D + _part("e", A + _one("b", OPTIONAL), OPTIONAL),
    "demanded part": D + element("e", A + B),
    "choice": f"<x:choice>{A}{B}</x:choice>{_one('c', OPTIONAL)}",
    "choice of sequences": f"<x:choice><x:sequence>{A}{B}</x:sequence>{C}</x:choice>{D}",
    "optional choice": f"{A}<x:choice {OPTIONAL}>{B}{_one('c', MANY)}</x:choice>",
    "choice again and again": f"{A}<x:choice {MANY}>{B}{C}</x:choice>",
    "choice twice": f'<x:choice minOccurs="2" maxOccurs="2">{A}{B}</x:choice>',
    "optional sequence": f"{A}<x:sequence {OPTIONAL}>{B}{_one('c', OPTIONAL)}{D}</x:sequence>",
    "sequence again": f'<x:sequence maxOccurs="3">{A}{_one("b", OPTIONAL)}</x:sequence>',
    "two or three": _one("a", 'minOccurs="2" maxOccurs="3"') + _one("b", 'maxOccurs="2"'),
    "a part in a repeated one": _part("e", A + _part("f", B + _one("c", OPTIONAL), MANY), MANY),
    "one element again": '<x:sequence maxOccurs="unbounded">'
    + _one("a", 'maxOccurs="2"') + "</x:sequence>",
    "everything in any order": '<x:element name="e"><x:complexType><x:all>'
    + A + _one("b", OPTIONAL) + C + "</x:all></x:complexType></x:element>",
    "fixed": _one("a", 'fixed="x"') + B + element("e", _one("c", 'fixed="&lt;"') + D),
    "fixed twice": _one("a", 'fixed="x" minOccurs="2" maxOccurs="2"') + B,
    "fixed and optional": _one("a", f'fixed="x" {OPTIONAL}') + B,
    "default": _one("a", 'default="x"') + _one("b", OPTIONAL),
    "the same name twice": A + B + _one("a", OPTIONAL),
    "wildcard": A + f'<x:any namespace="##other" processContents="lax" {OPTIONAL}/>',
    "a list": A + _one("b", OPTIONAL, "x:NMTOKENS"),
    "an abstract head": '<x:element ref="t:head"/>' + B,
    "a demanded attribute": A + _one("b", OPTIONAL, "t:attributed"),
    "a union": A + _one("b", OPTIONAL, "t:either"),
    "a value with an attribute": A + _one("b", OPTIONAL, "t:measured"),
    "no type": '<x:element name="a"/>' + B,
    "a head that others may replace": '<x:element ref="t:leader"/>' + B,
    "a key": '<x:element name="e"><x:complexType><x:sequence>' + _one("a", MANY)
    + '</x:sequence></x:complexType><x:unique name="u"><x:selector xpath="t:a"/>'
    '<x:field xpath="."/></x:unique></x:element>',
    "a named group": f'<x:group ref="t:pair" {OPTIONAL}/>' + D,
    "an extended part": _one("e", OPTIONAL, "t:extended"),
    "an abstract part": _one("e", OPTIONAL, "t:abstract") + B,
    "all optional": f'<x:element name="e"><x:complexType><x:all {OPTIONAL}>'
    + A + B + "</x:all></x:complexType></x:element>",
    "nillable": _one("a", 'nillable="true"', "x:date") + _one("b", OPTIONAL),
}  # fmt: skip
GLOBALS = """
<x:element name="head" type="x:string" abstract="true"/>
<x:element name="other" type="x:string" substitutionGroup="t:head"/>
<x:complexType name="attributed"><x:simpleContent><x:extension base="x:string">
  <x:attribute name="unit" use="required"/></x:extension></x:simpleContent></x:complexType>
<x:complexType name="measured"><x:simpleContent><x:extension base="x:decimal">
  <x:attribute name="unit"/></x:extension></x:simpleContent></x:complexType>
<x:element name="leader" type="x:string"/>
<x:element name="second" type="x:string" substitutionGroup="t:leader"/>
<x:group name="pair"><x:sequence><x:element name="a" type="x:int"/>
  <x:element name="b" type="x:string" minOccurs="0"/></x:sequence></x:group>
<x:complexType name="base"><x:sequence><x:group ref="t:pair"/></x:sequence></x:complexType>
<x:complexType name="extended"><x:complexContent><x:extension base="t:base"><x:choice>
  <x:element name="c" type="x:date"/><x:element name="d" type="x:string"/></x:choice>
  </x:extension></x:complexContent></x:complexType>
<x:complexType name="abstract" abstract="true"><x:sequence><x:element name="a" type="x:int"/>
  </x:sequence></x:complexType>
<x:simpleType name="either"><x:union memberTypes="x:date x:int"/></x:simpleType>
"""


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_contents_of_every_shape_prove_nothing_that_is_not_valid(tmp_path, content):
    xsd = written(tmp_path, {"made.xsd": schema(element("request", content) + GLOBALS)})
    found = checked(xsd, "request", 300)
    assert found.wrong == ()
    assert found.valid > 10


@cache
def sample_values() -> tuple[Profile, dict[str, pl.DataFrame]]:
    """Return the values of every case of the sample hospital."""
    sample, profile = RESOURCES / "sample", load_shipped("spor-4.1")
    project = read_project(sample / "sample.sporproject")
    export = Export({one.name: read_table(one, sample).table for one in project.sources})
    analysis = analyse(export, project, profile, compile_schema(profile))
    (values,) = analysis.blocks()
    places = analysis.cases.select("case").with_row_index("index")
    return profile, {
        group: frame.join(places, on="case", maintain_order="left").drop("case")
        for group, frame in values.items()
    }


def bad_in_sample(change: Callable[[pl.DataFrame], pl.DataFrame], group: str = "") -> set[int]:
    """Return the places of the sample's cases that are doubtful when a group is changed."""
    profile, values = sample_values()
    doubtful = Proof(profile).doubtful(values | {group: change(values[group])})
    return set(doubtful.arg_true())


def test_of_the_sample_only_the_documents_that_break_the_schema_are_doubtful():
    profile, values = sample_values()
    judge = compile_schema(profile).validate
    texts = documents(profile, values)
    broken = {place for place, text in enumerate(texts) if not judge(parse(text.encode()))}
    assert 0 < len(broken) < 10
    assert bad_in_sample(lambda frame: frame) == broken


def test_a_case_of_which_nothing_is_said_is_doubtful():
    nothing = [pl.lit(None, pl.String).alias(name) for name in ("V105", "SystemId")]
    assert len(bad_in_sample(lambda frame: frame.with_columns(nothing))) == 400


def test_a_column_without_any_value_needs_no_type():
    before = bad_in_sample(lambda frame: frame.with_columns(V325=pl.lit(None, pl.String)))
    assert bad_in_sample(lambda frame: frame.with_columns(V325=pl.lit(None))) == before


def test_a_value_so_long_that_a_document_may_become_too_large_is_doubtful():
    first = pl.col("index") == 0
    long = pl.when(first).then(pl.lit("x" * 600)).otherwise(pl.col("behandlingsnummer"))
    assert 0 in bad_in_sample(lambda frame: frame.with_columns(behandlingsnummer=long))


def test_more_rows_than_a_document_surely_has_room_for_are_doubtful():
    def repeated(frame: pl.DataFrame) -> pl.DataFrame:
        own = frame.filter(pl.col("index") == 0)
        return pl.concat([*[own] * 5_000, frame.filter(pl.col("index") > 0)])

    assert 0 in bad_in_sample(repeated, "planering")


def test_elements_of_which_only_the_names_are_known_prove_nothing():
    values = {"": pl.DataFrame({"index": [0], "number": ["1"], "patient": ["197701012382"]})}
    assert Proof(small_profile()).doubtful(values).to_list() == [True]


def test_a_block_without_cases_has_no_doubtful_ones():
    profile, values = sample_values()
    empty = {group: frame.clear() for group, frame in values.items()}
    assert Proof(profile).doubtful(empty).to_list() == []
