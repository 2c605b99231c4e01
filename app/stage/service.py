"""The web service itself: WSDL and schemas for GET, postRegistration for POST; plain WSGI."""

import errno
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

from lxml import etree

from app.core.errors import ProfileError
from app.core.register import Profile
from app.safexml import MAX_BYTES
from app.stage import published, soap
from app.stage.answering import Answering, Result
from app.stage.faults import Faults
from app.stage.judging import Judge
from app.stage.reading import each_alone, read_case
from app.stage.register import StageRegister
from app.stage.strictness import Strictness
from app.stage.tls import HSA_ID

Environ = Mapping[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: HTTPStatus
    content: bytes
    content_type: str = soap.CONTENT_TYPE


class RegistrationService:
    """A WSGI application that behaves as the register's web service."""

    def __init__(
        self, profile: Profile, register: StageRegister, faults: Faults, stopping: Event
    ) -> None:
        if profile.answer is None:
            raise ProfileError("answer-unbound")
        self._answering = Answering(profile.answer)
        self._profile = profile
        self._register = register
        self._faults = faults
        self._stopping = stopping
        self._strictness = Strictness(profile)
        self._judge = Judge(profile)
        self._path = profile.settings["service_path"]
        self._files: Mapping[str, bytes] = {}
        self._wsdl = b""
        self._posts = count(1)

    def publish_at(self, endpoint: str) -> None:
        """Say where the service is reached."""
        wsdl = Path(self._profile.wsdl)
        self._wsdl = published.wsdl_at(wsdl.read_bytes(), endpoint)
        self._files = published.files_at(wsdl, endpoint)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            answer = self._answer(environ)
        except soap.SoapFault as fault:
            answer = Answer(fault.status, soap.fault_envelope(fault))
        except OSError:
            raise  # the line is cut, on purpose or by the client: cheroot closes it
        except Exception as error:  # noqa: BLE001 - the other side gets a fault, no stack trace
            # A trace could quote the request, so only the kind of error is logged.
            logger.error("A request failed: %s", type(error).__name__)  # noqa: TRY400
            failure = soap.SoapFault("Fault occurred while processing.", "Server")
            answer = Answer(failure.status, soap.fault_envelope(failure))
        headers = [
            ("Content-Type", answer.content_type),
            ("Content-Length", str(len(answer.content))),
        ]
        start_response(f"{answer.status.value} {answer.status.phrase}", headers)
        return [answer.content]

    def _answer(self, environ: Environ) -> Answer:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if method in {"GET", "HEAD"}:
            return self._published(path, environ["QUERY_STRING"])
        if path != self._path:
            return _plain(HTTPStatus.NOT_FOUND)
        if method != "POST":
            return _plain(HTTPStatus.METHOD_NOT_ALLOWED)
        return self._practised(environ)

    def _published(self, path: str, query: str) -> Answer:
        """Return the WSDL or one of the files it refers to."""
        if path == self._path and query.lower() == "wsdl":
            return Answer(HTTPStatus.OK, self._wsdl)
        folder = self._path.rpartition("/")[0] + "/"
        file = self._files.get(path.removeprefix(folder)) if path.startswith(folder) else None
        return Answer(HTTPStatus.OK, file) if file else _plain(HTTPStatus.NOT_FOUND)

    def _practised(self, environ: Environ) -> Answer:
        """Answer a POST with the faults that were asked for."""
        number, faults = next(self._posts), self._faults
        content = _read_body(environ)
        if faults.slow:
            self._stopping.wait(faults.slow)
        if faults.closed:
            text = "{closed_from}-{closed_to}".format_map(self._profile.settings)
            raise soap.SoapFault(text, "Server", HTTPStatus.SERVICE_UNAVAILABLE)
        if faults.down and number % faults.down == 0:
            return _plain(HTTPStatus.SERVICE_UNAVAILABLE)
        answer = self._posted(environ, content)
        if faults.cut and number % faults.cut == 0:
            raise ConnectionResetError(errno.ECONNRESET, "cut on purpose")
        return answer

    def _posted(self, environ: Environ, content: bytes) -> Answer:
        """Take or refuse the registrations of one request."""
        soap.check_content_type(environ.get("CONTENT_TYPE", ""))
        request = soap.open_envelope(content)
        name, root = etree.QName(request), self._profile.root
        if (name.namespace or "", name.localname) != (root.namespace, root.name):
            raise soap.unknown_part(request)
        hsa_id, texts = environ.get(HSA_ID, ""), self._profile.settings
        complaint = self._strictness.complaint(request)
        if complaint:
            self._register.count_format_error(hsa_id)
            raise soap.SoapFault(texts["unmarshalling_text"].format(message=complaint))
        results = [self._taken(alone, hsa_id) for alone in each_alone(request, self._profile)]
        return Answer(HTTPStatus.OK, soap.envelope_around(self._answering.response(results)))

    def _taken(self, request: etree._Element, hsa_id: str) -> Result:
        """Store one registration, or refuse it in the register's words."""
        document = etree.tostring(request, method="c14n", exclusive=True)
        case = read_case(request, self._profile)
        texts = self._profile.settings
        refusal = self._judge.refusal(case)
        if refusal:
            self._register.refuse(case.key, hsa_id, refusal)
            text = texts["rejected_text"].format(case=case.key, reason=refusal)
            return Result(case.key, taken=False, text=text)
        new = self._register.store(case.key, document, hsa_id, self._judge.reasons(case))
        text = texts["created_text" if new else "updated_text"].format(case=case.key)
        return Result(case.key, taken=True, text=text)


def _plain(status: HTTPStatus) -> Answer:
    return Answer(status, status.phrase.encode(), "text/plain; charset=UTF-8")


def _read_body(environ: Environ) -> bytes:
    """Return the whole request body; one that is too big gets 413 and is not read to its end."""
    if 0 <= int(environ.get("CONTENT_LENGTH") or 0) <= MAX_BYTES:
        content: bytes = environ["wsgi.input"].read(MAX_BYTES + 1)
        if len(content) <= MAX_BYTES:
            return content
    raise soap.SoapFault("Request too large.", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
