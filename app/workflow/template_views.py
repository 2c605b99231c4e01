"""What deeds on templates and on unsaved changes give back."""

from dataclasses import dataclass
from datetime import datetime

from app.core.mapping import Project
from app.workflow.views import OpenProject, Problem


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """One template: what it is called, and what it holds."""

    name: str
    profile: str
    tables: tuple[str, ...]
    links: int


@dataclass(frozen=True, slots=True)
class AppliedTemplate:
    """A project with a template's links as suggestions, and what is left to do by hand.

    `kept` are the variables whose link came from the template; `tasks` are codes with values, a
    value `variable` where one is meant.
    """

    template: str
    project: Project
    kept: tuple[str, ...]
    tasks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class BegunProject:
    """A project begun with a template, saved and open."""

    opened: OpenProject
    applied: AppliedTemplate


@dataclass(frozen=True, slots=True)
class Recovery:
    """Changes that were not in the project file when the program ended, and since when."""

    path: str
    project: Project
    saved: datetime  # UTC
    passed: datetime | None = None  # when the file was saved after that
