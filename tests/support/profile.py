"""The shipped profile, copies of it that can be spoilt, and cases in a few words."""

import shutil
from functools import cache
from pathlib import Path

from app.core.case import CaseValues
from app.core.register import Profile
from app.files.profile import load_shipped, shipped_profiles

PROFILE_ID = "spor-4.1"

# Years whose days times the birth numbers 238 and 239 are all on Skatteverket's list of test
# numbers: nobody's.
TEST_YEARS = (*range(1977, 1980), *range(1981, 1989), *range(1991, 2000))
TEST_YEARS += (2003, 2004, 2006, 2008, 2009, 2012, 2013)


@cache
def shipped() -> Profile:
    """Return the shipped profile, loaded once."""
    return load_shipped(PROFILE_ID)


def copied(folder: Path) -> Path:
    """Return a copy of the shipped profile's folder."""
    (source,) = (path for path in shipped_profiles() if path.name == PROFILE_ID)
    return Path(shutil.copytree(source, folder / PROFILE_ID))


def spoilt(folder: Path, file: str, old: str, new: str) -> Path:
    """Return a copy with the first occurrence of a text in one file replaced."""
    copy = copied(folder)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def case_of(*plannings: dict[str, str], **values: str) -> CaseValues:
    """Return a case with these values and planeringar."""
    return CaseValues("1", values, {"planering": plannings} if plannings else {})
