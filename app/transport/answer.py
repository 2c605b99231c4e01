"""What the register answered, made from status and bytes.

Where the elements of an answer stand is the contract's; how results are worded is the profile's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from lxml import etree

from app.core.errors import ProfileError
from app.core.identity import mask_text
from app.core.outcome import Outcome, OutcomeKind
from app.core.register import Answer, Profile
from app.safexml import UnsafeXml, parse
from app.transport.contract import SOAP_11

SCHEMA_CODE = "cvc-"  # how XML Schema names every constraint that a document can break
REDIRECTION = 3  # the first digit of such a status

# What an HTTP status says before any SOAP was spoken; in all of these the case was not taken in.
REFUSALS = {
    400: "register-refused-certificate",
    401: "register-refused-certificate",
    403: "register-refused-certificate",
    404: "register-not-here",
    405: "register-not-here",
    413: "register-too-large",
    415: "register-not-here",
}


CASE = "{case}"  # stands for the behandlingsnummer in the register's texts
STRANGER = "\0"  # a result that is about none of the cases sent


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """How the register answers: the elements by the contract, the wording by the profile.

    `{case}` in a text stands for the behandlingsnummer, `{message}` for what the schema check said.
    """

    answer: Answer
    created: str
    updated: str
    rejected: str
    unmarshalling: str

    @classmethod
    def from_profile(cls, profile: Profile) -> "AnswerTexts":
        """Return how a profile's register answers; without an understood answer nothing is sent."""
        settings, answer = profile.settings, profile.answer
        if answer is None:
            raise ProfileError("answer-unbound")
        try:
            return cls(
                answer=answer,
                created=settings["created_text"],
                updated=settings["updated_text"],
                rejected=settings["rejected_text"],
                unmarshalling=settings["unmarshalling_text"],
            )
        except KeyError as error:
            raise ProfileError("profile-answer-text-missing", name=error.args[0]) from None


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer as it came."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Result:
    """What the answer says of one registration; `case` "" when the text does not tell which."""

    code: str
    text: str
    case: str


def read_reply(case: str, reply: Reply, texts: AnswerTexts) -> Outcome:
    """Return what came of a case that was sent alone."""
    return read_replies((case,), reply, texts)[0]


def read_replies(cases: Sequence[str], reply: Reply, texts: AnswerTexts) -> tuple[Outcome, ...]:
    """Return what came of each case of one request, in their order.

    What cannot be understood, or matched with a case, is unknown and never accepted. The register
    quotes values: a person's number among them is masked before anyone sees it.
    """
    outcomes = _outcomes(cases, reply, texts)
    return tuple(replace(one, text=mask_text(one.text, keep=one.case)) for one in outcomes)


def _outcomes(cases: Sequence[str], reply: Reply, texts: AnswerTexts) -> tuple[Outcome, ...]:
    whole = Outcome("", OutcomeKind.UNKNOWN, code="answer-unreadable")
    if reply.status // 100 == REDIRECTION:
        whole = Outcome("", OutcomeKind.NOT_SENT, code="redirect-refused")
    elif (fault := _fault(root := _root(reply))) is not None:
        whole = _fault_outcome(fault, texts)  # whatever its status: the service itself has spoken
    elif reply.status in REFUSALS:
        whole = Outcome("", OutcomeKind.NOT_SENT, code=REFUSALS[reply.status])
    elif root is None:
        whole = Outcome("", OutcomeKind.UNKNOWN, code=_unreadable_code(reply.status))
    elif reply.status == HTTPStatus.OK:
        return _result_outcomes(cases, root, texts)
    return tuple(replace(whole, case=case) for case in cases)


def _root(reply: Reply) -> "etree._Element | None":
    try:
        root = parse(reply.body)
    except UnsafeXml:
        return None
    return root if root.tag == f"{{{SOAP_11}}}Envelope" else None


def _fault(root: "etree._Element | None") -> "etree._Element | None":
    return None if root is None else root.find(f"{{{SOAP_11}}}Body/{{{SOAP_11}}}Fault")


def _unreadable_code(status: int) -> str:
    return "register-unavailable" if status in {502, 503, 504} else "answer-unreadable"


def _fault_outcome(fault: "etree._Element", texts: AnswerTexts) -> Outcome:
    """Return a format error for a fault about our document, unknown for one of the server's own."""
    text = " ".join((fault.findtext("faultstring") or "").split())
    announced = texts.unmarshalling.partition("{")[0].strip()
    if SCHEMA_CODE in text or (announced and text.startswith(announced)):
        return Outcome("", OutcomeKind.FORMAT_ERROR, text)
    return Outcome("", OutcomeKind.UNKNOWN, text, "register-fault")


def _result_outcomes(
    cases: Sequence[str], root: "etree._Element", texts: AnswerTexts
) -> tuple[Outcome, ...]:
    """Return the outcome of each case by the result that is about it."""
    results = tuple(_result(one, cases, texts) for one in _results(root, texts.answer))
    if not results:
        return tuple(Outcome(one, OutcomeKind.UNKNOWN, code="answer-unreadable") for one in cases)
    return tuple(
        Outcome(case, OutcomeKind.UNKNOWN, code="answer-unmatched")
        if (result := _of_case(place, cases, results)) is None
        else _outcome(case, result, texts)
        for place, case in enumerate(cases)
    )


def _of_case(place: int, cases: Sequence[str], results: tuple[_Result, ...]) -> _Result | None:
    """Return the one result about a case: by its number, else by its place; None when unsure."""
    named = [one for one in results if one.case == cases[place]]
    if len(named) == 1:
        return named[0]
    if named or len(results) != len(cases) or results[place].case:
        return None
    in_order = all(one.case in {"", case} for one, case in zip(results, cases, strict=True))
    return results[place] if in_order else None


def _outcome(case: str, result: _Result, texts: AnswerTexts) -> Outcome:
    if result.code == texts.answer.rejected:
        return Outcome(case, OutcomeKind.REJECTED, result.text)
    if result.code != texts.answer.accepted:
        return Outcome(case, OutcomeKind.UNKNOWN, result.text, "answer-unreadable")
    if texts.updated.replace(CASE, "").strip() in result.text:
        return Outcome(case, OutcomeKind.UPDATED, result.text)
    return Outcome(case, OutcomeKind.CREATED, result.text)


def _results(root: "etree._Element", answer: Answer) -> "list[etree._Element]":
    """Return the elements that hold one result each."""
    responses = root.findall(f"{{{SOAP_11}}}Body/*")
    return [one for response in responses for one in _below(response, answer.result)]


def _result(element: "etree._Element", cases: Sequence[str], texts: AnswerTexts) -> _Result:
    code = _text_of(element, texts.answer.code)
    text = _text_of(element, texts.answer.text)
    if len(cases) == 1:
        taken_in = code == texts.answer.accepted
        return _Result(
            code, text, STRANGER if taken_in and _tells_another(text, cases[0], texts) else ""
        )
    return _Result(code, text, _case_of(text, cases, texts) or _case_beside(element, cases, texts))


def _case_beside(element: "etree._Element", cases: Sequence[str], texts: AnswerTexts) -> str:
    """Return the case whose number stands in an element of its own, "" when none or several do."""
    paths = (texts.answer.code, texts.answer.text)
    own = {one for path in paths for one in _below(element, path)}
    said = {(one.text or "").strip() for one in element.iter("{*}*") if one not in own}
    named = said.intersection(cases)
    return named.pop() if len(named) == 1 else ""


def _case_of(text: str, cases: Sequence[str], texts: AnswerTexts) -> str:
    """Return the case that a text is about, "" when it does not say, else STRANGER."""
    for template in (texts.created, texts.updated, texts.rejected):
        before, found, after = template.partition(CASE)
        if found and before.strip() and text.startswith(before):
            said = text.removeprefix(before)
            known = [one for one in cases if _begins(said, one, bool(after))]
            return max(known, key=len, default=STRANGER)
    named = [one for one in cases if _names(text, one)]
    return named[0] if len(named) == 1 else ""


def _tells_another(text: str, case: str, texts: AnswerTexts) -> bool:
    """Whether a text says in the register's own words that some other case was taken in."""
    beginnings = (one.partition(CASE)[0] for one in (texts.created, texts.updated))
    said = any(one.strip() and text.startswith(one) for one in beginnings)
    return said and not _names(text, case)


def _begins(said: str, case: str, goes_on: bool) -> bool:
    plain = " ".join(case.split())
    return said == plain or (goes_on and said.startswith(f"{plain} "))


def _names(text: str, case: str) -> bool:
    """Whether a number stands in a text, and not as a part of a longer one."""
    plain = re.escape(" ".join(case.split()))
    return bool(re.search(rf"(?<![\w/-])(?<!\w[.:]){plain}(?![\w/-])(?![.:]\w)", text))


def _text_of(result: "etree._Element", path: tuple[str, ...]) -> str:
    element = next(iter(_below(result, path)), None)
    return " ".join((element.text or "").split()) if element is not None else ""


def _below(element: "etree._Element", path: tuple[str, ...]) -> "list[etree._Element]":
    return element.findall("/".join(f"{{*}}{name}" for name in path)) if path else [element]
