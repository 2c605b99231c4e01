"""Point the project's sources to a corrected export: the same files in another folder."""

from dataclasses import replace
from pathlib import Path, PurePath

from app.core.mapping import Project, Source


def corrected(project: Project, folder: Path, base: str) -> tuple[Project, tuple[str, ...]]:
    """Return the project reading the folder's files, and the names of files not found there."""
    missing: list[str] = []
    sources: list[Source] = []
    for source in project.sources:
        name = PurePath(source.path.replace("\\", "/")).name
        if (folder / name).is_file():
            sources.append(replace(source, path=_from_base(folder / name, base)))
        else:
            missing.append(name)
            sources.append(source)
    return replace(project, sources=tuple(sources)), tuple(missing)


def _from_base(path: Path, base: str) -> str:
    """Return the path as the project file keeps it: relative when it lies beside the project."""
    if base and path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return str(path)
