"""Read a profile's text files row by row; whatever is wrong names the file and the row."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from app.core.errors import ProfileError
from app.core.register import Confidence, Fact, Text

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a profile file: `name` is its id, or its place when it has none."""

    file: str
    name: str
    fields: Mapping[str, object]

    def problem(self, code: str, **values: object) -> ProfileError:
        """Return an error that names this row."""
        return ProfileError(code, file=self.file, row=self.name, **values)

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; a missing one is an error unless there is a default."""
        value = self.fields.get(name, default)
        if value is None:
            raise self.problem("profile-field-missing", field=name)
        if not isinstance(value, str):
            raise self.problem("profile-field-wrong", field=name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is missing."""
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.problem("profile-field-wrong", field=name)
        return tuple(value)

    def flag(self, name: str, default: bool) -> bool:
        """Return a true or false."""
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise self.problem("profile-field-wrong", field=name)
        return value

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """Return one of an enumeration's members."""
        try:
            return kind(self.text(name, default))
        except ValueError:
            raise self.problem("profile-field-wrong", field=name) from None

    def count(self, name: str) -> int:
        """Return a whole number from 0."""
        value = self.fields.get(name)
        if value is None:
            raise self.problem("profile-field-missing", field=name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.problem("profile-field-wrong", field=name)
        return value

    def path(self) -> tuple[str, ...]:
        """Return the element names below the request, () when the row names no element."""
        return self.path_at("path", "")

    def path_at(self, name: str, default: str | None = None) -> tuple[str, ...]:
        """Return element names that are written with a slash between them, () for none."""
        return tuple(part for part in self.text(name, default).split("/") if part)

    def in_both(self, prefix: str = "") -> Text:
        """Return a text in both languages, from `<prefix>sv` and `<prefix>en`."""
        return Text(self.text(f"{prefix}sv"), self.text(f"{prefix}en"))

    def fact(self) -> Fact:
        """Return where the row's fact comes from."""
        source = self.text("source")
        if not source.strip():
            raise self.problem("profile-field-missing", field="source")
        return Fact(source, self.choice("confidence", Confidence), self.text("note", ""))

    def time_of_day(self, name: str) -> time:
        """Return a wall-clock time."""
        try:
            return time.fromisoformat(self.text(name))
        except ValueError:
            raise self.problem("profile-field-wrong", field=name) from None

    def inner(self, name: str) -> "Row":
        """Return a table inside this one as a row of that name, empty when it is missing."""
        value = self.fields.get(name)
        return Row(self.file, name, value if isinstance(value, dict) else {})

    def all_of(self, names: tuple[str, ...]) -> Mapping[str, str]:
        """Return every field, all of them texts; those named may not be missing."""
        return {name: self.text(name) for name in (*names, *self.fields)}

    def mapping(self, name: str) -> Mapping[str, str]:
        """Return a table of texts."""
        value = self.fields.get(name)
        if value is None:
            raise self.problem("profile-field-missing", field=name)
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise self.problem("profile-field-wrong", field=name)
        return dict(value)


def read_rows(path: Path) -> Row:
    """Return a whole file as one row whose lists are read with `rows_of`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ProfileError("profile-file-missing", file=path.name) from None
    except (OSError, UnicodeDecodeError):
        raise ProfileError("profile-file-unreadable", file=path.name, row="") from None
    try:
        return Row(path.name, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError("profile-file-unreadable", file=path.name, row=error) from None


def in_reading(whole: Row, reading: str, known: frozenset[str]) -> Row:
    """Return a file without the rows that belong to another reading than this one."""
    return Row(
        whole.file,
        whole.name,
        {
            name: [one for one in value if _belongs(whole, name, one, reading, known)]
            if isinstance(value, list)
            else value
            for name, value in whole.fields.items()
        },
    )


def _belongs(whole: Row, kind: str, fields: object, reading: str, known: frozenset[str]) -> bool:
    if not isinstance(fields, dict) or "reading" not in fields:
        return True
    row = Row(whole.file, str(fields.get("id", kind)), fields)
    own = row.text("reading")
    if own not in known:
        raise row.problem("profile-name-unknown", name=own)
    return own == reading


def rows_of(whole: Row, kind: str, key: str = "id") -> Iterator[Row]:
    """Yield the rows of one kind; their ids must differ."""
    entries = whole.fields.get(kind, [])
    if not isinstance(entries, list):
        raise whole.problem("profile-field-wrong", field=kind)
    seen: set[str] = set()
    for place, fields in enumerate(entries, start=1):
        row = Row(whole.file, f"{kind} {place}", fields if isinstance(fields, dict) else {})
        named = Row(whole.file, row.text(key), row.fields)
        if named.name in seen:
            raise named.problem("profile-row-twice")
        seen.add(named.name)
        yield named
