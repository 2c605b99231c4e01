"""Value maps: filled by text, read, pasted, saved, counted, shared; edits give a new project."""

from collections.abc import Iterable

from app.core.mapping import Project, ValueMap
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.mapping_views import MapCoverage, ReadPairs, ValueProposal
from app.workflow.views import ValueCount


def fill_value_map(
    desk: Desk, project: Project, variable: str, _progress: Progress = silent
) -> tuple[ValueProposal, ...]:
    """Propose a register code for every local one that has none yet, by what they are called."""
    return ()


def read_value_map(_desk: Desk, path: str, _progress: Progress = silent) -> ReadPairs:
    """Read a value map from a CSV or XLSX file: local code first, then the register's."""
    return ReadPairs(())


def write_value_map(
    desk: Desk, project: Project, variable: str, path: str, _progress: Progress = silent
) -> int:
    """Write a variable's value map to a CSV or XLSX file, by its suffix; return the rows."""
    return 0


def read_pasted(text: str) -> ReadPairs:
    """Return the pairs of a pasted text: two columns from a spreadsheet, or a;b lines."""
    return ReadPairs(())


def value_map_coverage(counts: Iterable[ValueCount]) -> MapCoverage:
    """Return how many of the local codes are mapped, and which share of the rows that is."""
    return MapCoverage(0, 0, 1.0)


def map_name_for(project: Project, profile: Profile, variable: str) -> str:
    """Return the name of a new value map for a variable.

    Variables of one code list share one map, which is called as the list is.
    """
    return variable


def used_by(project: Project, name: str) -> tuple[str, ...]:
    """Return the variables whose links use a value map."""
    return ()


def with_value(project: Project, name: str, local: str, code: str | None) -> Project:
    """Map one local code, "" to nothing; None takes the entry away. Its links wait for approval."""
    return project


def with_pairs(project: Project, name: str, pairs: Iterable[tuple[str, str]]) -> Project:
    """Put pasted, read or proposed pairs into a value map, over what it says of the same codes."""
    return project


def with_unmapped(project: Project, name: str, policy: str) -> Project:
    """Say what becomes of codes that a value map lacks: "error", "keep" or "omit"."""
    return project


def own_map(project: Project, variable: str) -> tuple[Project, ValueMap | None]:
    """Give a variable a value map of its own, filled as the shared one was."""
    return project, None
