"""Adding files to the export: asked for, dropped on the window, or named by another page."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.core.mapping import Source
from app.gui.frame import deeds
from app.gui.source.asking import ask_files
from app.gui.source.edits import add_sources, new_sources, with_more_files
from app.gui.source.same_columns import Answer, has_columns_of, table_like
from app.gui.widgets.numbers import count
from app.language.text import _, ngettext

if TYPE_CHECKING:
    from app.gui.source.page import SourcePage


class Adding:
    """Adds files to the project, or to one of its tables."""

    def __init__(self, page: "SourcePage") -> None:
        self._page = page
        self._context = page.context

    def ask(self) -> None:
        """Ask which files to add."""
        if self._context.document.is_open:
            ask_files(self._page, self._context.settings, _("Add files"), self.add)

    def ask_more(self) -> None:
        """Ask which files are more rows of the chosen table."""
        if self._page.chosen is not None:
            title = _("Add files to this table")
            ask_files(self._page, self._context.settings, title, self.add_more)

    def add(self, paths: Sequence[str]) -> None:
        """Add files to the export; what they hold is found out first."""
        document = self._context.document
        done = partial(self._take, document.opening)
        self._page.run(deeds.DESCRIBE_SOURCES, tuple(paths), document.base, done=done)

    def add_more(self, paths: Sequence[str]) -> None:
        """Add files as more rows of the chosen table."""
        if self._page.chosen is not None:
            document = self._context.document
            done = partial(self._take_more, document.opening, self._page.chosen.name)
            self._page.run(deeds.DESCRIBE_SOURCES, tuple(paths), document.base, done=done)

    def _take(self, opening: int, sources: tuple[Source, ...]) -> None:
        if opening != self._context.document.opening:
            return  # the files were meant for the project that was open before
        project = self._context.document.project
        new = new_sources(project, sources)
        like = table_like(self._page.rows(), new[0]) if len(new) == 1 else None
        if like is None:
            self._add(sources)
            return
        answers: dict[str, Answer] = {
            "replace": partial(self._page.replacing.take, like.name, new[0]),
            "own": partial(self._add, new),
        }
        if has_columns_of(like, new[0]):
            answers["more"] = partial(self._take_more, opening, like.name, new)
        self._page.same_columns.ask(new[0], like.name, answers)

    def _add(self, sources: tuple[Source, ...]) -> None:
        document = self._context.document
        before = document.project
        project = add_sources(before, sources)
        added = [one.name for one in project.sources[len(before.sources) :]]
        if not added:
            self._context.messages.show(_("The project has these files already."))
            return
        text = _("add {table}").format(table=added[0])
        if len(added) > 1:
            text = ngettext("add {count} table", "add {count} tables", len(added))
            text = text.format(count=count(len(added)))
        document.change(text, project)
        self._page.choose_table(added[0])

    def _take_more(self, opening: int, name: str, found: tuple[Source, ...]) -> None:
        document = self._context.document
        source = document.project.source_of(name)
        if source is None or opening != document.opening:
            return
        paths = [path for one in found for path in (one.path, *one.more)]
        changed = with_more_files(source, paths)
        text = _("add files to {table}").format(table=name)
        document.change(text, document.project.with_source(changed))
