"""Time stamps of checkpoints (RFC 3161): the only evidence of time that is not somebody's word.

Pure: a request as bytes, an authority's reply judged against it, the clock and roots handed in. A reply is
believed only if it was granted as asked, over exactly these bytes, with our nonce, under the policy that was
agreed, signed by a certificate for nothing but time stamping that leads to a root we were given, valid then.
A stamp stays good as long as its authority's certificates are: whoever keeps one stamps a later checkpoint anew
before `Stamp.until`, and consistency proofs carry the older ones over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from crosslab.ip_vault.errors import FormatError, ProofError

QUERY_TYPE, REPLY_TYPE = "application/timestamp-query", "application/timestamp-reply"
AWRY = timedelta(minutes=10)
"""How far an authority's clock may be from ours. We do not know which of the two is wrong, so we do not store."""


class Unreadable(FormatError):
    """The reply is not in strict DER, as some authorities' are: only OpenSSL can judge it."""


@dataclass(frozen=True)
class Asked:
    """A request for a stamp over some bytes, as sent, with the number that only its own answer repeats."""

    data: bytes
    query: bytes
    nonce: int


@dataclass(frozen=True)
class Stamp:
    """What a reply proves: that these bytes existed at an instant, as its authority vouches until another.

    `chain` is PEM, the roots first, then whatever certificates the reply carries.
    """

    token: bytes
    at: datetime
    until: datetime
    policy: str
    chain: str


def ask(data: bytes) -> Asked:
    """A request over the SHA-256 of these bytes, with a fresh nonce; the certificates are asked for."""
    made = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    request = made.cert_request(cert_request=True).nonce(nonce=True).build()
    assert request.nonce is not None  # noqa: S101 - it was asked for
    return Asked(data, request.as_bytes(), request.nonce)


def read(token: bytes, asked: Asked, roots: Sequence[x509.Certificate], policy: str, now: datetime) -> Stamp:
    """The stamp in an authority's reply to a request. Raises `Unreadable`, or `ProofError` with the reason."""
    stamp = verify(token, asked.data, roots, policy, asked.nonce)
    if abs(stamp.at - now) > AWRY:
        raise ProofError("the authority's clock is not ours")
    return stamp


def verify(
    token: bytes, data: bytes, roots: Sequence[x509.Certificate], policy: str = "", nonce: int | None = None
) -> Stamp:
    """The stamp in a reply over these bytes, however long ago. Raises `Unreadable` or `ProofError`."""
    try:
        reply = decode_timestamp_response(token)
    except ValueError as odd:
        raise Unreadable("the authority's reply is not strict DER") from odd
    if reply.status != 0:
        raise ProofError("the authority has not granted what was asked")
    given = x509.ObjectIdentifier(policy) if policy else None
    check = VerifierBuilder(roots=list(roots), policy_id=given, nonce=nonce).build()
    try:
        check.verify(reply, sha256(data).digest())
    except (VerificationError, ValueError) as wrong:
        raise ProofError(f"the time stamp does not verify: {wrong}") from wrong
    carried = [x509.load_der_x509_certificate(each) for each in sorted(reply.signed_data.certificates)]
    info = reply.tst_info
    until = _signer(reply, carried).not_valid_after_utc
    return Stamp(token, info.gen_time, until, info.policy.dotted_string, pem([*roots, *carried]))


def _signer(reply: TimeStampResponse, carried: Iterable[x509.Certificate]) -> x509.Certificate:
    """The certificate that signed; it is named in the reply, and the check above found it there."""
    (named,) = reply.signed_data.signer_infos
    return next(
        each for each in carried if (each.issuer, each.serial_number) == (named.issuer, named.serial_number)
    )


def pem(certificates: Iterable[x509.Certificate]) -> str:
    """Certificates as PEM, each once, in their order."""
    return "".join(dict.fromkeys(each.public_bytes(Encoding.PEM).decode() for each in certificates))
