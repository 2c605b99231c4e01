"""Time how files are read, and what they take of memory; run by hand.

`python -m tests.benchmarks.loading csv 100000` makes a file of so many rows and 80 columns in a
temporary folder and reads it in a process of its own; `xlsx` and `preview` likewise.
"""

import resource
import subprocess
import sys
import tempfile
import zipfile
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter

from app.core.mapping import Source

COLUMNS = 80
MEBIBYTE = 1024 if sys.platform == "linux" else 1024 * 1024  # unit of ru_maxrss
NAMES = ["NR", *(f"KOLUMN{place}" for place in range(2, COLUMNS + 1))]
_KINDS = (
    "2024-03-{day:02}",
    "{hour:02}:15",
    "Öppen åtgärd",
    "NFB{day:02}",
    "{day},5",
    "",
    "Ja",
    "",
)


def rows(count: int) -> list[list[str]]:
    """Return the cells of a hundred different rows, all but the first one."""
    made = []
    for place in range(min(count, 100)):
        facts = {"day": place % 28 + 1, "hour": place % 24}
        made.append([_KINDS[at % len(_KINDS)].format(**facts) for at in range(1, COLUMNS)])
    return made


def write_csv(path: Path, count: int) -> Source:
    """Write a text in the code page of Windows."""
    tails = [";".join(["", *cells]) + "\r\n" for cells in rows(count)]
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(";".join(NAMES) + "\r\n")
        for number in range(count):
            file.write(f"{number:08}{tails[number % len(tails)]}")
    return Source("big", path.name, "NR", "cp1252")


def write_xlsx(path: Path, count: int) -> Source:
    """Write a workbook by hand: writing it with a library takes a minute."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    for place, name in enumerate(NAMES, start=1):
        book.worksheets[0].cell(1, place, name)
    book.worksheets[0].cell(2, 1, 1).number_format = "00000000"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    before, _, rest = sheet.partition('<row r="2"')
    after = "</sheetData>" + rest.partition("</sheetData>")[2]
    letters = [get_column_letter(place) for place in range(1, COLUMNS + 1)]
    cells = rows(count)
    parts.pop("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            stream.write(before.encode())
            for number in range(count):
                stream.write(_row(number + 2, cells[number % len(cells)], letters).encode())
            stream.write(after.encode())
    return Source("big", path.name, "NR")


def _row(row: int, cells: list[str], letters: list[str]) -> str:
    texts = "".join(
        f'<c r="{letter}{row}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for letter, cell in zip(letters[1:], cells, strict=True)
        if cell
    )
    return f'<row r="{row}"><c r="A{row}" s="1"><v>{row}</v></c>{texts}</row>'


def read(source: Source, folder: Path, *, head: bool) -> None:
    """Print how long the reading takes, and the most memory that it took."""
    from app.files.export import preview, read_table

    start = perf_counter()
    if head:
        print(len(preview(source, folder).rows), "rows of the head", end=" ")
    else:
        found = read_table(source, folder)
        print(found.table.shape, found.trouble_count, "left out", end=" ")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    print(f"{perf_counter() - start:.2f} s, {peak:,.0f} MiB")


def main() -> None:
    """Make a file, and read it in another process so that its memory is told alone."""
    options = ArgumentParser(description=__doc__)
    options.add_argument("kind", choices=["csv", "xlsx"])
    options.add_argument("count", type=int)
    options.add_argument("--folder", type=Path)
    options.add_argument("--head", action="store_true")
    chosen = options.parse_args()
    name = f"big.{chosen.kind}"
    if chosen.folder:
        encoding = "cp1252" if chosen.kind == "csv" else "utf-8"
        read(Source("big", name, "NR", encoding), chosen.folder, head=chosen.head)
        return
    with tempfile.TemporaryDirectory() as folder:
        write = write_csv if chosen.kind == "csv" else write_xlsx
        write(Path(folder) / name, chosen.count)
        size = (Path(folder) / name).stat().st_size / 1e6
        print(f"{name}: {chosen.count} x {COLUMNS}, {size:.0f} MB")
        command = [sys.executable, "-m", "tests.benchmarks.loading", chosen.kind, "0"]
        for more in ([], ["--head"]):
            subprocess.run([*command, "--folder", folder, *more], check=True)


if __name__ == "__main__":
    main()
