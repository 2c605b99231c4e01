"""Templates and the specification: the deeds of the file menu, and what is asked before them."""

from functools import partial

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from app.core.mapping import Project
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.settings import FOLDER
from app.language.text import _, ngettext
from app.workflow.template_views import AppliedTemplate, TemplateEntry

PAGE, WORKBOOK = ".html", ".xlsx"


class TemplateDeeds:
    """Saves and applies templates, and writes the specification of the open project."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context = context
        self._window = window

    def ask_save(self) -> None:
        """Ask what the template is to be called, and keep it."""
        dialog = self._question(
            _("Save as template"),
            _("The mapping without files, settings and names of this hospital is kept as:"),
        )
        dialog.setTextValue(self._context.document.project.name)
        dialog.textValueSelected.connect(self.save)
        dialog.open()

    def save(self, name: str) -> None:
        """Keep the project's mapping as a template."""
        project = self._context.document.project
        self._context.backend.start(deeds.SAVE_TEMPLATE, project, name, done=self._tell_saved)

    def ask_apply(self) -> None:
        """Ask which template to apply to the open project."""
        self._context.backend.start(deeds.TEMPLATES, done=self._choose)

    def apply(self, name: str) -> None:
        """Take a template's links as suggestions, as one step that can be undone."""
        document = self._context.document
        done = partial(self._take, document.opening, document.project)
        self._context.backend.start(deeds.APPLY_TEMPLATE, document.project, name, done=done)

    def ask_specification(self) -> None:
        """Ask where to write the mapping specification."""
        kinds = {_("Page to read and sign"): PAGE, _("Workbook"): WORKBOOK}
        filters = [f"{name} (*{suffix})" for name, suffix in kinds.items()]
        folder = self._context.settings.text(FOLDER) or self._context.document.base
        dialog = QFileDialog(self._window, _("Write the specification"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix(PAGE.lstrip("."))
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("xlsx" if WORKBOOK in chosen else "html")
        )
        dialog.filesSelected.connect(lambda paths: self.write_specification(paths[0]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_specification(self, path: str) -> None:
        """Write the specification of the project as it stands."""
        document = self._context.document
        self._context.backend.start(
            deeds.WRITE_SPECIFICATION,
            document.project,
            document.base,
            path,
            done=self._tell_written,
        )

    def _choose(self, entries: tuple[TemplateEntry, ...]) -> None:
        if not entries:
            self._context.messages.show(
                _("There are no templates yet. Save a project as a template first.")
            )
            return
        dialog = self._question(
            _("Apply template"), _("Its links become suggestions. What you have decided stays.")
        )
        dialog.setComboBoxItems([one.name for one in entries])
        dialog.setOption(QInputDialog.InputDialogOption.UseListViewForComboBoxItems)
        dialog.textValueSelected.connect(self.apply)
        dialog.open()

    def _take(self, opening: int, asked: Project, applied: AppliedTemplate) -> None:
        if opening != self._context.document.opening:
            return  # it was meant for the project that was open before
        if asked != self._context.document.project:
            self.apply(applied.template)  # what was changed meanwhile is not to be lost
            return
        words = _("Apply the template {name}").format(name=applied.template)
        if not self._context.document.change(words, applied.project):
            return
        self._context.session.set_applied(applied)
        self._context.messages.show(applied_words(applied), "note")
        self._context.navigator.go("mapping")

    def _tell_saved(self, entry: TemplateEntry) -> None:
        words = ngettext(
            "The template {name} with {count} link is kept.",
            "The template {name} with {count} links is kept.",
            entry.links,
        )
        text = words.format(name=entry.name, count=entry.links)
        self._context.messages.show(text, "clean")

    def _tell_written(self, path: str) -> None:
        self._context.messages.show(
            _("The specification is written: {path}").format(path=path), "clean"
        )

    def _question(self, title: str, sentence: str) -> QInputDialog:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(sentence)
        dialog.finished.connect(dialog.deleteLater)
        return dialog


def applied_words(applied: AppliedTemplate) -> str:
    """Return how much of a template fitted."""
    links = ngettext(
        "{count} link from the template waits for approval.",
        "{count} links from the template wait for approval.",
        len(applied.kept),
    ).format(count=len(applied.kept))
    left = len(applied.tasks)
    if not left:
        return links
    words = ngettext("{count} thing is left to do.", "{count} things are left to do.", left)
    return f"{links} {words.format(count=left)}"
