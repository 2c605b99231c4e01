"""A made next version of the shipped profile: its folder copied, with changes planted in it."""

from pathlib import Path
from typing import Any

import tomlkit
from lxml import etree

from app.core.register import Profile
from app.files.profile import load_profile
from app.safexml import parse
from tests.support.profile import copied

XSD = "{http://www.w3.org/2001/XMLSchema}"


class MadeProfile:
    """A copy of the shipped profile's folder whose rows and elements can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = copied(folder)
        self._rows: dict[str, Any] = {}
        self._schemas = {path: parse(path.read_bytes()) for path in self.folder.glob("*.xsd")}

    def load(self) -> Profile:
        """Write the changes down and load what came of them."""
        for name, document in self._rows.items():
            (self.folder / f"{name}.toml").write_text(tomlkit.dumps(document), encoding="utf-8")
        for path, root in self._schemas.items():
            path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
        return load_profile(self.folder)

    # Rows

    def file(self, name: str) -> Any:
        """Return a file of rows."""
        if name not in self._rows:
            text = (self.folder / f"{name}.toml").read_text(encoding="utf-8")
            self._rows[name] = tomlkit.parse(text)
        return self._rows[name]

    def row(self, file: str, kind: str, row_id: str) -> Any:
        """Return one row, to be changed in place."""
        return next(one for one in self.file(file)[kind] if one["id"] == row_id)

    def add(self, file: str, kind: str, **fields: Any) -> None:
        """Add a row; what every row must have is filled in."""
        name = fields["id"]
        usual = {"sv": name, "en": name, "source": "made", "confidence": "stated"}
        table = tomlkit.table()
        table.update({**usual, **fields})
        self.file(file)[kind].append(table)

    def add_variable(self, name: str, path: str, **fields: str) -> None:
        """Add a variable at an element."""
        usual = {"type": "text", "section": "operation", "mandatory": "no"}
        meant = {"meaning_sv": name, "meaning_en": name}
        self.add("variables", "variable", id=name, path=path, **{**usual, **meant, **fields})

    def remove(self, file: str, kind: str, row_id: str) -> None:
        """Take a row away."""
        rows = self.file(file)[kind]
        place = next(at for at, one in enumerate(rows) if one["id"] == row_id)
        del rows[place]

    def code(self, code_list: str, code: str) -> Any:
        """Return one code of a list, to be changed in place."""
        return next(
            one for one in self.row("codes", "list", code_list)["codes"] if one["code"] == code
        )

    def add_code(self, code_list: str, code: str, enumeration: str) -> None:
        """Add a code to a list and to the type that lists it in the schema."""
        table = tomlkit.inline_table()
        table.update({"code": code, "sv": code, "en": code})
        self.row("codes", "list", code_list)["codes"].append(table)
        etree.SubElement(self.restriction(enumeration), f"{XSD}enumeration", value=code)

    def remove_code(self, code_list: str, code: str, enumeration: str) -> None:
        """Take a code from a list and from the type that lists it in the schema."""
        codes = self.row("codes", "list", code_list)["codes"]
        del codes[next(at for at, one in enumerate(codes) if one["code"] == code)]
        restriction = self.restriction(enumeration)
        for one in restriction.findall(f"{XSD}enumeration[@value='{code}']"):
            restriction.remove(one)

    # The schema

    def element(self, name: str) -> Any:
        """Return the declaration of an element."""
        return next(self._found("element", name))

    def part(self, type_name: str) -> Any:
        """Return the sequence of a named complex type."""
        return next(self._found("complexType", type_name)).find(f"{XSD}sequence")

    def restriction(self, type_name: str) -> Any:
        """Return the restriction of a named simple type."""
        return next(self._found("simpleType", type_name)).find(f"{XSD}restriction")

    def facet(self, type_name: str, name: str) -> Any:
        """Return one facet of a named simple type."""
        return self.restriction(type_name).find(f"{XSD}{name}")

    def add_element(self, part: str, name: str, type_name: str, **occurs: str) -> None:
        """Add an element at the end of a part."""
        etree.SubElement(
            self.part(part), f"{XSD}element", {"name": name, "type": type_name, **occurs}
        )

    def remove_element(self, name: str) -> None:
        """Take an element out of its part."""
        found = self.element(name)
        found.getparent().remove(found)

    def _found(self, kind: str, name: str) -> Any:
        for root in self._schemas.values():
            yield from (one for one in root.iter(f"{XSD}{kind}") if one.get("name") == name)

    def rename_namespace(self, old: str, new: str) -> None:
        """Put another namespace in every file of the contract."""
        for path, root in list(self._schemas.items()):
            text = etree.tostring(root, encoding="unicode").replace(old, new)
            self._schemas[path] = parse(text.encode())
