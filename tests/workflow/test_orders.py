"""A certificate on order: the key is made here, the answer matched to it, the renewal beside."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import CertificateError
from app.core.journal_event import CertificateEventKind
from app.keystore.orders import request_for
from app.workflow import certify, orders
from app.workflow.certificate_views import OrderForm
from tests.support import pki
from tests.support.kept_certificates import PASSWORD, answer_file, answer_to, trial_package
from tests.support.trust import write_trust
from tests.support.workflow import make_desk

FORM = OrderForm(
    organisation=" Region  Exempel ",
    common_name="SPOR.example.se ",
    names=("op.example.se", "spor.example.se", ""),
    hsa_id="se2321000016-a1b2",
    locality="Karlstad",
    key_kind="ec-p256",
)


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data", lambda: pki.NOW)
    write_trust(desk.data, pki.siths_test(), pki.siths_real(), pki.siths_old())
    yield desk
    desk.close()


def test_the_request_says_what_the_form_says(desk):
    order = orders.order_certificate(desk, FORM)
    request = x509.load_pem_x509_csr(order.request.encode())
    subject = {one.oid: one.value for one in request.subject}
    assert request.is_signature_valid
    assert subject == {
        NameOID.COUNTRY_NAME: "SE",
        NameOID.LOCALITY_NAME: "Karlstad",
        NameOID.ORGANIZATION_NAME: "Region Exempel",
        NameOID.COMMON_NAME: "spor.example.se",
        NameOID.SERIAL_NUMBER: "SE2321000016-A1B2",
    }
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["spor.example.se", "op.example.se"]


def test_the_order_waits_on_the_shelf_as_it_was_made(desk):
    order = orders.order_certificate(desk, FORM)
    assert certify.certificates(desk).orders == (order,)
    assert order.form == orders.tidied(FORM)
    later = make_desk(desk.data)
    later.secrets = desk.secrets
    assert certify.certificates(later).orders == (order,)


def test_the_request_is_written_where_the_person_says(desk, tmp_path):
    order = orders.order_certificate(desk, FORM)
    orders.save_request(desk, order.id, str(tmp_path / "spor.csr"))
    assert (tmp_path / "spor.csr").read_text() == order.request
    with pytest.raises(CertificateError, match="certificate-request-unwritten"):
        orders.save_request(desk, order.id, str(tmp_path / "none" / "spor.csr"))
    with pytest.raises(CertificateError, match="certificate-order-gone"):
        orders.save_request(desk, "0123456789abcdef", str(tmp_path / "spor.csr"))


def test_the_answer_becomes_a_certificate_that_is_used(desk, tmp_path):
    order = orders.order_certificate(desk, FORM)
    answer = answer_to(order.request, pki.siths_test().issuing)
    shelf = orders.complete_order(desk, order.id, answer_file(tmp_path, answer))
    (view,) = shelf.certificates
    assert (view.fingerprint, view.hsa_id) == (answer.fingerprint(SHA256()).hex(), pki.HSA_ID)
    assert shelf.orders == ()
    assert shelf.for_kind("teststage") == view


def test_a_renewal_lies_beside_the_one_in_use(desk, tmp_path):
    old = certify.import_certificate(desk, trial_package(tmp_path), PASSWORD).certificates[0]
    order = orders.order_certificate(desk, replace(FORM, renews=old.id))
    assert order.form.renews == old.id
    answer = answer_to(order.request, pki.siths_test().issuing)
    shelf = orders.complete_order(desk, order.id, answer_file(tmp_path, answer))
    assert [one.id for one in shelf.certificates] != [old.id]
    assert shelf.for_kind("teststage") == old


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"nothing", "certificate-answer-unreadable"),
        (pki.leaf().pem, "certificate-order-other-key"),
    ],
)
def test_what_is_no_answer_to_the_order_leaves_it_waiting(desk, tmp_path, content, code):
    order = orders.order_certificate(desk, FORM)
    path = tmp_path / "answer.cer"
    path.write_bytes(content)
    with pytest.raises(CertificateError, match=code):
        orders.complete_order(desk, order.id, str(path))
    shelf = certify.certificates(desk)
    assert (shelf.certificates, shelf.orders) == ((), (order,))


def test_an_answer_that_is_imported_like_any_file_finds_its_own_order(desk, tmp_path):
    other = orders.order_certificate(desk, FORM)
    order = orders.order_certificate(desk, FORM)
    orders.order_certificate(desk, FORM)
    answer = answer_to(order.request, pki.siths_test().issuing)
    shelf = certify.import_certificate(desk, answer_file(tmp_path, answer), "")
    assert [one.id for one in shelf.certificates] == [order.id]
    assert order.id not in {one.id for one in shelf.orders}
    assert other.id in {one.id for one in shelf.orders}
    stranger = pki.leaf().certificate
    with pytest.raises(CertificateError, match="certificate-no-key"):
        certify.import_certificate(desk, answer_file(tmp_path, stranger), "")


def test_a_damaged_order_is_told_and_can_be_removed_like_a_certificate(desk):
    order = orders.order_certificate(desk, FORM)
    (desk.identity_folder / f"{order.id}.request").write_bytes(b"rubbish")
    shelf = certify.certificates(desk)
    assert shelf.orders == ()
    assert [dict(one.values)["id"] for one in shelf.damaged] == [order.id]
    shelf = certify.remove_certificate(desk, order.id)
    assert (shelf.damaged, desk.kept().has_leftovers()) == ((), False)
    with pytest.raises(CertificateError, match="certificate-gone"):
        certify.remove_certificate(desk, order.id)


def test_an_answer_that_has_run_out_is_refused(desk, tmp_path):
    order = orders.order_certificate(desk, FORM)
    past = pki.Wish(valid=(pki.NOW - 9 * pki.DAY, pki.NOW - pki.DAY))
    answer = answer_to(order.request, pki.siths_test().issuing, past)
    with pytest.raises(CertificateError, match="certificate-expired"):
        orders.complete_order(desk, order.id, answer_file(tmp_path, answer))


def test_an_order_that_is_given_up_is_gone_with_its_passphrase(desk):
    order = orders.order_certificate(desk, FORM)
    kept = set(vars(desk.secrets)["_secrets"])
    assert orders.cancel_order(desk, order.id).orders == ()
    assert len(set(vars(desk.secrets)["_secrets"])) == len(kept) - 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"organisation": " "}, "certificate-order-organisation"),
        ({"organisation": "x" * 65}, "certificate-order-organisation"),
        ({"common_name": ""}, "certificate-order-dns"),
        ({"common_name": "localhost"}, "certificate-order-dns"),
        ({"common_name": "a_b.example.se"}, "certificate-order-dns"),
        ({"names": ("*.example.se",)}, "certificate-order-dns"),
        ({"names": ("å.example.se",)}, "certificate-order-dns"),
        ({"common_name": "a" * 60 + ".example.se"}, "certificate-order-name-long"),
        ({"hsa_id": "232100"}, "certificate-order-hsa"),
        ({"country": "Sverige"}, "certificate-order-country"),
        ({"locality": "x" * 129}, "certificate-order-locality"),
        ({"key_kind": "rsa-1024"}, "certificate-order-key-kind"),
    ],
)
def test_a_form_that_is_wrong_is_told_before_a_key_is_made(desk, changes, code):
    with pytest.raises(CertificateError, match=code):
        orders.order_certificate(desk, replace(FORM, **changes))
    assert vars(desk.secrets)["_secrets"].keys() <= {"journal"}
    assert certify.certificates(desk).orders == ()


def test_the_journal_notes_orders_by_their_public_key(desk):
    order = orders.order_certificate(desk, FORM)
    orders.cancel_order(desk, order.id)
    told = [(one.kind, one.fingerprint, one.text) for one in desk.journal().certificate_events()]
    assert told == [
        (CertificateEventKind.CANCELLED, order.fingerprint, "spor.example.se"),
        (CertificateEventKind.ORDERED, order.fingerprint, "spor.example.se"),
    ]


@given(st.builds(OrderForm, *[st.text(max_size=70)] * 2, st.tuples(st.text()), *[st.text()] * 3))
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_a_form_is_refused_with_a_code_or_made(form):
    _made_or_refused(form)


@given(st.text(max_size=64), st.text(max_size=128))
@settings(max_examples=200, deadline=None)
def test_whatever_the_organisation_and_the_town_are_called(organisation, town):
    _made_or_refused(replace(FORM, organisation=organisation, locality=town))


def _made_or_refused(form: OrderForm) -> None:
    form = orders.tidied(form)
    try:
        orders.require_orderable(form)
    except CertificateError:
        return
    key = pki.elliptic_key(2)
    names = (form.common_name, *form.names)
    request = x509.load_pem_x509_csr(request_for(key, orders.subject_of(form), names))
    told = {one.oid: one.value for one in request.subject}
    assert told[NameOID.ORGANIZATION_NAME] == form.organisation
    assert told.get(NameOID.LOCALITY_NAME, "") == form.locality
