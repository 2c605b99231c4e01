"""The contract of a profile: its files as they came, the request's elements and the answer's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from app.core.errors import ProfileError
from app.core.register import Answer, Element, Group, Variable
from app.files.contract_schema import read_contract_schema
from app.files.profile_rows import Row


@dataclass(frozen=True, slots=True)
class Contract:
    """What a profile's contract is; `response` None when no answer is described."""

    wsdl: Path
    xsd: Path
    root: Element
    response: Element | None
    digests: Mapping[str, str]


def read_contract(folder: Path, main: Row, own: Mapping[str, object]) -> Contract:
    """Return the contract that a profile names; a reading's own files come before the shared."""
    named = Row(main.file, main.name, {**main.fields, **own})
    xsd, wsdl = _file(folder, named, "xsd"), _file(folder, named, "wsdl")
    contract = main.inner("contract")
    _check_stored(folder, contract)
    values = main.inner("settings").inner("values")
    response = values.text("response_element") if "answer" in main.fields else ""
    schema = read_contract_schema(xsd, values.text("request_element", ""), response)
    digests = _texts(contract, "files") or {path.name: _digest(path) for path in (wsdl, xsd)}
    return Contract(wsdl, xsd, schema.root, schema.response, digests)


def read_answer(main: Row, response: Element | None) -> Answer | None:
    """Return how the register answers, None when the profile does not say."""
    if response is None:
        return None
    row = main.inner("answer")
    row.fact()
    result, code, text = (row.path_at(name) for name in ("result", "code", "text"))
    for path in ((*result, *code), (*result, *text)):
        if element_at(response, path) is None:
            raise row.problem("profile-path-missing", path="/".join(path))
    accepted, rejected = row.text("accepted"), row.text("rejected")
    if not accepted.strip() or accepted == rejected:  # an answer that says nothing would be a yes
        raise row.problem("profile-field-wrong", field="accepted")
    return Answer(response, result, code, text, accepted, rejected)


def element_at(root: Element, path: tuple[str, ...]) -> Element | None:
    """Return the element at a path below another, None when there is none."""
    element: Element | None = root
    for name in path:
        children = element.children if element else ()
        element = next((one for one in children if one.name == name), None)
    return element


def bound(
    element: Element,
    path: tuple[str, ...],
    variables: tuple[Variable, ...],
    groups: tuple[Group, ...],
) -> Element:
    """Return the element with the ids of the variables and groups below it."""
    here = {one.path: one.id for one in variables if one.is_bound}
    parts = {one.path: one.id for one in groups if one.path}
    return _bound(element, path, here, parts)


_Ids = Mapping[tuple[str, ...], str]


def _bound(element: Element, path: tuple[str, ...], variables: _Ids, groups: _Ids) -> Element:
    return replace(
        element,
        variable=variables.get(path, ""),
        group=groups.get(path, ""),
        children=tuple(
            _bound(child, (*path, child.name), variables, groups) for child in element.children
        ),
    )


def _file(folder: Path, main: Row, field: str) -> Path:
    path = folder.resolve() / main.text(field)
    if not path.is_file():
        raise ProfileError("profile-file-missing", file=path.name)
    return path


def _check_stored(folder: Path, contract: Row) -> None:
    """Raise ProfileError when a stored file of the contract is no longer what it was."""
    for name, digest in _texts(contract, "stored").items():
        path = folder / name
        if not path.is_file():
            raise ProfileError("profile-file-missing", file=name)
        if _digest(path) != digest:
            raise ProfileError("profile-contract-changed", file=name)


def _texts(contract: Row, name: str) -> Mapping[str, str]:
    return contract.mapping(name) if name in contract.fields else {}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
