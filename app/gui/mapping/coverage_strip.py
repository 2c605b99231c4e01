"""How much of the mapping is done: one line that is always seen, and the same by section."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import StatusLabel
from app.gui.widgets.numbers import count, share_to_tenth
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _, current
from app.workflow.coverage_views import Coverage, Share

_NUMBER, _WIDER, _LONG = 108, 124, 176  # pixels
_ROOM = 700  # pixels that all the columns need
_FIRST_TO_GO = (2, 4)  # where a panel beside the page takes the room


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One line by section or by phase; a share is None where it says nothing."""

    name: str
    mandatory: Share | None = None
    linked: Share | None = None
    approved: Share | None = None
    maps: Share | None = None
    passing: Share | None = None


class CoverageStrip(QWidget):
    """Four shares side by side, each with icon and words, green when nothing is left."""

    details_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.mandatory = StatusLabel()
        self.approved = StatusLabel()
        self.maps = StatusLabel()
        self.passing = StatusLabel()
        self.details = Button(_("By section"), icon="format-list-bulleted", kind="quiet")
        self.details.setCheckable(True)
        self.details.toggled.connect(self.details_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.GRID)
        for part in (self.mandatory, self.approved, self.maps, self.passing):
            layout.addWidget(part)
        layout.addWidget(self.details)

    def show_coverage(self, coverage: Coverage) -> None:
        """Show how much is done."""
        _say(self.mandatory, _("Mandatory {done} of {total}"), coverage.mandatory, "refused")
        _say(self.approved, _("Approved {done} of {total}"), coverage.approved, "waiting")
        _say(self.maps, _("Value maps {done} of {total}"), coverage.maps, "waiting")
        known = share_to_tenth(coverage.values.done, coverage.values.total)
        self.maps.setToolTip(_("Codes that are mapped: {share} of the values").format(share=known))
        if coverage.passing is None:
            self.passing.set_status("unknown", _("Cases: not checked yet"))
        else:
            _say(self.passing, _("Cases that pass {done} of {total}"), coverage.passing, "blocks")


class CoverageTable(Table[CoverageRow]):
    """The same shares by the register's sections, then the cases by how far they have come."""

    def __init__(self) -> None:
        super().__init__(_("Coverage by section and phase"), RowsModel(_columns()))

    def _share_width(self) -> None:
        is_tight = self.viewport().width() < _ROOM
        for number in _FIRST_TO_GO:
            if self.isColumnHidden(number) != is_tight:
                self.setColumnHidden(number, is_tight)
        super()._share_width()

    def show_coverage(self, coverage: Coverage, profile: Profile) -> None:
        """Show how much is done, section by section."""
        language = current()
        sections = (
            CoverageRow(
                profile.sections[one.section].in_language(language),
                one.mandatory,
                one.linked,
                one.approved,
                one.maps,
            )
            for one in coverage.sections
        )
        verdicts = {one.id: one.name.in_language(language) for one in profile.verdicts}
        phases = (
            CoverageRow(verdicts[one.verdict], passing=one.passing) for one in coverage.phases
        )
        self.rows.set_rows((*sections, *phases))


def _say(label: StatusLabel, words: str, share: Share, status: str) -> None:
    text = words.format(done=count(share.done), total=count(share.total))
    label.set_status("clean" if share.is_whole else status, text)


def _columns() -> tuple[Column[CoverageRow], ...]:
    return (
        Column(_("Section or phase"), lambda row: row.name),
        _column(_("Mandatory"), lambda row: row.mandatory),
        _column(_("Linked"), lambda row: row.linked, is_aim=False),
        _column(_("Links approved"), lambda row: row.approved, width=_WIDER),
        _column(_("Value maps"), lambda row: row.maps),
        _column(_("Cases that pass"), lambda row: row.passing, width=_LONG),
    )


def _column(
    title: str,
    share_of: Callable[[CoverageRow], Share | None],
    *,
    is_aim: bool = True,
    width: int = _NUMBER,
) -> Column[CoverageRow]:
    """Return a column of shares; one that is to become whole says with an icon whether it is."""

    def text(row: CoverageRow) -> str:
        share = share_of(row)
        if share is None or not share.total:
            return "–"
        return _("{done} of {total}").format(done=count(share.done), total=count(share.total))

    def status(row: CoverageRow) -> str:
        share = share_of(row)
        if not is_aim or share is None or not share.total:
            return ""
        return "clean" if share.is_whole else "waiting"

    return Column(title, text, status=status, width=width)
