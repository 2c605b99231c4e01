"""The certificates that are kept, side by side: keys encrypted here, passphrases in the keystore.

A renewed certificate lies beside the old one until somebody switches. Which one is used where is
chosen for each kind of entrance. Every change survives a crash at any of its steps (`changes`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from secrets import token_hex, token_urlsafe

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.core.authority import TrustFacts
from app.core.clock import Clock, system_clock
from app.core.errors import Cancelled, CertificateError, KeystoreError
from app.keystore.certificate import Bundle, Chain, describe, ordered_chain
from app.keystore.changes import (
    KEY,
    POINTER,
    REQUEST,
    changing,
    clean,
    first_form,
    forget,
    has_leftovers,
    keep,
    keep_secret,
)
from app.keystore.elsewhere import Pins
from app.keystore.hardening import secure_folder
from app.keystore.identity import FILE, Identity, Secrets, secret_of
from app.keystore.notes import (
    CERTIFICATE,
    CHOICES,
    ORDER,
    Note,
    Notes,
    note_path,
    read_notes,
    write_choices,
    write_note,
)
from app.keystore.orders import (
    Order,
    encrypted_key,
    key_fingerprint,
    make_key,
    request_for,
    require_answers,
    require_key_of,
    split_key,
)

WORDS = {CERTIFICATE: "certificate", ORDER: "certificate-order"}
TEST_KINDS, REAL_KINDS = ("teststage",), ("stage", "production")


class Kept:
    """The kept certificates and orders of a folder."""

    def __init__(
        self,
        folder: Path,
        secrets: Secrets,
        clock: Clock = system_clock,
        trust: TrustFacts | None = None,
        pins: Pins | None = None,
    ) -> None:
        self.folder = folder
        self._secrets = secrets
        self._clock = clock
        self._trust = trust
        self._pins = pins or Pins()

    def all(self) -> tuple[Identity, ...]:
        """Return every certificate that can be read, newest first."""
        return self._read()[0]

    def damaged(self) -> tuple[tuple[str, str], ...]:
        """Return the id of each damaged certificate or order, and the code of what is wrong.

        An id of "" stands for the choices.
        """
        return self._read()[1]

    def get(self, certificate_id: str) -> Identity:
        """Return a certificate; raise what is wrong when it is gone or damaged."""
        return self._opened(_found(self._notes(), certificate_id, CERTIFICATE))

    def choices(self) -> dict[str, str]:
        """Return the id of the certificate that is chosen for each kind of entrance."""
        return dict(self._notes().choices)

    def chosen(self, kind: str) -> Identity | None:
        """Return the certificate chosen for a kind of entrance; raise when it is damaged."""
        certificate_id = self._notes().choices.get(kind)
        return None if certificate_id is None else self.get(certificate_id)

    def choose(self, kind: str, certificate_id: str) -> None:
        """Use a certificate for a kind of entrance from now on; "" uses none."""
        with self._changing() as notes:
            choices = dict(notes.choices)
            choices.pop(kind, None)
            if certificate_id:
                choices[kind] = _found(notes, certificate_id, CERTIFICATE).id
            write_choices(self.folder, choices)

    def install(self, bundle: Bundle, kinds: Sequence[str] = ()) -> Identity:
        """Keep a key and its certificate beside the others.

        It is chosen for the `kinds` that have none. The same certificate taken in again takes the
        place of the former.
        """
        key_id, passphrase = token_hex(8), token_urlsafe(32)
        content = encrypted_key(bundle.key, passphrase)
        content += _pems(bundle.certificate, bundle.chain)
        with self._changing() as notes:
            place = self._secrets.place
            keep_secret(self.folder, key_id, self._secrets, passphrase)
            keep(self.folder / (key_id + KEY), content)
            note = self._note(notes, key_id, _print_of(bundle.certificate))
            return self._settle(notes, replace(note, place=place), kinds)

    def keep_reference(
        self,
        place: str,
        reference: Mapping[str, str],
        certificate: x509.Certificate,
        chain: Chain,
        kinds: Sequence[str] = (),
    ) -> Identity:
        """Keep a certificate whose key lies elsewhere, and how it is found there."""
        with self._changing() as notes:
            note = replace(
                self._note(notes, token_hex(8), _print_of(certificate)),
                key_place=place,
                reference=dict(reference),
                certificates=_pems(certificate, chain).decode(),
            )
            return self._settle(notes, note, kinds)

    def remove(self, certificate_id: str) -> None:
        """Forget a certificate, its key and its passphrase, also a damaged one."""
        self._forget(certificate_id, CERTIFICATE)

    def order(
        self,
        form_subject: x509.Name,
        names: Sequence[str],
        key_kind: str,
        meta: Mapping[str, object],
    ) -> Order:
        """Make a key and the request for its certificate."""
        key = make_key(key_kind)
        request = request_for(key, form_subject, names)
        key_id, passphrase = token_hex(8), token_urlsafe(32)
        content = encrypted_key(key, passphrase) + request
        with self._changing() as notes:
            place = self._secrets.place
            keep_secret(self.folder, key_id, self._secrets, passphrase)
            keep(self.folder / (key_id + REQUEST), content)
            note = self._note(notes, key_id, key_fingerprint(key.public_key()))
            note = replace(note, what=ORDER, place=place, meta=dict(meta))
            write_note(self.folder, note)
            self._clean_up()
            return self._opened_order(note)

    def orders(self) -> tuple[Order, ...]:
        """Return the orders that wait for their certificate, newest first."""
        orders = []
        for note in self._notes().of(ORDER):
            with suppress(CertificateError):  # `damaged` tells
                orders.append(self._opened_order(note))
        return tuple(orders)

    def complete(
        self,
        order_id: str,
        certificate: x509.Certificate,
        chain: Chain,
        kinds: Sequence[str] = (),
    ) -> Identity:
        """Take in the certificate that was issued for an order, beside the others."""
        with self._changing() as notes:
            order = _found(notes, order_id, ORDER)
            require_answers(certificate, self._opened_order(order))
            key = self._proved_key(order)
            keep(self.folder / (order_id + KEY), key + _pems(certificate, chain))
            note = self._note(notes, order_id, _print_of(certificate))
            return self._settle(notes, replace(note, place=order.place, meta=order.meta), kinds)

    def cancel_order(self, order_id: str) -> None:
        """Forget an order and its key."""
        self._forget(order_id, ORDER)

    def has_leftovers(self) -> bool:
        """Whether there may be something to clean; neither the keystore nor the lock is touched."""
        return has_leftovers(self.folder)

    def clean_leftovers(self) -> None:
        """Remove what interrupted changes have left behind."""
        if self.folder.is_dir():
            with self._changing():
                clean(self.folder, self._secrets)

    def forget_all(self) -> None:
        """Forget every certificate and order: what was kept for one run only."""
        if self.folder.is_dir():
            with self._changing() as notes:
                for note in notes.every:
                    self._drop(note)
                (self.folder / CHOICES).unlink(missing_ok=True)

    @contextmanager
    def _changing(self) -> Iterator[Notes]:
        """Let one change at a time into the block, with the notes as they are now."""
        self._carry_over()
        with changing(self.folder):
            yield read_notes(self.folder)

    def _notes(self) -> Notes:
        secure_folder(self.folder)
        self._carry_over()
        return read_notes(self.folder)

    def _read(self) -> tuple[tuple[Identity, ...], tuple[tuple[str, str], ...]]:
        """Return what opens, and the id and code of what does not."""
        notes = self._notes()
        opened, damaged = [], list(notes.damaged)
        for note in notes.every:
            try:
                if note.what == ORDER:
                    self._opened_order(note)
                else:
                    opened.append(self._opened(note))
            except CertificateError as error:
                damaged.append((note.id, error.code))
        return tuple(opened), tuple(damaged)

    def _note(self, notes: Notes, key_id: str, fingerprint: str) -> Note:
        """Return the note of a new certificate, which takes the place of the same one before."""
        same = (one.id for one in notes.of(CERTIFICATE) if one.fingerprint == fingerprint)
        made = self._clock().isoformat()
        return Note(
            key_id, CERTIFICATE, notes.next_number, made, "", fingerprint, replaces=next(same, "")
        )

    def _settle(self, notes: Notes, note: Note, kinds: Sequence[str]) -> Identity:
        """Let a new certificate count, choose it where none is, and clean up."""
        write_note(self.folder, note)
        missing = {kind: note.id for kind in kinds if kind not in notes.choices}
        if missing:
            write_choices(self.folder, {**notes.choices, **missing})
        self._clean_up()
        return self._opened(note)

    def _clean_up(self) -> None:
        with suppress(KeystoreError, Cancelled):  # the change is made; the rest can wait
            clean(self.folder, self._secrets)

    def _opened(self, note: Note) -> Identity:
        pem = self.folder / (note.id + KEY)
        content = _content(pem) if note.key_place == FILE else note.certificates.encode()
        certificate, chain = _certificates(content)
        return Identity(
            pem,
            describe(certificate, chain, self._clock(), self._trust),
            note.place,
            certificate,
            chain,
            self._secrets,
            id=note.id,
            key_place=note.key_place,
            reference=note.reference,
            pins=self._pins,
            made=note.made,
            meta=note.meta,
        )

    def _opened_order(self, note: Note) -> Order:
        _key, request = split_key(_content(self.folder / (note.id + REQUEST)))
        return Order(note.id, note.made, request.decode("ascii"), note.fingerprint, note.meta)

    def _proved_key(self, order: Note) -> bytes:
        """Return an order's encrypted key once its passphrase has opened it."""
        key, _request = split_key(_content(self.folder / (order.id + REQUEST)))
        passphrase = self._secrets.read(secret_of(order.id))
        if passphrase is None:
            raise CertificateError("certificate-order-passphrase-missing", place=order.place)
        require_key_of(key, passphrase, order.fingerprint)
        return key

    def _forget(self, key_id: str, what: str) -> None:
        with self._changing() as notes:
            if key_id in dict(notes.damaged) and key_id:
                with suppress(KeystoreError, Cancelled):
                    forget(self.folder, key_id, self._secrets)
            else:
                self._drop(_found(notes, key_id, what))

    def _drop(self, note: Note) -> None:
        if note.key_place != FILE:
            note_path(self.folder, note.id).unlink(missing_ok=True)
            return
        with suppress(KeystoreError, Cancelled):  # it is gone; the keystore is asked again later
            forget(self.folder, note.id, self._secrets)

    def _carry_over(self) -> None:
        """Take over what the program's first form has kept, which was one certificate."""
        if not (self.folder / POINTER).exists():
            return
        with changing(self.folder):
            versions, place = first_form(self.folder) or ((), "")
            notes = read_notes(self.folder)
            choices: dict[str, str] = {}
            for version in versions:
                note, kinds = self._carried(version, place, notes.next_number)
                write_note(self.folder, note)
                choices |= dict.fromkeys(kinds if len(versions) == 1 else (), version)
            if choices:
                write_choices(self.folder, {**choices, **notes.choices})
            (self.folder / POINTER).unlink(missing_ok=True)

    def _carried(self, version: str, place: str, number: int) -> tuple[Note, tuple[str, ...]]:
        """Return the note of a version, and the kinds of entrance it was most likely used for."""
        pem = self.folder / (version + KEY)
        made = self._clock().isoformat()
        note = Note(version, CERTIFICATE, number, made, place, "")
        try:
            certificate, chain = _certificates(_content(pem))
        except CertificateError:
            return note, (*TEST_KINDS, *REAL_KINDS)
        is_test = describe(certificate, chain, self._clock(), self._trust).test_certificate
        return (
            replace(note, fingerprint=_print_of(certificate)),
            TEST_KINDS if is_test else REAL_KINDS,
        )


def _found(notes: Notes, key_id: str, what: str) -> Note:
    note = notes.find(key_id)
    if note is not None and note.what == what:
        return note
    code = dict(notes.damaged).get(key_id) if key_id else None
    raise CertificateError(code or f"{WORDS[what]}-gone")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise CertificateError("certificate-file-missing", name=path.name) from None


def _certificates(content: bytes) -> tuple[x509.Certificate, Chain]:
    try:
        certificate, *chain = x509.load_pem_x509_certificates(content)
    except ValueError:
        raise CertificateError("certificate-key-unreadable") from None
    return certificate, tuple(chain)


def _pems(certificate: x509.Certificate, chain: Chain) -> bytes:
    """Return the certificate and its proved issuers as PEM."""
    every = (certificate, *ordered_chain(certificate, chain))
    return b"".join(one.public_bytes(Encoding.PEM) for one in every)


def _print_of(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex()
