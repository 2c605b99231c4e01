"""Person's numbers that are nobody's: Skatteverket's test numbers, and its shapes."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.support.profile import TEST_YEARS

BIRTH_NUMBERS = ("238", "239")


def check_digit(nine: str) -> str:
    """The Luhn digit after nine digits, computed in the way of Skatteverket's brochure."""
    products = "".join(
        str(int(digit) * weight) for digit, weight in zip(nine, (2, 1) * 5, strict=False)
    )
    return str(-sum(map(int, products)) % 10)


def whole(stem: str) -> str:
    """Return eleven digits with their check digit."""
    return stem + check_digit(stem[2:])


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def skatteverkets_numbers() -> list[str]:
    """Return 19 724 numbers that are all on Skatteverket's list of test numbers."""
    return [
        whole(f"{day:%Y%m%d}{birth_number}")
        for year in TEST_YEARS
        for day in days_of(year)
        for birth_number in BIRTH_NUMBERS
    ]


def samordningsnummer_shapes() -> dict[str, list[str]]:
    """Return 1 500 samordningsnummer in the mixture of Skatteverket's own test numbers."""
    years = TEST_YEARS
    turns = [(years[place % len(years)], place // len(years)) for place in range(129)]
    stems = {
        "month 00": [f"{year}00{61 + turn}" for year, turn in turns],
        "day 60": [f"{year}{1 + turn:02}60" for year, turn in turns[:38]],
        "both": [f"{year}0060" for year in years[:3]],
        "impossible": [f"{year}{day}" for year in years[:8] for day in ("0290", "0491", "1191")],
        "usual": [f"{day:%Y%m}{day.day + 60}" for year in years[:4] for day in days_of(year)],
    }
    stems["usual"] = stems["usual"][:1306]
    return {
        kind: [whole(stem + BIRTH_NUMBERS[place % 2]) for place, stem in enumerate(some)]
        for kind, some in stems.items()
    }
