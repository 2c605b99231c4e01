"""Load a register profile: a folder with the contract and text files of what is known about it.

`profile.toml` names the contract and holds groups, sections, entrances, roles, settings, how the
register answers, and the readings of what the sources leave open; beside it lie `variables.toml`,
`codes.toml`, `rules.toml`, `verdicts.toml`, `messages.toml` and `words.toml`. Every row tells its
source and confidence. A row that contradicts the contract's schema, or another row, is an error
that names the file and the row.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.assets import SCHEMAS
from app.core.errors import ProfileError
from app.core.register import Profile
from app.files.contract_compiling import compile_file
from app.files.profile_checks import check_profile
from app.files.profile_contract import Contract, bound, read_answer, read_contract
from app.files.profile_facts import (
    read_codes,
    read_count,
    read_definition,
    read_entrance,
    read_group,
    read_lists,
    read_message,
    read_phase,
    read_reading,
    read_register,
    read_rule,
    read_section,
    read_settings,
    read_variables,
    read_verdict,
    read_words,
)
from app.files.profile_rows import Row, in_reading, read_rows, rows_of

if TYPE_CHECKING:
    from lxml import etree

_ROLES = ("case_key", "person_id", "system_id")  # the rooms ask for these


def shipped_profiles() -> tuple[Path, ...]:
    """Return the folders of the profiles that come with the program."""
    return tuple(sorted(path.parent for path in SCHEMAS.glob("*/profile.toml")))


def load_shipped(profile_id: str) -> Profile:
    """Return a profile that comes with the program; "name:reading" for another reading of it."""
    return load_named(profile_id, ())


def load_named(profile_id: str, folders: tuple[Path, ...]) -> Profile:
    """Return a profile by its id, sought among the shipped and then in folders of profiles.

    The id is the name of the profile's own folder, "name:reading" for a reading that is not the
    first. ProfileError "profile-unknown" when there is none.
    """
    name, _, reading = profile_id.partition(":")
    found = [one for one in shipped_profiles() if one.name == name]
    for folder in folders:
        found += [path.parent for path in folder.glob("*/profile.toml") if path.parent.name == name]
    if not found:
        raise ProfileError("profile-unknown", profile=profile_id)
    profile = load_profile(found[0], reading)
    return replace(profile, id=_full_id(name, profile))


def load_profile(folder: Path, reading: str = "") -> Profile:
    """Return the profile that lies in a folder, in one of its readings, checked as a whole.

    Without a reading it is loaded in its first one.
    """
    profile = _assembled(_Files(folder, reading))
    profile = replace(profile, id=_full_id(profile.id, profile))
    check_profile(profile)
    return profile


def compile_schema(profile: Profile) -> "etree.XMLSchema":
    """Return the compiled schema that judges a request element standing alone."""
    return compile_file(Path(profile.xsd))


def _assembled(files: "_Files") -> Profile:
    """Return the profile whose rows have each been read; they may still contradict each other."""
    main, codes, verdicts = files.main, files.read("codes"), files.read("verdicts")
    messages = tuple(read_message(row) for row in rows_of(files.read("messages"), "message"))
    settings = read_settings(main, {one.id: one.wording for one in messages})
    contract = files.contract()
    groups = tuple(read_group(row, contract.root) for row in rows_of(main, "group"))
    variables = read_variables(files.read("variables"), contract.root, groups)
    return Profile(
        id=main.text("id"),
        name=main.in_both(),
        note=main.in_both("note_"),
        namespace=contract.root.namespace,
        wsdl=str(contract.wsdl),
        xsd=str(contract.xsd),
        root=bound(contract.root, (), variables, groups),
        variables=variables,
        groups=groups,
        codes=tuple(read_codes(codes)),
        rules=tuple(read_rule(row) for row in rows_of(files.read("rules"), "rule")),
        verdicts=tuple(read_verdict(row) for row in rows_of(verdicts, "verdict")),
        phases=tuple(read_phase(row) for row in rows_of(verdicts, "phase")),
        counts=tuple(read_count(row) for row in rows_of(verdicts, "count")),
        entrances=tuple(read_entrance(row) for row in rows_of(main, "entrance")),
        sections={row.name: read_section(row) for row in rows_of(main, "section")},
        roles=main.inner("roles").all_of(_ROLES),
        settings=settings,
        answer=read_answer(main, contract.response),
        messages=messages,
        definitions=tuple(read_definition(row) for row in rows_of(verdicts, "definition")),
        readings=files.readings,
        reading=files.reading,
        registers=tuple(read_register(row) for row in rows_of(codes, "register")),
        code_lists=tuple(read_lists(codes)),
        words=read_words(files.read("words")),
        base=main.text("base", ""),
        digests=contract.digests,
    )


def _full_id(name: str, profile: Profile) -> str:
    """Return the id by which the same profile is loaded again in the same reading."""
    is_first = not profile.readings or profile.reading == profile.readings[0].id
    return name if is_first else f"{name}:{profile.reading}"


class _Files:
    """The files of one profile, their rows as far as they belong to one reading."""

    def __init__(self, folder: Path, reading: str) -> None:
        main = read_rows(folder / "profile.toml")
        self._folder = folder
        rows = tuple(rows_of(main, "reading"))
        self.readings = tuple(read_reading(row) for row in rows)
        known = [one.id for one in self.readings]
        if reading and reading not in known:
            raise ProfileError("profile-unknown", profile=f"{folder.name}:{reading}")
        self.reading = reading or next(iter(known), "")
        self._known = frozenset(known)
        self.main = in_reading(main, self.reading, self._known)
        self._own = next((row.fields for row in rows if row.name == self.reading), {})

    def contract(self) -> Contract:
        """Return the contract of the reading."""
        return read_contract(self._folder, self.main, self._own)

    def read(self, name: str) -> Row:
        """Return the rows of one file."""
        whole = read_rows(self._folder / f"{name}.toml")
        return in_reading(whole, self.reading, self._known)
