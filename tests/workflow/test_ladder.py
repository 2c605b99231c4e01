"""The connection ladder: rung by rung to the local stage, what is noted, and what is told."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from app.core.errors import Cancelled, GateClosed
from app.core.journal_event import CertificateEventKind
from app.core.mapping import Link, LinkState, Project, Step
from app.core.outcome import OutcomeKind
from app.core.progress import Progress
from app.files.profile import load_shipped
from app.language.ladder_words import text_for_register
from app.language.sentences import name_of
from app.workflow.certificate_views import LadderView, RungState
from app.workflow.entrance_facts import keep_authorities
from app.workflow.ladder import ORDER, try_connection, try_synthetic_case
from app.workflow.local_stage import import_stage_certificate
from tests.support.fault_servers import ProxyRules, proxying, unused_port
from tests.support.ladder_bench import (
    ELSEWHERE,
    TESTSTAGE,
    Bench,
    broken,
    contract_answers,
    good_setup,
)
from tests.support.outside import answer_of, result
from tests.support.pki import NOW, siths_test
from tests.support.workflow import PROFILE, make_desk, running_stage

WITHOUT_A_CASE = [
    "rung-certificate",
    "rung-name",
    "rung-connect",
    "rung-server-trusted",
    "rung-certificate-asked",
    "rung-client-accepted",
    "rung-contract-read",
    "rung-contract-same",
]
SECRET = "mycket hemligt"


@pytest.fixture
def bench(tmp_path) -> Bench:
    made = Bench(tmp_path)
    made.install()
    return made


@pytest.fixture
def staged(tmp_path):
    desk = make_desk(tmp_path)
    with running_stage(desk) as stage:
        import_stage_certificate(desk)
        yield desk, stage


def rung_of(view: LadderView, code: str):
    return next(one for one in view.rungs if one.code == code)


# --- the local stage ---------------------------------------------------------------------------


def test_the_ladder_to_the_local_stage_is_green(staged):
    desk, stage = staged
    view = try_connection(desk, "local")
    assert [rung.code for rung in view.rungs] == WITHOUT_A_CASE
    assert {rung.state for rung in view.rungs} == {RungState.OK}
    assert view.holds
    assert (view.entrance, view.kind, view.address) == ("local", "local", stage.endpoint)
    assert view.hsa_id == stage.hsa_id
    assert len(view.fingerprint) == 64
    assert view.at.endswith("+00:00")


def test_the_synthetic_case_is_taken_and_stands_in_the_journal(staged):
    desk, stage = staged
    for words in ("Skapade", "Uppdaterade"):
        view = try_synthetic_case(desk, "local")
        top = view.rungs[-1]
        assert (top.code, top.state) == ("rung-case", RungState.OK)
        assert dict(top.values)["text"].startswith(words)
    case = dict(top.values)["case"]
    assert stage.stored(case) is not None
    assert stage.count() == 1
    last = desk.journal().attempts()[0]
    assert (last.case, last.kind) == (case, OutcomeKind.UPDATED)
    assert (last.hsa_id, last.certificate) == (view.hsa_id, view.fingerprint)


def test_every_try_is_noted_with_the_certificate_that_was_shown(staged):
    desk, _stage = staged
    view = try_connection(desk, "local")
    event = desk.journal().certificate_events()[0]
    assert event.kind is CertificateEventKind.TRIED
    assert (event.fingerprint, event.entrance) == (view.fingerprint, "local")


def test_a_certificate_that_was_not_shown_is_not_noted(bench):
    bench.put(f"https://localhost:{unused_port()}/spor/ws")
    assert not bench.climb().holds
    assert bench.desk.journal().certificate_events() == ()


def test_a_stage_that_does_not_run_is_told_on_the_second_rung(tmp_path):
    desk = make_desk(tmp_path)
    with running_stage(desk):
        import_stage_certificate(desk)
    rung = broken(try_connection(desk, "local"))
    assert rung is not None
    assert (rung.code, rung.problem) == ("rung-name", "stage-not-running")


def test_a_stage_with_another_contract_is_climbed_to_it(staged):
    desk, _stage = staged
    desk.project = Project("Prov", f"{PROFILE}:R2")
    rung = broken(try_connection(desk, "local"))
    assert rung is not None
    assert (rung.code, rung.problem) == ("rung-contract-same", "stage-other-contract")


def test_every_rung_is_told_as_it_is_tried_and_named(staged):
    desk, _stage = staged
    steps: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, step: str = "") -> None:
        steps.append((done, total, step))

    try_synthetic_case(desk, "local", progress)
    assert [step for _, _, step in steps] == [*WITHOUT_A_CASE, "rung-case"]
    assert all(name_of(code) != code for code in ORDER)
    assert all(at < total for at, total, _ in steps)


def test_it_is_stopped_between_any_two_rungs(staged):
    desk, stage = staged
    for stop in WITHOUT_A_CASE:
        with pytest.raises(Cancelled):
            try_synthetic_case(desk, "local", cancelling(stop))
    assert stage.count() == 0
    assert try_connection(desk, "local").holds


def cancelling(stop: str) -> Progress:
    """Return a progress that cancels before one rung."""

    def progress(done: int, total: int, step: str = "") -> None:
        if step == stop and done < total:
            raise Cancelled

    return progress


def test_a_ca_file_that_only_the_project_trusts_ends_where_the_server_is_judged(bench):
    file = bench.desk.authorities.pop(TESTSTAGE)
    bench.set(authorities=str(file))
    with bench.serving(None, *contract_answers()) as server:
        rung = broken(bench.climb())
        assert server.requests == []
        keep_authorities(bench.desk, str(file))
        assert bench.climb().holds
    assert rung is not None
    assert (rung.code, rung.problem) == ("rung-server-trusted", "authorities-not-approved")
    assert dict(rung.values)["name"] == file.name


@pytest.mark.parametrize(
    "date",
    ["nonsense", "Mon, 01 Jan 2026 00:00:00 +99999999999999999", "Mon, 1 Jan 99999 0:0:0 GMT"],
)
def test_a_server_whose_date_is_none_is_climbed_all_the_same(bench, date):
    told = f"Date: {date}\r\n".encode()
    first, *rest = contract_answers()
    with bench.serving(None, first.replace(b"\r\n\r\n", b"\r\n" + told + b"\r\n", 1), *rest):
        assert bench.climb().holds


def test_an_entrance_that_is_none_is_named(tmp_path):
    with pytest.raises(GateClosed, match="entrance-unknown"):
        try_connection(make_desk(tmp_path), "nowhere")


# --- what the server asks for, and who it is ---------------------------------------------------


def test_which_issuers_a_server_asks_for_is_told(bench):
    from tests.support.real_servers import RealSetup, nginx

    with nginx(RealSetup()) as server:
        bench.put(server.address)
        view = bench.climb()
    rung = rung_of(view, "rung-certificate-asked")
    assert rung.state is RungState.OK
    assert siths_test().root.certificate.subject.rfc4514_string() in dict(rung.values)["issuers"]


def test_a_server_that_asks_for_nothing_is_told_and_stops_nothing(bench):
    with bench.serving(good_setup(client_authority=None), *contract_answers()):
        view = bench.climb()
    assert broken(view) is None
    rung = rung_of(view, "rung-certificate-asked")
    assert (rung.state, rung.problem) == (RungState.NOTE, "asked-nothing")
    rung = rung_of(view, "rung-client-accepted")
    assert (rung.state, rung.problem) == (RungState.NOTE, "client-not-judged")
    assert (view.holds, view.takes_ours) == (True, False)


def test_a_server_of_another_issuer_than_the_guide_names_is_told(bench):
    with bench.serving(None, *contract_answers()) as server:
        bench.put(server.address, server_issuers=("SITHS Type 3 CA v1",))
        rung = rung_of(bench.climb(), "rung-server-trusted")
    assert (rung.state, rung.problem) == (RungState.NOTE, "server-issuer-unexpected")
    assert dict(rung.values)["expected"] == "SITHS Type 3 CA v1"


def test_the_server_is_shown_with_issuer_last_day_and_fingerprint(bench):
    with bench.serving(None, *contract_answers()):
        values = dict(rung_of(bench.climb(), "rung-server-trusted").values)
    assert values["tls"] == "TLSv1.3"
    assert {"server", "issuer", "until", "fingerprint"} <= set(values)


# --- the contract ------------------------------------------------------------------------------


def test_a_contract_that_only_allows_more_is_a_note(bench):
    more = b'<xsd:element name="tillagg" type="xsd:string" minOccurs="0"/>'
    answers = list(contract_answers())
    for at, one in enumerate(answers):
        body = one.partition(b"\r\n\r\n")[2]
        marked = body.replace(b'name="akutElektiv"', b'name="akutElektiv" id="here"', 1)
        head, found, tail = marked.partition(b'id="here"')
        if found:
            end = tail.index(b"/>") + 2
            body = head + tail[:end] + more + tail[end:]
            answers[at] = answer_of("200 OK", body)
    with bench.serving(None, *answers):
        view = bench.climb()
    rung = rung_of(view, "rung-contract-same")
    assert broken(view) is None
    assert (rung.state, rung.problem) == (RungState.NOTE, "contract-has-more")
    assert dict(rung.values)["count"] == "1"
    assert dict(rung.values)["what"].endswith("anmalan/tillagg")


# --- the proxy ---------------------------------------------------------------------------------


def test_through_a_proxy_the_ladder_has_a_rung_more(bench):
    with bench.serving(None, *contract_answers()) as server:
        rules = ProxyRules(login=f"svc:{SECRET}", names=(("localhost", server.port),))
        with proxying(rules) as proxy:
            bench.set(proxy=f"127.0.0.1:{proxy.port}", proxy_user="svc")
            bench.desk.secrets.write(f"proxy-svc@127.0.0.1:{proxy.port}", SECRET)
            view = bench.climb()
    assert broken(view) is None
    assert [rung.code for rung in view.rungs][1:4] == ["rung-name", "rung-proxy", "rung-connect"]
    text = text_for_register(view, bench.desk.profile())
    assert SECRET not in text
    assert SECRET not in repr(view)


def test_a_password_written_into_the_proxy_or_the_address_is_shown_nobody(bench):
    for address, proxy in (
        ("https://register.invalid/spor", f"anna:{SECRET}@proxy.example.se:8080"),
        (f"https://anna:{SECRET}@register.invalid/spor", ""),
    ):
        bench.put(address)
        bench.set(proxy=proxy)
        view = bench.climb()
        rung = broken(view)
        assert rung is not None
        assert rung.code == "rung-name"
        assert rung.problem in {"proxy-unreadable", "address-unreadable"}
        assert SECRET not in text_for_register(view, bench.desk.profile())
        assert SECRET not in repr(view)


# --- the synthetic case ------------------------------------------------------------------------


def test_no_synthetic_case_goes_to_production(bench):
    kept = bench.desk.kept()
    kept.choose("production", kept.all()[0].id)
    with bench.serving(None, *contract_answers()) as server:
        bench.put(server.address, kind="production", test_certificate=True)
        view = bench.climb(case=True)
    assert view.kind == "production"
    assert not view.holds
    assert not any(one.startswith(b"POST") for one in server.requests)


def test_in_the_registers_closed_hour_no_synthetic_case_leaves(bench):
    night = NOW.astimezone(ZoneInfo("Europe/Stockholm")).replace(hour=5, minute=30)
    bench.desk.clock = lambda: night.astimezone(UTC)
    with bench.serving(None, *contract_answers()) as server:
        rung = broken(bench.climb(case=True))
    assert rung is not None
    assert (rung.code, rung.problem) == ("rung-case", "synthetic-closed")
    assert dict(rung.values) == {"from": "05:15", "to": "06:00"}
    assert not any(one.startswith(b"POST") for one in server.requests)


def test_a_profile_without_a_synthetic_case_says_so(bench, monkeypatch):
    monkeypatch.setattr("app.files.synthetic.FILE", "none.toml")
    with bench.serving(None, *contract_answers()):
        rung = broken(bench.climb(case=True))
    assert rung is not None
    assert (rung.code, rung.problem) == ("rung-case", "synthetic-none")


def test_what_a_synthetic_case_lacks_is_named(bench, monkeypatch):
    monkeypatch.setattr(
        "app.files.synthetic.read_synthetic", lambda _profile: {"behandlingsnummer": "1", "X1": "2"}
    )
    with bench.serving(None, *contract_answers()):
        rung = broken(bench.climb(case=True))
    assert rung is not None
    assert rung.problem == "synthetic-unfit"
    said = dict(rung.values)["what"]
    assert said.startswith("X1, ")
    assert "patientId" in said


def test_a_synthetic_case_that_the_bound_schema_refuses_is_not_sent(bench):
    bench.desk.fits = lambda _profile: lambda _document: False
    with bench.serving(None, *contract_answers()) as server:
        rung = broken(bench.climb(case=True))
    assert rung is not None
    assert (rung.code, rung.problem) == ("rung-case", "synthetic-unfit")
    assert not any(one.startswith(b"POST") for one in server.requests)
    assert bench.desk.journal().attempts() == ()


def test_the_synthetic_case_is_of_the_projects_own_system(bench):
    system = "SE2321000016-OP7"
    step = Step("constant", (("value", system),))
    link = Link("SystemId", "", (), (step,), LinkState.APPROVED)
    bench.desk.project = Project("Prov", PROFILE, links=(link,))
    with bench.serving(None, *contract_answers(), result("OK", "Skapade: x")) as server:
        view = bench.climb(case=True)
    assert system.encode() in server.requests[-1]
    assert dict(view.rungs[-1].values)["system"] == system


def test_without_a_system_it_is_sent_as_the_certificates_hsa_id(bench):
    with bench.serving(None, *contract_answers(), result("OK", "Skapade: x")) as server:
        view = bench.climb(case=True)
    assert view.hsa_id.encode() in server.requests[-1]


# --- the text for the register -----------------------------------------------------------------


def test_the_text_for_the_register_says_who_tried_what_and_where_it_ended(bench):
    page = b"<center><h1>403 Forbidden</h1>19770101-2382 nginx</center>"
    with bench.serving(None, answer_of("403 Forbidden", page)):
        view = bench.climb()
    text = text_for_register(view, load_shipped(PROFILE))
    for said in (view.hsa_id, view.issuer, view.fingerprint, view.address, view.at):
        assert said in text
    assert "HTTP 403" in text
    assert "2382" not in text
    assert "<h1>" not in text
    assert len(text.splitlines()) > len(view.rungs)


def test_a_name_that_nobody_knows_is_told_with_what_the_system_said(bench):
    bench.put(f"https://{ELSEWHERE}/spor/ws")
    rung = broken(bench.climb())
    assert rung is not None
    assert rung.code == "rung-name"
    assert rung.raw
