"""number: digits with a decimal point, in another unit and rounded when asked for."""

import re

from app.core.conversions.kind import BLANKS, Converted, Entry, Kind, Option, Surroundings
from app.core.mapping import Step

NUMBER = r"([+-]?)([0-9]{1,12})(?:\.([0-9]{1,12}))?"
FACTOR = r"([0-9]{1,6})(?:[.,]([0-9]{1,6}))?"
MOST_DECIMALS = 6
BAD_FORMAT = "format-unreadable"
UNREADABLE = "number-unreadable"


def decimals_of(step: Step) -> int | None:
    """Return how many decimals a number step wants, None for as many as there are, -1 for bad."""
    wanted = step.option("decimals")
    if not wanted:
        return None
    fits = wanted.isascii() and wanted.isdigit() and int(wanted) <= MOST_DECIMALS
    return int(wanted) if fits else -1


def factor_of(step: Step) -> tuple[int, int] | None:
    """Return what numbers are multiplied by, as a whole number and its decimals.

    (1, 0) when nothing is said, None for what is no factor.
    """
    said = step.option("times")
    if not said:
        return 1, 0
    found = re.fullmatch(FACTOR, said.strip(BLANKS))
    if not found or not int(found[1] + (found[2] or "")):
        return None
    return int(found[1] + (found[2] or "")), len(found[2] or "")


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Read a number, multiply it, and round it half away from zero."""
    decimals, factor = decimals_of(step), factor_of(step)
    if decimals == -1 or factor is None:
        return Converted(problem=BAD_FORMAT)
    found = re.fullmatch(NUMBER, text.strip(BLANKS))
    if not found:
        return Converted(problem=UNREADABLE)
    sign, whole, fraction = found[1].replace("+", ""), found[2], found[3] or ""
    if step.option("times"):
        sign, whole, fraction = _multiplied(sign, whole, fraction, factor)
    if decimals is None:
        return Converted(sign + whole + ("." + fraction if fraction else ""))
    return Converted(_rounded(sign, whole, fraction, decimals))


def _multiplied(
    sign: str, whole: str, fraction: str, factor: tuple[int, int]
) -> tuple[str, str, str]:
    """Return a number times a factor, exactly; zeros at the end of its decimals are left out."""
    times, places = factor
    places += len(fraction)
    digits = str(int(whole + fraction) * times).zfill(places + 1)
    point = len(digits) - places
    return sign if int(digits) else "", digits[:point], digits[point:].rstrip("0")


def _rounded(sign: str, whole: str, fraction: str, decimals: int) -> str:
    """Return a number with that many decimals, halves rounded away from zero."""
    digits = fraction.ljust(decimals + 1, "0")
    scaled = int(whole + digits[:decimals]) + (digits[decimals] >= "5")
    text = str(scaled).zfill(decimals + 1)
    point = len(text) - decimals
    return (sign if scaled else "") + text[:point] + ("." + text[point:] if decimals else "")


KIND = Kind(
    change,
    (Option("times", Entry.NUMBER), Option("decimals", Entry.NUMBER)),
    (UNREADABLE, BAD_FORMAT),
)
