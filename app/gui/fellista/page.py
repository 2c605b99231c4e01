"""Fellista: which cases are on it and why, which are right by now, and send those again."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.gui.background.deed import Deed
from app.gui.fellista.browser import FellistaBrowser
from app.gui.fellista.correction import corrected
from app.gui.fellista.paste import PastePanel
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.page import Page
from app.gui.settings import FOLDER
from app.gui.widgets.controls import Button
from app.gui.widgets.parts import EmptyState
from app.language.text import _
from app.workflow.views import FellistaView


class FellistaPage(Page):
    """The register's list against the loaded export."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "Fellista",
            _("See why cases are on the fellista, correct the cause, and send them again."),
            _(
                "Read the list from the local stage, from a file or from the clipboard. Cases with"
                " a tick break no rule as they now stand and can be sent again."
            ),
        )
        self._again: tuple[Deed[FellistaView], tuple[str, ...]] | None = None
        self._offer_reading()
        self.panel = PastePanel(self._read_text, self.refresh)
        self.browser = FellistaBrowser(self)
        self.holder = self._lay_out()
        self._listen()
        self.refresh()

    def refresh(self) -> None:
        """Show the list as it was read last."""
        is_open = self.context.document.is_open
        for button in (self.read_stage, self.read_file, self.paste):
            button.explain("" if is_open else _("Open a project first."))
        view = self.context.session.fellista
        if not is_open:
            self.show_body(self.nothing)
        elif view is None and self.panel.isHidden():
            self.show_body(self.empty)
        else:
            self.show_body(self.holder)
            self.browser.setVisible(view is not None)
            self.browser.show_list(view or FellistaView((), ()))

    def load_corrected(self, folder: str) -> None:
        """Read the same files from another folder, as one change that can be undone."""
        document = self.context.document
        project, missing = corrected(document.project, Path(folder), document.base)
        if len(missing) == len(document.project.sources):
            self.context.messages.show(
                _("None of the project's files is in that folder. Choose another."), "blocks"
            )
            return
        is_done = document.change(_("load a corrected export"), project)
        if is_done and missing:
            self.context.messages.show(
                _("Not in the folder, read as before: {names}").format(names=", ".join(missing))
            )

    def _offer_reading(self) -> None:
        """Make the buttons that read a list, and what is shown until one is read."""
        stage = _("Read from the local stage")
        self.read_stage = Button(stage, self._read_stage, icon="download", kind="primary")
        self.read_file = Button(_("Read a file…"), self._ask_file, icon="file-outline")
        self.paste = Button(_("Paste…"), self._ask_paste, icon="content-paste")
        self.set_primary(self.read_stage)
        for button in (self.paste, self.read_file):
            self.add_secondary(button)
        self.nothing = EmptyState(
            "clipboard-alert-outline",
            _("No project is open"),
            _("Open the project whose cases are on the list."),
            _("Go to Start"),
            lambda: self.context.navigator.go("start"),
        )
        self.empty = EmptyState(
            "clipboard-alert-outline",
            _("No list is read"),
            _(
                "The fellista holds cases that SPOR accepted and that break a rule. Read it from"
                " the local stage, or read the file that you saved from SPOR's reports."
            ),
            stage,
            self._read_stage,
        )

    def _listen(self) -> None:
        session = self.context.session
        self.context.document.opened.connect(self._forget)
        session.fellista_changed.connect(self.refresh)
        session.summary_changed.connect(self._read_again)
        session.sent.connect(self._read_again)
        self.browser.correction_wanted.connect(self._ask_folder)
        look_up = self.browser.inspector.findings.show_in_register
        self.add_action(_("Show in the register"), "Ctrl+I", look_up)

    def _forget(self) -> None:
        self._again = None
        self.browser.set_reason("")
        self.refresh()

    def _read(self, deed: Deed[FellistaView], *arguments: str) -> None:
        self._again = (deed, arguments)
        self.panel.hide()
        self.browser.set_reason("")
        self.run(deed, *arguments, done=self.context.session.set_fellista)

    def _read_again(self) -> None:
        """Judge the same list by the export as it now is."""
        session = self.context.session
        if self._again is not None and not session.is_checking and session.summary is not None:
            deed, arguments = self._again
            self.run(deed, *arguments, done=session.set_fellista, failed=self._stop_reading)

    def _stop_reading(self, error: WorkbenchError) -> None:
        self._again = None
        self.context.messages.show_error(error)

    def _read_stage(self) -> None:
        self._read(deeds.READ_STAGE_FELLISTA)

    def _read_text(self, text: str) -> None:
        self._read(deeds.READ_FELLISTA_TEXT, text)

    def _ask_paste(self) -> None:
        self.panel.open_panel()
        self.refresh()
        self.panel.text.setFocus()  # only now that the panel is on the page

    def _ask_file(self) -> None:
        dialog = self._dialog(_("Choose a saved list"), QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Lists (*.csv *.txt)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda path: self._read(deeds.READ_FELLISTA, path))
        dialog.open()

    def _ask_folder(self) -> None:
        title = _("Choose the folder with the corrected export")
        dialog = self._dialog(title, QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.load_corrected)
        dialog.open()

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self.window(), title, self.context.settings.text(FOLDER))
        dialog.setFileMode(mode)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _lay_out(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panel)
        layout.addWidget(self.browser, 1)
        layout.addStretch()
        return holder
