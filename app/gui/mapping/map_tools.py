"""The value map of the chosen variable, with its counts, and what is done with a whole map."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from app.core.mapping import Link, Project, Step, ValueMap
from app.core.register import Variable
from app.gui.background.latest import Latest
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.mapping.changes import Changes
from app.gui.mapping.values_part import ValuesPart
from app.gui.settings import FOLDER
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Note
from app.gui.widgets.parts import Inspector
from app.language.sentences import error_sentence
from app.language.text import _, ngettext
from app.workflow import value_maps
from app.workflow.mapping_views import ReadPairs, ValueProposal
from app.workflow.views import ValueCount


class MapTools(QWidget):
    """Shows the value map, or the way to one."""

    counted = Signal(int, int)  # codes that are decided on, of so many

    def __init__(self, context: Context, changes: Changes) -> None:
        super().__init__()
        self._context = context
        self._changes = changes
        self._variable: Variable | None = None
        self._link: Link | None = None
        self._counts: tuple[ValueCount, ...] = ()
        self._counted: object = None  # what they were counted of
        self._latest = Latest(context.backend, self)
        self.part = ValuesPart()
        self.begin = Button(_("Add a value map"), self._begin, icon="plus")
        self._nothing = Inspector(_("Value map"))
        self._nothing.setMinimumWidth(0)
        self._nothing.fill(
            Note(_("A value map turns the export's own codes into the register's.")), self.begin
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.part)
        self._connect()

    def show_link(self, variable: Variable, link: Link | None) -> None:
        """Show the value map of a link, and count what occurs anew."""
        feed = (_feed(link), self._context.session.tables) if link is not None else None
        self._variable, self._link = variable, link
        if feed != self._counted:
            self._counted, self._counts = feed, ()
            self._latest.forget(deeds.VALUE_COUNTS)
        self.begin.setEnabled(link is not None and bool(link.table))
        self._stack.setCurrentIndex(1 if self.name else 0)
        if self.name:
            self._show()
        else:
            self.counted.emit(0, 0)
        if self.name and not self._counts and self._context.session.tables:
            arguments = (self._project, variable.id)
            self._latest.start(deeds.VALUE_COUNTS, *arguments, done=self._take_counts)

    @property
    def name(self) -> str:
        """The name of the link's value map, "" when it has none."""
        return map_name(self._link)

    @property
    def _project(self) -> Project:
        return self._context.document.project

    @property
    def _id(self) -> str:
        return self._variable.id if self._variable is not None else ""

    def _connect(self) -> None:
        part = self.part
        part.value_wanted.connect(self._set_values)
        part.policy_wanted.connect(self._set_policy)
        part.fill_wanted.connect(self._fill)
        part.paste_wanted.connect(self._paste)
        part.read_wanted.connect(self._ask_file)
        part.save_wanted.connect(self._ask_place)
        part.own_wanted.connect(self._make_own)

    def _show(self) -> None:
        if self._variable is None:
            return
        code_list = self._variable.code_list
        codes = self._context.document.profile.codes_of(code_list) if code_list else ()
        value_map = self._project.value_map_of(self.name) or ValueMap(self.name, ())
        users = value_maps.used_by(self._project, self.name)
        self.part.show_map(self._counts, value_map, tuple(codes), users)
        self.counted.emit(*self.part.done_of)

    def _take_counts(self, counts: tuple[ValueCount, ...]) -> None:
        self._counts = counts
        self._show()

    def _begin(self) -> None:
        if self._link is not None:
            self._changes.set_steps(self._id, (*self._link.steps, Step("value_map")))

    def _set_values(self, locals_: tuple[str, ...], code: str | None) -> None:
        name = self.name

        def edit(project: Project) -> Project:
            for local in locals_:
                project = value_maps.with_value(project, name, local.strip(), code)
            return project

        self._changes.change_map(self._id, edit)

    def _set_policy(self, policy: str) -> None:
        name = self.name
        self._changes.change_map(
            self._id, lambda project: value_maps.with_unmapped(project, name, policy)
        )

    def _make_own(self) -> None:
        variable = self._id
        self._changes.change_map(variable, lambda project: value_maps.own_map(project, variable)[0])

    def _fill(self) -> None:
        arguments = (self._project, self._id)
        done = partial(self._take_proposals, self._id)
        self._latest.start(deeds.FILL_VALUE_MAP, *arguments, done=done)

    def _take_proposals(self, variable: str, proposals: tuple[ValueProposal, ...]) -> None:
        if not proposals:
            self._context.messages.show(_("No code says what it means."))
            return
        self._put(variable, tuple((one.local, one.code) for one in proposals))

    def _paste(self, text: str) -> None:
        self._take_pairs(self._id, value_maps.read_pasted(text))

    def _take_pairs(self, variable: str, read: ReadPairs) -> None:
        for problem in read.problems[:1]:
            self._context.messages.show(error_sentence(problem), "blocks")
        if read.pairs:
            self._put(variable, read.pairs)
        elif not read.problems:
            self._context.messages.show(_("Nothing to paste: copy two columns first."))

    def _put(self, variable: str, pairs: tuple[tuple[str, str], ...]) -> None:
        """Put pairs into the map of the variable that they were asked for, if it still has one."""
        name = map_name(self._project.link_of(variable))
        if not name:
            return
        self._changes.change_map(
            variable, lambda project: value_maps.with_pairs(project, name, pairs)
        )
        words = ngettext("{count} code filled in.", "{count} codes filled in.", len(pairs))
        self._context.messages.show(words.format(count=len(pairs)))

    def _ask_file(self) -> None:
        dialog = self._dialog(_("Read a value map"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.filesSelected.connect(lambda paths: self.read(paths[0]))
        dialog.open()

    def _ask_place(self) -> None:
        dialog = self._dialog(_("Save the value map"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"{self.name}.xlsx")
        dialog.filesSelected.connect(lambda paths: self.save(paths[0]))
        dialog.open()

    def read(self, path: str) -> None:
        """Put the pairs of a file into the value map."""
        done = partial(self._take_pairs, self._id)
        self._context.backend.start(deeds.READ_VALUE_MAP, path, done=done, owner=self)

    def save(self, path: str) -> None:
        """Write the value map to a file."""
        saved = _("Saved.")
        self._context.backend.start(
            deeds.WRITE_VALUE_MAP,
            self._project,
            self._id,
            path,
            done=lambda _rows: self._context.messages.show(saved, "clean"),
            owner=self,
        )

    def _dialog(self, title: str) -> QFileDialog:
        kinds = _("Value maps") + " (*.csv *.xlsx)"
        dialog = QFileDialog(self, title, self._context.settings.text(FOLDER), kinds)
        dialog.finished.connect(dialog.deleteLater)
        return dialog


def map_name(link: Link | None) -> str:
    """Return the name of a link's value map, "" when it has none."""
    steps = [step for step in (link.steps if link else ()) if step.kind == "value_map"]
    return steps[0].option("name") if steps else ""


def _feed(link: Link) -> tuple[object, ...]:
    """Return what decides which codes of a link occur."""
    kinds = [step.kind for step in link.steps]
    before = link.steps[: kinds.index("value_map")] if "value_map" in kinds else link.steps
    return link.variable, link.table, link.columns, link.pick, map_name(link), before
