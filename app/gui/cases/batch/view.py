"""Test batches, as a view of Ärenden."""

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import Cancelled, WorkbenchError
from app.gui import theme
from app.gui.background.latest import Latest
from app.gui.cases.batch.columns import case_columns, goal_columns, uncovered_columns
from app.gui.cases.view import CaseView
from app.gui.frame import deeds
from app.gui.frame.navigator import joined
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.labels import FieldLabel, Label, SectionTitle, StatusLabel
from app.gui.widgets.numbers import count
from app.gui.widgets.parts import Splitter
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import Table
from app.language.text import _, ngettext
from app.workflow.batch_words import KINDS, batch_sentence, kinds_name
from app.workflow.quality_views import BatchCase, BatchGoal, PickedBatch, Uncovered

_LIMITS = (3, 5, 10, 20, 50)
_SUFFIX = "csv"


class BatchView(CaseView):
    """Few cases that together cover every phase, verdict, mapped variable and value-map entry."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        profile = page.context.document.profile
        self._latest = Latest(page.context.backend, self)
        self._batch: PickedBatch | None = None
        self.sentence = Label()
        limits = tuple((str(most), count(most)) for most in _LIMITS)
        self.most = Choice(_("At most so many cases"), (("0", _("as many as it takes")), *limits))
        self.pick = Button(_("Pick cases"), self.refresh, icon="select-group")
        self.shares = {kind: StatusLabel() for kind in KINDS}
        self.cases: Table[BatchCase] = Table(
            _("Cases of the batch"), RowsModel(case_columns(profile))
        )
        self.adds: Table[BatchGoal] = Table(
            _("What the chosen case adds"), RowsModel(goal_columns(profile))
        )
        self.uncovered: Table[Uncovered] = Table(
            _("What is not covered"), RowsModel(uncovered_columns(profile))
        )
        self.adds_title, self.uncovered_title = SectionTitle(), SectionTitle()
        self.show_them = Button(_("Show in the list"), self._show, icon="format-list-bulleted")
        self.save = Button(_("Save as list"), self._ask_place, icon="content-save-outline")
        self.send = Button(_("Send these"), self._send, icon="send-outline")
        self._lay_out()
        self.cases.current_changed.connect(self._show_case)
        self.cases.activated.connect(lambda _index: self._open_case())
        self.uncovered.activated.connect(lambda _index: self._open_example())
        self.most.currentIndexChanged.connect(lambda _at: self.refresh())
        self._show_batch(None)

    def refresh(self) -> None:
        """Pick the cases anew."""
        self.sentence.setText(_("The cases are being picked…"))
        self._latest.start(
            deeds.PICK_BATCH,
            int(self.most.value()),
            done=self._show_batch,
            failed=self._tell_trouble,
        )

    def save_to(self, path: str) -> None:
        """Write the list of the cases."""
        self._latest.start(
            deeds.WRITE_BATCH,
            self._numbers(),
            path,
            done=self._tell_saved,
            failed=self._tell_trouble,
        )

    def _show_batch(self, batch: PickedBatch | None) -> None:
        self._batch = batch
        self.sentence.setText(batch_sentence(batch) if batch else "")
        shares = dict(batch.shares) if batch else {}
        for kind, label in self.shares.items():
            share = shares.get(kind)
            label.setVisible(share is not None and bool(share.total))
            if share is not None:
                text = _("{name} {done} of {total}").format(
                    name=kinds_name(kind), done=count(share.done), total=count(share.total)
                )
                label.set_status("clean" if share.is_whole else "note", text)
        uncovered = batch.uncovered if batch else ()
        self.uncovered.rows.set_rows(uncovered)
        self.uncovered_title.setText(_("Not covered ({count})").format(count=len(uncovered)))
        self.cases.rows.set_rows(batch.cases if batch else ())
        self.cases.choose(0)
        self._show_case(self.cases.current_row() if batch else None)
        for button in (self.show_them, self.save, self.send):
            button.explain("" if batch and batch.cases else _("There is no case in the batch."))

    def _show_case(self, row: BatchCase | None) -> None:
        self.adds.rows.set_rows(row.adds if row else ())
        title = _("{case} adds ({count})")
        self.adds_title.setText(
            title.format(case=row.case, count=len(row.adds)) if row else _("The chosen case adds")
        )

    def _numbers(self) -> tuple[str, ...]:
        return tuple(one.case for one in self._batch.cases) if self._batch else ()

    def _show(self) -> None:
        self.cases_wanted.emit(self._numbers())

    def _open_case(self) -> None:
        row = self.cases.current_row()
        if row is not None:
            self.cases_wanted.emit((row.case,))

    def _open_example(self) -> None:
        row = self.uncovered.current_row()
        if row is not None and row.example:
            self.cases_wanted.emit((row.example,))

    def _send(self) -> None:
        self.page.context.navigator.go("sending", cases=joined(self._numbers()))

    def _ask_place(self) -> None:
        dialog = QFileDialog(self, _("Save as list"), self.page.context.document.base)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("List of cases") + f" (*.{_SUFFIX})"])
        dialog.setDefaultSuffix(_SUFFIX)
        dialog.filesSelected.connect(lambda paths: self.save_to(paths[0]))
        dialog.open()

    def _tell_saved(self, written: int) -> None:
        text = ngettext("{count} case written.", "{count} cases written.", written)
        self.page.context.messages.show(text.format(count=count(written)))

    def _tell_trouble(self, error: WorkbenchError) -> None:
        if not isinstance(error, Cancelled):
            self._show_batch(None)
            self.page.context.messages.show_error(error)

    def _lay_out(self) -> None:
        self.most.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self.sentence, 1)
        head.addWidget(FieldLabel(_("At most")))
        head.addWidget(self.most)
        head.addWidget(self.pick)
        told = QHBoxLayout()
        told.setSpacing(2 * theme.GRID)
        for label in self.shares.values():
            told.addWidget(label)
        told.addStretch(1)
        left = _column(self.cases)
        right = Splitter(
            "batch-right",
            self.page.context.settings,
            _column(self.adds_title, self.adds),
            _column(self.uncovered_title, self.uncovered),
            vertical=True,
        )
        right.share(50, 50)
        splitter = Splitter("batch", self.page.context.settings, left, right)
        splitter.share(52, 48)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GRID)
        foot.addStretch(1)
        for button in (self.show_them, self.save, self.send):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(head)
        layout.addLayout(told)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)


def _column(*parts: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.GRID)
    for part in parts:
        layout.addWidget(part, int(isinstance(part, Table)))
    return made
