"""A case's values without personnummer; the worker masks too, and twice does no harm."""

from dataclasses import replace

from app.core.register import Profile
from app.gui.widgets.masking import mask_cell
from app.workflow.views import CaseDetail, ValueView


def shown_values(detail: CaseDetail, profile: Profile) -> tuple[ValueView, ...]:
    """Return a case's values, masked unless its personnummer was asked for."""
    if detail.revealed:
        return detail.values
    person = profile.roles.get("person_id", "")
    case = detail.row.case
    return tuple(_masked(one, case, person=one.variable == person) for one in detail.values)


def _masked(value: ValueView, case: str, *, person: bool) -> ValueView:
    def masked(text: str) -> str:
        return mask_cell(text, person=person, case=case)

    return replace(
        value,
        value=masked(value.value),
        raw=tuple(map(masked, value.raw)),
        stages=tuple(replace(stage, value=masked(stage.value)) for stage in value.stages),
    )
