"""The left side: where to send, and which cases."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from app.gui.frame.context import Context
from app.gui.frame.session import Batch
from app.gui.sending.entrances import EntranceChoice
from app.gui.widgets.labels import Note, SectionTitle
from app.gui.widgets.parts import Inspector
from app.language.text import _, ngettext


class Chooser(Inspector):
    """What a batch is made of; every change takes back the summary."""

    def __init__(
        self, context: Context, start_stage: Callable[[], None], changed: Callable[[], None]
    ) -> None:
        super().__init__(_("What to send"))
        self.cases: tuple[str, ...] = ()
        self._session = context.session
        self._changed = changed
        self.entrances = EntranceChoice(context, start_stage)
        self.all_changed = QRadioButton(_("All new and changed cases"))
        self.selected = QRadioButton()
        self.again = QCheckBox(_("Also cases that are accepted and unchanged"))
        self._group = QButtonGroup(self)
        for radio in (self.all_changed, self.selected):
            self._group.addButton(radio)
            radio.clicked.connect(self._choose)
        self.again.clicked.connect(self._choose)
        self.again.setChecked(context.session.batch.again)
        note = Note(
            _(
                "Cases with a finding that stops them, and patients who have declined, are always"
                " held back."
            )
        )
        parts: tuple[QWidget, ...] = (
            SectionTitle(_("Entrance")),
            self.entrances,
            SectionTitle(_("Cases")),
            self.all_changed,
            self.selected,
            self.again,
            note,
        )
        self.fill(*parts)
        self.choose_cases(context.session.batch.cases)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The cases to send, () for all that are new or changed."""
        return self.cases if self.selected.isChecked() else ()

    def choose_cases(self, cases: tuple[str, ...]) -> None:
        """Send these cases, or all new and changed when there are none."""
        self.cases = cases
        count = len(cases)
        text = ngettext("{count} selected case", "{count} selected cases", count)
        self.selected.setText(
            text.format(count=count) if cases else _("Selected cases (select them under Cases)")
        )
        self.selected.setEnabled(bool(cases))
        (self.selected if cases else self.all_changed).setChecked(True)
        self._remember()

    def _choose(self) -> None:
        self._remember()
        self._changed()

    def _remember(self) -> None:
        self._session.batch = Batch(self.wanted, self.again.isChecked())

    def lock(self, *, locked: bool) -> None:
        """Let nothing be changed while a batch is under way."""
        for part in (self.entrances, self.all_changed, self.selected, self.again):
            part.setEnabled(not locked)
        if not self.cases:
            self.selected.setEnabled(False)
