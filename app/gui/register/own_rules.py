"""The hospital's own rules: kept in the project, edited here, tried on the loaded export."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.errors import WorkbenchError
from app.core.finding import Tier
from app.core.mapping import Project
from app.core.register import Confidence, Fact, Rule, Text
from app.gui.background.backend import Job
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.register.rule_editor import RuleEditor
from app.gui.register.rules import effect_of, speaks_of, status_of
from app.gui.register.shelf import Shelf
from app.gui.widgets.controls import Button
from app.gui.widgets.rows import Column
from app.language.text import _, current, ngettext
from app.workflow.rule_views import RuleTrial

_TIER = 140  # pixels


class OwnRuleShelf(Shelf[Rule]):
    """What the hospital itself holds its cases against."""

    kind = "own"

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Own rules"), _columns())
        self._new = Button(_("New rule"), self.add, icon="plus", kind="primary")
        self.primary = self._new
        self.editor: RuleEditor | None = None
        self._trying: Job | None = None

    def found(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self._project.rules if speaks_of(rule, self.text))

    def id_of(self, row: Rule) -> str:
        return row.id

    def counted(self, rows: Sequence[Rule]) -> str:
        count = ngettext("{count} own rule", "{count} own rules", len(rows))
        return count.format(count=len(rows))

    def nothing(self) -> str:
        if not self.page.context.document.is_open:
            return _("Own rules are kept in a project. Open one first.")
        if self._project.rules:
            return super().nothing()
        return _(
            "No own rules yet. A new one is held against every case when the export is checked."
        )

    def refresh(self) -> None:
        """Fill the list anew; a form that is open stays, so that writing goes on."""
        is_open = self.page.context.document.is_open
        self._new.explain("" if is_open else _("Open a project first."))
        rule = self._project.rule_of(self.shown)
        if self.editor is not None and rule is not None and not self.text:
            self.editor.show_rule(rule)
            self.table.rows.set_rows(self.found())
            self.choose(rule.id)
        else:
            self.editor = None
            super().refresh()

    def about(self, row: Rule) -> list[QWidget]:
        if self.profile is None:
            return []
        self.editor = RuleEditor(row, self.profile)
        self.editor.edited.connect(self._keep)
        self.editor.removed.connect(self.remove)
        self.editor.case_wanted.connect(self._go_case)
        self.editor.link_wanted.connect(self.follow)
        self._try(row)
        return [self.editor]

    def add(self) -> None:
        """Begin a rule and let the user write what is wrong."""
        document = self.page.context.document
        if not document.is_open:
            return
        name = _("New rule")
        rule = Rule(
            id=self._project.free_rule_id(),
            tier=Tier.NOTE,
            condition="",
            message=Text(name, name),
            remedy=Text("", ""),
            fact=Fact(self._project.name, Confidence.STATED),
            own=True,
        )
        document.change(_("new rule"), self._project.with_rule(rule))
        self.refresh()
        self.choose(rule.id)
        if self.editor is not None:
            self.editor.message.setFocus()
            self.editor.message.selectAll()

    def remove(self) -> None:
        """Remove the rule that is shown; it can be undone."""
        rule = self._project.rule_of(self.shown)
        if rule is not None:
            text = _("remove rule {name}").format(name=rule.message.in_language(current()))
            self.editor = None
            self.page.context.document.change(text, self._project.without_rule(rule.id))

    @property
    def _project(self) -> Project:
        return self.page.context.document.project

    def _keep(self, rule: Rule) -> None:
        text = _("edit rule {name}").format(name=rule.message.in_language(current()))
        self.page.context.document.change(text, self._project.with_rule(rule))
        self._try(rule)

    def _try(self, rule: Rule) -> None:
        """Ask what the rule does to the export, without the project's own copy of it."""
        if self._trying is not None:
            self._trying.cancel()
        if not rule.condition:
            if self.editor is not None:
                self.editor.show_empty()
            return
        project = self._project.without_rule(rule.id)

        def done(trial: RuleTrial) -> None:
            self._trying = None
            if self.editor is not None and self.editor.rule.id == rule.id:
                self.editor.show_trial(trial)

        self._trying = self.page.run(
            deeds.TRY_RULE, project, replace(rule), done=done, failed=self._no_trial
        )

    def _no_trial(self, error: WorkbenchError) -> None:
        self._trying = None
        self.page.context.messages.show_error(error)

    def _go_case(self, case: str) -> None:
        self.page.context.navigator.go("cases", case=case)


def _columns() -> tuple[Column[Rule], ...]:
    return (
        Column(_("Rule"), lambda rule: rule.message.in_language(current())),
        Column(_("Effect"), effect_of, status=status_of, width=_TIER),
    )
