"""The national code registers that the user has imported, year by year."""

from dataclasses import replace
from pathlib import Path

from app.core.clock import in_stockholm
from app.core.condition import code_registers, parse
from app.core.errors import ProfileError
from app.core.progress import Progress, silent
from app.core.register import CodeRegister, Profile
from app.workflow.desk import Desk
from app.workflow.rule_views import RegisterStatus, RegisterView

YEARS = range(1990, 2200)


def import_register(
    desk: Desk, path: str, register: str, year: int | None = None, _progress: Progress = silent
) -> RegisterView:
    """Keep the codes of a yearly file, a workbook or a text; a second file of a year is added.

    Without a year the file's name says it. Raises ProfileError or ExportError when the file is not
    one that the register's codes can be read from; what is kept is untouched then.
    """
    from app.files.code_register import keep_codes, kept_codes, read_published, year_in

    place = Path(path)
    known = _known(desk.profile(), register)
    year = year or year_in(place.name)
    if year is None:
        raise ProfileError("register-year-missing", name=place.name)
    if year not in YEARS:
        raise ProfileError("register-year-wrong", year=year)
    found = read_published(place, known)
    before = kept_codes(_folder(desk), (register,)).get(register, {}).get(year, frozenset())
    codes = before | found.codes
    keep_codes(_folder(desk), register, year, codes)
    return RegisterView(register, year, len(codes), len(codes - before), found.left_out)


def remove_register(
    desk: Desk, register: str, year: int, _progress: Progress = silent
) -> tuple[RegisterStatus, ...]:
    """Forget one year's codes and return what is left; ProfileError when they are not imported."""
    from app.files.code_register import forget_codes

    forget_codes(_folder(desk), _known(desk.profile(), register).id, year)
    return register_status(desk)


def register_status(
    desk: Desk, profile_id: str = "", _progress: Progress = silent
) -> tuple[RegisterStatus, ...]:
    """Return what is imported of every register that a profile knows; "" is the project's own."""
    profile = with_registers(desk, desk.profile(profile_id))
    today = in_stockholm(desk.clock())
    return tuple(_status(one, profile, today.year, today.month) for one in profile.registers)


def with_registers(desk: Desk, profile: Profile) -> Profile:
    """Return the profile with the codes of all years that are imported."""
    from app.files.code_register import kept_codes

    if not profile.registers:
        return profile
    kept = kept_codes(_folder(desk), [one.id for one in profile.registers])
    return replace(profile, register_codes=kept) if kept else profile


def _folder(desk: Desk) -> Path:
    return desk.data / "registers"


def _known(profile: Profile, register: str) -> CodeRegister:
    """Return the register of that id; ProfileError when the profile has none."""
    for one in profile.registers:
        if one.id == register:
            return one
    known = ", ".join(one.id for one in profile.registers) or "–"
    raise ProfileError("register-unknown", register=register, known=known)


def _status(register: CodeRegister, profile: Profile, year: int, month: int) -> RegisterStatus:
    """Return one register's years, and what they mean for a case operated this month."""
    kept = profile.register_codes.get(register.id, {})
    note, missing = "", year
    if not kept:
        note = "register-missing"
    elif year not in kept:
        note = "register-old"
    elif month <= register.months and year - 1 not in kept:
        note, missing = "register-no-former-year", year - 1
    return RegisterStatus(
        register.id,
        register.name,
        tuple((one, len(kept[one])) for one in sorted(kept, reverse=True)),
        register.months,
        tuple(
            rule.id
            for rule in profile.rules
            if rule.condition and register.id in code_registers(parse(rule.condition))
        ),
        note,
        (("name", register.name.sv), ("year", str(missing))) if note else (),
    )
