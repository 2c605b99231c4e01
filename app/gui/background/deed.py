"""Naming a deed without importing it, and the messages between the window and the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

from app.core.errors import WorkbenchError

Result = TypeVar("Result")


@dataclass(frozen=True)  # no slots: Python 3.11 cannot then remember Deed[Result]
class Deed(Generic[Result]):
    """A function of `app.workflow` by name: the window never loads what it needs."""

    module: str
    name: str

    def load(self) -> Callable[..., Result]:
        """Return the function; only the worker calls this."""
        found: Callable[..., Result] = getattr(import_module(self.module), self.name)
        return found


@dataclass(frozen=True, slots=True)
class Begin:
    """Do a deed."""

    number: int
    deed: Deed[Any]
    arguments: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Tell running work to "cancel", "pause" or "resume"."""

    number: int
    order: str


Request = Begin | Order


@dataclass(frozen=True, slots=True)
class Advanced:
    """How far a deed has come; `step` is a code."""

    number: int
    done: int
    total: int
    step: str


@dataclass(frozen=True, slots=True)
class Succeeded:
    """A deed's result."""

    number: int
    result: object


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a deed ended without a result."""

    number: int
    error: WorkbenchError


@dataclass(frozen=True, slots=True)
class Died:
    """The worker is gone."""


Reply = Advanced | Succeeded | Failed | Died
