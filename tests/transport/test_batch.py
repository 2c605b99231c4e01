"""Several cases in one request: what may leave together, and which answer is whose."""

from dataclasses import replace

import pytest

from app.core.outcome import OutcomeKind
from app.core.register import Answer, Element, Profile
from app.files.profile import load_shipped
from app.safexml import parse
from app.transport.answer import AnswerTexts, Reply, read_replies
from app.transport.batch import head_of, joined, largest_batch
from tests.support.outside import answer_of, fault, soap

CASE_PATH = ("cases", "case")
CASES = ("1", "2", "22")
CREATED, UPDATED, REJECTED = OutcomeKind.CREATED, OutcomeKind.UPDATED, OutcomeKind.REJECTED
UNKNOWN = OutcomeKind.UNKNOWN


def document(case: str, system: str = "S", prefix: str = "") -> bytes:
    colon = f"{prefix}:" if prefix else ""
    space = f"xmlns{':' if prefix else ''}{prefix}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{colon}request {space}="urn:x">\n  <{colon}system>{system}</{colon}system>\n'
        f"  <{colon}cases>\n    <{colon}case>\n      <number>{case}</number>\n"
        f"      <name>&lt;Å&#13;</name>\n    </{colon}case>\n  </{colon}cases>\n</{colon}request>\n"
    ).encode()


@pytest.mark.parametrize("prefix", ["", "n"])
def test_the_registrations_of_several_requests_stand_in_one_in_order(prefix):
    together = joined([document(one, prefix=prefix) for one in CASES], CASE_PATH)
    root = parse(together)
    assert [one.text for one in root.iter("{*}number")] == list(CASES)
    assert {one.text for one in root.iter("{*}name")} == {"<Å\r"}
    assert [one.text for one in root.iter("{*}system")] == ["S"]
    assert together.count(b"urn:x") == 1
    assert together.startswith(b"<?xml")
    assert joined([document("1", prefix=prefix)], CASE_PATH) == document("1", prefix=prefix)


def test_only_requests_with_the_same_head_are_alike():
    assert head_of(document("1"), CASE_PATH) == head_of(document("2"), CASE_PATH)
    assert head_of(document("1"), CASE_PATH) != head_of(document("1", "T"), CASE_PATH)
    assert head_of(document("1", "a b"), CASE_PATH) != head_of(document("1", "ab"), CASE_PATH)
    assert head_of(b"<request/>", CASE_PATH) == b""


def many(profile: Profile, size: str = "50") -> Profile:
    """Return a profile whose contract takes many registrations per request."""
    parts = tuple(
        replace(one, maximum=None) if one.name == "registrering" else one
        for one in profile.root.children
    )
    root, settings = replace(profile.root, children=parts), {**profile.settings, "batch_size": size}
    return replace(profile, root=root, settings=settings)


def test_a_batch_is_as_large_as_the_contract_and_its_answer_allow():
    profile = load_shipped("spor-4.1")
    assert largest_batch(profile) == 1
    assert largest_batch(replace(profile, settings={**profile.settings, "batch_size": "9"})) == 1
    taking = many(profile, "9")
    assert largest_batch(taking) == 9
    once = Element("answer", 1, 1, children=(Element("code", 1, 1, base="string"),))
    assert largest_batch(replace(taking, answer=Answer(once, (), ("code",), (), "OK", "NO"))) == 1
    assert largest_batch(replace(taking, answer=None)) == 1


# Which answer is whose


@pytest.fixture(scope="module")
def texts() -> AnswerTexts:
    return AnswerTexts.from_profile(load_shipped("spor-4.1"))


def answered(texts: AnswerTexts, *results: tuple[str, str], cases=CASES):
    """Return kind and code per case, given the code and text of each result."""
    content = "".join(
        f"<r:registrationResult><r:resultCode>{code}</r:resultCode>"
        f"<r:resultText>{text}</r:resultText></r:registrationResult>"
        for code, text in results
    )
    body = soap(f'<r:response xmlns:r="urn:x">{content}</r:response>')
    outcomes = read_replies(cases, Reply(200, "text/xml", body), texts)
    assert tuple(one.case for one in outcomes) == cases
    return [one.kind for one in outcomes]


def test_results_are_matched_by_number_whatever_their_order(texts):
    found = answered(
        texts,
        ("OK", "Uppdaterade: 22"),
        ("ERROR", "Systemet kunde inte ta emot registreringen: 2 samma som 22"),
        ("OK", "Skapade: 1"),
    )
    assert found == [CREATED, REJECTED, UPDATED]


def test_results_in_other_words_are_matched_by_the_number_in_them(texts):
    found = answered(texts, ("OK", "Stored (22)."), ("ERROR", "No: 2"), ("OK", "1 is stored"))
    assert found == [CREATED, REJECTED, CREATED]


def test_results_that_name_no_case_are_matched_by_their_place(texts):
    assert answered(texts, ("OK", ""), ("ERROR", "no"), ("OK", "")) == [CREATED, REJECTED, CREATED]
    named = ("OK", ""), ("OK", "Skapade: 2"), ("ERROR", "")
    assert answered(texts, *named) == [CREATED, CREATED, REJECTED]


@pytest.mark.parametrize(
    ("results", "kinds"),
    [
        ([("OK", "Skapade: 1"), ("OK", "Skapade: 2")], [CREATED, CREATED, UNKNOWN]),
        ([("OK", ""), ("OK", "")], [UNKNOWN] * 3),
        ([("OK", "Skapade: 2"), ("OK", ""), ("OK", "")], [UNKNOWN, CREATED, UNKNOWN]),
        (
            [("OK", "Skapade: 1"), ("OK", "Skapade: 1"), ("OK", "Skapade: 22")],
            [UNKNOWN, UNKNOWN, CREATED],
        ),
        (
            [("OK", "Skapade: 1"), ("OK", "Skapade: 2"), ("OK", "Skapade: 9")],
            [CREATED, CREATED, UNKNOWN],
        ),
        (
            [("OK", "Skapade: 1-2"), ("OK", "2-1 stored"), ("OK", "x22")],
            [UNKNOWN, UNKNOWN, UNKNOWN],
        ),
        (
            [("MAYBE", "Skapade: 1"), ("OK", "Skapade: 2"), ("OK", "Skapade: 22")],
            [UNKNOWN, CREATED, CREATED],
        ),
        ([], [UNKNOWN] * 3),
    ],
)
def test_a_result_that_cannot_be_matched_is_unknown(texts, results, kinds):
    assert answered(texts, *results) == kinds


def test_of_one_case_the_one_result_is_its_own(texts):
    assert answered(texts, ("OK", "Stored"), cases=("1",)) == [CREATED]
    assert answered(texts, ("OK", ""), ("ERROR", ""), cases=("1",)) == [UNKNOWN]


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("OK", "Skapade: 9", UNKNOWN),
        ("OK", "Uppdaterade: 11", UNKNOWN),
        ("OK", "Skapade: 1.", CREATED),
        ("OK", "Skapade:", CREATED),
        ("ERROR", "Systemet kunde inte ta emot registreringen: 9 x", REJECTED),
    ],
)
def test_of_one_case_what_was_said_to_be_taken_in_is_that_one(texts, code, text, kind):
    assert answered(texts, (code, text), cases=("1",)) == [kind]


def test_what_is_said_of_the_whole_request_holds_for_each_case(texts):
    body = fault("Unmarshalling Error: cvc-x").partition(b"\r\n\r\n")[2]
    outcomes = read_replies(CASES, Reply(500, "text/xml", body), texts)
    assert {one.kind for one in outcomes} == {OutcomeKind.FORMAT_ERROR}
    assert [one.case for one in outcomes] == list(CASES)


def test_another_contract_says_where_code_and_text_stand(texts):
    answer = Answer(Element("svar", 1, 1), ("rader", "rad"), ("status", "kod"), ("info",), "1", "0")
    other = replace(texts, answer=answer)
    rows = "".join(
        f"<rad><status><kod>{code}</kod></status><info>nr {case}</info></rad>"
        for case, code in (("1", "1"), ("2", "0"), ("22", "1"))
    )
    body = soap(f"<svar><rader>{rows}</rader></svar>")
    outcomes = read_replies(CASES, Reply(200, "text/xml", body), other)
    assert [one.kind for one in outcomes] == [CREATED, REJECTED, CREATED]


def test_a_number_in_an_element_of_its_own_tells_the_case(texts):
    answer = Answer(Element("svar", 1, 1), ("rad",), ("kod",), ("info",), "1", "2")
    other = replace(texts, answer=answer)
    rows = "".join(
        f"<rad><nr>{case}</nr><kod>{code}</kod><info>ok</info></rad>"
        for case, code in (("22", "2"), ("1", "1"), ("2", "1"))
    )
    outcomes = read_replies(CASES, Reply(200, "text/xml", soap(f"<svar>{rows}</svar>")), other)
    assert [one.kind for one in outcomes] == [CREATED, CREATED, REJECTED]


def test_several_cases_go_over_the_line_as_one_request(outside, server):
    server.answers = [_answer("Skapade: 1", "Skapade: 2")]
    register = outside.register(server.address)
    outcomes = register.post_many(("1", "2"), joined([document("1"), document("2")], CASE_PATH))
    register.close()
    assert [one.kind for one in outcomes] == [CREATED, CREATED]
    assert len(server.requests) == 1
    assert server.requests[0].count(b"<number>") == 2


def test_an_answer_lost_is_unknown_for_every_case(outside, server):
    server.answers = [lambda secure: secure.sendall(b"HTTP/1.1 200 OK\r\n")]
    register = outside.register(server.address)
    outcomes = register.post_many(("1", "2"), document("1"))
    register.close()
    assert {(one.kind, one.code.startswith("answer-")) for one in outcomes} == {(UNKNOWN, True)}


def _answer(*texts: str) -> bytes:
    """Return an answer with one accepted result per text."""
    results = "".join(
        f"<registrationResult><resultCode>OK</resultCode><resultText>{text}</resultText>"
        "</registrationResult>"
        for text in texts
    )
    return answer_of("200 OK", soap(f"<response>{results}</response>"))


def test_a_profile_of_many_knows_what_is_repeated():
    assert many(load_shipped("spor-4.1")).case_path == ("registrering",)
    assert load_shipped("spor-4.1").case_path == ()
