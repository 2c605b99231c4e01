"""National code registers in the shapes in which they are published, with a handful of codes."""

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

KVA_CODES = ("AAA00", "JEA00", "JEA01", "ZXF99", "SP712", "AA001")
ICD_CODES = ("A02", "A02.2", "A08.3A", "I84.1", "K35.8", "S52.50")
TITLES = dict.fromkeys((*KVA_CODES, *ICD_CODES), "Åtgärd eller sjukdom")

_ICD_HEADING = ("Kod", "Giltig från", "Överordnad kod", "Titel", "Latin", "Utesluter")


def write_kva_workbook(path: Path, codes: Iterable[str] = KVA_CODES) -> Path:
    """Write a workbook as that of KVÅ: a read-me first, and two lines above the heading."""
    book = Workbook()
    read_me = book.active
    assert read_me is not None
    read_me.title = "Läs mig"
    read_me.append(["Klassifikation av vårdåtgärder"])
    read_me.append(["AAA99 är ett exempel i texten"])
    page = book.create_sheet("KVÅ-alla")
    page.append([None, "KVÅ inklusive beskrivningstexter"])
    page.append([])
    page.append(["Ändrad", "Kod", "Titel", "Beskrivning"])
    for code in codes:
        page.append([None, code, TITLES.get(code, code), "Text\növer två rader"])
    page.append([None, "JEA", "Rubrik över gruppen", None])
    book.save(path)
    return path


def write_icd_tsv(path: Path, codes: Iterable[str] = ICD_CODES) -> Path:
    """Write a text as that of ICD-10-SE: a byte order mark, quoted cells, rows that go on."""
    rows = [
        _ICD_HEADING,
        ("15", "1997-01-01", "", "Graviditet (O00-O99)", "Graviditas", ""),
        ("A00-A09", "1997-01-01", "01", "Infektionssjukdomar", "", ""),
    ]
    for code in codes:
        rows.append((code, "1997-01-01", code[:3], TITLES.get(code, code), "", "ett\nannat"))
        rows.append((code, "", "", "", "", "en sak till (M01.3*)"))
    text = "\n".join("\t".join(f'"{cell}"' for cell in row) for row in rows)
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def write_kva_text(path: Path, encoding: str = "cp1252", *, heading: bool = True) -> Path:
    """Write an older text: the code first on each line, cells between tabs."""
    lines = ["Kod:\t\tKodtext:\tBeskrivning:"] if heading else []
    lines += [f"{code}\t\t{TITLES[code]}\t”Cage”-operation" for code in KVA_CODES]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path
