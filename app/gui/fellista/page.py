"""Fellista: which cases are on it and why, which are right by now, and send those again."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.gui import theme
from app.gui.background.deed import Deed
from app.gui.fellista.columns import Reason, case_columns, reason_columns
from app.gui.fellista.correction import corrected
from app.gui.fellista.inspector import FellistaInspector
from app.gui.fellista.paste import PastePanel
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.page import Page
from app.gui.settings import FOLDER
from app.gui.widgets.controls import Button
from app.gui.widgets.filter_chip import FilterChip
from app.gui.widgets.labels import Note
from app.gui.widgets.parts import EmptyState, Splitter
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import Table
from app.language.text import _, ngettext
from app.workflow.views import CaseDetail, FellistaCase, FellistaView

_REASONS_TALL = 5 * theme.ROW


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
        self.read_stage = Button(
            _("Read from the local stage"), self._read_stage, icon="download", kind="primary"
        )
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
            lambda: context.navigator.go("start"),
        )
        self.empty = EmptyState(
            "clipboard-alert-outline",
            _("No list is read"),
            _(
                "The fellista holds cases that SPOR accepted and that break a rule. Read it from"
                " the local stage, or read the file that you saved from SPOR's reports."
            ),
            _("Read from the local stage"),
            self._read_stage,
        )
        self._again: tuple[Deed[FellistaView], tuple[str, ...]] | None = None
        self._reason = ""
        self._shown = ""
        self.panel = PastePanel(self._read_text)
        self.cases: Table[FellistaCase] = Table(_("Cases on the list"), RowsModel(case_columns()))
        self.reasons: Table[Reason] = Table(_("Causes"), RowsModel(reason_columns()))
        self.filter = FilterChip("")
        self.count = Note()
        self.resend = Button(_("Send the green again"), self._resend, icon="send-outline")
        self.correct = Button(
            _("Load a corrected export…"), self._ask_folder, icon="folder-sync-outline"
        )
        self.inspector = FellistaInspector(self._show_under_cases)
        self._holder = self._lay_out()
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
            return
        if view is None and self.panel.isHidden():
            self.show_body(self.empty)
            return
        self.show_body(self._holder)
        self._fill(view or FellistaView((), ()))

    def _listen(self) -> None:
        session = self.context.session
        self.context.document.opened.connect(self._forget)
        session.fellista_changed.connect(self.refresh)
        session.summary_changed.connect(self._read_again)
        session.sent.connect(self._read_again)
        self.cases.current_changed.connect(self._choose)
        self.reasons.clicked.connect(lambda _index: self._filter_by_reason())
        self.reasons.activated.connect(lambda _index: self._filter_by_reason())
        self.filter.toggled.connect(lambda on: None if on else self._set_reason(""))

    def _fill(self, view: FellistaView) -> None:
        shown = tuple(
            case for case in view.cases if not self._reason or self._reason in case.entry.reasons
        )
        kept = self._shown
        self.reasons.rows.set_rows(view.reasons)
        self.cases.rows.set_rows(shown)
        count = len(shown)
        self.count.setText(
            ngettext("{count} case", "{count} cases", count).format(count=count)
            if count
            else _("The list is empty. Nothing waits to be corrected.")
        )
        green = len(self._green(view))
        name = ngettext("Send {count} green case again", "Send {count} green cases again", green)
        self.resend.setText(name.format(count=green))
        self.resend.setAccessibleName(name.format(count=green))
        self.resend.explain("" if green else _("No case on the list is right as it now stands."))
        numbers = [case.entry.case for case in shown]
        self.cases.choose(numbers.index(kept) if kept in numbers else 0)
        if not shown:
            self._choose(None)

    def _green(self, view: FellistaView | None) -> tuple[str, ...]:
        cases = view.cases if view else ()
        return tuple(case.entry.case for case in cases if case.forecast == "green")

    def _choose(self, case: FellistaCase | None) -> None:
        if not self.context.document.is_open:
            return
        profile = self.context.document.profile
        self.inspector.show_case(case, profile)
        self._shown = case.entry.case if case else self._shown
        if case is not None and case.forecast != "missing":
            self.run(deeds.CASE_DETAIL, case.entry.case, done=self._show_detail)

    def _show_detail(self, detail: CaseDetail) -> None:
        self.inspector.show_difference(detail, self.context.document.profile)

    def _show_under_cases(self, case: str) -> None:
        self.context.navigator.go("cases", case=case)

    def _resend(self) -> None:
        cases = ",".join(self._green(self.context.session.fellista))
        self.context.navigator.go("sending", cases=cases)

    def _filter_by_reason(self) -> None:
        reason = self.reasons.current_row()
        if reason is not None:
            self._set_reason(reason[0])

    def _set_reason(self, reason: str) -> None:
        self._reason = reason
        self.filter.setVisible(bool(reason))
        self.filter.setText(reason)
        self.filter.setAccessibleName(reason)
        self.filter.blockSignals(True)
        self.filter.setChecked(bool(reason))
        self.filter.blockSignals(False)
        self.refresh()

    def _forget(self) -> None:
        self._again, self._reason, self._shown = None, "", ""
        self.filter.hide()
        self.refresh()

    def _read(self, deed: Deed[FellistaView], *arguments: str) -> None:
        self._again = (deed, arguments)
        self._reason = ""
        self.filter.hide()
        self.run(deed, *arguments, done=self.context.session.set_fellista)

    def _read_again(self) -> None:
        """Judge the same list by the export as it now is."""
        session = self.context.session
        if self._again is not None and not session.is_checking and session.summary is not None:
            deed, arguments = self._again
            self.run(deed, *arguments, done=session.set_fellista, failed=self._could_not_again)

    def _could_not_again(self, error: WorkbenchError) -> None:
        self._again = None
        self.context.messages.show_error(error)

    def _read_stage(self) -> None:
        self._read(deeds.READ_STAGE_FELLISTA)

    def _read_text(self, text: str) -> None:
        self._read(deeds.READ_FELLISTA_TEXT, text)

    def _ask_paste(self) -> None:
        self.panel.ask()
        self.refresh()

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

    def load_corrected(self, folder: str) -> None:
        """Read the same files from another folder, as one change that can be undone."""
        document = self.context.document
        project, missing = corrected(document.project, Path(folder), document.base)
        if len(missing) == len(document.project.sources):
            self.context.messages.show(
                _("None of the project's files is in that folder. Choose another."), "blocks"
            )
            return
        document.change(_("load a corrected export"), project)
        if missing:
            self.context.messages.show(
                _("Not in the folder, read as before: {names}").format(names=", ".join(missing))
            )

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> Any:
        dialog = QFileDialog(self.window(), title, self.context.settings.text(FOLDER))
        dialog.setFileMode(mode)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _lay_out(self) -> QWidget:
        self.reasons.setMaximumHeight(_REASONS_TALL)
        self.filter.hide()
        self.count.setWordWrap(False)
        below = QHBoxLayout()
        below.setSpacing(theme.GRID)
        below.addWidget(self.count, 1)
        below.addWidget(self.correct)
        below.addWidget(self.resend)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for part in (self.reasons, self.filter):
            column.addWidget(part)
        column.addWidget(self.cases, 1)
        column.addLayout(below)
        splitter = Splitter("fellista", self.context.settings, left, self.inspector)
        splitter.share(58, 42)
        holder = QWidget()
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)
        whole.addWidget(splitter, 1)
        return holder
