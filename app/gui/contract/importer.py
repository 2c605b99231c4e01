"""Take in a contract: a WSDL file, a folder, a colleague's profile, or an entrance's own WSDL."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.core.register import Confidence, Entrance, Fact, Text
from app.gui import theme
from app.gui.frame.authorities import AuthoritiesPart
from app.gui.frame.context import Context
from app.gui.settings import FOLDER
from app.gui.widgets.controls import Button, Choice, Field
from app.gui.widgets.labels import FieldLabel, Label, Note, SectionTitle
from app.gui.widgets.parts import Inspector
from app.gui.widgets.trouble import Trouble
from app.language.text import _, current

_UNFIT = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be imported, in the order of the deed's arguments."""

    place: str
    name: str
    base: str
    service: str
    operation: str
    schema: str


class ContractImporter(Inspector):
    """A form that stays as it is while an import fails, with the reason in it."""

    def __init__(
        self,
        context: Context,
        import_contract: Callable[[Wish], object],
        close: Callable[[], object],
    ) -> None:
        super().__init__(_("Import a contract"))
        self._context = context
        self._entrances: tuple[Entrance, ...] = ()
        self._import_contract = import_contract
        self._named = ""  # the name that was proposed, which another place may replace
        self.place = Field(
            _("Place"), placeholder=_("File, folder, https address or name of an entrance")
        )
        self.file = Button(_("File…"), self._ask_file, icon="file-outline")
        self.folder = Button(_("Folder…"), self._ask_folder, icon="folder-outline")
        self.entrance = Choice(_("Entrance"))
        self.name = Field(_("Name"), placeholder=_("What the contract is called here"))
        self.base = Choice(_("Built on"))
        self.service = Field(_("Service"), placeholder=_("Only when there are several"))
        self.operation = Field(_("Operation"), placeholder=_("Only when there are several"))
        self.schema = Field(_("Schema"), placeholder=_("When the WSDL names none"))
        self.schema_file = Button(_("File…"), self._ask_schema, icon="file-outline")
        self.schema_file.setAccessibleName(_("Choose a schema file"))
        self.authorities = AuthoritiesPart(context)
        self.trouble = Trouble()
        self.confirm = Button(_("Import"), self._confirm, kind="primary")
        self.cancel = Button(_("Cancel"), close, kind="quiet")
        self._lay_out()
        self._listen()
        self._follow_place()
        context.document.changed.connect(self._follow_place)

    def offer(
        self, bases: tuple[tuple[str, str], ...], entrances: tuple[Entrance, ...], base: str
    ) -> None:
        """Offer what a contract can be built on, and whose WSDL can be read."""
        has_chosen = bool(self.base.value())
        self.base.set_entries(bases)
        if not has_chosen and base in dict(bases):
            self.base.set_value(base)
        self._entrances = entrances
        named = tuple((one.id, one.name.in_language(current())) for one in entrances)
        self.entrance.set_entries((("", _("Entrance…")), *named))

    def take_place(self, place: str) -> None:
        """Fill in where the contract is, and propose a name until the user has given one."""
        self.place.setText(place)
        if self.name.text() in {"", self._named}:
            self._named = proposed_name(place)
            self.name.setText(self._named)
        self.name.setFocus()
        self.name.selectAll()

    def _follow_place(self) -> None:
        """Offer to choose whom to trust when the place is a server."""
        document = self._context.document
        self.authorities.show_entrance(self._entrance() if document.is_open else None)

    def _entrance(self) -> Entrance | None:
        """Return the entrance that the place names, or one for the address's server."""
        place = self.place.text().strip()
        named = next((one for one in self._entrances if one.id == place), None)
        host = urlsplit(place).hostname if place.startswith("https://") else None
        if named is not None or not host:
            return named
        known = (one for one in self._entrances if urlsplit(one.address).hostname == host)
        fact = Fact(place, Confidence.ASSUMED)
        return next(known, Entrance(host, "", Text(host, host), place, False, fact))

    def set_busy(self, *, busy: bool) -> None:
        """Allow one import at a time."""
        self._fields.setEnabled(not busy)
        self.confirm.setText(_("Importing…") if busy else _("Import"))
        self.confirm.setEnabled(not busy)
        if busy:
            self.trouble.say("")

    def refuse(self, error: WorkbenchError) -> None:
        """Say here why the import failed; what was filled in stays."""
        self.set_busy(busy=False)
        self.trouble.show_error(error)
        self.ensureWidgetVisible(self.trouble)
        self.place.setFocus()  # else it is on Cancel, one key from losing what was filled in

    def empty(self) -> None:
        """Forget what was filled in."""
        for part in (self.place, self.name, self.service, self.operation, self.schema):
            part.clear()
        self._named = ""
        self.trouble.say("")
        self.set_busy(busy=False)

    def _confirm(self) -> None:
        if not self.confirm.isEnabled():
            return
        wish = Wish(
            self.place.text().strip(),
            self.name.text().strip(),
            self.base.value(),
            self.service.text().strip(),
            self.operation.text().strip(),
            self.schema.text().strip(),
        )
        if not wish.place or not wish.name:
            self.trouble.say(_("Say where the contract is, and what it is to be called here."))
            return
        self._import_contract(wish)

    def _take_entrance(self, _index: int) -> None:
        if self.entrance.value():
            self.take_place(self.entrance.value())

    def _ask_file(self) -> None:
        dialog = self._dialog(_("Choose a WSDL file"), self._take_path)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Contracts (*.wsdl *.xml)"), _("All files (*)")])
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = self._dialog(
            _("Choose a folder with a WSDL or a shared contract"), self._take_path
        )
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.open()

    def _ask_schema(self) -> None:
        dialog = self._dialog(_("Choose a schema file"), self.schema.setText)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Schemas (*.xsd)"), _("All files (*)")])
        dialog.open()

    def _dialog(self, title: str, take: Callable[[str], object]) -> QFileDialog:
        dialog = QFileDialog(self.window(), title, self._context.settings.text(FOLDER))
        dialog.fileSelected.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _take_path(self, path: str) -> None:
        self._context.settings.set_text(FOLDER, str(Path(path).parent))
        self.take_place(path)

    def _listen(self) -> None:
        self.entrance.activated.connect(self._take_entrance)
        self.place.editingFinished.connect(self._propose)
        self.place.textChanged.connect(lambda _text: self._follow_place())
        self.place.textChanged.connect(lambda _text: self.trouble.say(""))
        for field in (self.place, self.name, self.service, self.operation, self.schema):
            field.returnPressed.connect(self._confirm)

    def _propose(self) -> None:
        if self.place.text().strip() and not self.name.text():
            self._named = proposed_name(self.place.text().strip())
            self.name.setText(self._named)

    def _lay_out(self) -> None:
        where = _beside(self.file, self.folder, self.entrance)
        self._fields = QWidget()
        form = QFormLayout(self._fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(2 * theme.GRID)
        form.setVerticalSpacing(theme.GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(FieldLabel(self.place.accessibleName()), self.place)
        form.addRow(FieldLabel(""), where)
        for field in (self.name, self.base, self.service, self.operation):
            form.addRow(FieldLabel(field.accessibleName()), field)
        schema = _beside(self.schema, self.schema_file, stretch=0)
        form.addRow(FieldLabel(self.schema.accessibleName()), schema)
        deciding = _beside(self.confirm, self.cancel)
        about = _(
            "The names and rules of the contract it is built on follow along. Schemas that it"
            " imports are read from the same folder, or from the same address and no other."
        )
        line = _("An entrance shows its WSDL only to an installed client certificate.")
        self.fill(
            SectionTitle(_("Import a contract")),
            Label(about, tone="quiet"),
            self._fields,
            Note(line),
            self.authorities,
            self.trouble,
            deciding,
        )


def _beside(*parts: QWidget, stretch: int = 1) -> QWidget:
    """Return the parts in a line; without stretch the first takes the room that is left."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.GRID)
    for part in parts:
        row.addWidget(part)
    if stretch:
        row.addStretch(stretch)
    return line


def proposed_name(place: str) -> str:
    """Return a name for a contract, from the file, folder or address where it is."""
    plain = place.partition("?")[0].rstrip("/\\").replace("\\", "/")
    stem = re.sub(r"\.(wsdl|xml|svc|asmx)$", "", plain.rpartition("/")[2], flags=re.IGNORECASE)
    return _UNFIT.sub("-", stem.casefold()).strip("-.")
