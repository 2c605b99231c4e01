"""The form of one of the hospital's own rules, with what it does to the loaded export."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.condition import names, parse
from app.core.errors import ProfileError
from app.core.finding import Tier
from app.core.register import Profile, Rule, Text
from app.gui import theme
from app.gui.register.parts import Follow, variable_links
from app.gui.widgets.controls import Button, Choice, Field
from app.gui.widgets.labels import Note, SectionTitle
from app.gui.widgets.link_list import Link, LinkList
from app.gui.widgets.trouble import Trouble
from app.language.sentences import name_of
from app.language.text import _, current
from app.workflow.rule_views import RuleTrial

TIERS = (Tier.BLOCKS, Tier.CORRUPT, Tier.INCONSISTENT, Tier.NOTE)
_LINES = 4
_REST = 600  # ms without a key before the condition is tried


class ConditionField(QPlainTextEdit):
    """Several lines of a condition; says when the writing rests or is over."""

    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Broken when"))
        self.setFont(theme.fixed_font())
        self.setTabChangesFocus(True)
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 2 * theme.GRID)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST)
        self._timer.timeout.connect(self.written)
        self.textChanged.connect(self._timer.start)

    def text(self) -> str:
        """Return the condition in one line, as it is kept."""
        return " ".join(self.toPlainText().split())

    def show_text(self, text: str) -> None:
        """Show a condition without telling; what stands there already keeps the cursor."""
        if text != self.text():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._timer.stop()
        self.written.emit()
        super().focusOutEvent(event)


class RuleEditor(QWidget):
    """Says what the rule would be with every change that is made in the form."""

    edited = Signal(Rule)
    removed = Signal()
    case_wanted = Signal(str)
    link_wanted = Signal(object)  # the target of a variable that the condition names

    def __init__(self, rule: Rule, profile: Profile) -> None:
        super().__init__()
        self.rule = rule
        self._profile = profile
        self.message = Field(_("What is wrong"), placeholder=_("What is wrong, in a few words"))
        self.effect = Choice(_("Effect"), tuple((one.value, name_of(one.value)) for one in TIERS))
        self.condition = ConditionField()
        self.remedy = Field(_("What to do"), placeholder=_("What your colleagues are to do"))
        self.result = Trouble()
        self.samples: LinkList | None = None
        self.named: LinkList | None = None
        self._found = QVBoxLayout()
        self._lay_out()
        self.show_rule(rule)
        for field in (self.message, self.remedy):
            field.editingFinished.connect(self._tell)
        self.effect.activated.connect(lambda _index: self._tell())
        self.condition.written.connect(self._tell)

    def show_rule(self, rule: Rule) -> None:
        """Show the rule as it now is, such as after an undo."""
        self.rule = rule
        language = current()
        for field, text in ((self.message, rule.message), (self.remedy, rule.remedy)):
            if field.text() != text.in_language(language):
                field.setText(text.in_language(language))
        self.effect.set_value(rule.tier.value)
        self.condition.show_text(rule.condition)

    def draft(self) -> Rule:
        """Return the rule as the form has it."""
        condition = self.condition.text()
        return replace(
            self.rule,
            message=_said(self.rule.message, self.message.text().strip()),
            remedy=_said(self.rule.remedy, self.remedy.text().strip()),
            tier=Tier(self.effect.value() or Tier.NOTE.value),
            condition=condition,
            variables=variables_of(condition, self._profile),
        )

    def show_trial(self, trial: RuleTrial) -> None:
        """Show what the rule does to the loaded export."""
        if trial.problem is not None:
            self.result.show_error(trial.problem)
        elif not trial.total:
            self.result.say(_("No export is loaded, so no case was asked."), "note")
        else:
            text = _("{cases} of {total} cases break it").format(
                cases=trial.cases, total=trial.total
            )
            self.result.say(text, "inkonsistent" if trial.cases else "clean")
        self._show_links(trial.samples, trial.variables)

    def show_empty(self) -> None:
        """Say that there is nothing to try yet."""
        self.result.say(_("Write when the rule is broken to try it on the export."), "note")
        self._show_links((), ())

    def _tell(self) -> None:
        draft = self.draft()
        if draft != self.rule:
            self.rule = draft
            self.edited.emit(draft)

    def _show_links(self, cases: tuple[str, ...], variables: tuple[str, ...]) -> None:
        """Lead to the cases that break the rule and to the variables that it names."""
        for former in (self.samples, self.named):
            if former is not None:
                self._found.removeWidget(former)
                former.hide()
                former.deleteLater()
        to_cases = tuple(Link(case, {"case": case}, tip=_("Show the case")) for case in cases)
        known = [self._profile.by_id[one] for one in variables if one in self._profile.by_id]
        self.samples = self._add_links(_("Cases that break it"), to_cases, self._want_case)
        self.named = self._add_links(_("Variables"), variable_links(known), self.link_wanted.emit)

    def _add_links(self, name: str, lines: tuple[Link, ...], follow: Follow) -> LinkList | None:
        if not lines:
            return None
        shown = LinkList(name, lines)
        shown.wanted.connect(follow, Qt.ConnectionType.QueuedConnection)
        self._found.addWidget(shown)
        return shown

    def _want_case(self, target: Mapping[str, str]) -> None:
        self.case_wanted.emit(target["case"])

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for title, part in (
            (_("What is wrong"), self.message),
            (_("Effect"), self.effect),
            (_("Broken when"), self.condition),
        ):
            layout.addWidget(Note(title))
            layout.addWidget(part)
        layout.addWidget(
            Note(
                _(
                    "Variables by number or id; and, or, not; < <= > >= == !=; missing(x),"
                    " present(x), in_list(x, list), matches(x, 'form'), any(group, …),"
                    " days(14), hours(6). Such as: missing(x) and y > z + days(1)"
                )
            )
        )
        self._lay_out_result(layout)

    def _lay_out_result(self, layout: QVBoxLayout) -> None:
        layout.addWidget(Note(_("What to do")))
        layout.addWidget(self.remedy)
        layout.addWidget(SectionTitle(_("On the loaded export")))
        layout.addWidget(self.result)
        layout.addLayout(self._found)
        line = QHBoxLayout()
        remove = Button(_("Remove the rule"), self.removed.emit, icon="delete-outline")
        line.addWidget(remove)
        line.addStretch(1)
        layout.addLayout(line)


def variables_of(condition: str, profile: Profile) -> tuple[str, ...]:
    """Return the variables that a condition names, as they first stand in it."""
    try:
        named = names(parse(condition)) if condition else frozenset()
    except ProfileError:
        return ()
    return tuple(sorted(named & profile.by_id.keys(), key=condition.find))


def _said(former: Text, text: str) -> Text:
    """Return a text in the language in use; one that was the same in both stays so."""
    if former.sv == former.en:
        return Text(text, text)
    return replace(former, **{current(): text})
