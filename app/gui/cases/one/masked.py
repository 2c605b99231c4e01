"""A case's values without personnummer; the worker masks too, and twice does no harm."""

from dataclasses import replace

from app.core.register import Profile
from app.gui.widgets.masking import mask_cell
from app.workflow.views import CaseDetail, ValueView


def shown_values(detail: CaseDetail, profile: Profile) -> tuple[ValueView, ...]:
    """Return a case's values, masked unless its personnummer was asked for."""
    if detail.revealed:
        return detail.values
    return tuple(masked_value(one, detail.row.case, profile) for one in detail.values)


def masked_value(value: ValueView, case: str, profile: Profile) -> ValueView:
    """Return a value with every personnummer in it masked."""
    person = value.variable == profile.roles.get("person_id", "")

    def masked(text: str) -> str:
        return mask_cell(text, person=person, case=case)

    return replace(
        value,
        value=masked(value.value),
        raw=tuple(map(masked, value.raw)),
        stages=tuple(replace(stage, value=masked(stage.value)) for stage in value.stages),
    )
