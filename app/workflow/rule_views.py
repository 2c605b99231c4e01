"""What the deeds on own rules and code registers give back: frozen values for the window."""

from dataclasses import dataclass

from app.core.register import Text
from app.workflow.views import Problem


@dataclass(frozen=True, slots=True)
class RegisterView:
    """One year's codes of a national code register, after an import."""

    register: str
    year: int
    codes: int  # how many are kept for that year
    added: int  # how many of them are new: the rest were there before
    left_out: int = 0  # rows that hold no code of the register's form, such as headings


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    """What is known of one code register: which years are imported, and what that means.

    `note` is a code with a sentence, "" when this year's codes are imported: "register-missing"
    (only the pattern is checked), "register-old" (this year's codes are not imported) or
    "register-no-former-year" (in the months of grace, without the former year's codes).
    """

    register: str
    name: Text
    years: tuple[tuple[int, int], ...]  # year and number of codes, the newest first
    months: int  # of grace in a new year
    rules: tuple[str, ...]  # the ids of the rules that ask it
    note: str = ""
    values: tuple[tuple[str, str], ...] = ()  # what the note's placeholders stand for


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """What an own rule does to the loaded export.

    `problem` says why it cannot be used: what in its condition is wrong, or an id that is taken.
    """

    problem: Problem | None = None
    cases: int = 0  # that break it
    total: int = 0  # that were asked
    samples: tuple[str, ...] = ()  # the first of the cases that break it
    variables: tuple[str, ...] = ()  # the ids that its condition names
