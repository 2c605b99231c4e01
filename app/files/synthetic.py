"""The synthetic case that a profile describes: which variables it has, and their values."""

from collections.abc import Mapping
from pathlib import Path

from app.core.register import Profile
from app.files.profile import shipped_profiles
from app.files.profile_rows import read_rows

FILE = "synthetic.toml"


def read_synthetic(profile: Profile) -> Mapping[str, str]:
    """Return the value of each variable; empty where neither the profile nor its base has a case.

    Raises ProfileError for a file that cannot be read.
    """
    names = (profile.base.partition(":")[0], profile.id.partition(":")[0])
    shipped = [one for one in shipped_profiles() if one.name in names]
    for folder in (Path(profile.xsd).parent, *shipped):
        if (folder / FILE).is_file():
            row = read_rows(folder / FILE).inner("synthetic")
            row.fact()
            return row.mapping("values")
    return {}
