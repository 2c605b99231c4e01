"""What a certificate says, and what is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import NameOID

from app.core.authority import Authority, TrustFacts
from app.core.clock import in_stockholm
from app.core.errors import CertificateError
from app.core.pairing import CertificateSays
from app.keystore.chain import Chain, attribute, common_name, fingerprint, ordered_chain
from app.keystore.extensions import (
    dns_names,
    identifies_client,
    key_name,
    policies,
    revocation_lists,
    usages,
)
from app.keystore.problems import CertificateProblem, hsa_id, problems_of
from app.keystore.working_days import LOOKED_AHEAD, working_days_left

__all__ = ["CertificateFacts", "CertificateProblem", "describe", "require_fit"]


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says. Times are ISO 8601 in UTC; `chain` the verified issuers, in order.

    `test_certificate` is true for one from a test authority. `authority` is the known one of the
    issuer's name; `authority_proved` says that its fingerprint is the known one, too.
    """

    subject: str
    hsa_id: str
    issuer: str
    chain: tuple[str, ...]
    serial: str
    fingerprint: str
    valid_from: str
    valid_to: str
    days_left: int
    test_certificate: bool
    problems: tuple[CertificateProblem, ...]
    organisation: str = ""
    names: tuple[str, ...] = ()
    key: str = ""
    usages: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    generation: str = ""  # the id of the authority
    working_days_left: int = 0
    revocation_lists: tuple[str, ...] = ()
    authority: Authority | None = None
    authority_proved: bool = False
    chain_fingerprints: tuple[str, ...] = ()
    identifies_client: bool = True

    def says(self) -> CertificateSays:
        """Return what decides which entrances the certificate opens."""
        return CertificateSays(
            issuer=self.issuer,
            issuers=self.chain,
            fingerprints=self.chain_fingerprints,
            test=self.test_certificate,
            identifies_client=self.identifies_client,
            valid_from=datetime.fromisoformat(self.valid_from),
            valid_to=datetime.fromisoformat(self.valid_to),
        )


def describe(
    certificate: x509.Certificate, chain: Chain, now: datetime, trust: TrustFacts | None = None
) -> CertificateFacts:
    """Return what the certificate says and what is wrong with it at the moment `now`."""
    with _readable():
        return _described(certificate, chain, now, trust or TrustFacts())


def require_fit(facts: CertificateFacts) -> None:
    """Raise the first problem that stops an import."""
    for problem in facts.problems:
        if problem.stops:
            raise CertificateError(problem.code, **dict(problem.values))


@contextmanager
def _readable() -> Iterator[None]:
    """Tell of a certificate with a part that is damaged, or of a kind that nobody knows."""
    try:
        yield
    except (
        ValueError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.UnsupportedGeneralNameType,
    ):
        raise CertificateError("certificate-unreadable") from None


def _described(
    certificate: x509.Certificate, chain: Chain, now: datetime, trust: TrustFacts
) -> CertificateFacts:
    issuers = ordered_chain(certificate, chain)
    issuer = common_name(certificate.issuer)
    names = tuple(common_name(one.subject) for one in issuers)
    fingerprints = tuple(fingerprint(one) for one in issuers)
    authority = trust.named(issuer)
    known = authority.fingerprints if authority else ()
    last = certificate.not_valid_after_utc
    return CertificateFacts(
        subject=common_name(certificate.subject),
        hsa_id=hsa_id(certificate),
        issuer=issuer,
        chain=names,
        serial=f"{certificate.serial_number:X}",
        fingerprint=fingerprint(certificate),
        valid_from=certificate.not_valid_before_utc.isoformat(),
        valid_to=last.isoformat(),
        days_left=(last - now).days,
        test_certificate=any(trust.is_test(name) for name in (issuer, *names)),
        problems=problems_of(certificate, chain, issuers, now, trust),
        organisation=attribute(certificate.subject, NameOID.ORGANIZATION_NAME),
        names=dns_names(certificate),
        key=key_name(certificate),
        usages=usages(certificate),
        policies=policies(certificate),
        generation=authority.id if authority else "",
        working_days_left=_working_days(now, last),
        revocation_lists=revocation_lists(certificate),
        authority=authority,
        authority_proved=bool(fingerprints) and fingerprints[0] in known,
        chain_fingerprints=fingerprints,
        identifies_client=identifies_client(certificate),
    )


def _working_days(now: datetime, last: datetime) -> int:
    near = min(last, now + LOOKED_AHEAD)  # the last day of the year 9999 has no Swedish clock
    return working_days_left(in_stockholm(now).date(), in_stockholm(near).date())
