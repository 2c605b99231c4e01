"""Certificates side by side: kept, chosen, ordered, repaired and removed."""

import pytest

from app.core.errors import Cancelled, CertificateError, KeystoreError
from app.keystore.certificate import Bundle
from app.keystore.elsewhere import Pins
from app.keystore.kept import Kept
from tests.support.keeping import (
    NEW,
    OLD,
    ROOT,
    Keystore,
    answer_to,
    bundle,
    context,
    files,
    kept_in,
    names,
)
from tests.support.outside import NOW, Wish, elliptic_key, issue

REFERENCE = {"module": "/usr/lib/token.so", "serial": "4711", "fingerprint": "ab"}


@pytest.fixture
def secrets() -> Keystore:
    return Keystore()


@pytest.fixture
def kept(tmp_path, secrets) -> Kept:
    return kept_in(tmp_path / "certificate", secrets)


def request(kept: Kept):
    return kept.order(NEW.certificate.subject, ("ny.example.se",), "ec-p256", {"renews": "x"})


def test_without_an_import_there_is_nothing(kept):
    assert (kept.all(), kept.damaged(), kept.orders(), kept.choices()) == ((), (), (), {})
    assert kept.chosen("stage") is None
    assert not kept.has_leftovers()
    kept.clean_leftovers()
    kept.forget_all()
    assert not kept.folder.exists()
    with pytest.raises(CertificateError, match="certificate-gone"):
        kept.get("0" * 16)


def test_an_installed_certificate_opens_a_tls_context_in_another_run(kept, secrets):
    installed = kept.install(bundle(OLD), ("stage",))
    (found,) = kept_in(kept.folder, secrets).all()
    assert found == installed == kept.get(installed.id) == kept.chosen("stage")
    assert (found.facts.subject, found.place, found.key_place) == (
        "gammal.example.se",
        "memory",
        "file",
    )
    assert found.facts.chain == ("TEST SITHS e-id Root CA v2",)
    assert found.made == NOW.isoformat()
    found.load_into(context())
    assert files(kept) == {f"{found.id}.pem", f"{found.id}.json", "chosen.json"}


def test_a_second_certificate_lies_beside_the_first_until_somebody_switches(kept):
    old = kept.install(bundle(OLD), ("stage", "production"))
    new = kept.install(bundle(NEW), ("stage", "local"))
    assert names(kept) == ["ny.example.se", "gammal.example.se"]
    assert kept.choices() == {"stage": old.id, "production": old.id, "local": new.id}
    kept.choose("stage", new.id)
    assert kept.choices() == {"stage": new.id, "production": old.id, "local": new.id}
    kept.choose("local", "")
    assert kept.chosen("local") is None
    for one in kept.all():
        one.load_into(context())
    with pytest.raises(CertificateError, match="certificate-gone"):
        kept.choose("stage", "../../etc/passwd")


def test_the_same_certificate_again_takes_the_place_of_the_former(kept, secrets):
    former = kept.install(bundle(OLD), ("stage",))
    secrets.remove(f"certificate-{former.id}")  # why somebody imports it again
    again = kept.install(bundle(OLD))
    assert [one.id for one in kept.all()] == [again.id]
    assert kept.choices() == {"stage": again.id}
    assert secrets.kept == {f"certificate-{again.id}"}
    again.load_into(context())
    third = kept.install(bundle(OLD))
    assert (names(kept), kept.choices()) == (["gammal.example.se"], {"stage": third.id})


def test_the_same_certificate_again_keeps_the_issuers_that_came_before(kept):
    kept.install(bundle(OLD), ("stage",))
    again = kept.install(Bundle(OLD.key, OLD.certificate, ()))  # a PEM pair has no issuers
    assert again.chain == bundle(OLD).chain


def test_a_replaced_certificate_never_comes_back_when_its_successor_goes(kept, secrets):
    former = kept.install(bundle(OLD), ("stage",))
    note = kept.folder / f"{former.id}.json"
    content = note.read_bytes()
    again = kept.install(bundle(OLD))
    note.write_bytes(content)  # as a crash before the cleaning leaves it
    assert [one.id for one in kept.all()] == [again.id]
    kept.remove(again.id)
    assert (kept.all(), kept.choices()) == ((), {})
    kept.clean_leftovers()
    assert (secrets.kept, files(kept)) == (set(), {"chosen.json"})


def test_a_removed_certificate_leaves_nothing_and_is_chosen_nowhere(kept, secrets):
    old = kept.install(bundle(OLD), ("stage", "local"))
    new = kept.install(bundle(NEW), ("production",))
    kept.remove(old.id)
    assert (names(kept), kept.choices()) == (["ny.example.se"], {"production": new.id})
    assert secrets.kept == {f"certificate-{new.id}"}
    assert files(kept) == {f"{new.id}.pem", f"{new.id}.json", "chosen.json"}
    with pytest.raises(CertificateError, match="certificate-gone"):
        kept.remove(old.id)


@pytest.mark.parametrize("failure", [KeystoreError("keystore-locked"), Cancelled()])
def test_a_removal_is_done_also_where_the_keystore_fails_and_is_made_up_for_later(
    kept, secrets, failure
):
    old = kept.install(bundle(OLD), ("stage",))
    secrets.raises = failure
    kept.remove(old.id)
    assert (kept.all(), kept.choices()) == ((), {})
    assert not list(kept.folder.glob("*.pem"))
    assert kept.has_leftovers()
    secrets.raises = None
    kept.clean_leftovers()
    assert secrets.kept == set()
    assert files(kept) == {"chosen.json"}


def test_a_damaged_certificate_does_not_hide_the_others(kept, secrets):
    damaged, gone, noted, fine = (
        kept.install(bundle(issue(ROOT, Wish(name=f"{number}.example.se")))) for number in range(4)
    )
    order = request(kept)
    (kept.folder / f"{damaged.id}.pem").write_bytes(b"rubbish")
    (kept.folder / f"{gone.id}.pem").unlink()
    (kept.folder / f"{noted.id}.json").write_bytes(b"{}")
    (kept.folder / f"{order.id}.request").write_bytes(b"rubbish")
    wrong = {
        damaged.id: "certificate-key-unreadable",
        gone.id: "certificate-file-missing",
        noted.id: "certificate-note-damaged",
        order.id: "certificate-key-unreadable",
    }
    assert dict(kept.damaged()) == wrong
    assert names(kept) == ["3.example.se"]
    assert kept.orders() == ()
    for certificate_id in (damaged.id, gone.id, noted.id):
        with pytest.raises(CertificateError, match=wrong[certificate_id]):
            kept.get(certificate_id)
    kept.clean_leftovers()
    assert dict(kept.damaged()) == wrong  # a person decides
    for one in (damaged, gone, noted):
        kept.remove(one.id)
    kept.cancel_order(order.id)
    assert kept.damaged() == ()
    assert secrets.kept == {f"certificate-{fine.id}"}


def test_a_damaged_certificate_that_is_chosen_is_said_to_be_damaged(kept):
    old = kept.install(bundle(OLD), ("stage",))
    (kept.folder / f"{old.id}.pem").write_bytes(b"rubbish")
    with pytest.raises(CertificateError, match="certificate-key-unreadable"):
        kept.chosen("stage")
    again = kept.install(bundle(OLD))  # which mends it, where it was chosen
    assert kept.chosen("stage") == again
    assert kept.damaged() == ()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"stage": 1}', b"\xff"])
def test_damaged_choices_are_told_and_mended_by_choosing_again(kept, content):
    old = kept.install(bundle(OLD), ("stage",))
    (kept.folder / "chosen.json").write_bytes(content)
    assert kept.damaged() == (("", "certificate-choices-damaged"),)
    assert kept.choices() == {}
    kept.choose("stage", old.id)
    assert (kept.damaged(), kept.choices()) == ((), {"stage": old.id})


def test_a_wrong_or_lost_passphrase_is_told_from_a_lost_file(kept, secrets):
    found = kept.install(bundle(OLD))
    (name,) = secrets.kept
    secrets.write(name, "fel")
    with pytest.raises(CertificateError, match="certificate-key-unreadable"):
        found.load_into(context())
    found.pem.unlink()
    with pytest.raises(CertificateError, match="certificate-file-missing"):
        found.load_into(context())
    secrets.remove(name)
    with pytest.raises(CertificateError) as caught:
        found.load_into(context())
    assert caught.value.code == "certificate-passphrase-missing"
    assert caught.value.values == {"place": "memory"}


def test_a_key_that_does_not_match_is_refused_when_loaded(kept):
    found = kept.install(Bundle(elliptic_key(7), OLD.certificate))
    with pytest.raises(CertificateError, match="certificate-key-mismatch"):
        found.load_into(context())


def test_a_keystore_that_takes_nothing_leaves_nothing_behind(kept, secrets):
    secrets.raises = KeystoreError("keystore-missing")
    with pytest.raises(KeystoreError, match="keystore-missing"):
        kept.install(bundle(OLD))
    with pytest.raises(KeystoreError, match="keystore-missing"):
        request(kept)
    assert files(kept) == set()
    secrets.raises = KeystoreError("keystore-no-answer")  # it may have taken it after all
    with pytest.raises(KeystoreError, match="keystore-no-answer"):
        kept.install(bundle(OLD))
    assert kept.all() == ()
    assert kept.has_leftovers()


def test_a_key_elsewhere_is_kept_by_reference_without_any_secret(kept, secrets):
    loaded = []

    class Recorded(Pins):
        def load_into(self, *given):
            loaded.append((*given, self.get(REFERENCE)))

    pins = Recorded()
    kept = Kept(kept.folder, secrets, lambda: NOW, pins=pins)
    chain = (ROOT.certificate,)
    found = kept.keep_reference("token", REFERENCE, OLD.certificate, chain, ("stage",))
    assert (found.key_place, found.place, found.reference) == ("token", "", REFERENCE)
    assert kept.chosen("stage") == found
    assert found.facts.chain == ("TEST SITHS e-id Root CA v2",)
    assert secrets.kept == set()
    pins.remember(REFERENCE, "1234")
    used = context()
    found.load_into(used)
    assert loaded == [(used, "token", REFERENCE, OLD.certificate, chain, "1234")]
    assert "1234" not in repr(found)
    again = kept.keep_reference("token", REFERENCE, OLD.certificate, chain)
    assert [one.id for one in kept.all()] == [again.id]
    secrets.raises = KeystoreError("keystore-missing")  # which it does without
    kept.remove(again.id)
    assert files(kept) == {"chosen.json"}
    assert not kept.has_leftovers()


def test_a_certificate_moves_from_a_file_to_a_token(kept, secrets):
    kept.install(bundle(OLD), ("stage",))
    moved = kept.keep_reference("token", REFERENCE, OLD.certificate, ())
    assert [one.id for one in kept.all()] == [moved.id]
    assert kept.choices() == {"stage": moved.id}
    assert secrets.kept == set()
    assert not list(kept.folder.glob("*.pem"))


def test_an_order_waits_with_what_it_was_made_for(kept, secrets):
    order = request(kept)
    assert kept_in(kept.folder, secrets).orders() == (order,)
    assert (order.meta, order.made) == ({"renews": "x"}, NOW.isoformat())
    assert kept.all() == ()
    second = request(kept)
    assert [one.id for one in kept.orders()] == [second.id, order.id]
    kept.cancel_order(order.id)
    assert [one.id for one in kept.orders()] == [second.id]
    assert secrets.kept == {f"certificate-{second.id}"}
    for deed in (kept.get, kept.remove, lambda one: kept.choose("stage", one)):
        with pytest.raises(CertificateError, match="certificate-gone"):
            deed(second.id)
    with pytest.raises(CertificateError, match="certificate-order-gone"):
        kept.cancel_order(order.id)


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
def test_an_order_whose_request_is_damaged_does_not_hide_the_others(kept, at):
    fine, damaged = request(kept), request(kept)
    path = kept.folder / f"{damaged.id}.request"
    content = bytearray(path.read_bytes())
    start = content.index(b"-----BEGIN CERTIFICATE REQUEST")
    content[start + int(at * (len(content) - start))] = 0xE5
    path.write_bytes(content)
    assert kept.orders() == (fine,)
    assert kept.damaged() == ((damaged.id, "certificate-key-unreadable"),)


def test_an_order_whose_key_does_not_open_cannot_be_answered(kept, secrets):
    order = request(kept)
    (name,) = secrets.kept
    answer = answer_to(order.request_pem)
    secrets.write(name, "fel")
    with pytest.raises(CertificateError, match="certificate-key-unreadable"):
        kept.complete(order.id, answer, ())
    secrets.remove(name)
    with pytest.raises(CertificateError) as caught:
        kept.complete(order.id, answer, ())
    assert caught.value.code == "certificate-order-passphrase-missing"
    assert caught.value.values == {"place": "memory"}
    assert (kept.orders(), kept.all()) == ((order,), ())
    (kept.folder / f"{order.id}.request").unlink()
    with pytest.raises(CertificateError, match="certificate-file-missing"):
        kept.complete(order.id, answer, ())


def test_a_renewed_certificate_remembers_which_one_it_renews(kept):
    old = kept.install(bundle(OLD), ("stage",))
    order = request(kept)
    renewed = kept.complete(order.id, answer_to(order.request_pem), (), ("stage", "local"))
    assert renewed.meta == {"renews": "x"}
    assert kept.choices() == {"stage": old.id, "local": renewed.id}
    assert [one.id for one in kept.all()] == [renewed.id, old.id]


def test_what_was_kept_for_one_run_is_forgotten_at_its_end(kept, secrets):
    kept.install(bundle(OLD), ("stage",))
    damaged = request(kept)
    (kept.folder / f"{damaged.id}.json").write_bytes(b"")
    kept.keep_reference("token", REFERENCE, NEW.certificate, ())
    cut_off = kept.install(bundle(issue(ROOT, Wish(name="avbruten.example.se"))))
    (kept.folder / f"{cut_off.id}.json").unlink()
    kept.forget_all()
    assert (files(kept), secrets.kept) == (set(), set())


def test_what_was_kept_for_one_run_loses_its_keys_also_where_the_keystore_fails(kept, secrets):
    kept.install(bundle(OLD), ("stage",))
    kept.install(bundle(NEW), ("stage",))
    secrets.raises = KeystoreError("keystore-locked")
    with pytest.raises(KeystoreError, match="keystore-locked"):
        kept.forget_all()
    assert not list(kept.folder.glob("*.pem"))
    secrets.raises = None
    kept.forget_all()  # as the next run does
    assert (files(kept), secrets.kept) == (set(), set())
