"""Time how a foreign contract is read, and how it is imported as a whole; run by hand.

`python -m tests.benchmarks.contracts --elements 300` makes a contract of so many elements and
prints the seconds of each step: gathering its files, storing them, reading its WSDL and its
schema, and then an import as the program does it, with suggestions and the written profile.
"""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter

from app.files.contract_gathering import gather_file
from app.files.contract_schema import read_contract_schema
from app.files.contract_storing import store
from app.keystore.secrets import MemorySecrets
from app.transport.contract import read_contract
from app.workflow.desk import Desk
from app.workflow.profiles import import_profile
from tests.support.contracts import ANSWER, element, schema, written, wsdl

IN_A_PART = 20
LISTED = 10
TYPES = 50
NOTE = "<x:annotation><x:documentation>{}</x:documentation></x:annotation>"


def large(elements: int) -> str:
    """Return a WSDL whose request has so many elements that hold values."""
    simple = "".join(_type(number) for number in range(TYPES))
    parts = "".join(_part(first) for first in range(0, elements, IN_A_PART))
    return wsdl(schema(simple + element("request", parts) + ANSWER))


def _type(number: int) -> str:
    """Return a type: a point of time, or a list of codes with their meaning."""
    if number % 2:
        body = '<x:restriction base="x:dateTime"/>'
    else:
        codes = (
            f'<x:enumeration value="{number}-{code}">{NOTE.format(f"kod {code}")}</x:enumeration>'
            for code in range(LISTED)
        )
        body = f'<x:restriction base="x:string">{"".join(codes)}</x:restriction>'
    return f'<x:simpleType name="T{number}">{body}</x:simpleType>'


def _part(first: int) -> str:
    often = "unbounded" if first % 3 == 0 else "1"
    content = "".join(
        f'<x:element name="falt{place}" type="t:T{place % TYPES}" minOccurs="0">'
        f"{NOTE.format(f'Variabel {place}: när något börjar eller slutar.')}</x:element>"
        for place in range(first, first + IN_A_PART)
    )
    part = element(f"del{first}", content)
    return part.replace(">", f' minOccurs="0" maxOccurs="{often}">', 1)


def main() -> None:
    """Print the seconds of each step."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--elements", type=int, default=300)
    elements = parser.parse_args().elements
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "stored").mkdir()
        path = written(folder, {"service.wsdl": large(elements)})
        marks = [perf_counter()]
        gathered = gather_file(path)
        marks.append(perf_counter())
        stored = store(gathered, folder / "stored")
        marks.append(perf_counter())
        contract = read_contract(stored.wsdl)
        marks.append(perf_counter())
        read_contract_schema(stored.xsd, contract.request, contract.response)
        marks.append(perf_counter())
        desk = Desk(folder / "data", MemorySecrets())
        view = import_profile(desk, str(path), "large")
        marks.append(perf_counter())
    for step, start, end in zip(
        ("gather", "store", "wsdl", "schema", "import"), marks, marks[1:], strict=False
    ):
        print(f"{step:8} {end - start:6.3f} s")
    print(f"{len(view.table.rows)} elements")


if __name__ == "__main__":
    main()
