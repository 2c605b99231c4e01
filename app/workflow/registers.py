"""The national code registers that the user has imported, year by year."""

from app.core.errors import ProfileError
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.rule_views import RegisterStatus, RegisterView


def import_register(
    desk: Desk, path: str, register: str, year: int | None = None, _progress: Progress = silent
) -> RegisterView:
    """Keep the codes of a yearly file, a workbook or a text; a second file of a year is added.

    Without a year the file's name says it. Raises ProfileError or ExportError when the file is not
    one that the register's codes can be read from; what is kept is untouched then.
    """
    raise ProfileError("profile-unknown", profile=register)


def remove_register(
    desk: Desk, register: str, year: int, _progress: Progress = silent
) -> tuple[RegisterStatus, ...]:
    """Forget one year's codes."""
    return register_status(desk)


def register_status(
    desk: Desk, profile_id: str = "", _progress: Progress = silent
) -> tuple[RegisterStatus, ...]:
    """Return what is imported of every register that a profile knows; "" is the project's own."""
    return ()


def with_registers(desk: Desk, profile: Profile) -> Profile:
    """Return the profile with the codes of all years that are imported."""
    return profile
