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

from app.core.authority import TrustFacts
from app.core.clock import Clock, system_clock
from app.core.errors import Cancelled, CertificateError, KeystoreError
from app.keystore.certificate import Bundle, Chain
from app.keystore.chain import fingerprint
from app.keystore.changes import (
    KEY,
    REQUEST,
    changing,
    clean,
    forget,
    has_leftovers,
    keep,
    keep_secret,
)
from app.keystore.elsewhere import Pins
from app.keystore.first_form import carry_over
from app.keystore.hardening import secure_folder
from app.keystore.identity import FILE, Identity, Secrets
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
from app.keystore.opening import Opener, pems
from app.keystore.orders import (
    Order,
    encrypted_key,
    key_fingerprint,
    make_key,
    request_for,
    require_answers,
)

WORDS = {CERTIFICATE: "certificate", ORDER: "certificate-order"}


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
        self._opener = Opener(folder, secrets, clock, trust, pins or Pins())

    def all(self) -> tuple[Identity, ...]:
        """Return every certificate that can be read, newest first."""
        return self._opener.every(self._notes())[0]

    def damaged(self) -> tuple[tuple[str, str], ...]:
        """Return the id of each damaged certificate or order, and the code of what is wrong.

        An id of "" stands for the choices.
        """
        return self._opener.every(self._notes())[1]

    def get(self, certificate_id: str) -> Identity:
        """Return a certificate; raise what is wrong when it is gone or damaged."""
        return self._opener.identity(_found(self._notes(), certificate_id, CERTIFICATE))

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
        place of the former; the issuers that came with that one are not lost.
        """
        key_id, passphrase = token_hex(8), token_urlsafe(32)
        key = encrypted_key(bundle.key, passphrase)
        with self._changing() as notes:
            note = self._note(notes, key_id, fingerprint(bundle.certificate))
            issuers = (*bundle.chain, *self._issuers_of(notes, note.replaces))
            place = self._secrets.place
            keep_secret(self.folder, key_id, self._secrets, passphrase)
            keep(self.folder / (key_id + KEY), key + pems(bundle.certificate, issuers))
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
                self._note(notes, token_hex(8), fingerprint(certificate)),
                key_place=place,
                reference=dict(reference),
                certificates=pems(certificate, chain).decode(),
            )
            return self._settle(notes, note, kinds)

    def remove(self, certificate_id: str) -> None:
        """Forget a certificate, its key and its passphrase, and whatever is damaged."""
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
            return self._opener.order(note)

    def orders(self) -> tuple[Order, ...]:
        """Return the orders that wait for their certificate, newest first."""
        return self._opener.orders(self._notes())

    def order_of(self, certificate: x509.Certificate) -> Order | None:
        """Return the order that a certificate answers, None when it answers none."""
        of_key = key_fingerprint(certificate.public_key())
        return next((one for one in self.orders() if one.fingerprint == of_key), None)

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
            require_answers(certificate, self._opener.order(order))
            key = self._opener.proved_key(order)
            keep(self.folder / (order_id + KEY), key + pems(certificate, chain))
            note = self._note(notes, order_id, fingerprint(certificate))
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
        """Forget every certificate and order, and what was cut off: all was for one run only.

        Raises what is wrong with the keystore; the keys are gone all the same.
        """
        if self.folder.is_dir():
            with self._changing() as notes:
                for note_id in (*(note.id for note in notes.every), *dict(notes.damaged)):
                    if note_id:
                        note_path(self.folder, note_id).unlink(missing_ok=True)
                (self.folder / CHOICES).unlink(missing_ok=True)
                clean(self.folder, self._secrets)

    @contextmanager
    def _changing(self) -> Iterator[Notes]:
        """Let one change at a time into the block, with the notes as they are now."""
        carry_over(self._opener)
        with changing(self.folder):
            yield read_notes(self.folder)

    def _notes(self) -> Notes:
        secure_folder(self.folder)
        carry_over(self._opener)
        return read_notes(self.folder)

    def _note(self, notes: Notes, key_id: str, fingerprint: str) -> Note:
        """Return the note of a new certificate, which takes the place of the same one before."""
        same = (one.id for one in notes.of(CERTIFICATE) if one.fingerprint == fingerprint)
        made = self._clock().isoformat()
        return Note(
            key_id, CERTIFICATE, notes.next_number, made, "", fingerprint, replaces=next(same, "")
        )

    def _issuers_of(self, notes: Notes, certificate_id: str) -> Chain:
        """Return the issuers that are kept with a certificate, () where it cannot be read."""
        note = notes.find(certificate_id)
        with suppress(CertificateError):
            return () if note is None else self._opener.identity(note).chain
        return ()

    def _settle(self, notes: Notes, note: Note, kinds: Sequence[str]) -> Identity:
        """Let a new certificate count, choose it where none is, and clean up."""
        write_note(self.folder, note)
        now = dict.fromkeys(kinds, note.id)
        now |= {
            kind: note.id if one == note.replaces else one for kind, one in notes.choices.items()
        }
        if now != notes.choices:
            write_choices(self.folder, now)
        self._clean_up()
        return self._opener.identity(note)

    def _clean_up(self) -> None:
        with suppress(KeystoreError, Cancelled):  # the change is made; the rest can wait
            clean(self.folder, self._secrets)

    def _forget(self, key_id: str, what: str) -> None:
        with self._changing() as notes:
            note = notes.find(key_id)
            if note is None and key_id in dict(notes.damaged) and key_id:
                with suppress(KeystoreError, Cancelled):
                    forget(self.folder, key_id, self._secrets)
            elif note is not None and key_id in dict(self._opener.every(notes)[1]):
                self._drop(note)  # what it was for does not matter any more
            else:
                self._drop(_found(notes, key_id, what))

    def _drop(self, note: Note) -> None:
        if note.key_place != FILE:
            note_path(self.folder, note.id).unlink(missing_ok=True)
            return
        with suppress(KeystoreError, Cancelled):  # it is gone; the keystore is asked again later
            forget(self.folder, note.id, self._secrets)


def _found(notes: Notes, key_id: str, what: str) -> Note:
    note = notes.find(key_id)
    if note is not None and note.what == what:
        return note
    code = dict(notes.damaged).get(key_id) if key_id else None
    raise CertificateError(code or f"{WORDS[what]}-gone")
