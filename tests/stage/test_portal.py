import csv
from urllib.parse import urlsplit

import pytest

from tests.support.stage import PERSON, browse, request


@pytest.fixture
def filled(stage, client):
    client.send(request(start="2026-03-02T09:00:00+01:00", end="2026-03-02T08:00:00+01:00"))
    client.send(request("2200055", system="SE13-137"))
    client.send(request("2200056", code="H-CAR"))
    client.send(request("2200057"))
    client.send(request("2200057"))
    return stage


def test_the_fellista_says_which_cases_and_why(filled):
    status, headers, page = browse(filled.portal)
    assert status == 200
    assert "2200054" in page
    assert "Operationsstart efter operationsslut" in page
    assert "2200057" not in page
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_lists_come_as_csv_with_one_line_per_reason(filled):
    status, headers, text = browse(filled.line()["fellista"])
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert status == 200
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[0] == ["behandlingsnummer", "typ", "orsak"]
    assert {tuple(row[:2]) for row in rows[1:]} == {("2200054", "fellista")}
    assert len(rows) - 1 == len(filled.fellista()[0].reasons)

    rows = list(csv.reader(browse(filled.line()["rejected"])[2].splitlines(), delimiter=";"))
    assert rows[1:] == [
        ["2200055", "avvisad", "Systemet SE13-137 som angivits i SystemId hittas inte"]
    ]


def test_the_statistics_count_every_answer(filled):
    page = browse(f"{filled.portal}statistik")[2]
    row = next(line for line in page.splitlines() if '<th scope="row">' in line)
    assert [one.partition("<")[0] for one in row.split('"number">')[1:]] == ["2", "1", "1", "1"]
    assert "2 behandlingar finns i registret" in page


def test_an_empty_register_says_so(stage):
    assert "Inga behandlingar på fellistan" in browse(stage.portal)[2]
    assert "Inga avvisade registreringar" in browse(f"{stage.portal}avvisade")[2]
    assert "Inget har skickats hit ännu" in browse(f"{stage.portal}statistik")[2]


def test_no_page_shows_a_patient(filled):
    for path in ("", "avvisade", "statistik", "fellista.csv", "avvisade.csv"):
        assert PERSON not in browse(filled.portal + path)[2]


def test_the_style_is_served_and_follows_the_systems_colours(stage):
    status, _, style = browse(f"{stage.portal}static/portal.css")
    assert status == 200
    assert "prefers-color-scheme: dark" in style


def test_without_the_token_there_is_nothing(filled):
    place = urlsplit(filled.portal)
    for path in ("/", "/fellista.csv", "/wrong/fellista.csv", "/static/portal.css"):
        assert browse(f"http://{place.netloc}{path}")[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "[::1]"])
def test_another_host_name_is_turned_away(filled, host):
    status, _, page = browse(filled.portal, host)
    assert status == 421
    assert "2200054" not in page


def test_it_listens_on_loopback_only(stage):
    assert urlsplit(stage.portal).hostname == "127.0.0.1"
    assert urlsplit(stage.endpoint).hostname == "127.0.0.1"
    assert browse(stage.portal, f"localhost:{urlsplit(stage.portal).port}")[0] == 200
