"""A second opinion on time stamps whose authority does not write strict DER: the `openssl` command's.

Some put the certificates into their reply in the order they like. The signature is none the worse for it.
"""

import os
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from crosslab.ip_vault import timestamps
from crosslab.ip_vault.errors import ProofError
from crosslab.ip_vault.timestamps import Asked, Stamp

SECONDS = 20
STATUS, POLICY = re.compile(r"^Status: (.+)$", re.M), re.compile(r"^Policy OID: (.+)$", re.M)
TIME = re.compile(r"^Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", re.M)


def read(token: bytes, asked: Asked, roots: Sequence[x509.Certificate], policy: str, now: datetime) -> Stamp:
    """The stamp in a reply, judged by the rules of `timestamps.read`. Raises `ProofError`."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "reply").write_bytes(token)
        (folder / "query").write_bytes(asked.query)
        (folder / "roots").write_text(timestamps.pem(roots))
        _run(folder, "ts", "-verify", "-queryfile", "query", "-in", "reply", "-CAfile", "roots")
        text = _run(folder, "ts", "-reply", "-in", "reply", "-text")
        _run(folder, "ts", "-reply", "-in", "reply", "-token_out", "-out", "token")
        carried = _certificates(_run(folder, "pkcs7", "-inform", "DER", "-in", "token", "-print_certs"))
    status, said, at = _found(STATUS, text)[1], _found(POLICY, text)[1], _time(text)
    if status != "Granted.":
        raise ProofError("the authority has not granted what was asked")
    if policy and said != policy:
        raise ProofError("the time stamp does not verify: it is under another policy")
    if abs(at - now) > timestamps.AWRY:
        raise ProofError("the authority's clock is not ours")
    return Stamp(token, at, _until(carried), said, timestamps.pem([*roots, *carried]))


def _run(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, files of our own
            ["openssl", *words],  # noqa: S607
            cwd=folder,
            env={**os.environ, "OPENSSL_CONF": os.devnull},  # which might give policies names
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as trouble:
        raise ProofError(f"the openssl command is of no help: {trouble}") from trouble
    if done.returncode:
        raise ProofError(f"the time stamp does not verify: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


def _found(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.search(text)
    if found is None:
        raise ProofError("the authority's reply says less than a time stamp must")
    return found


def _time(text: str) -> datetime:
    month_to_second, year = _found(TIME, text).groups()
    return datetime.strptime(f"{month_to_second} {year}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)


def _certificates(text: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(text.encode()) if "BEGIN CERTIFICATE" in text else []


def _until(carried: Sequence[x509.Certificate]) -> datetime:
    """When the certificates for time stamping end. OpenSSL has made sure that the signer's is one of them."""
    ends = [each.not_valid_after_utc for each in carried if _stamps(each)]
    if not ends:
        raise ProofError("the authority's reply carries no certificate for time stamping")
    return min(ends)


def _stamps(certificate: x509.Certificate) -> bool:
    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in uses
