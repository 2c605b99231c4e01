"""Hostile XML is refused by the one door that XML comes in through."""

from io import BytesIO

import pytest

from app.safexml import Fault, UnsafeXml, parse, stream

BOMB = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        b"<a>",
        b"",
        b"<a>" * 300 + b"</a>" * 300,
        b"\x00\x01",
    ],
)
def test_hostile_or_broken_xml_is_refused_without_quoting_it(text):
    with pytest.raises(UnsafeXml) as caught:
        parse(text)
    assert "hostname" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_more_than_the_limit_is_refused():
    with pytest.raises(UnsafeXml, match="too large"):
        parse(b"<a>" + b"x" * 100 + b"</a>", limit=50)


def test_plain_xml_is_read():
    assert parse("<a><b>åäö</b></a>".encode())[0].text == "åäö"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", Fault.EMPTY),
        (b" \r\n", Fault.EMPTY),
        (b"<!DOCTYPE html><html><body>Logga in</body></html>", Fault.HTML),
        (b"\xef\xbb\xbf<!-- x -->\n<HTML><p>Logga in<br></HTML>", Fault.HTML),
        ("<!DOCTYPE html><html></html>".encode("utf-16"), Fault.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd"><a/>', Fault.DTD),
        (BOMB, Fault.ENTITIES),
        (b"<a><b>x</b>", Fault.CUT),
        (b'<a><b x="', Fault.CUT),
        ('<?xml version="1.0"?><a><b>'.encode("utf-16"), Fault.CUT),
        (b"<a><b></a>", Fault.ILL_FORMED),
        (b"<a>&nbsp;</a>", Fault.ILL_FORMED),
        (b"no xml at all", Fault.ILL_FORMED),
        (b"<!-- x -->" * 5000 + b"&", Fault.ILL_FORMED),
    ],
)
def test_what_is_wrong_is_told_apart(text, fault):
    with pytest.raises(UnsafeXml) as caught:
        parse(text)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        (BOMB, Fault.DTD, 0),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', Fault.DTD, 0),
        (b"<a>\n<b/>\n<c>", Fault.ILL_FORMED, 3),
        (b"", Fault.ILL_FORMED, 0),
    ],
)
def test_hostile_or_broken_xml_is_refused_as_it_streams(text, fault, line):
    with pytest.raises(UnsafeXml) as caught:
        list(stream(BytesIO(text)))
    assert caught.value.fault is fault
    assert caught.value.line >= line


def test_elements_are_given_as_they_end_and_by_their_tags():
    text = b'<a xmlns="urn:x"><b>1</b><c/><b>2</b></a>'
    assert [one.text for one in stream(BytesIO(text), ("{*}b",))] == ["1", "2"]
