"""The rows of the binding table: one per element or one per variable, with what joins them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.core.binding import BindingRow, BindingTable, Path
from app.core.contract import Leaf, leaves, still_demanded
from app.core.register import Binding, Element, Mandatory, Profile, Variable
from app.core.variable_names import is_numbered
from app.gui.contract.wording import STATES
from app.language.sentences import sentence_of
from app.language.text import _, current
from app.workflow.profile_pages import folded, search
from app.workflow.views import Problem

ELEMENTS, VARIABLES = "elements", "variables"
DEMANDED, SURE, GUESS, BOUND, NAMED, WANTED, FREE = (
    "demanded", "sure", "guess", "bound", "named", "wanted", "free",
)  # fmt: skip
_JOINED = " › "
_UNBOUND = "binding-role-unbound"


@dataclass(frozen=True, slots=True)
class JoinRow:
    """An element, a variable, or both; a heading has only `heading`.

    `side` says which of them the row is about; `demanded` whether the contract demands the
    element while nothing is bound to it.
    """

    heading: str
    side: str = ELEMENTS
    leaf: Leaf | None = None
    variable_id: str = ""
    variable: Variable | None = None  # None also for a number that the profile does not know
    bound: BindingRow | None = None
    demanded: bool = False

    @property
    def key(self) -> str:
        """What tells the row from the others, "" for a heading."""
        if self.side == VARIABLES:
            return self.variable_id
        return "/".join(self.leaf.path) if self.leaf else ""

    @property
    def path(self) -> Path:
        """The element's names below the request, () without one."""
        return self.leaf.path if self.leaf else ()

    @property
    def state(self) -> str:
        """How far the row has come."""
        if self.bound is None or not self.bound.variable:
            return self._state_alone
        if self.bound.is_bound:
            return NAMED if self.bound.state is Binding.CONTRACT else BOUND
        return SURE if self.bound.is_sure else GUESS

    @property
    def _state_alone(self) -> str:
        if self.demanded:
            return DEMANDED
        is_wanted = self.variable is not None and self.variable.mandatory is Mandatory.YES
        return WANTED if self.side == VARIABLES and is_wanted else FREE

    @property
    def is_suggested(self) -> bool:
        """Whether a person may approve what is suggested."""
        return self.state in {SURE, GUESS}

    @property
    def waits(self) -> bool:
        """Whether a person has something to decide here."""
        return self.state in {DEMANDED, SURE, GUESS, WANTED}


@dataclass(frozen=True)
class Joined:
    """A contract and a profile side by side, as a draft joins them."""

    found: tuple[Leaf, ...]
    profile: Profile
    table: BindingTable

    @classmethod
    def of(cls, root: Element, profile: Profile, table: BindingTable) -> "Joined":
        """Join a contract's request and a profile by a table."""
        return cls(leaves(root), profile, table)

    @property
    def taken(self) -> frozenset[Path]:
        """The elements that a variable's value goes into."""
        return frozenset(row.path for row in self.table.rows if row.is_bound)

    def is_settled(self, trouble: Problem) -> bool:
        """Whether the draft has done what a trouble of the saved binding asks for."""
        name = dict(trouble.values).get("name", "")
        return trouble.code == _UNBOUND and any(
            row.variable == name for row in self.table.rows if row.is_bound
        )

    def in_words(self, trouble: Problem) -> str:
        """Return a trouble in a sentence that calls its variable by its name."""
        values = dict(trouble.values)
        variable = self.profile.by_id.get(values.get("name", ""))
        if variable is not None:
            values["name"] = named(variable)
        return sentence_of(trouble.code, values)

    @property
    def demanded(self) -> frozenset[Path]:
        """The elements that the contract demands and nothing is bound to."""
        return frozenset(leaf.path for leaf in still_demanded(self.found, self.taken))

    def by_element(self) -> tuple[JoinRow, ...]:
        """Return a row per element in the schema's order, the demanded and unbound ones first."""
        demanded = self.demanded
        rows = [self._element(leaf, leaf.path in demanded) for leaf in self.found]
        return tuple(sorted(rows, key=lambda row: not row.demanded))

    def by_variable(self) -> tuple[JoinRow, ...]:
        """Return a row per variable in the profile's order, new ones last."""
        known = [one.id for one in self.profile.variables]
        new = [one.variable for one in self.table.rows if one.variable]
        ids = dict.fromkeys((*known, *(one for one in new if one not in self.profile.by_id)))
        return tuple(self._variable(one) for one in ids)

    def _element(self, leaf: Leaf, is_demanded: bool) -> JoinRow:
        row = self.table.row(leaf.path)
        one = row.variable if row else ""
        heading = _JOINED.join(leaf.path[:-1]) or _("Directly in the request")
        if is_demanded:
            heading = _("Demanded by the contract, without a variable")
        variable = self.profile.by_id.get(one)
        return JoinRow(heading, ELEMENTS, leaf, one, variable, row, is_demanded)

    def _variable(self, one: str) -> JoinRow:
        row, variable = self.table.row_of(one), self.profile.by_id.get(one)
        leaf = next((leaf for leaf in self.found if row and leaf.path == row.path), None)
        section = self.profile.sections.get(variable.section) if variable else None
        heading = section.in_language(current()) if section else _("New in this contract")
        return JoinRow(heading, VARIABLES, leaf, one, variable, row)


def wanted_rows(
    rows: Iterable[JoinRow], profile: Profile, text: str, state: str
) -> tuple[JoinRow, ...]:
    """Return the rows that match a search and a filter, each part under its heading."""
    matching = frozenset(search(profile, text, current())) if text.strip() else frozenset()
    found: list[JoinRow] = []
    for row in rows:
        if not (_matches(row, text, matching) and is_in(row, state)):
            continue
        if not found or found[-1].heading != row.heading:
            found.append(JoinRow(row.heading))
        found.append(row)
    return tuple(found)


def is_in(row: JoinRow, state: str) -> bool:
    """Whether a filter shows the row."""
    if not state:
        return True
    if state == "waits":
        return row.is_suggested
    if state == DEMANDED:
        return row.demanded
    if state == BOUND:
        return row.state in {BOUND, NAMED}
    if state == FREE:
        return row.bound is None or not row.bound.variable
    return row.state == state


def state_words(row: JoinRow) -> tuple[str, str]:
    """Return the status and the words for how far a row has come."""
    status, words = STATES[row.state]
    return status, _(words)


def element_name(path: Path) -> str:
    """Return an element's path as the window writes it."""
    return _JOINED.join(path)


def short_name(path: Path) -> str:
    """Return an element's own name first, then where it stands: a narrow column shows enough."""
    return f"{path[-1]} ({_JOINED.join(path[:-1])})" if len(path) > 1 else "".join(path)


def variable_name(row: JoinRow) -> str:
    """Return a variable's number and name; one that is new has only its number."""
    if row.variable is None:
        return _("{variable} (new)").format(variable=row.variable_id) if row.variable_id else ""
    return named(row.variable)


def named(variable: Variable) -> str:
    """Return a variable's number, where it has one that people know, and its name."""
    words = variable.name.in_language(current())
    return f"{variable.id}  {words}" if is_numbered(variable.id) else words


def _matches(row: JoinRow, text: str, matching: Collection[str]) -> bool:
    sought = folded(text.strip())
    if not sought or row.variable_id in matching:
        return True
    documentation = row.leaf.element.documentation if row.leaf else ""
    places = (*row.path, row.variable_id, documentation)
    return any(sought in folded(place) for place in places)
