"""How numbers, times or codes lie: bars, and the quarters of their values."""

from dataclasses import dataclass

FENCE = 3.0  # widths of the middle half, beyond which a value is far outside


@dataclass(frozen=True, slots=True)
class Bar:
    """So many values: of a code, or from `low` up to, not including, `high`.

    `is_odd` marks what lies beyond the fences of a distribution, and a rest that is of no one code.
    """

    label: str
    count: int
    low: float = 0.0
    high: float = 0.0
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """The values in order: the least, those that end each quarter, the greatest."""

    least: float
    quarter: float
    median: float
    three_quarters: float
    greatest: float

    @property
    def fences(self) -> tuple[float, float]:
        """Between which a value is not far outside."""
        width = FENCE * (self.three_quarters - self.quarter)
        return self.quarter - width, self.three_quarters + width
