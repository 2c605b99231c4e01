"""Kontrakt: which contracts there are, what is bound to their elements, and what changed."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.contract.binding_view import BindingView
from app.gui.contract.changes_view import ChangesView
from app.gui.contract.contracts_view import ContractsView
from app.gui.contract.store import Store
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.segments import Segments
from app.language.text import _

CONTRACTS, BINDING, CHANGES = "contracts", "binding", "changes"


class ContractPage(Page):
    """Three parts of one thing: the contracts, the binding of one, the changes between two."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Contract"),
            _("The register's WSDL and schemas, and which variable goes into which element."),
            _(
                "Import the register's own WSDL and every page follows it. Bind its elements to the"
                " variables: Space approves a suggestion, Ctrl+M chooses another, Ctrl+T shows the"
                " same from the other side. What changed compares two contracts and says what that"
                " means for the project. Use for this project moves it and lists the work left."
            ),
        )
        self.store = Store(self)
        self.contracts = ContractsView(self, self.store, self.show_binding, self.show_changes)
        self.binding = BindingView(self, self.store)
        self.changes = ChangesView(self, self.store)
        self._make_buttons()
        self.show_body(self._lay_out())
        self.binding.work.changed.connect(self._explain)
        context.document.opened.connect(self._explain)
        self.show_part(CONTRACTS)
        self.store.reload()

    def arrive(self, place: Place) -> None:
        """Show the part, and there the contract, that the place names."""
        self._follow(place.target)

    def show_part(self, part: str) -> None:
        """Show the contracts, a binding, or what changed."""
        self.parts.set_value(part)
        shown = {CONTRACTS: self.contracts, BINDING: self.binding, CHANGES: self.changes}
        self._views.setCurrentWidget(shown[part])
        if part == BINDING and not self.binding.work.profile_id:
            self.binding.work.open(self.contracts.chosen or self.store.in_use)
        if part == CHANGES:
            self.changes.begin()
        self._explain()

    def show_binding(self, profile_id: str, variable: str = "") -> None:
        """Show the binding of one contract, and there a variable."""
        self.binding.work.open(profile_id)
        self.show_part(BINDING)
        if variable:
            self.binding.show_variable(variable)
        self.binding.table.setFocus()

    def show_changes(self, profile_id: str) -> None:
        """Show what changed from the project's contract to this one."""
        others = [one for one, _title in self.store.choices() if one != profile_id]
        base = self.store.entry(profile_id)
        first = self.store.in_use if self.store.in_use in others else base.base if base else ""
        if first not in others:
            first = others[0] if others else ""
        self.changes.choose(first, profile_id)
        self.show_part(CHANGES)

    def open_import(self) -> None:
        """Open the form for another contract."""
        self.show_part(CONTRACTS)
        self.contracts.open_import()

    def _follow(self, target: Mapping[str, str]) -> None:
        if "profile" in target:
            self.contracts.choose(target["profile"])
            self.binding.work.open(target["profile"])
        if "variable" in target:
            self.show_binding(target.get("profile") or self.store.in_use, target["variable"])
        if target.get("part") in {CONTRACTS, BINDING, CHANGES}:
            self.show_part(target["part"])

    def _make_buttons(self) -> None:
        self.import_button = Button(
            _("Import a contract…"), self.open_import, icon="file-import-outline", kind="primary"
        )
        self.save_button = Button(
            _("Save the binding"),
            self._save,
            icon="content-save-outline",
            kind="primary",
        )
        self.sure_button = Button(
            _("Approve the sure"), self.binding.approve_sure, icon="check-all"
        )
        self.add_secondary(self.sure_button)
        for button in (self.import_button, self.save_button):
            self.set_primary(button)
        self.add_action(_("Import a contract…"), "Ctrl+Shift+O", self.open_import)
        self.add_action(_("Save the binding"), "Ctrl+Return", self._save)
        self.add_action(_("Use for this project…"), "", self.contracts.plan_move)
        for number, (part, text) in enumerate(self._parts_with_words(), start=1):
            self.add_action(text, f"Alt+{number}", partial(self.show_part, part))

    def _save(self) -> None:
        """Save, and let the focus be on the table rather than on a button that is done."""
        if self.save_button.hasFocus():
            self.binding.table.setFocus()
        self.binding.work.save()

    def _parts_with_words(self) -> tuple[tuple[str, str], ...]:
        return (
            (CONTRACTS, _("Contracts")),
            (BINDING, _("Binding")),
            (CHANGES, _("What changed?")),
        )

    def _lay_out(self) -> QWidget:
        self.parts = Segments(_("Part of the page"), self._parts_with_words())
        self.parts.chosen.connect(self.show_part)
        self._views = QStackedWidget()
        for part in (self.contracts, self.binding, self.changes):
            self._views.addWidget(part)
        above = QHBoxLayout()
        above.addWidget(self.parts)
        above.addStretch(1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(above)
        column.addWidget(self._views, 1)
        return body

    def _explain(self) -> None:
        """Show the primary action of the part, and why it may have to wait."""
        part = self.parts.value()
        self.import_button.setVisible(part != BINDING)
        self.save_button.setVisible(part == BINDING and self.binding.work.is_editable)
        self.sure_button.setVisible(part == BINDING and self.binding.work.is_editable)
        self.save_button.explain(self.binding.work.why_not_save())
        sure = self.binding.work.sure()
        self.sure_button.explain("" if sure else _("No suggestion is sure. Look at each one."))
