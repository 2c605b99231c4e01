"""Let both schema processors judge the documents of chosen cases, whatever the columns prove."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core.case_text import spots_of
from app.core.errors import ProfileError
from app.core.identity import mask_text
from app.core.progress import Progress, silent
from app.core.register import Profile, ValueType
from app.workflow.case_book import CaseBook, Chosen, book_of
from app.workflow.case_views import DocumentFault, Validation
from app.workflow.desk import Desk
from app.workflow.views import CaseFilter

EVERY = CaseFilter()
FIRST = 200  # faults that are told
MOST = 10_000  # cases that are named
LIBXML2, XMLSCHEMA = "libxml2", "xmlschema"
_STEP = 200
_HIDDEN = "********-****"


def validate_documents(
    desk: Desk,
    chosen: Chosen = EVERY,
    thorough: bool = False,
    progress: Progress = silent,
) -> Validation:
    """Validate the documents of cases.

    libxml2 judges each of them; xmlschema those that it refuses, or (`thorough`) each as well,
    which takes some hundred times as long.
    """
    from app.files.profile import compile_schema

    book = book_of(desk)
    places = book.places_of(chosen).to_list()
    judge = _Judge(book, compile_schema(book.profile), thorough)
    for number, (place, document) in enumerate(
        zip(places, book.cases.analysis.documents(places), strict=True)
    ):
        if number % _STEP == 0 or thorough:
            progress(number, len(places), "validating")
        judge.judge(book.cases.analysis.cases["case"][place], document)
    progress(len(places), len(places), "validating")
    return Validation(
        len(places),
        judge.valid,
        tuple(judge.faults),
        judge.fault_count,
        tuple(judge.disagreed[:MOST]),
        tuple(judge.refused),
    )


@dataclass
class _Judge:
    """Keeps what the processors say."""

    book: CaseBook
    schema: Any
    thorough: bool
    valid: int = 0
    fault_count: int = 0
    faults: list[DocumentFault] = field(default_factory=list)
    disagreed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def judge(self, case: str, document: bytes) -> None:
        """Let libxml2 judge a document, and xmlschema as well where it matters."""
        first = list(self._by_libxml2(case, document))
        second = list(self._by_xmlschema(case, document)) if first or self.thorough else []
        if bool(first) != bool(second):
            self.disagreed.append(case)
        self.valid += not first and not second
        self.fault_count += len(first) + len(second)
        if (first or second) and len(self.refused) < MOST:
            self.refused.append(case)
        secrets = _secrets(document, self.book.profile) if first or second else ()
        left = max(0, FIRST - len(self.faults))
        self.faults += [_hidden(fault, secrets) for fault in (*first, *second)[:left]]

    def _by_libxml2(self, case: str, document: bytes) -> Iterator[DocumentFault]:
        from app.safexml import UnsafeXml, parse

        try:
            root = parse(document)
        except UnsafeXml as problem:
            yield DocumentFault(case, LIBXML2, f"xml-{problem.fault}", str(problem))
            return
        if not self.schema.validate(root):
            for entry in self.schema.error_log:
                element = entry.message.partition("'")[2].partition("'")[0].rpartition("}")[2]
                yield DocumentFault(
                    case, LIBXML2, entry.type_name, entry.message, element, entry.line
                )

    def _by_xmlschema(self, case: str, document: bytes) -> Iterator[DocumentFault]:
        from xmlschema import XMLResource

        from app.safexml import UnsafeXml, parse

        xsd = Path(self.book.profile.xsd)
        schema = _rich(str(xsd), xsd.stat().st_mtime_ns)
        try:
            root = parse(document)
        except UnsafeXml:
            return
        for error in schema.iter_errors(XMLResource(root, allow="none")):
            line = getattr(error.elem, "sourceline", 0) or 0
            element = str(getattr(error.elem, "tag", "")).rpartition("}")[2]
            yield DocumentFault(case, XMLSCHEMA, "", error.reason or "", element, line)


@lru_cache(maxsize=1)
def _rich(xsd: str, _modified: int) -> Any:
    """Return the schema as xmlschema has it."""
    import xmlschema

    try:
        return xmlschema.XMLSchema10(
            Path(xsd).resolve().as_uri(), allow="sandbox", defuse="always", validation="lax"
        )
    except (xmlschema.XMLSchemaException, OSError, RecursionError):
        raise ProfileError("profile-contract-unreadable", file=Path(xsd).name) from None


def _secrets(document: bytes, profile: Profile) -> tuple[str, ...]:
    """Return the values in a document that say who the patient is."""
    people = {one.id for one in profile.variables if one.value_type is ValueType.PERSON_ID}
    spots = spots_of(document.decode("utf-8", "replace"), profile)
    return tuple(spot.value for spot in spots if spot.variable in people and spot.value.strip())


def _hidden(fault: DocumentFault, secrets: tuple[str, ...]) -> DocumentFault:
    message = fault.message
    for secret in secrets:
        message = message.replace(secret, _HIDDEN)
    return DocumentFault(
        fault.case,
        fault.processor,
        fault.code,
        mask_text(message, keep=fault.case),
        fault.element,
        fault.line,
    )
