"""Faults planted one by one into a valid registration, and what Xerces said about each.

`python -m tests.xerces.faults FOLDER` writes the documents; `java RecordXerces.java SCHEMA FOLDER`
then prints Xerces' answers, which were recorded once in answers.json (OpenJDK 17.0.15).
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
VALID = (HERE / "valid.xml").read_text(encoding="utf-8")

# name -> (what stands in the valid document, what stands there instead)
FAULTS: dict[str, tuple[str, str]] = {
    "pattern-kva-of-the-guide": (
        ">JKA21</preliminarOperationskod>",
        ">H-CAR</preliminarOperationskod>",
    ),
    "pattern-kva-empty": (">JKA21</operationskod>", "></operationskod>"),
    "pattern-kva-with-blank": (">SSB10</anestesikod>", "> SSB10</anestesikod>"),
    "pattern-hsa": (">SE0000000000-OP1<", ">OP1<"),
    "pattern-person-ten-digits": (">197901012380<", ">7901012380<"),
    "pattern-person-hyphen": (">197901012380<", ">19790101-2380<"),
    "pattern-time-without-offset": ("2026-01-02T08:00:00+01:00", "2026-01-02T08:00:00"),
    "pattern-reason": (">7a<", ">annat<"),
    "pattern-diagnosis": (">K802</preliminarDiagnos>", ">K 80</preliminarDiagnos>"),
    "pattern-complication": (">A315<", ">315<"),
    "pattern-case-blanks": (">2600002<", "> 2600002 <"),
    "pattern-quote-in-value": (">7a<", ">7'a\"<"),
    "enumeration-urgency": (">elektiv<", ">planerad<"),
    "enumeration-case-of-letters": (">elektiv<", ">Elektiv<"),
    "enumeration-yes": (">Ja</checklista>", ">J</checklista>"),
    "enumeration-asa": (">2</funktionsbedomningAsa>", ">7</funktionsbedomningAsa>"),
    "enumeration-recipient": (">SPOR<", ">NPO<"),
    "enumeration-grade-empty": (">2</peropSvarighetsgrad>", "></peropSvarighetsgrad>"),
    "enumeration-with-amp": (">elektiv<", ">a&amp;b &lt;c<"),
    "date-not-one": ("2026-02-09T08:30:00+01:00", "i morgon"),
    "date-no-such-day": ("2026-02-09T08:30:00+01:00", "2026-02-30T08:30:00+01:00"),
    "date-blank-for-t": ("2026-02-09T08:30:00+01:00", "2026-02-09 08:30:00+01:00"),
    "date-empty": (">2026-02-09T08:30:00+01:00</operationStart>", "></operationStart>"),
    "date-hour-25": ("2026-02-09T08:30:00+01:00", "2026-02-09T25:30:00+01:00"),
    "number-comma": (">54.4<", ">54,4<"),
    "number-empty": (">54.4<", "><"),
    "number-low": (">172.5<", ">12<"),
    "number-high": (">172.5<", ">1725<"),
    "number-decimals": (">37.1<", ">37.125<"),
    "number-exponent": (">54.4<", ">5.4E1<"),
    "length-short": (">N</illamaende>", "></illamaende>"),
    "length-long": (">Sal 2<", ">" + "s" * 129 + "<"),
    "length-case-long": (">2600002<", ">" + "2" * 65 + "<"),
    "length-case-empty": (">2600002<", "><"),
    "order-two-swapped": (
        "<checklista>Ja</checklista>\n      <operationskod>JKA21</operationskod>",
        "<operationskod>JKA21</operationskod>\n      <checklista>Ja</checklista>",
    ),
    "order-part-first": (
        "<patient>\n      <patientId>197901012380</patientId>\n    </patient>\n    <anmalan>",
        "<anmalan>",
    ),
    "missing-request-time": (
        "      <tidpunktAnmalan>2026-01-02T08:00:00+01:00</tidpunktAnmalan>\n",
        "",
    ),
    "missing-system": ("  <systemId>SE0000000000-OP1</systemId>\n", ""),
    "missing-operation-code": ("      <operationskod>JKA21</operationskod>\n", ""),
    "missing-last-of-part": (
        "        <avforsFranVantelistan>Nej</avforsFranVantelistan>\n",
        "",
    ),
    "missing-grade": ("        <peropSvarighetsgrad>2</peropSvarighetsgrad>\n", ""),
    "extra-unknown": (
        "<checklista>Ja</checklista>",
        "<checklista>Ja</checklista><bloodLoss>3</bloodLoss>",
    ),
    "extra-other-namespace": (
        "<checklista>Ja</checklista>",
        '<checklista>Ja</checklista><x:y xmlns:x="urn:other">3</x:y>',
    ),
    "extra-at-the-end": ("<illamaende>N</illamaende>", "<illamaende>N</illamaende><mer>1</mer>"),
    "extra-after-all": ("  </registrering>\n", "  </registrering>\n  <registrering/>\n"),
    "too-many-single": ("<smarta>4</smarta>", "<smarta>4</smarta><smarta>5</smarta>"),
    "too-many-of-part": ("    <operation>", "    <operation/>\n    <operation>"),
    "text-in-part": ("<patient>", "<patient>okänd"),
    "element-in-value": (">elektiv<", "><b>elektiv</b><"),
    "attribute-on-value": ("<akutElektiv>", '<akutElektiv kod="E">'),
    "attribute-on-part": ("<anmalan>", '<anmalan kod="E">'),
    "nil-value": (
        "<illamaende>N</illamaende>",
        '<illamaende xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>',
    ),
    "empty-part": (
        "<patient>\n      <patientId>197901012380</patientId>\n    </patient>",
        "<patient/>",
    ),
    "no-namespace": ("<illamaende>N</illamaende>", '<illamaende xmlns="">N</illamaende>'),
}


def document(fault: str) -> str:
    """Return the valid registration with one fault in it."""
    before, after = FAULTS[fault]
    if VALID.count(before) < 1:
        raise ValueError(fault)
    return VALID.replace(before, after, 1)


def answers() -> dict[str, list[str]]:
    """Return Xerces' messages on each fault, as they were recorded."""
    recorded: dict[str, list[str]] = json.loads((HERE / "answers.json").read_text("utf-8"))
    return recorded


if __name__ == "__main__":
    for one in FAULTS:
        (Path(sys.argv[1]) / f"{one}.xml").write_text(document(one), encoding="utf-8")
