"""Which files belong to a contract, and what is never opened."""

import os
from pathlib import Path

import pytest

from app.core.errors import NotSent, ProfileError
from app.files.contract_gathering import (
    MOST_BYTES,
    MOST_FILES,
    GatheredContract,
    disk_loader,
    gather,
    gather_file,
    wsdls_in,
)
from app.language.sentences import error_sentence
from app.safexml import Fault
from tests.support.contracts import ANSWER, LEAF, TNS, element, importing, schema, written, wsdl

REQUEST = schema(element("request", LEAF.format("a")) + ANSWER)
PLAIN = {"service.wsdl": wsdl(importing("types.xsd")), "types.xsd": REQUEST}
HOST = "https://register.invalid/spor/ws"


def served(files: dict[str, str | bytes]):
    """Return a loader of a server's files that notes what it was asked for."""
    asked: list[str] = []

    def load(location: str) -> bytes:
        asked.append(location)
        if location not in files:
            raise NotSent("contract-not-served", status=404)
        found = files[location]
        return found if isinstance(found, bytes) else found.encode()

    return load, asked


def names(contract: GatheredContract) -> list[str]:
    return list(contract.files)


def refused(wsdl: Path, **beside) -> tuple[str, dict[str, str]]:
    """Return the code and values with which a contract is refused; its sentence must be whole."""
    with pytest.raises(ProfileError) as caught:
        gather_file(wsdl, **beside)
    assert "–" not in error_sentence(caught.value)
    assert error_sentence(caught.value) != f"Something went wrong: {caught.value.code}."
    return caught.value.code, caught.value.values


# What is followed


def test_files_are_followed_in_the_folder_of_the_wsdl(tmp_path):
    files = {
        "service.wsdl": wsdl(importing("sub/../sub/a.xsd")),
        "sub/a.xsd": schema(
            '<x:include schemaLocation="../shared%20types/b.xsd"/>'
            '<x:redefine schemaLocation="c.xsd"/><x:import namespace="urn:nowhere"/>'
        ),
        "shared types/b.xsd": schema(LEAF.format("b")),
        "sub/c.xsd": schema(""),
        "sub/unused.xsd": schema(""),
    }
    assert names(gather_file(written(tmp_path, files))) == [
        "service.wsdl",
        "sub/a.xsd",
        "shared types/b.xsd",
        "sub/c.xsd",
    ]


@pytest.mark.parametrize(
    "location",
    [
        "https://register.invalid/spor/types.xsd",
        "http://other.invalid/types.xsd",
        "https://register.invalid/ws?xsd=types.xsd",
        "https://register.invalid/ws?xsd=types",
        "RegistrationService?xsd=types.xsd",
        "?xsd=types",
        "../../schemas/types.xsd",
        "C:\\contracts\\types.xsd",
        "file:///srv/contracts/types.xsd",
        "/srv/types.xsd",
    ],
)
def test_an_address_stands_for_the_file_of_that_name_beside_the_wsdl(tmp_path, location):
    start = written(tmp_path, {**PLAIN, "service.wsdl": wsdl(importing(location))})
    assert names(gather_file(start)) == ["service.wsdl", "types.xsd"]


def test_a_schema_that_the_wsdl_does_not_name_is_given_beside_it(tmp_path):
    start = written(tmp_path, {"a/service.wsdl": wsdl(importing("http://x.invalid/types.xsd"))})
    beside = written(tmp_path, {"b/types.xsd": schema('<x:include schemaLocation="c.xsd"/>')})
    written(tmp_path, {"b/c.xsd": schema("")})
    found = gather_file(start, (beside,))
    assert names(found) == ["service.wsdl", "types.xsd", "c.xsd"]
    assert found.beside == ("types.xsd",)


def test_schemas_may_include_and_import_each_other_in_a_circle(tmp_path):
    files = {
        "service.wsdl": wsdl(importing("a.xsd")),
        "a.xsd": schema('<x:include schemaLocation="b.xsd"/>'),
        "b.xsd": schema('<x:include schemaLocation="a.xsd"/><x:include schemaLocation="b.xsd"/>'),
    }
    assert names(gather_file(written(tmp_path, files))) == ["service.wsdl", "a.xsd", "b.xsd"]


def test_the_same_file_under_two_addresses_is_kept_once():
    load, asked = served(
        {
            f"{HOST}?wsdl": wsdl(importing("?xsd=1") + importing("?xsd=types.xsd")),
            f"{HOST}?xsd=1": REQUEST,
            f"{HOST}?xsd=types.xsd": REQUEST,
        }
    )
    found = gather(f"{HOST}?wsdl", load)
    assert names(found) == [f"{HOST}?wsdl", f"{HOST}?xsd=1"]
    assert set(found.files[f"{HOST}?wsdl"].places.values()) == {f"{HOST}?xsd=1"}
    assert len(asked) == 3


def test_on_a_server_relative_and_absolute_addresses_of_its_own_are_followed():
    more = f'<w:import namespace="urn:p" location="{HOST}?wsdl=part.wsdl"/>'
    load, asked = served(
        {
            f"{HOST}?wsdl": wsdl(importing("HTTPS://register.invalid:443/spor/a.xsd"), more=more),
            f"{HOST}?wsdl=part.wsdl": wsdl(""),
            "https://register.invalid/spor/a.xsd": schema('<x:include schemaLocation="/b.xsd#x"/>'),
            "https://register.invalid/b.xsd": schema(""),
        }
    )
    gather(f"{HOST}?wsdl", load)
    assert asked == [
        f"{HOST}?wsdl",
        f"{HOST}?wsdl=part.wsdl",
        "https://register.invalid/spor/a.xsd",
        "https://register.invalid/b.xsd",
    ]


@pytest.mark.parametrize("place", ["http://register.invalid", "http://register.invalid:8080"])
def test_a_server_behind_one_that_ends_tls_is_asked_where_its_contract_came_from(place):
    load, asked = served({f"{HOST}?wsdl": wsdl(importing(f"{place}/a?xsd=1"))})
    with pytest.raises(ProfileError, match="contract-import-missing"):
        gather(f"{HOST}?wsdl", load)
    assert asked == [f"{HOST}?wsdl", "https://register.invalid/a?xsd=1"]


def test_a_folder_with_the_wsdl_deep_inside_is_read_as_a_whole(tmp_path):
    # This is how Swedish national service contracts come.
    files = {
        "interactions/Send/Send.wsdl": wsdl(importing("../../core/types.xsd")),
        "interactions/Send/parts.wsdl": wsdl(""),
        "core/types.xsd": REQUEST,
        "readme.txt": "",
    }
    start = written(tmp_path, files)
    assert refused(start)[0] == "contract-import-missing"
    assert wsdls_in(tmp_path) == (start, start.with_name("parts.wsdl"))
    found = gather_file(start, home=tmp_path)
    assert names(found) == ["interactions/Send/Send.wsdl", "core/types.xsd"]


def test_of_wsdls_that_import_each_other_only_the_first_is_the_contract(tmp_path):
    more = '<w:import namespace="urn:p" location="sub/part.wsdl"/>'
    files = {
        "service.WSDL": wsdl("", more=more),
        "sub/part.wsdl": wsdl("", more='<w:import location="deeper.wsdl"/>'),
        "sub/deeper.wsdl": "no xml",
    }
    start = written(tmp_path, files)
    assert wsdls_in(tmp_path) == (start,)
    circle = '<w:import location="sub/part.wsdl"/><w:import location="service.WSDL"/>'
    start.write_text(wsdl("", more=circle), "utf-8")
    assert wsdls_in(tmp_path) == (start,)
    assert wsdls_in(tmp_path / "sub") == (tmp_path / "sub" / "part.wsdl",)
    assert wsdls_in(tmp_path / "nowhere") == ()


def test_what_everybody_knows_is_not_asked_for():
    known = (
        importing("http://www.w3.org/2001/xml.xsd", "http://www.w3.org/XML/1998/namespace")
        + importing("http://www.w3.org/2001/XMLSchema.xsd", "http://www.w3.org/2001/XMLSchema")
        + importing("http://schemas.xmlsoap.org/e", "http://schemas.xmlsoap.org/soap/encoding/")
    )
    load, asked = served({f"{HOST}?wsdl": wsdl(known)})
    gather(f"{HOST}?wsdl", load)
    assert asked == [f"{HOST}?wsdl"]


# What is refused


@pytest.mark.parametrize(
    "location",
    [
        "https://other.invalid/types.xsd",
        "https://register.invalid:8443/types.xsd",
        "http://other.invalid/types.xsd",
        "https://me:secret@register.invalid/types.xsd",
        "https://register.invalid@other.invalid/types.xsd",
        "//other.invalid/types.xsd",
        "file:///etc/hostname",
        "ftp://register.invalid/types.xsd",
        "https://register.invalid:99999/types.xsd",
        "jar:https://register.invalid/a!/types.xsd",
    ],
)
def test_from_a_server_nothing_of_another_one_is_asked_for(location):
    load, asked = served({f"{HOST}?wsdl": wsdl(importing(location))})
    with pytest.raises(ProfileError, match="contract-import-elsewhere") as caught:
        gather(f"{HOST}?wsdl", load)
    assert caught.value.values == {"file": "ws?wsdl", "place": location}
    assert asked == [f"{HOST}?wsdl"]


def test_a_part_that_the_server_does_not_give_is_named():
    load, _ = served({f"{HOST}?wsdl": wsdl(importing("?xsd=1"))})
    with pytest.raises(ProfileError, match="contract-import-missing") as caught:
        gather(f"{HOST}?wsdl", load)
    assert caught.value.values == {"file": "ws?wsdl", "place": "?xsd=1"}


def test_a_contract_that_the_server_does_not_give_says_why():
    with pytest.raises(NotSent, match="contract-not-served"):
        gather(f"{HOST}?wsdl", served({})[0])


@pytest.mark.parametrize(
    "location",
    [
        "nowhere.xsd",
        "../secret.xsd",
        "/etc/hostname",
        "%2e%2e/secret.xsd",
        "a%00.xsd",
        "x" * 5000,
        "http://[",
        "..",
        ".",
        "sub",
        "http://169.254.169.254/latest/meta-data",
        "\\\\host\\share\\a",
    ],
    ids=str.__len__,
)
def test_a_file_that_is_not_in_the_folder_is_named_and_no_other_is_opened(tmp_path, location):
    written(tmp_path, {"secret.xsd": schema(""), "in/sub/b.xsd": schema("")})
    start = written(tmp_path, {"in/service.wsdl": wsdl(importing(location))})
    place = location if len(location) < 200 else f"{location[:200]}…"
    values = {"file": "service.wsdl", "place": place}
    assert refused(start) == ("contract-import-missing", values)


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    secret = written(tmp_path, {"secret.xsd": schema("")})
    start = written(tmp_path, {"in/service.wsdl": wsdl(importing("types.xsd"))})
    (tmp_path / "in" / "types.xsd").symlink_to(secret)
    assert refused(start)[0] == "contract-import-missing"
    with pytest.raises(FileNotFoundError):
        disk_loader(tmp_path / "in")("types.xsd")


PAGE = "<!DOCTYPE html><html><head><title>Logga in</title></head><body><br></body></html>"
BOMB = "<!DOCTYPE a [<!ENTITY a '{}'>]>".format("ha" * 1000)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "contract-empty"),
        (" \n", "contract-empty"),
        (PAGE, "contract-html"),
        ("<html><body>Logga in</body></html>", "contract-html"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "contract-html"),
        (wsdl("")[:-30], "contract-cut"),
        (wsdl("")[:200], "contract-cut"),
        (wsdl("<a></b>"), "contract-ill-formed"),
        ("PK\x03\x04 zip", "contract-ill-formed"),
        (f'<!DOCTYPE w SYSTEM "http://x.invalid/w.dtd">{wsdl("")}', "contract-dtd"),
        (BOMB + wsdl("<a>&a;</a>"), "contract-entities"),
        (
            '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + wsdl("<a>&a;</a>"),
            "contract-entities",
        ),
        (REQUEST, "contract-not-wsdl"),
        ("<a/>", "contract-not-wsdl"),
        ('<description xmlns="http://www.w3.org/ns/wsdl"/>', "contract-wsdl-2"),
    ],
)
def test_what_is_no_wsdl_is_told_apart(tmp_path, text, code):
    start = written(tmp_path, {"service.wsdl": text})
    found, values = refused(start)
    assert (found, values["file"]) == (code, "service.wsdl")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "contract-empty"),
        (PAGE, "contract-html"),
        (REQUEST[:-9], "contract-cut"),
        ("<!DOCTYPE a [<!ENTITY a 'b'>]>" + REQUEST, "contract-entities"),
        (wsdl(""), "contract-not-schema"),
        ("<a/>", "contract-not-schema"),
    ],
)
def test_what_is_no_schema_is_told_apart_and_named(tmp_path, text, code):
    found, values = refused(written(tmp_path, {**PLAIN, "types.xsd": text}))
    assert (found, values["file"]) == (code, "types.xsd")


def grown(path: Path, size: int) -> None:
    """Make a file as large as that by comments behind its end."""
    comment = "<!--" + " " * 99_990 + "-->"
    with path.open("a", encoding="utf-8") as file:
        left = size - path.stat().st_size
        file.write(comment * (left // len(comment)) + " " * (left % len(comment)))
    assert path.stat().st_size == size


@pytest.mark.parametrize("name", ["service.wsdl", "types.xsd"])
def test_a_file_of_20_megabytes_is_refused(tmp_path, name):
    start = written(tmp_path, PLAIN)
    grown(tmp_path / name, MOST_BYTES)
    values = {"file": name, "megabytes": "20"}
    assert refused(start) == ("contract-too-large", values)


def test_a_file_just_below_20_megabytes_is_read(tmp_path):
    start = written(tmp_path, PLAIN)
    grown(tmp_path / "types.xsd", MOST_BYTES - 1)
    assert len(names(gather_file(start))) == 2


def test_many_files_below_20_megabytes_are_refused_together(tmp_path):
    files = {f"t{n}.xsd": schema("") for n in range(4)}
    types = "".join(importing(name, f"urn:{name}") for name in files)
    start = written(tmp_path, {"service.wsdl": wsdl(types), **files})
    for name in files:
        grown(tmp_path / name, 19_000_000)
    found, values = refused(start)
    assert (found, values["megabytes"]) == ("contract-too-large", "60")


def test_an_endless_row_of_files_is_refused(tmp_path):
    files = {
        f"t{n}.xsd": schema(f'<x:include schemaLocation="t{n + 1}.xsd"/>')
        for n in range(MOST_FILES)
    }
    start = written(tmp_path, {"service.wsdl": wsdl(importing("t0.xsd")), **files})
    assert refused(start)[0] == "contract-too-many-files"


@pytest.mark.parametrize("circle", [["service.wsdl"], ["a.wsdl", "service.wsdl"]])
def test_wsdls_that_import_each_other_in_a_circle_are_refused(tmp_path, circle):
    files = {}
    for name, target in zip(["service.wsdl", *circle], circle, strict=False):
        more = f'<w:import namespace="{TNS}" location="{target}"/>'
        files[name] = wsdl("", more=more)
    found, values = refused(written(tmp_path, files))
    assert (found, values["place"]) == ("contract-circular", "service.wsdl")


def test_a_contract_that_is_not_there_is_told(tmp_path):
    assert refused(tmp_path / "nowhere.wsdl")[0] == "contract-missing"
    assert refused(tmp_path)[0] == "contract-missing"
    start = written(tmp_path, PLAIN)
    assert refused(start, beside=(tmp_path / "more.xsd",))[0] == "contract-missing"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_contract_that_may_not_be_read_is_told(tmp_path):
    start = written(tmp_path, PLAIN)
    start.chmod(0)
    assert refused(start)[0] == "contract-unopened"


def test_every_fault_of_a_file_has_a_sentence_of_its_own():
    values = {"file": "a.wsdl", "megabytes": 20}
    sentences = {error_sentence(ProfileError(f"contract-{one}", **values)) for one in Fault}
    assert len(sentences) == len(Fault)
    assert not any("went wrong" in one for one in sentences)
