"""What is kept of a load so that the next one can be compared with it: no patient, no small number.

Only shares and medians of many values are kept, in the user's own folder; nothing that fewer than
`FEW` cases have or lack.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from app.disk import OWNER_ONLY, write_atomically

FEW = 5  # cases: what so few have, or lack, is not kept
ENOUGH = 20  # values, of which a share or a median is kept
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Load:
    """One load in few numbers; shares are per cent, medians in the variable's unit."""

    stamp: str  # of the files that were read
    mapping: str
    day: str
    cases: int
    filled: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    medians: Mapping[str, float] = field(default_factory=dict)


def percent(part: int, whole: int) -> float | None:
    """Return a share in per cent, None where so few are counted that it may tell of a person."""
    if whole < ENOUGH or 0 < part < FEW or 0 < whole - part < FEW:
        return None
    return round(100 * part / whole, 1)


def exchange(folder: Path, project: str, load: Load) -> Load | None:
    """Keep a load and return the one before it; the same files again take their own place."""
    path = _place(folder, project)
    kept = _read(path)
    before = kept[1:] if kept and kept[0].stamp == load.stamp else kept
    folder.mkdir(parents=True, exist_ok=True)
    now = [load, *before[:1]]
    text = json.dumps({"version": _VERSION, "loads": [asdict(one) for one in now]}, sort_keys=True)
    write_atomically(path, text.encode(), mode=OWNER_ONLY)
    return before[0] if before else None


def latest_stamp(folder: Path, project: str) -> str:
    """Return the stamp of the load that was kept last, "" when there is none."""
    kept = _read(_place(folder, project))
    return kept[0].stamp if kept else ""


def _place(folder: Path, project: str) -> Path:
    return folder / f"{sha256(project.encode()).hexdigest()[:24]}.json"


def _read(path: Path) -> list[Load]:
    """Return the kept loads, the latest first; a file that is not ours counts as none."""
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != _VERSION:
            return []
        return [Load(**one) for one in content["loads"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
