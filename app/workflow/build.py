"""Write the request documents: one XML file per behandlingsnummer."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from app.core.errors import ExportError
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.standing import prepared

if TYPE_CHECKING:
    from app.engine.analysis import Analysis

_STEP = 200  # documents between two reports
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_SAFE = " ()+,=@"
_LONGEST = 180  # signs of a file's name: systems take 255 with all that comes after it
_DIGITS = 16
_PRIVATE = 0o600  # the documents are patient data
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10)}


def write_documents(desk: Desk, folder: str, progress: Progress = silent) -> int:
    """Write the document of every case that may be sent, and return how many."""
    analysis = prepared(desk)
    places = (~analysis.stopped()).arg_true().to_list()
    with made_folder(folder) as target:
        write_at(analysis, places, target, progress)
    progress(len(places), len(places), "writing")
    return len(places)


def write_at(analysis: "Analysis", places: list[int], folder: Path, progress: Progress) -> None:
    """Write the documents of the cases at some places, a file each."""
    from app.files.disk import write_atomically

    names = analysis.cases["case"].gather(places)
    documents = analysis.documents(places)
    for number, (case, data) in enumerate(zip(names, documents, strict=True)):
        if number % _STEP == 0:
            progress(number, len(places), "writing")
        write_atomically(folder / file_name(case), data, durable=False, mode=_PRIVATE)


@contextmanager
def made_folder(folder: str) -> Iterator[Path]:
    """Make a folder to write to; what the disk refuses then becomes an error of ours."""
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        yield target
    except OSError as problem:
        if problem.errno in _FULL:
            raise ExportError("folder-full", name=target.name) from None
        reason = problem.strerror or type(problem).__name__
        raise ExportError("folder-unwritable", name=target.name, reason=reason) from None


def file_name(case: str) -> str:
    """Return a case's file name, safe on every system; a long one ends in a digest instead."""
    name = quote(case, safe=_SAFE)
    if name.startswith(".") or name.lower().split(".")[0] in _RESERVED:
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}~{sha256(case.encode()).hexdigest()[:_DIGITS]}"
    return f"{name}.xml"
