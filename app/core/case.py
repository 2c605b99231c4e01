"""One case (behandlingsnummer) as values per variable."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Values = Mapping[str, str]  # variable id -> value as it stands in the XML; missing = not there


@dataclass(frozen=True, slots=True)
class CaseValues:
    """The values of one case: those that occur once, and the rows of each repeated group."""

    key: str
    values: Values
    groups: Mapping[str, tuple[Values, ...]] = field(default_factory=dict)
