from app import safexml
from app.stage.reading import registrations
from tests.support.stage import PERSON, request


def _with(document: bytes, before: bytes, more: bytes) -> bytes:
    return document.replace(before, more + before)


PLANNINGS = (
    b"<planering><planeradSal>1</planeradSal></planering><planering><planeradSal> 2 </planeradSal>"
    b"<strykning><tidpunktStrykning>2026-03-01T10:00:00+01:00</tidpunktStrykning>"
    b"<strykningsorsak>3a</strykningsorsak>"
    b"<avforsFranVantelistan>Nej</avforsFranVantelistan></strykning></planering><!-- no more -->"
)


def test_values_are_found_wherever_they_stand(profile):
    (case,) = registrations(safexml.parse(request()), profile)
    assert case.key == "2200054"
    assert case.values["SystemId"] == "SE0000000000-OP1"
    assert case.values["patientId"] == PERSON
    assert case.values["V565"] == "2026-03-02T08:00:00+01:00"
    assert case.groups["operationskod"] == ({"operationskod": "NFB49"},)


def test_each_repeated_part_is_a_row_with_all_that_stands_in_it(profile):
    document = _with(request(), b"<operation>", PLANNINGS)
    (case,) = registrations(safexml.parse(document), profile)
    first, second = case.groups["planering"]
    assert first == {"planeradSal": "1"}
    assert second == {
        "planeradSal": "2",
        "V440": "2026-03-01T10:00:00+01:00",
        "V445": "3a",
        "V450": "Nej",
    }
    assert "V440" not in case.values


def test_several_registrations_in_one_request_are_kept_apart(profile):
    one = request("1", code="AAA11")
    start, end = one.index(b"<registrering>"), one.index(b"</registrering>")
    other = request("2", code="BBB22")[start:end] + b"</registrering>"
    document = _with(one, b"</postRegistrationRequest>", other)
    cases = registrations(safexml.parse(document), profile)
    assert [case.key for case in cases] == ["1", "2"]
    assert [case.groups["operationskod"] for case in cases] == [
        ({"operationskod": "AAA11"},),
        ({"operationskod": "BBB22"},),
    ]
    assert {case.values["SystemId"] for case in cases} == {"SE0000000000-OP1"}


def test_an_element_the_profile_does_not_know_is_passed_over(profile):
    document = _with(request(), b"<patient>", b"<okand>1</okand>")
    (case,) = registrations(safexml.parse(document), profile)
    assert "okand" not in case.values


def test_a_blank_that_is_none_of_xml_s_is_part_of_a_value(profile):
    (case,) = registrations(safexml.parse(request("\u00a02200054 \n")), profile)
    assert case.key == "\u00a02200054"
