"""The faults that the local stage shows on request, so that the sending side can practise them."""

from dataclasses import dataclass, fields, replace

from app.core.errors import StageError

LONGEST_WAIT = 3600.0


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, and for which requests: every n-th, 0 = never."""

    slow: float = 0.0  # seconds before each answer
    cut: int = 0  # the line is cut after the case is stored, before the answer
    down: int = 0  # HTTP 503
    closed: bool = False  # as though the clock stood in the hours when nothing may be sent

    @classmethod
    def parse(cls, text: str) -> "Faults":
        """Read faults such as `slow=0.2,cut=5,down=3,closed`."""
        faults = cls()
        for part in filter(None, (one.strip() for one in text.split(","))):
            faults = _with(faults, part)
        return faults


def _with(faults: Faults, part: str) -> Faults:
    """Return the faults with one more, as it was written."""
    name, separator, number = (one.strip() for one in part.partition("="))
    try:
        if name == "closed" and not separator:
            return replace(faults, closed=True)
        if name == "slow" and 0 <= (seconds := float(number)) <= LONGEST_WAIT:
            return replace(faults, slow=seconds)
        if name == "cut" and (every := int(number)) > 0:
            return replace(faults, cut=every)
        if name == "down" and (every := int(number)) > 0:
            return replace(faults, down=every)
    except ValueError:
        pass
    known = ", ".join(field.name for field in fields(Faults))
    raise StageError("stage-faults-unreadable", part=part, known=known)
