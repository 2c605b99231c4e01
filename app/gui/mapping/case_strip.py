"""One line on the case that is followed: its number, how it counts, what is wrong with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.core.finding import worst
from app.core.register import Profile
from app.gui import theme
from app.gui.mapping.fields import tool
from app.gui.mapping.live import Live
from app.gui.widgets.controls import Button, Field
from app.gui.widgets.labels import FieldLabel, Note, StatusLabel
from app.gui.widgets.numbers import count
from app.language.sentences import error_sentence
from app.language.text import _, current, ngettext
from app.workflow.mapping_views import CaseTrial

_NUMBER_WIDTH = 128  # pixels


class CaseStrip(QWidget):
    """Says which case the results in the table are of, and leads to others."""

    step_wanted = Signal(int)
    chance_wanted = Signal()
    case_wanted = Signal(str)
    opened = Signal(str)  # the case is to be seen whole

    def __init__(self) -> None:
        super().__init__()
        self._case = ""
        self.number = Field(_("Case that is followed"))
        self.number.setFixedWidth(_NUMBER_WIDTH)
        self.number.editingFinished.connect(self._ask)
        self.place = Note()
        self.place.setWordWrap(False)
        self.before = tool("chevron-left", _("Previous case"), lambda: self.step_wanted.emit(-1))
        self.after = tool("chevron-right", _("Next case"), lambda: self.step_wanted.emit(1))
        self.any = tool("dice-3-outline", _("Any case"), self.chance_wanted.emit)
        self.stand = StatusLabel()
        self.stand.let_shrink()
        self.open = Button(
            _("Open the case"),
            lambda: self.opened.emit(self._case),
            icon="arrow-right",
            kind="quiet",
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(FieldLabel(_("Case")))
        layout.addSpacing(theme.GRID // 2)
        for part in (self.number, self.before, self.after, self.any, self.place):
            layout.addWidget(part)
        layout.addSpacing(theme.GRID)
        layout.addWidget(self.stand, 1)
        layout.addWidget(self.open)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_case(self, live: Live, profile: Profile) -> None:
        """Show the case that is followed, or why there is none."""
        trial = live.trial
        self._case = trial.case if trial else ""
        has_case = bool(self._case)
        self.number.setText(self._case)
        self.number.setModified(False)
        for part in (self.before, self.after, self.any, self.number):
            part.setEnabled(trial is not None and bool(trial.total))
        self.open.setVisible(has_case)
        self.place.setVisible(has_case)
        if trial is None:
            self.stand.set_status("unknown", _("No case can be followed."))
        elif trial.problem is not None:
            self.stand.set_status("blocks", error_sentence(trial.problem))
        elif not has_case:
            self.stand.set_status("unknown", _("The export has no cases."))
        else:
            self._show_trial(trial, profile)

    def _show_trial(self, trial: CaseTrial, profile: Profile) -> None:
        words = _("{place} of {total}")
        self.place.setText(words.format(place=count(trial.place + 1), total=count(trial.total)))
        names = {one.id: one.name.in_language(current()) for one in profile.verdicts}
        parts = [names[trial.verdict]] if trial.verdict in names else []
        if trial.findings:
            found = ngettext("{count} finding", "{count} findings", len(trial.findings))
            parts.append(found.format(count=count(len(trial.findings))))
        else:
            parts.append(_("no findings"))
        self.stand.set_status(theme.status_of(worst(trial.findings)), " · ".join(parts))

    def _ask(self) -> None:
        if self.number.isModified() and self.number.text().strip():
            self.number.setModified(False)
            self.case_wanted.emit(self.number.text().strip())
