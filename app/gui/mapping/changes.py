"""Every change that the page makes: one named step of the history each."""

from collections.abc import Callable
from getpass import getuser

from app.core.clock import Clock, in_stockholm, system_clock
from app.core.mapping import GroupLink, LinkState, Pick, Project, Step
from app.gui.frame.context import Context
from app.gui.mapping import edits
from app.gui.settings import YOUR_NAME, Settings
from app.language.text import _, ngettext
from app.workflow import value_maps
from app.workflow.views import Suggestion

_FEW = 3


class Changes:
    """Changes the open project, so that each change can be undone by its name."""

    def __init__(self, context: Context, clock: Clock = system_clock) -> None:
        self._context = context
        self.clock = clock

    @property
    def project(self) -> Project:
        """The project as it now is."""
        return self._context.document.project

    def map_columns(self, variable: str, table: str, columns: tuple[str, ...]) -> None:
        """Link a variable to columns, or remove its link when no column is left."""
        if not columns:
            self.remove((variable,))
            return
        profile = self._context.document.profile
        one = profile.by_id[variable]
        project = edits.map_columns(self.project, profile, one, table, columns)
        words = _("map {columns} → {variable}")
        self._change(words, project, variable, columns=" + ".join(columns))

    def map_constant(self, variable: str, value: str) -> None:
        """Give a variable the same value in every case."""
        one = self._context.document.profile.by_id[variable]
        project = edits.map_constant(self.project, one, value)
        self._change(_("constant for {variable}"), project, variable)

    def take(self, suggestion: Suggestion) -> None:
        """Take a suggestion; it still waits for approval."""
        profile = self._context.document.profile
        project = edits.with_suggestion(self.project, suggestion, profile)
        variable = suggestion.link.variable
        self._change(_("suggestion for {variable}"), project, variable)

    def take_all(self, suggestions: tuple[Suggestion, ...]) -> int | None:
        """Take the suggestions for what has no link yet; return how many, None when refused."""
        document = self._context.document
        project = edits.with_suggestions(self.project, suggestions, document.profile)
        added = len(project.links) - len(self.project.links)
        words = _("{count} suggestions").format(count=added)
        return added if document.change(words, project) else None

    def set_steps(self, variable: str, steps: tuple[Step, ...]) -> None:
        """Give a link other steps; a value map gets a name until it has one."""
        link = self.project.link_of(variable)
        if link is None:
            return
        name = value_maps.map_name_for(self.project, self._context.document.profile, variable)
        named = tuple(
            Step("value_map", (("name", name),))
            if step.kind == "value_map" and not step.option("name")
            else step
            for step in steps
        )
        project = edits.with_steps(self.project, link, named)
        self._change(_("convert {variable}"), project, variable)

    def set_pick(self, variable: str, pick: Pick) -> None:
        """Let another of a case's rows give the value."""
        link = self.project.link_of(variable)
        if link is not None and link.pick != pick:
            project = edits.with_pick(self.project, link, pick)
            self._change(_("choose the row of {variable}"), project, variable)

    def set_rows(self, group_link: GroupLink) -> None:
        """Let a repeated group have other rows, or in another order."""
        project = edits.with_group_link(self.project, self._context.document.profile, group_link)
        words = _("choose the rows of {group}").format(group=group_link.group)
        self._context.document.change(words, project)

    def set_note(self, variable: str, note: str) -> None:
        """Give a link another note."""
        link = self.project.link_of(variable)
        if link is not None and link.note != note:
            project = edits.with_note(self.project, link, note)
            self._change(_("note on {variable}"), project, variable)

    def change_map(self, variable: str, edit: Callable[[Project], Project]) -> None:
        """Change the value map of a variable."""
        self._change(_("value map of {variable}"), edit(self.project), variable)

    def decide(self, variables: tuple[str, ...], state: LinkState) -> int | None:
        """Approve or flag links in the user's name; return how many, None when refused."""
        day = in_stockholm(self.clock()).date().isoformat()
        name = your_name(self._context.settings)
        project = edits.with_state(self.project, variables, state, name, day)
        links = dict.fromkeys(variables)
        changed = tuple(one for one in links if project.link_of(one) != self.project.link_of(one))
        is_approval = state is LinkState.APPROVED
        words = _("approve {variables}") if is_approval else _("flag {variables}")
        text = words.format(variables=names(changed))
        return len(changed) if self._context.document.change(text, project) else None

    def remove(self, variables: tuple[str, ...]) -> None:
        """Remove links."""
        words = _("remove {variables}").format(variables=names(variables))
        self._context.document.change(words, edits.without(self.project, variables))

    def _change(self, words: str, project: Project, variable: str, **values: str) -> None:
        self._context.document.change(words.format(variable=variable, **values), project)


def names(variables: tuple[str, ...]) -> str:
    """Return a few names, or how many there are."""
    if len(variables) <= _FEW:
        return ", ".join(variables)
    words = ngettext("{count} variable", "{count} variables", len(variables))
    return words.format(count=len(variables))


def your_name(settings: Settings) -> str:
    """Return who approves: the name that was given, else the user of this computer."""
    given = settings.text(YOUR_NAME).strip()
    if given:
        return given
    try:
        return getuser()
    except (OSError, KeyError, ImportError):  # a computer that does not know its user
        return ""
