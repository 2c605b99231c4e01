"""Move a project to another profile: what still holds is kept, the rest is listed as work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import ProfileError
from app.core.mapping import Link, LinkState, Project, Step, ValueMap
from app.core.progress import Progress, silent
from app.core.register import Code, Mandatory, Profile, Variable
from app.workflow.desk import Desk
from app.workflow.profile_views import MovedProject, MoveTask
from app.workflow.projects import save_project

_MAP_STEP, _MAP_NAME = "value_map", "name"
_CONSTANT_STEP, _CONSTANT_VALUE = "constant", "value"
_KEEP = "keep"


def move_project(
    desk: Desk, project: Project, profile_id: str, _progress: Progress = silent
) -> MovedProject:
    """Return the project bound to another profile; it is not saved.

    Links of variables that the profile has an element for are kept, codes that a value map or a
    constant names become the codes that mean the same. A link whose variable is now of another
    type, or whose codes cannot all be told, is no longer approved; nor is any when the project's
    former profile is not here to compare with.
    """
    after = desk.profile(profile_id)
    mover = _Mover(project, _former(desk, project), after)
    tasks = (*mover.lost(), *mover.kept_tasks(), *mover.groups(), *mover.wanted())
    moved = replace(project, profile=profile_id, links=mover.links(), value_maps=mover.value_maps())
    kept = tuple(link.variable for link in moved.links if link.variable in mover.holding)
    return MovedProject(moved, kept, tasks)


def move_saved(
    desk: Desk, path: str, profile_id: str, _progress: Progress = silent
) -> MovedProject:
    """Move the project in a file and save it there; its former profile need not be here."""
    from app.files.project import read_project

    place = Path(path).absolute()
    moved = move_project(desk, read_project(place), profile_id)
    save_project(desk, moved.project, str(place))
    return moved


def _former(desk: Desk, project: Project) -> Profile | None:
    """Return the profile that a project was made for, None when it is not here."""
    try:
        return desk.profile(project.profile)
    except ProfileError as error:
        if error.code != "profile-unknown":
            raise
        return None


@dataclass(frozen=True)
class _Mover:
    project: Project
    before: Profile | None
    after: Profile

    @property
    def holding(self) -> frozenset[str]:
        """The variables that the new profile has an element for."""
        return frozenset(one.id for one in self.after.variables if one.is_bound)

    def links(self) -> tuple[Link, ...]:
        """Return the links that still hold; those of lost variables are kept, unused."""
        return tuple(self._link(link) for link in self.project.links)

    def value_maps(self) -> tuple[ValueMap, ...]:
        """Return the value maps with their codes translated."""
        moved = (self._value_map(one) for one in self.project.value_maps)
        return tuple(sorted((*moved, *self._new_maps()), key=lambda one: one.name))

    def lost(self) -> Iterator[MoveTask]:
        """Yield the links whose variable has no element any more."""
        for link in self.project.links:
            if link.variable not in self.holding:
                yield MoveTask("move-link-lost", link.variable)

    def kept_tasks(self) -> Iterator[MoveTask]:
        """Yield what is to be looked at among the links that hold."""
        for link in self.project.links:
            if link.variable not in self.holding:
                continue
            if self.before is None:
                gone = (("profile", self.project.profile),)
                yield MoveTask("move-link-unknown", link.variable, gone)
            if types := self._types(link.variable):
                values = (("before", types[0]), ("after", types[1]))
                yield MoveTask("move-link-check", link.variable, values)
            for former, locals_ in self._gone(link).items():
                values = (("former", former), ("locals", ", ".join(locals_)))
                yield MoveTask("move-value-gone", link.variable, values)

    def groups(self) -> Iterator[MoveTask]:
        """Yield the linked groups that the new contract has no part for."""
        parts = {one.id for one in self.after.groups if one.path}
        for link in self.project.groups:
            if link.group not in parts:
                yield MoveTask("move-group-lost", link.group)

    def wanted(self) -> Iterator[MoveTask]:
        """Yield the mandatory variables that have no link."""
        linked = {link.variable for link in self.project.links}
        for one in self.after.variables:
            if one.is_bound and one.id not in linked and self._is_demanded(one):
                yield MoveTask("move-mandatory-new", one.id)

    def _is_demanded(self, variable: Variable) -> bool:
        from app.core.contract import leaves

        demanded = {leaf.path for leaf in leaves(self.after.root) if leaf.is_mandatory}
        return variable.mandatory is Mandatory.YES or variable.path in demanded

    def _link(self, link: Link) -> Link:
        if link.variable not in self.holding:
            return link
        codes = self._codes(link.variable)
        steps = tuple(_with_code(step, codes) for step in link.steps)
        if self._needs_map(link):
            steps = (*steps, Step(_MAP_STEP, ((_MAP_NAME, _map_of(link)),)))
        known = self.before is not None and self._types(link.variable) is None
        doubtful = not known or bool(self._gone(link))
        approved = link.state is LinkState.APPROVED
        state = LinkState.SUGGESTED if doubtful and approved else link.state
        return replace(link, steps=steps, state=state)

    def _needs_map(self, link: Link) -> bool:
        """Whether the export holds the register's own codes, which are now written otherwise."""
        plain = not any(one.kind in {_MAP_STEP, _CONSTANT_STEP} for one in link.steps)
        codes = self._codes(link.variable) if link.variable in self.holding else {}
        return plain and any(new not in {"", former} for former, new in codes.items())

    def _new_maps(self) -> Iterator[ValueMap]:
        for link in self.project.links:
            if self._needs_map(link):
                entries = tuple(one for one in self._codes(link.variable).items() if one[1])
                yield ValueMap(_map_of(link), entries, unmapped=_KEEP)

    def _value_map(self, value_map: ValueMap) -> ValueMap:
        users = [one for one in self.project.links if value_map.name in _maps(one)]
        codes = {
            former: new
            for link in users
            if link.variable in self.holding
            for former, new in self._codes(link.variable).items()
        }
        entries = tuple((local, codes.get(code) or code) for local, code in value_map.entries)
        if value_map.unmapped == _KEEP:  # codes that were kept as they stand
            named = {local for local, _ in entries}
            entries += tuple(one for one in codes.items() if one[1] and one[0] not in named)
        return replace(value_map, entries=entries)

    def _gone(self, link: Link) -> Mapping[str, list[str]]:
        """Return the codes that a link names, or sends as they stand, and that none means now."""
        codes = self._codes(link.variable)
        named = [
            entry
            for one in self.project.value_maps
            if one.name in _maps(link)
            for entry in one.entries
        ]
        constants = (one for one in link.steps if one.kind == _CONSTANT_STEP)
        named += [(code := one.option(_CONSTANT_VALUE), code) for one in constants]
        if not named and not any(codes.values()):  # the export's own codes, none of them known now
            return {code: [code] for code in codes}
        gone: dict[str, list[str]] = {}
        for local, code in named:
            if codes.get(code, code) == "":
                gone.setdefault(code, []).append(local)
        return gone

    def _codes(self, variable: str) -> Mapping[str, str]:
        """Return the new code for each former one, "" where none or several mean it."""
        one, other = self._before(variable), self.after.by_id[variable]
        if self.before is None or one is None or not one.code_list or not other.code_list:
            return {}
        former = [code for code in self.before.codes_of(one.code_list) if code.sendable]
        new = self.after.codes_of(other.code_list)
        return {code.code: _same(code, new) for code in former}

    def _before(self, variable: str) -> Variable | None:
        return self.before.by_id.get(variable) if self.before else None

    def _types(self, variable: str) -> tuple[str, str] | None:
        """Return the type before and after, None when it is the same."""
        one, other = self._before(variable), self.after.by_id[variable]
        if one is None or one.value_type is other.value_type:
            return None
        return one.value_type.value, other.value_type.value


def _with_code(step: Step, codes: Mapping[str, str]) -> Step:
    """Return a step with the constant that means the same."""
    new = codes.get(step.option(_CONSTANT_VALUE)) if step.kind == _CONSTANT_STEP else ""
    return replace(step, options=((_CONSTANT_VALUE, new),)) if new else step


def _map_of(link: Link) -> str:
    return f"{link.variable}-codes"


def _maps(link: Link) -> set[str]:
    """Return the names of the value maps that a link uses."""
    return {step.option(_MAP_NAME) for step in link.steps if step.kind == _MAP_STEP}


def _same(code: Code, new: tuple[Code, ...]) -> str:
    """Return the one new code that means a former one, "" where none or several do.

    A code that still is there means itself; else one means the other, or both the same third.
    """
    meant = {
        one.code
        for one in new
        if (one.means and one.means in {code.code, code.means}) or one.code == code.means
    }
    still = code.code in {one.code for one in new}
    if still and (not meant or code.code in meant):
        return code.code
    return meant.pop() if len(meant) == 1 else ""
