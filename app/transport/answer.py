"""What the register answered, made from status and bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from lxml import etree

from app.core.errors import ProfileError
from app.core.identity import mask_text
from app.core.outcome import Outcome, OutcomeKind
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


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """How the register words its answer; comes from the profile's settings.

    `{case}` in a text stands for the behandlingsnummer, `{message}` for what the schema check said.
    """

    updated: str
    unmarshalling: str
    code_element: str
    text_element: str
    accepted_code: str
    rejected_code: str

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> "AnswerTexts":
        """Return the texts that a profile's settings give."""
        try:
            return cls(
                updated=settings["updated_text"],
                unmarshalling=settings["unmarshalling_text"],
                code_element=settings["result_code_element"],
                text_element=settings["result_text_element"],
                accepted_code=settings["result_ok"],
                rejected_code=settings["result_error"],
            )
        except KeyError as error:
            raise ProfileError("profile-answer-text-missing", name=error.args[0]) from None


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer as it came."""

    status: int
    content_type: str
    body: bytes


def read_reply(case: str, reply: Reply, texts: AnswerTexts) -> Outcome:
    """Return what came of a case; what cannot be understood is unknown, never accepted.

    The register quotes values: a person's number among them is masked before anyone sees it.
    """
    outcome = _outcome(case, reply, texts)
    return replace(outcome, text=mask_text(outcome.text, keep=case))


def _outcome(case: str, reply: Reply, texts: AnswerTexts) -> Outcome:
    if reply.status // 100 == REDIRECTION:
        return Outcome(case, OutcomeKind.NOT_SENT, code="redirect-refused")
    if reply.status in REFUSALS:
        return Outcome(case, OutcomeKind.NOT_SENT, code=REFUSALS[reply.status])
    root = _root(reply)
    if root is None:
        return Outcome(case, OutcomeKind.UNKNOWN, code=_unreadable_code(reply.status))
    fault = root.find(f"{{{SOAP_11}}}Body/{{{SOAP_11}}}Fault")
    if fault is not None:
        return _fault_outcome(case, fault, texts)
    if reply.status != HTTPStatus.OK:
        return Outcome(case, OutcomeKind.UNKNOWN, code="answer-unreadable")
    return _result_outcome(case, root, texts)


def _root(reply: Reply) -> "etree._Element | None":
    try:
        root = parse(reply.body)
    except UnsafeXml:
        return None
    return root if root.tag == f"{{{SOAP_11}}}Envelope" else None


def _unreadable_code(status: int) -> str:
    return "register-unavailable" if status in {502, 503, 504} else "answer-unreadable"


def _fault_outcome(case: str, fault: "etree._Element", texts: AnswerTexts) -> Outcome:
    """Return a format error for a fault about our document, unknown for one of the server's own."""
    text = " ".join((fault.findtext("faultstring") or "").split())
    announced = texts.unmarshalling.partition("{")[0].strip()
    if SCHEMA_CODE in text or (announced and text.startswith(announced)):
        return Outcome(case, OutcomeKind.FORMAT_ERROR, text)
    return Outcome(case, OutcomeKind.UNKNOWN, text, "register-fault")


def _result_outcome(case: str, root: "etree._Element", texts: AnswerTexts) -> Outcome:
    code = _text_of(root, texts.code_element)
    text = _text_of(root, texts.text_element)
    if code == texts.rejected_code:
        return Outcome(case, OutcomeKind.REJECTED, text)
    if code != texts.accepted_code:
        return Outcome(case, OutcomeKind.UNKNOWN, text, "answer-unreadable")
    if texts.updated.replace("{case}", "").strip() in text:
        return Outcome(case, OutcomeKind.UPDATED, text)
    return Outcome(case, OutcomeKind.CREATED, text)


def _text_of(root: "etree._Element", name: str) -> str:
    element = next(root.iter(f"{{*}}{name}"), None)
    return " ".join((element.text or "").split()) if element is not None else ""
