"""Opening, making and saving projects: the deeds of the file menu, also used by Start."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.errors import WorkbenchError
from app.gui.background.deed import Deed, Result
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.lock import holder_of
from app.gui.frame.questions import Then, ask_about_changes, batch_under_way
from app.gui.settings import FOLDER
from app.language.text import _
from app.workflow.template_views import BegunProject
from app.workflow.views import OpenProject

SUFFIX = ".sporproject"
_EXPORTS = (
    "*.csv *.txt *.tsv *.dat *.prn *.xlsx *.xlsm *.xls *.ods *.xml *.json *.jsonl *.ndjson *.zip"
)
Paths = Callable[[list[str]], None]


class Projects:
    """Opens, makes and saves projects for the window."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context = context
        self._window = window

    def open(self, path: str) -> None:
        """Open a project file."""

        def fail(error: WorkbenchError) -> None:
            if error.code == "project-missing":
                self._context.settings.drop_recent(path)
            self._context.messages.show_error(error)

        self._fetch(deeds.OPEN_PROJECT, path, done=self._take, failed=fail)

    def open_sample(self) -> None:
        """Open the sample hospital that comes with the program."""
        self._fetch(deeds.OPEN_SAMPLE, done=self._take)

    def make(self, path: str, files: Sequence[str], template: str = "") -> None:
        """Make a project from export files, with suggested links that nobody has approved."""
        arguments = (path, tuple(files))
        if template:
            self._fetch(deeds.NEW_FROM_TEMPLATE, *arguments, template, done=self._take_begun)
        else:
            self._fetch(deeds.NEW_PROJECT, *arguments, done=self._take_new)

    def save(self, then: Then | None = None) -> None:
        """Write the project to its file, after asking where when it has none; `then` follows."""
        document = self._context.document
        if document.path and not document.is_read_only:
            self.save_to(document.path, then)
        else:
            self.ask_save_as(then)

    def save_to(self, path: str, then: Then | None = None) -> None:
        """Write the project to a file; `then` follows only when that went well."""
        document = self._context.document
        chosen = path if path.endswith(SUFFIX) else path + SUFFIX
        if (chosen != document.path or document.is_read_only) and holder_of(chosen) is not None:
            name = Path(chosen).name
            sentence = _("{name} is open in another window. Choose another name.")
            self._context.messages.show(sentence.format(name=name), "blocks")
            return
        project = document.project_at(str(Path(chosen).parent))

        def done(written: str) -> None:
            document.mark_saved(written, project)
            self._tell_saved(written)
            if then is not None:
                then()

        self._context.backend.start(deeds.SAVE_PROJECT, project, chosen, done=done)

    def ask_open(self) -> None:
        """Ask which project to open."""
        dialog = self._dialog(_("Open project"), _("Projects") + f" (*{SUFFIX})")
        dialog.filesSelected.connect(lambda paths: self.open(paths[0]))
        dialog.open()

    def ask_new(self, template: str = "") -> None:
        """Ask for the export's files, then where the project is to lie."""
        dialog = self._dialog(_("Choose the export's files"), export_filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda files: self.ask_place(files, template))
        dialog.open()

    def ask_place(self, files: list[str], template: str = "") -> None:
        """Ask where the new project is to lie: beside its files unless the user says otherwise."""
        dialog = self._place_dialog()
        dialog.selectFile(str(Path(files[0]).with_suffix(SUFFIX)))
        dialog.filesSelected.connect(lambda paths: self.make(paths[0], files, template))
        dialog.open()

    def take_files(self, paths: list[str]) -> None:
        """Take files that were dropped on the window: a project, or files of an export."""
        projects = [path for path in paths if path.endswith(SUFFIX)]
        if projects:
            self.open(projects[0])
        elif self._context.document.is_open:
            self._context.navigator.go("source", add="\n".join(paths))
        elif paths:
            self.ask_place(paths)

    def ask_save_as(self, then: Then | None = None) -> None:
        """Ask where to write the project; `then` follows when it is written."""
        dialog = self._place_dialog()
        dialog.filesSelected.connect(lambda paths: self.save_to(paths[0], then))
        dialog.open()

    def _fetch(
        self,
        deed: Deed[Result],
        *arguments: object,
        done: Callable[[Result], None],
        failed: Callable[[WorkbenchError], None] | None = None,
    ) -> None:
        """Get another project once nothing is lost, also not what is changed while it comes."""
        document = self._context.document

        def start() -> None:
            asked = document.project

            def take(result: Result) -> None:
                if document.project == asked:
                    done(result)
                else:
                    self._when_safe(lambda: done(result))

            self._context.backend.start(deed, *arguments, done=take, failed=failed)

        self._when_safe(start)

    def _when_safe(self, go_on: Then) -> None:
        """Go on to another project once nothing of this one would be lost."""
        if batch_under_way(self._context.backend) is not None:
            self._context.messages.show(
                _("A batch is being sent. Wait until it is done, or stop it first."), "blocks"
            )
        elif self._context.document.is_modified:
            ask_about_changes(self._window.window(), self.save, go_on)
        else:
            go_on()

    def _dialog(self, title: str, name_filter: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._context.settings.text(FOLDER), name_filter)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.filesSelected.connect(self._remember_folder)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _place_dialog(self) -> QFileDialog:
        dialog = self._dialog(_("Save the project"), _("Projects") + f" (*{SUFFIX})")
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)  # one that is not there yet
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        return dialog

    def _remember_folder(self, paths: list[str]) -> None:
        self._context.settings.set_text(FOLDER, str(Path(paths[0]).parent))

    def _take(self, one: OpenProject) -> None:
        if one.path:
            self._context.settings.add_recent(one.path)
        self._context.document.open(one)

    def _take_new(self, one: OpenProject) -> None:
        self._take(one)
        self._context.navigator.go("source")

    def _take_begun(self, begun: BegunProject) -> None:
        self._take(begun.opened)
        self._context.navigator.go("mapping")  # where the template's links wait for approval
        self._context.session.set_applied(begun.applied)

    def _tell_saved(self, path: str) -> None:
        self._context.settings.add_recent(path)
        self._context.messages.show(_("Saved."), "clean")


def export_filter() -> str:
    """Return which files an export may be, for a file dialog."""
    return _("Export files") + f" ({_EXPORTS})"
