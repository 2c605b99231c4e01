"""How much a workbook unpacks to, found out before it is read: a small one can fill the memory."""

from zipfile import ZipFile

from app.core.errors import ExportError

MOST_BYTES = 1 << 29  # unpacked
_MOST_RATIO = 1032  # no packing reaches more
_CHUNK = 1 << 20


def demand_size(archive: ZipFile, name: str) -> None:
    """Raise ExportError for a workbook that would take all memory to read.

    Parts that could unpack to more than they say are unpacked once, piece by piece: BadZipFile
    is what a lie ends in.
    """
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise ExportError("workbook-too-large", name=name)
    for part in parts:
        if part.compress_size * _MOST_RATIO > MOST_BYTES and _is_lean(
            part.file_size, part.compress_size
        ):
            with archive.open(part) as stream:
                while stream.read(_CHUNK):
                    pass


def _is_lean(unpacked: int, packed: int) -> bool:
    """Whether a part says that it unpacks to hardly more than it is: tables pack to a tenth."""
    return unpacked < 2 * packed
