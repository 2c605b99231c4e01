"""How files seem to be read: what a person starts from when adding files or taking new ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.core.errors import ExportError, WorkbenchError
from app.core.mapping import Project, Source, SourceKind
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.load import former_contents, read_reading
from app.workflow.shape import change_from
from app.workflow.source_views import FileChange, Preview

_YEAR = "jan feb mar apr maj|may jun jul aug sep okt|oct nov dec"
_MONTHS = _YEAR.replace(" ", "|")
_MONTH = re.compile(rf"(?<![a-zåäö])(?:{_MONTHS})[a-zåäö]*(?![a-zåäö])")
_MONTH_NUMBERS = {
    name: f"{at:02}" for at, names in enumerate(_YEAR.split(), start=1) for name in names.split("|")
}
_MONTH_AND_YEAR = re.compile(r"(?<!\d)(\d\d)([ _.-]*)(20\d\d)(?!\d)")
_NUMBERS = re.compile(r"(\d+)")
_HEADED = {SourceKind.TEXT, SourceKind.FIXED, SourceKind.WORKBOOK}  # the head names every column
_NO_WORD = re.compile(r"[\W\d_]+")
_BLOCK = 1 << 20
_UNICODE = {"utf-8", "utf-8-sig", "utf-16"}  # what is so written is surely so
_ENCODED = {SourceKind.TEXT, SourceKind.FIXED, SourceKind.JSON_LINES}
_OTHER_PART = {"sheet-missing", "member-missing", "record-missing"}  # the file is there


def describe_sources(
    desk: Desk, paths: tuple[str, ...], base: str, progress: Progress = silent
) -> tuple[Source, ...]:
    """Return how files seem to be read: one source per table, files of one kind as one table."""
    from app.files.export import guess_sources

    found: list[tuple[Source, tuple[str, ...]]] = []
    for place, path in enumerate(paths):
        progress(place, len(paths), "describing")
        for guess in guess_sources(Path(path)):
            located = replace(guess, path=_relative(path, base))
            columns = _columns(located, base)
            key = _key(desk, columns) or located.key
            shape = columns if guess.kind in _HEADED else ()
            found.append((replace(located, key=key, shape=shape), columns))
    progress(len(paths), len(paths), "describing")
    return distinct(_together(found, Path(base)))


def preview_source(_desk: Desk, source: Source, base: str, _progress: Progress = silent) -> Preview:
    """Return the head of a source's file, before the whole of it is read."""
    from app.files.export import preview

    return preview(source, Path(base))


def replace_files(
    desk: Desk,
    project: Project,
    base: str,
    table: str,
    paths: tuple[str, ...],
    progress: Progress = silent,
) -> FileChange:
    """Read other files in the place of a table's, as those were; nothing is applied."""
    known = project.source_of(table)
    if known is None or not paths:
        raise ExportError("source-unknown", table=table)
    first, *more = (_relative(path, base) for path in paths)
    wanted = replace(known, path=first, more=tuple(more))
    source = _as_written(_found_in_file(wanted, base), Path(base))
    before = former_contents(desk, known)
    read = read_reading(desk, source, Path(base), progress)
    change = change_from(project, known, before, read.contents)
    return FileChange(source, change, tuple(read.contents), read.table.height)


def distinct(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Return the sources with names that differ."""
    taken: set[str] = set()
    named = []
    for source in sources:
        name, number = source.name, 2
        while name in taken:
            name, number = f"{source.name}-{number}", number + 1
        taken.add(name)
        named.append(replace(source, name=name))
    return tuple(named)


def _found_in_file(source: Source, base: str) -> Source:
    """Return the source with the sheet, members or record that are most like what it had."""
    from app.files.export import guess_sources, locate, preview

    try:
        problem = preview(source, Path(base)).problem
    except WorkbenchError as error:
        problem = error.code
    if problem not in _OTHER_PART:
        return source
    wanted = set(source.shape)

    def likeness(guess: Source) -> tuple[int, bool]:
        return len(wanted & set(_columns(guess, base))), guess.name == source.name

    guesses = guess_sources(locate(source, Path(base)))
    there = [replace(one, path=source.path) for one in guesses]
    best = max(_together([(one, _columns(one, base)) for one in there], Path(base)), key=likeness)
    return replace(source, sheet=best.sheet, member=best.member, record=best.record)


def _as_written(source: Source, base: Path) -> Source:
    """Return the source in Unicode where its files surely are so written, else as it was read."""
    from app.files.export import guess_encodings

    if source.kind not in _ENCODED or source.member or source.encoding in _UNICODE:
        return source
    places = [replace(source, path=one) for one in (source.path, *source.more)]
    telling = [base / one.path for one in places if not _is_ascii(one, base)]
    found = {guess_encodings(one)[0][0] for one in telling}
    encoding = found.pop() if len(found) == 1 else ""
    return replace(source, encoding=encoding) if encoding in _UNICODE else source


def _relative(path: str, base: str) -> str:
    from app.files.project import relative_path

    return relative_path(Path(path).absolute(), Path(base).absolute())


def _columns(source: Source, base: str) -> tuple[str, ...]:
    """Return the columns of a file by its head."""
    from app.files.export import preview

    head = preview(source, Path(base))
    if head.problem and not head.columns:
        raise ExportError(head.problem, **dict(head.values))
    return head.columns


def _key(desk: Desk, columns: tuple[str, ...]) -> str:
    """Return the column whose name is one of those seen for the case key, "" when none is."""
    from app.workflow.naming import names_of, plain

    profile = desk.profile()
    known = [plain(name) for name in names_of(profile.by_id[profile.case_key])]
    named = {plain(column): column for column in columns}
    return next((named[name] for name in known if name in named), "")


def _together(found: Iterable[tuple[Source, tuple[str, ...]]], base: Path) -> list[Source]:
    """Return the sources, each once, files with the same columns and like names as one."""
    bundles: dict[object, dict[tuple[str, str], Source]] = {}
    for source, columns in found:
        place = source.path, source.member
        bundles.setdefault(_kind(source, columns), {}).setdefault(place, source)
    return [
        source
        for bundle in bundles.values()
        for source in _merged([bundle[place] for place in sorted(bundle, key=_in_time)], base)
    ]


def _in_time(place: tuple[str, str]) -> tuple[tuple[tuple[int, str], ...], ...]:
    """Return what files are sorted by: 10 after 9, February after January; later rows win."""
    return tuple(
        tuple((int(part) if part.isdecimal() else -1, part) for part in _parts(text))
        for text in place
    )


def _parts(text: str) -> list[str]:
    """Return a name's numbers and what is between them, months as their numbers."""
    numbered = _MONTH.sub(lambda found: _MONTH_NUMBERS[found[0][:3]], text.casefold())
    years_first = _MONTH_AND_YEAR.sub(r"\3\2\1", numbered)
    return _NUMBERS.split(years_first)


def _kind(source: Source, columns: tuple[str, ...]) -> object:
    """Return what files of one table have in common; those in an archive only share it."""
    archive = source.path if source.member else ""
    common = replace(source, name=_stem(source.name), path=archive, member="")
    return replace(common, key="", encoding="", shape=()), frozenset(columns)


def _stem(name: str) -> str:
    """Return a file's name without what tells its months and numbers apart."""
    return _NO_WORD.sub(" ", _MONTH.sub(" ", name.casefold())).strip()


def _merged(bundle: list[Source], base: Path) -> list[Source]:
    """Return one source for files that one encoding can read, else each by itself."""
    from app.files.parts import BETWEEN

    first = bundle[0]
    if len(bundle) == 1:
        return bundle
    telling = {one.encoding for one in bundle if not _is_ascii(one, base)}
    if len(telling) > 1:
        return bundle
    encoding = next(iter(telling), first.encoding)
    name = _stem_as_written(first.name) or first.name
    joined = replace(first, name=name, encoding=encoding)
    if first.member:
        return [replace(joined, member=BETWEEN.join(one.member for one in bundle))]
    return [replace(joined, more=tuple(one.path for one in bundle[1:]))]


def _stem_as_written(name: str) -> str:
    """Return the part of a name before its number or month."""
    ends = [
        match.start() for match in (re.search(r"\d", name), _MONTH.search(name.casefold())) if match
    ]
    return name[: min(ends, default=len(name))].strip(" _-.")


def _is_ascii(source: Source, base: Path) -> bool:
    """Whether a file reads the same in every encoding; one that cannot be read now does not."""
    from app.files.parts import Part, opened

    try:
        with opened(Part(base / source.path, source.member)) as (stream, _):
            return all(block.isascii() for block in iter(partial(stream.read, _BLOCK), b""))
    except ExportError:
        return False
