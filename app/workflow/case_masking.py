"""Hide who the patient is in all that is shown of a case, until somebody asks to see it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.core.counting import CaseCount, Decider, Explained, Turn, WhatIf
from app.core.identity import is_only_a_time, mask, mask_text
from app.core.mapping import Link, Project
from app.core.register import Profile, ValueType
from app.workflow.case_views import Unsent
from app.workflow.mapping_views import StepValue
from app.workflow.views import CaseDetail, SourceRow, ValueView

_TIMES = {ValueType.DATE, ValueType.DATETIME}
_Cell = tuple[str, int, str, str]  # table, row, file, column


@dataclass(frozen=True)
class Masks:
    """Hides the values and cells of a case; `case`, its number, stays readable."""

    profile: Profile
    project: Project
    case: str

    def value(self, variable: str, text: str) -> str:
        """Return a value as it is shown."""
        if self._kind(variable) is ValueType.PERSON_ID:
            return mask(text.strip()) if text.strip() else text
        return mask_text(text, keep=self.case)

    def detail(self, plain: CaseDetail) -> CaseDetail:
        """Return a case with everything hidden but its document."""
        return replace(
            plain,
            source_rows=self.rows(plain.source_rows, plain.values),
            values=tuple(self.view(value) for value in plain.values),
            unsent=tuple(self._unsent(one) for one in plain.unsent),
            count=self.count(plain.count) if plain.count else None,
        )

    def view(self, value: ValueView) -> ValueView:
        """Return a value with its raw texts and what the steps left of them."""
        if self._is_time(value):
            return value
        hide = value.variable
        return replace(
            value,
            value=self.value(hide, value.value),
            raw=tuple(self.value(hide, text) for text in value.raw),
            stages=tuple(
                StepValue(self.value(hide, one.value), one.problem) for one in value.stages
            ),
        )

    def rows(
        self, rows: tuple[SourceRow, ...], values: Iterable[ValueView]
    ) -> tuple[SourceRow, ...]:
        """Return rows of the export with every cell as the variable that reads it is shown.

        The digits of what became a time among the case's values are nobody's.
        """
        reads = self._reads()
        times = {
            (one.table, one.row, one.file, column)
            for one in values
            if self._is_time(one)
            for column in one.columns
        }

        def shown(cell: _Cell, text: str) -> str:
            variable = reads.get((cell[0], cell[-1]), "")
            is_person = self._kind(variable) is ValueType.PERSON_ID
            return text if cell in times and not is_person else self.value(variable, text)

        return tuple(
            replace(
                row,
                cells=tuple(
                    (name, shown((row.table, row.row, row.file, name), text))
                    for name, text in row.cells
                ),
            )
            for row in rows
        )

    def count(self, count: CaseCount) -> CaseCount:
        """Return how a case is counted, and what decides it."""
        return replace(
            count,
            verdict=self._explained(count.verdict),
            others=tuple(self._explained(one) for one in count.others),
            counts=tuple(self._explained(one) for one in count.counts),
        )

    def _explained(self, one: Explained) -> Explained:
        return replace(
            one,
            deciders=tuple(self._decider(decider) for decider in one.deciders),
            changes=tuple(self._what_if(change) for change in one.changes),
        )

    def _decider(self, decider: Decider) -> Decider:
        told = tuple((name, self.value(name, text)) for name, text in decider.variables)
        return replace(decider, variables=told)

    def _what_if(self, change: WhatIf) -> WhatIf:
        return replace(change, turns=tuple(self._turn(turn) for turn in change.turns))

    def _turn(self, turn: Turn) -> Turn:
        before, after = (self.value(turn.variable, text) for text in (turn.before, turn.after))
        return replace(turn, before=before, after=after)

    def _unsent(self, one: Unsent) -> Unsent:
        told = tuple(
            (name, self.value(one.variable, text) if name == "value" else text)
            for name, text in one.values
        )
        return replace(one, values=told)

    def _reads(self) -> dict[tuple[str, str], str]:
        """Return which variable each column is read for; that of a person's number goes first."""
        ordered = sorted(self.project.links, key=self._tells_who)
        return {
            (self._table(link), column): link.variable
            for link in ordered
            for column in link.columns
        }

    def _table(self, link: Link) -> str:
        known = self.profile.by_id.get(link.variable)
        chosen = self.project.group_link_of(known.group) if known and known.group else None
        return chosen.table if chosen else link.table or self.project.case_table

    def _tells_who(self, link: Link) -> bool:
        return self._kind(link.variable) is ValueType.PERSON_ID

    def _kind(self, variable: str) -> ValueType:
        known = self.profile.by_id.get(variable)
        return known.value_type if known else ValueType.TEXT

    def _is_time(self, value: ValueView) -> bool:
        """Whether a value is a time, and nothing else stands where it was read from."""
        return self._kind(value.variable) in _TIMES and is_only_a_time(value.raw, value.value)
