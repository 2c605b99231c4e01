"""A small register profile of our own, and exports made by hand for it."""

from dataclasses import replace

import polars as pl
from lxml import etree

from app.core.finding import Tier
from app.core.mapping import GroupLink, Link, LinkState, Project, Source, Step, ValueMap
from app.core.register import (
    Code,
    CodeRegister,
    Confidence,
    Element,
    Fact,
    Group,
    Mandatory,
    Profile,
    Rule,
    Text,
    ValueType,
    Variable,
    Verdict,
)
from app.engine.export import ROW, Export
from app.safexml import parse

PLAN = "plan"
NAMESPACE = "urn:test"
FACT = Fact("test", Confidence.ASSUMED)
TYPES = {
    "number": (ValueType.TEXT, "", ("case", "number")),
    "patient": (ValueType.PERSON_ID, "", ("case", "patient")),
    "unit": (ValueType.HSA_ID, "", ("case", "care", "unit")),
    "T1": (ValueType.DATETIME, "", ("case", "care", "start")),
    "T2": (ValueType.DATETIME, "", ("case", "care", "end")),
    "N1": (ValueType.NUMBER, "", ("case", "care", "weight")),
    "D1": (ValueType.DATE, "", ("case", "care", "day")),
    "K1": (ValueType.CODE, "", ("case", "care", "reason")),
    "P1": (ValueType.DATETIME, PLAN, ("case", PLAN, "time")),
    "P2": (ValueType.CODE, PLAN, ("case", PLAN, "code")),
    "P3": (ValueType.NUMBER, PLAN, ("case", PLAN, "amount")),
    "tag": (ValueType.TEXT, "tag", ("case", "tag")),
}


def text(both: str) -> Text:
    return Text(both, both)


def rule(name: str, condition: str, tier: Tier = Tier.CORRUPT, *variables: str) -> Rule:
    return Rule(name, tier, condition, text(name), text(""), FACT, variables)


def _leaf(variable: str, minimum: int = 0) -> Element:
    name = TYPES[variable][2][-1]
    group = variable if variable == "tag" else ""
    return Element(name, minimum, None if group else 1, "", variable, group, base="string")


def in_namespaces(element: Element, namespace: str, **others: str) -> Element:
    """Return the elements in one namespace, those named in `others` in one of their own."""
    children = tuple(in_namespaces(child, namespace, **others) for child in element.children)
    return replace(element, namespace=others.get(element.name, namespace), children=children)


ROOT = Element(
    "request",
    1,
    1,
    children=(
        Element(
            "case",
            1,
            1,
            children=(
                _leaf("number", 1),
                _leaf("patient", 1),
                Element(
                    "care", 0, 1, children=tuple(map(_leaf, ("unit", "T1", "T2", "N1", "D1", "K1")))
                ),
                Element(
                    PLAN, 0, None, group=PLAN, children=(_leaf("P1"), _leaf("P2", 1), _leaf("P3"))
                ),
                _leaf("tag"),
            ),
        ),
    ),
)
XSD = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}"
  targetNamespace="{NAMESPACE}" elementFormDefault="qualified">
 <xs:simpleType name="code"><xs:restriction base="xs:string">
  <xs:enumeration value="Ja"/><xs:enumeration value="Nej"/></xs:restriction></xs:simpleType>
 <xs:simpleType name="person"><xs:restriction base="xs:string">
  <xs:pattern value="[0-9]{{12}}"/></xs:restriction></xs:simpleType>
 <xs:element name="request"><xs:complexType><xs:sequence>
  <xs:element name="case"><xs:complexType><xs:sequence>
   <xs:element name="number" type="xs:string"/>
   <xs:element name="patient" type="person"/>
   <xs:element name="care" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="unit" type="xs:string" minOccurs="0"/>
    <xs:element name="start" type="xs:dateTime" minOccurs="0"/>
    <xs:element name="end" type="xs:dateTime" minOccurs="0"/>
    <xs:element name="weight" type="xs:decimal" minOccurs="0"/>
    <xs:element name="day" type="xs:date" minOccurs="0"/>
    <xs:element name="reason" type="xs:string" minOccurs="0"/>
   </xs:sequence></xs:complexType></xs:element>
   <xs:element name="plan" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
    <xs:element name="time" type="xs:dateTime" minOccurs="0"/>
    <xs:element name="code" type="code"/>
    <xs:element name="amount" type="xs:decimal" minOccurs="0"/>
   </xs:sequence></xs:complexType></xs:element>
   <xs:element name="tag" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
 </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""

RULES = (
    rule("end-before-start", "T2 < T1", Tier.CORRUPT, "T2", "T1"),
    rule("two-yes", "count(plan, P2 == 'Ja') > 1", Tier.CORRUPT, "P2"),
    rule("wrong-person", "not valid_person_id(patient)", Tier.REJECTED, "patient"),
    rule("cannot-be-checked", ""),
)
VERDICTS = (
    Verdict("done", "present(T2)", text("Klar"), text(""), "", FACT),
    Verdict("planned", "any(plan, present(P1))", text("Planerad"), text(""), "", FACT),
    Verdict("known", "True", text("Känd"), text(""), "", FACT),
)
CODES = (
    *(Code("reasons", code, text(code), FACT) for code in ("11C", "7a", "Å")),
    Code("dated", "7a", text("7a"), FACT, valid_to="2026-03-29"),
    Code("dated", "11C", text("11C"), FACT, valid_from="2026-12-31"),
    Code("dated", "11c", text("11c"), FACT, valid_from="2026-01-01", valid_to="2026-03-28"),
)


def small_profile(rules: tuple[Rule, ...] = RULES) -> Profile:
    """Return a register with one case element, a group of plans and a repeated tag."""
    return Profile(
        id="small",
        name=text("Litet"),
        note=text(""),
        namespace=NAMESPACE,
        wsdl="",
        xsd="",
        root=in_namespaces(ROOT, NAMESPACE),
        variables=tuple(
            Variable(name, text(name), text(""), kind, path, group, "", Mandatory.NO, FACT)
            for name, (kind, group, path) in TYPES.items()
        ),
        groups=tuple(Group(name, text(name), ("case", name), FACT) for name in (PLAN, "tag")),
        codes=CODES,
        rules=rules,
        verdicts=VERDICTS,
        entrances=(),
        roles={"case_key": "number", "person_id": "patient"},
        registers=(CodeRegister("national", text("Nationella"), "[0-9]+[A-Z]?[+*]?", 3, FACT),),
        register_codes={"national": {2025: frozenset({"11c", "7a"}), 2026: frozenset({"11c"})}},
    )


def table(*rows: str) -> pl.DataFrame:
    """Return a table from lines of cells cut at ";", the header first."""
    names, *cells = (row.split(";") for row in rows)
    frame = pl.DataFrame(cells, dict.fromkeys(names, pl.String), orient="row")
    return frame.with_row_index(ROW, 2)


def export(**tables: tuple[str, ...]) -> Export:
    """Return an export of hand-written tables."""
    return Export({name: table(*rows) for name, rows in tables.items()})


def link(variable: str, place: str = "", *steps: Step, approved: bool = True) -> Link:
    """Return a link from "table.column+column"."""
    source, _, columns = place.partition(".")
    state = LinkState.APPROVED if approved else LinkState.SUGGESTED
    return Link(variable, source, tuple(columns.split("+")) if columns else (), steps, state)


def project(
    *links: Link, groups: tuple[GroupLink, ...] = (), value_maps: tuple[ValueMap, ...] = ()
) -> Project:
    """Return a project over the tables named by the links, with NR as their key."""
    names = dict.fromkeys(("cases", *(one.table for one in links), *(one.table for one in groups)))
    return Project(
        name="Test",
        profile="small",
        sources=tuple(Source(name, f"{name}.csv", "NR") for name in names if name),
        case_table="cases",
        groups=groups,
        links=links,
        value_maps=value_maps,
    )


def compiled_schema() -> etree.XMLSchema:
    """Return the schema of the small register."""
    return etree.XMLSchema(parse(XSD.encode()))
