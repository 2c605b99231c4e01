"""The national code registers: which years are imported, and what that means for the rules."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.core.register import CodeRegister, Profile
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.register.parts import STATES, heading, links, rule_links, sourced
from app.gui.register.shelf import Shelf
from app.gui.register.words import today
from app.gui.settings import FOLDER
from app.gui.widgets.badge import Badge
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import FieldLabel, Label, Note, SectionTitle, StatusLabel
from app.gui.widgets.numbers import count
from app.gui.widgets.rows import Column
from app.language.sentences import sentence_of
from app.language.text import _, current, ngettext
from app.workflow.profile_pages import folded
from app.workflow.rule_views import RegisterStatus, RegisterView

_STATE = 224  # pixels
_YEARS_OFFERED = 6


class CodeRegisterShelf(Shelf[RegisterStatus]):
    """Every code register that the rules ask, imported or not."""

    kind = "register"
    known = Signal(tuple)  # how each code register stands

    def __init__(self, page: Page) -> None:
        self._statuses: tuple[RegisterStatus, ...] = ()
        self._is_asked = False
        super().__init__(page, _("Code registers"), _columns())
        self._import = Button(_("Import a file…"), self.ask_file, icon="import", kind="primary")
        self.primary = self._import
        self.year = Choice(_("Year of the file"), _years())

    def show_profile(self, profile: Profile) -> None:
        """Ask which registers of a profile are imported."""
        super().show_profile(profile)
        self.ask()

    def ask(self) -> None:
        """Ask anew what is imported."""
        name = self.profile.id if self.profile else ""
        self.page.run(deeds.REGISTER_STATUS, name, done=self.show_status)

    def show_status(self, statuses: tuple[RegisterStatus, ...]) -> None:
        """Show which years are imported."""
        self._statuses = statuses
        self._is_asked = True
        self.refresh()
        self.known.emit(statuses)

    def found(self) -> tuple[RegisterStatus, ...]:
        return tuple(
            one
            for one in self._statuses
            if folded(self.text) in folded(f"{one.register} {one.name.sv} {one.name.en}")
        )

    def id_of(self, row: RegisterStatus) -> str:
        return row.register

    def counted(self, rows: Sequence[RegisterStatus]) -> str:
        words = ngettext("{count} code register", "{count} code registers", len(rows))
        return words.format(count=len(rows))

    def nothing(self) -> str:
        if self._is_asked and not self._statuses:
            return _("The profile names no code registers.")
        return super().nothing()

    def refresh(self) -> None:
        """Fill the list and the inspector anew."""
        super().refresh()
        self._import.explain("" if self.shown else _("Choose a code register first."))

    def about(self, row: RegisterStatus) -> list[QWidget]:
        status, word = STATES.get(row.note, ("note", ""))
        known = self._known(row.register)
        name = row.name.in_language(current())
        parts: list[QWidget] = (
            heading(name, known.fact, Badge(status, _(word)))
            if known
            else [SectionTitle(name), StatusLabel(status, _(word))]
        )
        note = (
            sentence_of(row.note, row.values)
            if row.note
            else _("A code is held against the codes of the year of the operation.")
        )
        parts.append(Label(note))
        parts.append(SectionTitle(_("Imported years")))
        parts.extend(self._year_line(row, year, codes) for year, codes in row.years)
        if not row.years:
            parts.append(Note(_("None yet.")))
        parts.append(self._import_line())
        facts = FactRows()
        facts.show_facts(_facts(row, known))
        parts.append(facts)
        rules = self.profile.rules_by_id if self.profile else {}
        asking = [rules[one] for one in row.rules if one in rules]
        parts.extend(links(_("Rules that ask it"), rule_links(asking), self.follow))
        return parts

    def ask_file(self) -> None:
        """Let the user choose a yearly file."""
        folder = self.page.context.settings.text(FOLDER)
        kinds = _("Code files") + " (*.xlsx *.xls *.txt *.csv *.tsv)"
        dialog = QFileDialog(self, _("Import a yearly file"), folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.filesSelected.connect(lambda paths: self.import_file(paths[0]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_file(self, path: str) -> None:
        """Import a yearly file into the register that is shown."""
        year = int(self.year.value()) if self.year.value() else None
        self.page.run(deeds.IMPORT_REGISTER, path, self.shown, year, done=self._imported)

    def _imported(self, view: RegisterView) -> None:
        words = _("{count} codes are kept for {year}, {added} of them new.")
        text = words.format(count=count(view.codes), year=view.year, added=count(view.added))
        self.page.context.messages.show(text, "clean")
        self._changed()
        self.ask()

    def _remove(self, register: str, year: int) -> None:
        self.page.run(deeds.REMOVE_REGISTER, register, year, done=self._removed)

    def _removed(self, _statuses: tuple[RegisterStatus, ...]) -> None:
        self._changed()
        self.ask()

    def _changed(self) -> None:
        """Check the export anew: the rules know other codes now."""
        if self.page.context.document.is_open:
            self.page.context.session.check()

    def _known(self, register: str) -> CodeRegister | None:
        known = self.profile.registers if self.profile else ()
        return next((one for one in known if one.id == register), None)

    def _year_line(self, row: RegisterStatus, year: int, codes: int) -> QWidget:
        words = ngettext("{year}: {count} code", "{year}: {count} codes", codes)
        text = words.format(year=year, count=count(codes))
        remove = Button(
            _("Remove"),
            lambda: self._remove(row.register, year),
            kind="quiet",
            icon="delete-outline",
        )
        remove.setAccessibleName(_("Remove {year}").format(year=year))
        return _line(Label(text), remove)

    def _import_line(self) -> QWidget:
        self.year = Choice(_("Year of the file"), _years())
        return _line(FieldLabel(_("Year of the next file")), self.year)


def _line(first: QWidget, last: QWidget) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.GRID)
    row.addWidget(first, 1)
    row.addWidget(last)
    return line


def _facts(row: RegisterStatus, known: CodeRegister | None) -> tuple[tuple[str, str], ...]:
    months = ngettext("{count} month", "{count} months", row.months).format(count=row.months)
    grace = _("{months} of a new year, with a warning").format(months=months)
    source = sourced(known.fact) if known else ()
    return (
        (_("Removed codes"), grace if row.months else ""),
        (_("Form"), known.pattern if known else ""),
        *source,
    )


def _years() -> tuple[tuple[str, str], ...]:
    last = today().year + 1
    years = (str(last - back) for back in range(_YEARS_OFFERED))
    return (("", _("Year from the file's name")), *((year, year) for year in years))


def _columns() -> tuple[Column[RegisterStatus], ...]:
    return (
        Column(_("Code register"), lambda one: one.name.in_language(current())),
        Column(_("Years"), lambda one: ", ".join(str(year) for year, _codes in one.years)),
        Column(
            _("State"),
            lambda one: _(STATES.get(one.note, ("", ""))[1]),
            status=lambda one: STATES.get(one.note, ("note", ""))[0],
            width=_STATE,
        ),
    )
