"""A new month's file in the place of a table's, and columns that are not those from before."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.mapping import Source
from app.gui.frame import deeds
from app.gui.source.asking import ask_files
from app.gui.source.change import apply_words
from app.gui.source.edits import with_columns_as_read
from app.gui.widgets.numbers import count
from app.language.text import _, ngettext
from app.workflow.shape import with_files
from app.workflow.source_views import FileChange, Renaming

if TYPE_CHECKING:
    from app.gui.source.page import SourcePage


class Replacing:
    """Takes other files for a table; differences are shown before anything is changed."""

    def __init__(self, page: "SourcePage") -> None:
        self._page = page
        self._context = page.context

    def ask(self) -> None:
        """Ask which files take the place of the chosen table's."""
        if self._page.chosen is not None:
            title = _("New file for {table}").format(table=self._page.chosen.name)
            ask_files(self._page, self._context.settings, title, self.replace)

    def replace(self, paths: Sequence[str]) -> None:
        """Read other files as the chosen table's; the same columns need no question."""
        if self._page.chosen is not None:
            document, name = self._context.document, self._page.chosen.name
            arguments = (document.project, document.base, name, tuple(paths))
            done = partial(self._take, document.opening)
            self._page.run(deeds.REPLACE_FILES, *arguments, done=done)

    def take(self, table: str, source: Source) -> None:
        """Take a file that was found to look like a table in the place of its files."""
        self._page.choose_table(table)
        base = Path(self._context.document.base)
        self.replace([str(base / one) for one in (source.path, *source.more)])

    def review(self) -> None:
        """Show how the chosen table's columns differ from those the mapping was made for."""
        row = self._page.chosen
        if row is not None and row.table.change is not None:
            title = _("Other columns in {table}").format(table=row.name)
            change = row.table.change
            apply = partial(self._accept, row.name)
            detail = self._page.detail
            detail.change.show_change(title, change, apply_words(change), apply)
            detail.show_change()

    def _take(self, opening: int, found: FileChange) -> None:
        if opening != self._context.document.opening:
            return  # the file was meant for the project that was open before
        change = found.change
        if not (change.added or change.missing or change.renamed):
            self._apply(found, ())
            return
        title = _("New file for {table}").format(table=found.source.name)
        detail = self._page.detail
        button = apply_words(change, is_new_file=True)
        files = _file_names(found.source)
        detail.change.show_change(title, change, button, partial(self._apply, found), files)
        detail.show_change()

    def _apply(self, found: FileChange, renamings: tuple[Renaming, ...]) -> None:
        document, name = self._context.document, found.source.name
        self._page.detail.show_views()
        text = _("new file for {table}").format(table=name)
        if not document.change(text, with_files(document.project, found, renamings)):
            return
        said = ngettext(
            "{table} is now read from the new file: {count} row.",
            "{table} is now read from the new file: {count} rows.",
            found.rows,
        )
        self._context.messages.show(said.format(table=name, count=count(found.rows)), "clean")

    def _accept(self, name: str, renamings: tuple[Renaming, ...]) -> None:
        document = self._context.document
        row = next(one for one in self._page.rows() if one.name == name)
        self._page.detail.show_views()
        text = _("new columns of {table}").format(table=name)
        document.change(text, with_columns_as_read(document.project, row.table, renamings))


def _file_names(source: Source) -> str:
    return ", ".join(Path(one).name for one in (source.path, *source.more))
