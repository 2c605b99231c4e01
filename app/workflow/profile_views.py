"""What the deeds on profiles, contracts and moving give back: frozen values for every surface."""

from dataclasses import dataclass, field

from app.core.binding import BindingTable
from app.core.mapping import Project
from app.core.register import Element, Text
from app.workflow.views import Problem


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """One profile that can be chosen; `id` is what a project names ("spor-4.1:R2" for a reading).

    `origin` is "shipped" or "imported"; `base` the profile an imported one was made from. The
    numbers are elements that hold values, variables bound, and elements demanded but not bound.
    `problem` says why its folder cannot be read; the rest is then empty.
    """

    id: str
    name: Text
    origin: str
    reading: str = ""
    reading_name: Text | None = None
    base: str = ""
    elements: int = 0
    bound: int = 0
    demanded: int = 0
    problem: Problem | None = None


@dataclass(frozen=True)
class BindingView:
    """A contract's elements with their variables, and what stays unbound on both sides.

    `unbound` are variables of the profile without an element; `demanded` the paths of elements
    that must be there and have no variable; `troubles` what else stands in the way, such as an
    answer that is not understood. `editable` is False for a profile that was shipped.
    """

    profile: str
    table: BindingTable
    root: Element
    unbound: tuple[str, ...] = ()
    demanded: tuple[tuple[str, ...], ...] = ()
    troubles: tuple[Problem, ...] = ()
    editable: bool = True


@dataclass(frozen=True, slots=True)
class MoveTask:
    """Something to do by hand after a project has moved to another profile.

    `code` has a sentence: "move-link-lost", "move-link-check", "move-link-unknown",
    "move-value-gone", "move-group-lost" or "move-mandatory-new"; `variable` is the variable or
    group it is about.
    """

    code: str
    variable: str
    values: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class MovedProject:
    """A project bound to another profile; `kept` are the variables whose links still hold."""

    project: Project
    kept: tuple[str, ...] = ()
    tasks: tuple[MoveTask, ...] = ()
