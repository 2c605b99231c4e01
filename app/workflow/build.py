"""Write the request documents: one XML file per behandlingsnummer."""

import errno
from pathlib import Path
from urllib.parse import quote

from app.core.errors import ExportError
from app.core.finding import Tier
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.standing import prepared

_STOPPING = [tier.value for tier in Tier if tier.stops_sending]
_STEP = 200  # documents between two reports
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_SAFE = " ()+,=@"
_PRIVATE = 0o600  # the documents are patient data
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10)}


def write_documents(desk: Desk, folder: str, progress: Progress = silent) -> int:
    """Write the document of every case that may be sent, and return how many."""
    import polars as pl

    from app.files.disk import write_atomically

    target = Path(folder)
    stopped = pl.col("blocked") | pl.col("tier").is_in(_STOPPING).fill_null(value=False)
    analysis = prepared(desk)
    cases = analysis.cases.with_row_index("place").filter(~stopped).select("place", "case")
    documents = analysis.documents(cases["place"].to_list())
    try:
        target.mkdir(parents=True, exist_ok=True)
        for place, (case, data) in enumerate(zip(cases["case"], documents, strict=True)):
            if place % _STEP == 0:
                progress(place, cases.height, "writing")
            write_atomically(target / file_name(case), data, durable=False, mode=_PRIVATE)
    except OSError as problem:
        if problem.errno in _FULL:
            raise ExportError("folder-full", name=target.name) from None
        reason = problem.strerror or type(problem).__name__
        raise ExportError("folder-unwritable", name=target.name, reason=reason) from None
    progress(cases.height, cases.height, "writing")
    return int(cases.height)


def file_name(case: str) -> str:
    """Return a case's file name, safe on every system."""
    name = quote(case, safe=_SAFE)
    if name.startswith(".") or name.lower().split(".")[0] in _RESERVED:
        name = f"%{ord(name[0]):02X}{name[1:]}"
    return f"{name}.xml"
