"""The head of a case: its number, how it counts, its worst finding, whether it is left out."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.widgets.labels import IconLabel, SectionTitle, StatusLabel
from app.language.sentences import name_of
from app.language.text import _, current
from app.workflow.views import CaseDetail

_UNLISTED = "none"
_LISTED = {"listed": "fellista", "rejected": "refused", "corrected": "clean"}


class Heading(QWidget):
    """What must be seen at a glance, whichever tab is open."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self.title = SectionTitle()
        self.meaning = IconLabel()
        self.meaning.let_shrink()
        self.worst = StatusLabel()
        self.excluded = IconLabel()
        self.excluded.let_shrink()
        noted = _("Shown, noted in the journal")
        self.revealed = IconLabel("eye-outline", noted, "fellista")
        self.revealed.let_shrink()
        self.listed = IconLabel()
        self.listed.let_shrink()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._top = QHBoxLayout()
        self._top.addWidget(self.title, 1)
        layout.addLayout(self._top)
        for parts in ((self.meaning, self.worst), (self.listed, self.excluded, self.revealed)):
            line = QHBoxLayout()
            line.setSpacing(2 * theme.GRID)
            for part in parts:
                line.addWidget(part)
            line.addStretch(1)
            layout.addLayout(line)

    def put_beside(self, *parts: QWidget) -> None:
        """Put parts in the line of the number, so that what is said below has the whole width."""
        for part in parts:
            self._top.addWidget(part)

    def show_case(self, detail: CaseDetail | None) -> None:
        """Show another case, None for none."""
        self.worst.setVisible(detail is not None)
        self._say_standing(detail)
        self.revealed.setVisible(detail is not None and detail.revealed)
        if detail is None:
            self.title.setText(_("No case is chosen"))
            hint = _("Choose a case in the list to see it through the whole chain.")
            self.meaning.show_state("", hint, "quiet")
            return
        self.title.setText(detail.row.case)
        self.worst.set_status(theme.status_of(detail.row.tier))
        self._say_verdict(detail)

    def _say_standing(self, detail: CaseDetail | None) -> None:
        """Say whether the case is on the register's lists, or left out by a person."""
        state = detail.row.fellista if detail is not None else _UNLISTED
        excluded = detail.row.excluded if detail is not None else ""
        self.listed.setVisible(state != _UNLISTED)
        status = theme.STATUS[_LISTED.get(state, "unknown")]
        self.listed.show_state(status.icon, name_of(f"list-{state}"), status.tone)
        self.excluded.setVisible(bool(excluded))
        self.excluded.show_state("cancel", _("Left out: {reason}").format(reason=excluded), "quiet")

    def _say_verdict(self, detail: CaseDetail) -> None:
        verdicts = (one for one in self._profile.verdicts if one.id == detail.row.verdict)
        found = next(verdicts, None)
        if found is None:
            self.meaning.show_state("help", _("Not counted"), "unknown")
            return
        phases = (one for one in self._profile.phases if one.id == detail.row.phase)
        name = found.name.in_language(current())
        phase = next((one.name.in_language(current()) for one in phases), "")
        self.meaning.show_state(found.icon, f"{name} · {phase}" if phase else name, "text")
        self.meaning.setToolTip(found.meaning.in_language(current()))
