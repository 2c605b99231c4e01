"""What is known about the open project right now, shared by all pages."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.core.errors import Cancelled, WorkbenchError
from app.core.register import Entrance
from app.gui.background.backend import Backend
from app.gui.background.latest import Latest
from app.gui.document import Document
from app.gui.frame import deeds
from app.gui.frame.tried import Tried
from app.workflow.certificate_views import CertificateShelf, CertificateView
from app.workflow.template_views import AppliedTemplate
from app.workflow.views import FellistaView, LocalStage, SendPlan, SendReport, Summary, TableView

_GRACE = 60_000  # ms that a worker must have lived for another to be given its work
_REST = 400  # ms without a change before the export is checked again


@dataclass(frozen=True, slots=True)
class Batch:
    """What the user wants to send: these cases, or all that are new or changed when none."""

    cases: tuple[str, ...] = ()
    again: bool = False  # also cases that are accepted and unchanged


class Session(QObject):
    """Results that more than one page shows. Read the attribute, listen to its signal.

    The tables are read when a project is opened or its sources change; the export is checked
    again by itself a moment after every change of the project.
    """

    tables_changed = Signal()
    summary_changed = Signal()  # also when a check begins: `is_checking`
    certificate_changed = Signal()  # the shelf, or the entrance and so the certificate used there
    stage_changed = Signal()
    entrance_changed = Signal()
    plan_changed = Signal()
    fellista_changed = Signal()
    applied_changed = Signal()  # a template was applied: its work left
    sent = Signal()  # attempts were made: journal and cases differ now

    def __init__(self, document: Document, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tables: tuple[TableView, ...] = ()
        self.summary: Summary | None = None
        self.is_checking = False
        self.shelf = CertificateShelf()  # every certificate that is kept, and which is used where
        self.tried = Tried()  # the connections
        self.stage: LocalStage | None = None
        self.entrance_id = "local"
        self.plan: SendPlan | None = None
        self.batch = Batch()
        self.report: SendReport | None = None  # what came of the batch sent last
        self.fellista: FellistaView | None = None
        self.applied: AppliedTemplate | None = None  # to the open project, in this run
        self._document = document
        self._backend = backend
        self._latest = Latest(backend, self)
        self._sources: object = None
        self._paired: str | None = None  # the profile that the shelf was asked for
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST)
        self._timer.timeout.connect(self.check)
        document.opened.connect(self._begin)
        document.changed.connect(self._refresh)
        backend.died.connect(self._begin_again)
        self._since_death = QElapsedTimer()

    @property
    def entrance(self) -> Entrance | None:
        """The entrance that cases go to, None when no project is open."""
        if not self._document.is_open:
            return None
        entrances = self._document.profile.entrances
        return next((one for one in entrances if one.id == self.entrance_id), entrances[0])

    @property
    def certificate(self) -> CertificateView | None:
        """The certificate that is used at the chosen entrance, None when none is."""
        return self.shelf.for_kind(self.kind_of(self.entrance))

    def kind_of(self, entrance: Entrance | None) -> str:
        """Return what an entrance is: its host decides, whatever the profile calls it."""
        if entrance is None:
            return "local"
        return dict(self.shelf.kinds).get(entrance.id, entrance.kind)

    def set_entrance(self, entrance_id: str) -> None:
        """Choose where cases go; each entrance has a certificate of its own."""
        self.entrance_id = entrance_id
        self.set_plan(None)
        self.entrance_changed.emit()
        self.certificate_changed.emit()

    def set_shelf(self, shelf: CertificateShelf) -> None:
        """Know what is kept; deeds are done side by side, and one that comes late knows less."""
        if shelf.number >= self.shelf.number:
            self.shelf = shelf
            self.certificate_changed.emit()

    def set_stage(self, stage: LocalStage | None) -> None:
        """Know the running local stage, or that there is none."""
        self.stage = stage
        self.stage_changed.emit()

    def set_plan(self, plan: SendPlan | None) -> None:
        """Know what would be sent; the report of what was sent before gives way."""
        self.plan = plan
        if plan is not None:
            self.report = None
        self.plan_changed.emit()

    def set_fellista(self, fellista: FellistaView | None) -> None:
        """Know the fellista that was read last."""
        self.fellista = fellista
        self.fellista_changed.emit()

    def set_applied(self, applied: AppliedTemplate | None) -> None:
        """Know the template that was applied last, and what it has left to do."""
        self.applied = applied
        self.applied_changed.emit()

    def ask_certificate(self) -> None:
        """Look up the kept certificates and a stage that runs already."""
        self._paired = self._document.project.profile if self._document.is_open else ""
        self._backend.start(deeds.CERTIFICATES, self._paired, done=self.set_shelf, owner=self)
        self._backend.start(deeds.RUNNING_STAGE, done=self.set_stage, owner=self)

    def _pair(self) -> None:
        """Ask anew what each certificate opens when the entrances are those of another profile."""
        if self._paired not in {None, self._document.project.profile}:
            self.ask_certificate()

    def read_tables(self) -> None:
        """Read the export's files again, then check it."""
        self._sources = self._document.project.sources
        arguments = (self._document.project, self._document.base)
        self._latest.start(
            deeds.READ_TABLES, *arguments, done=self._take_tables, failed=self._tell_trouble
        )

    def check(self) -> None:
        """Take the export through the whole chain."""
        self._timer.stop()
        self.is_checking = True
        self.summary_changed.emit()
        arguments = (self._document.project, self._document.base)
        self._latest.start(deeds.ANALYSE, *arguments, done=self._take_summary, failed=self._give_up)

    def _begin(self) -> None:
        self._forget()
        self.tables, self.summary = (), None
        self.plan, self.report, self.fellista = None, None, None
        self.batch = Batch()
        self.tried.forget()
        if not self._document.is_modified:
            self.set_applied(None)
        for signal in (self.tables_changed, self.summary_changed, self.plan_changed):
            signal.emit()
        self.fellista_changed.emit()
        self.entrance_changed.emit()
        self.certificate_changed.emit()
        if self._document.is_open:
            self._pair()
            self.read_tables()

    def _begin_again(self) -> None:
        """Load and check for a new worker, unless that is what the former one died of."""
        was_idle = not self.is_checking and not self._latest.is_under_way(deeds.READ_TABLES)
        soon = self._since_death.isValid() and not self._since_death.hasExpired(_GRACE)
        self._since_death.start()
        self.shelf = replace(self.shelf, number=0)  # the next worker counts anew
        self.set_plan(None)
        self._backend.troubled.emit(WorkbenchError("worker-died"))
        if not self._document.is_open:
            return
        if was_idle and not soon:
            self.read_tables()
            self.ask_certificate()
        else:
            self.summary = None
            self.summary_changed.emit()

    def _forget(self) -> None:
        """Want no answer about the project that was open before."""
        self._timer.stop()
        self.is_checking = False
        for deed in (deeds.READ_TABLES, deeds.ANALYSE):
            self._latest.forget(deed)

    def _refresh(self) -> None:
        self.set_plan(None)
        self._pair()
        if self._document.project.sources != self._sources:
            self.read_tables()
        else:
            # What a check under way finds is no longer so, and it takes the processor.
            self._latest.forget(deeds.ANALYSE)
            self._timer.start()

    def _take_tables(self, tables: tuple[TableView, ...]) -> None:
        self.tables = tables
        self.tables_changed.emit()
        self.check()

    def _take_summary(self, summary: Summary) -> None:
        self.is_checking = False
        self.summary = summary
        self.summary_changed.emit()

    def _give_up(self, error: WorkbenchError) -> None:
        """Know no summary; one that was stopped leaves the last."""
        self.is_checking = False
        if not isinstance(error, Cancelled):
            self.summary = None
        self.summary_changed.emit()
        self._tell_trouble(error)

    def _tell_trouble(self, error: WorkbenchError) -> None:
        if not isinstance(error, Cancelled):
            self._backend.troubled.emit(error)
