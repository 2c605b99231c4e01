"""What is shown to the right: bars with their axes, the same as rows of a table, and a sentence."""

from dataclasses import dataclass

from app.core.register import Profile
from app.gui.cases.quality.words import (
    bar_label,
    clinic_name,
    number,
    per_cent,
    phase_name,
    shift_kind,
    shift_value,
    spread_sentence,
    unit_word,
    variable_name,
)
from app.gui.widgets.numbers import count, share_to_tenth
from app.gui.widgets.plot import PlotBar, PlotView
from app.language.text import N_, _, current
from app.workflow.quality_views import (
    CODES,
    HOURS,
    MONTHS,
    NUMBERS,
    SPANS,
    Distribution,
    Part,
    Shift,
    VariableQuality,
)

KINDS = {
    CODES: N_("Codes"),
    NUMBERS: N_("Values"),
    HOURS: N_("Time of day"),
    MONTHS: N_("Months"),
    SPANS: N_("Length"),
}
FAR_OUTSIDE = N_(
    "Far outside: more than three times the width of the middle half away from that half."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table beside a plot."""

    label: str
    amount: str
    part: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A plot with its table; `cases` are those that are odd or break a rule."""

    title: str
    plot: PlotView
    lines: tuple[Line, ...]
    sentence: str
    cases: tuple[str, ...] = ()
    explanation: str = ""  # of a word in the sentence


def distribution_chart(made: Distribution, name: str, profile: Profile, variable: str) -> Chart:
    """Return how values lie."""
    last = len(made.bars) - 1
    places = [-1 if not at else 1 if at == last else 0 for at in range(len(made.bars))]
    labels = [bar_label(bar, made, at) for bar, at in zip(made.bars, places, strict=True)]
    by_label = made.kind in {CODES, MONTHS}
    bars = tuple(
        PlotBar(label, bar.count, *_edges(made, at), bar.is_odd)
        for at, (bar, label) in enumerate(zip(made.bars, labels, strict=True))
    )
    title = _(KINDS[made.kind])
    unit = unit_word(made.unit)
    values = _("Hour") if made.kind == HOURS else f"{title} ({unit})" if unit else title
    texts = _texts(profile, variable) if made.kind == CODES else {}
    return Chart(
        title,
        PlotView(f"{name}: {title}", values, _("Number"), bars, by_label, made.limits[:1]),
        tuple(
            Line(texts.get(bar.label, label), count(bar.count), _part(bar.count, made.counted))
            for bar, label in zip(made.bars, labels, strict=True)
        ),
        spread_sentence(made),
        made.cases or (made.odd.cases if made.odd else ()),
        _(FAR_OUTSIDE) if made.odd else "",
    )


def _edges(made: Distribution, at: int) -> tuple[float, float]:
    """Return where a bar is drawn: what lies far outside gets a bar as wide as its neighbour."""
    bar = made.bars[at]
    usual = [one for one in made.bars if not one.is_odd]
    if not bar.is_odd or not usual:
        return bar.low, bar.high
    width = usual[0].high - usual[0].low
    if at == 0:
        return bar.high - width, bar.high
    return bar.low, bar.low + width


def _texts(profile: Profile, variable_id: str) -> dict[str, str]:
    """Return the codes with what they mean, as far as the profile says."""
    variable = profile.by_id[variable_id]
    codes = profile.codes_of(variable.code_list) if variable.code_list else ()
    told = {one.code: one.text.in_language(current()) for one in codes}
    return {
        code: f"{code} {text}" if text and text.casefold() != code.casefold() else code
        for code, text in told.items()
    }


def _part(part: int, whole: int) -> str:
    return share_to_tenth(part, whole)


def phase_chart(one: VariableQuality, name: str, profile: Profile) -> Chart:
    """Return how full a variable is in each phase."""
    labels = [phase_name(profile, part.key) for part in one.phases]
    return _filled(_("Filled by phase"), name, labels, one.phases, _counted_in(one, profile))


def clinic_chart(one: VariableQuality, name: str, profile: Profile) -> Chart:
    """Return how full a variable is in each clinic."""
    labels = [clinic_name(part.key) for part in one.clinics]
    return _filled(_("Filled by clinic"), name, labels, one.clinics, _counted_in(one, profile))


def _counted_in(one: VariableQuality, profile: Profile) -> str:
    """Return among what a variable is counted."""
    group = next((group for group in profile.groups if group.id == one.group), None)
    if group is not None:
        name = group.name.in_language(current())
        section = profile.sections.get(profile.by_id[one.variable].section)
        if section is None:
            return _("Counted among the rows of {group}.").format(group=name)
        return _("Counted among the rows of {group} that have any value of {section}.").format(
            group=name, section=section.in_language(current())
        )
    if one.phase:
        phase = phase_name(profile, one.phase)
        return _("Counted among the cases that have come to {phase}.").format(phase=phase)
    return _("Counted among all cases.")


def _filled(
    title: str, name: str, labels: list[str], parts: tuple[Part, ...], sentence: str
) -> Chart:
    shares = [100 * part.filled.done / max(1, part.filled.total) for part in parts]
    bars = tuple(PlotBar(label, share) for label, share in zip(labels, shares, strict=True))
    return Chart(
        title,
        PlotView(f"{name}: {title}", title, _("Per cent"), bars),
        tuple(
            Line(
                label,
                _("{done} of {total}").format(
                    done=count(part.filled.done), total=count(part.filled.total)
                ),
                per_cent(part.filled),
            )
            for label, part in zip(labels, parts, strict=True)
        ),
        sentence,
    )


def shift_chart(shift: Shift, profile: Profile, *, is_time: bool) -> Chart:
    """Return the load before beside this one."""
    name = variable_name(profile, shift.variable)
    values = ((_("Load before"), shift.before), (_("This load"), shift.now))
    texts = [shift_value(shift, value, is_time=is_time) for _label, value in values]
    title = shift_kind(shift)
    unit = profile.by_id[shift.variable].unit if shift.kind == "median" else ""
    amounts = _("Minute of the day") if is_time and shift.kind == "median" else unit
    return Chart(
        title,
        PlotView(
            f"{name}: {title}",
            title,
            amounts or (number_word() if shift.kind == "median" else _("Per cent")),
            tuple(PlotBar(label, value) for label, value in values),
        ),
        tuple(Line(label, text, "") for (label, _v), text in zip(values, texts, strict=True)),
        _size_sentence(shift, is_time=is_time),
    )


def _size_sentence(shift: Shift, *, is_time: bool) -> str:
    """Return by how much the two loads differ."""
    size = number(abs(shift.now - shift.before))
    if shift.kind != "median":
        return _("Differs by {size} percentage points.").format(size=size)
    if is_time:
        return _("Differs by {size} minutes.").format(size=size)
    return _("Differs by {size}.").format(size=size)


def number_word() -> str:
    """Return what an axis without a unit is called."""
    return _("Value")
