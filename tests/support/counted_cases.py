"""Cases of every kind that the verdicts tell apart, by hand and at random."""

from hypothesis import strategies as st

from app.core.case import CaseValues, Values

REQUEST = {
    "SystemId": "SE0000000000-OP1",
    "V105": "SPOR",
    "behandlingsnummer": "1",
    "patientId": "197701012382",
    "V310": "2026-01-02T08:00:00+01:00",
    "V320": "elektiv",
}
PLANNED = {
    "V410": "2026-01-03T08:00:00+01:00",
    "V415": "2026-03-29T08:00:00+02:00",  # the day on which the clocks go forward
    "V420": "2026-03-29T08:30:00+02:00",
    "V425": "2026-03-29T10:00:00+02:00",
    "V430": "2026-03-29T10:30:00+02:00",
}
STRUCK = {"V440": "2026-03-28T17:00:00+01:00", "V445": "7a", "V450": "Nej"}
LATE = STRUCK | {"V440": "2026-03-28T17:00:01+01:00"}
OPERATED = {
    "V540": "2026-03-29T08:00:00+02:00",
    "V565": "2026-03-29T08:40:00+02:00",
    "V570": "2026-03-29T10:00:00+02:00",
}


def case(*plannings: Values, operationskod: str = "", **values: str) -> CaseValues:
    """Return a requested case with plannings and further values of its own."""
    codes = ({"operationskod": operationskod},) if operationskod else ()
    groups = {"planering": plannings, "operationskod": codes}
    return CaseValues("1", REQUEST | values, groups)


MOMENTS = st.sampled_from(
    [
        "2026-03-28T16:59:59+01:00",
        "2026-03-28T17:00:00+01:00",
        "2026-03-28T18:00:00+02:00",  # 17.00 by another offset
        "2026-03-28T20:00:00+01:00",
        "2026-03-29T08:00:00+02:00",
        "2026-03-30T00:00:00+02:00",
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2026-10-24T17:00:00+02:00",
        "2026-10-24T17:00:01+02:00",
        "2026-10-25T17:00:00+01:00",
        "2026-10-26T08:00:00+01:00",
        "2026-01-01T00:30:00Z",
        "x",
    ]
)
_PLANNINGS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("V410", "V415", "V420", "V425", "V430", "V440"), MOMENTS),
        "V445": st.sampled_from(["7a", "11C"]),
        "V450": st.sampled_from(["Ja", "Nej", "ja"]),
    },
)
_OWN = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("V310", "V540", "V565", "V570", "V800"), MOMENTS),
        "V320": st.sampled_from(["akut", "elektiv"]),
        "V875": st.just("36.5"),
        "patientId": st.just("197701012382"),
    },
)
_CODES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "operationskod": st.sampled_from(["NFB49", "TPX10", "MCA10", "UJK02", "SP712", "X"])
        },
    ),
    max_size=2,
)
_ADMINISTRATION = ("SystemId", "V105", "behandlingsnummer")

CASES = st.builds(
    lambda own, plannings, codes, bare: CaseValues(
        "1",
        own if bare else {name: REQUEST[name] for name in _ADMINISTRATION} | own,
        {"planering": tuple(plannings), "operationskod": tuple(codes)},
    ),
    _OWN,
    st.lists(_PLANNINGS, max_size=3),
    _CODES,
    st.booleans(),
)
