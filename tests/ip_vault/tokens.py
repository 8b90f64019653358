"""Time stamp tokens written by hand, with whatever is wrong in them, and the small authority that signs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from crosslab.ip_vault.ids import digest

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
YEAR = timedelta(days=365)


def der(tag: int, *parts: bytes) -> bytes:
    """One value with definite length."""
    body = b"".join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (size if len(body) < 128 else bytes([0x80 | len(size)]) + size) + body


def oid(dotted: str) -> bytes:
    """An object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    return der(6, b"".join(_septets(each) for each in (40 * first + second, *rest)))


def _septets(value: int) -> bytes:
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))


SHA_256 = der(0x30, oid("2.16.840.1.101.3.4.2.1"))
TST_INFO, SIGNED_DATA = oid("1.2.840.113549.1.9.16.1.4"), oid("1.2.840.113549.1.7.2")
CONTENT_TYPE, DIGEST, SIGNING_TIME, ESS = (
    "1.2.840.113549.1.9.3",
    "1.2.840.113549.1.9.4",
    "1.2.840.113549.1.9.5",
    "1.2.840.113549.1.9.16.2.47",
)
PSS_FACTS = der(
    0x30,
    der(0xA0, SHA_256),
    der(0xA1, der(0x30, oid("1.2.840.113549.1.1.8"), SHA_256)),
    der(0xA2, der(2, b"\x20")),
)
ALGORITHMS = {
    "rsa": der(0x30, oid("1.2.840.113549.1.1.11"), der(5)),
    "pss": der(0x30, oid("1.2.840.113549.1.1.10"), PSS_FACTS),
    "ec": der(0x30, oid("1.2.840.10045.4.3.2")),
}


@cache
def key_of(name: str, kind: str = "rsa", size: int = 2048) -> Key:
    """The key of somebody, the same each time."""
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, size)


@dataclass(frozen=True)
class Holder:
    """Somebody with a key and a certificate for it."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        """The certificate's bytes."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> str:
        """The certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate."""
        return digest(self.der)


def named(name: str) -> x509.Name:
    """A name of one part."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def root(name: str = "Root", key: Key | None = None, **more: object) -> Holder:
    """Somebody who vouches for themselves."""
    return holder(name, None, ca=True, key=key or key_of(name), **more)


def holder(
    name: str,
    by: Holder | None,
    *,
    key: Key | None = None,
    ca: bool = False,
    years: tuple[float, float] = (-5, 5),
    uses: tuple[x509.ObjectIdentifier, ...] = (ExtendedKeyUsageOID.TIME_STAMPING,),
    critical: bool = True,
    pss: bool = False,
    depth: int | None = None,
) -> Holder:
    """Somebody whose certificate another one signed; for time stamps, or for issuing others."""
    own = key or key_of(name)
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(by.certificate.subject if by else named(name))
        .public_key(own.public_key())
        .serial_number(int.from_bytes(sha256(name.encode()).digest()[:8], "big") >> 1)
        .not_valid_before(today + years[0] * YEAR)
        .not_valid_after(today + years[1] * YEAR)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=depth), critical=True)
    )
    if not ca and uses:
        made = made.add_extension(x509.ExtendedKeyUsage(uses), critical=critical)
    return Holder(made.sign(by.key if by else own, hashes.SHA256(), rsa_padding=PSS if pss else None), own)


def token(
    data: bytes,
    at: datetime,
    by: Holder | None,
    *,
    carried: tuple[Holder, ...] = (),
    changed: Mapping[str, bytes | None] = {},
    how: str = "",
    twice: bool = False,
) -> bytes:
    """A reply over these bytes. `changed` replaces signed attributes, or leaves them out; nobody means no signature."""
    when = der(0x18, at.strftime("%Y%m%d%H%M%SZ").encode())
    over = der(0x30, SHA_256, der(4, sha256(data).digest()))
    info = der(0x30, der(2, b"\x01"), oid("1.2.3.4.1"), over, der(2, b"\x01"), when)
    signers = [_signer(info, by, changed, how, twice)] if by else []
    certificates = [der(0xA0, *(each.der for each in (by, *carried)))] if by else []
    inside = der(0x30, TST_INFO, der(0xA0, der(4, info)))
    signed = der(0x30, der(2, b"\x03"), der(0x31, SHA_256), inside, *certificates, der(0x31, *signers))
    return der(0x30, der(0x30, der(2, b"\x00")), der(0x30, SIGNED_DATA, der(0xA0, signed)))


def ess_of(named: Holder) -> bytes:
    """The attribute that names a signer by the hash of its certificate."""
    return der(0x30, der(0x30, der(0x30, der(4, sha256(named.der).digest()))))


def _signer(info: bytes, by: Holder, changed: Mapping[str, bytes | None], how: str, twice: bool) -> bytes:
    said = {CONTENT_TYPE: TST_INFO, DIGEST: der(4, sha256(info).digest()), ESS: ess_of(by), **changed}
    attributes = [der(0x30, oid(name), der(0x31, value)) for name, value in said.items() if value is not None]
    attributes += attributes[-1:] if twice else []
    way = how or ("ec" if isinstance(by.key, ec.EllipticCurvePrivateKey) else "rsa")
    signature = _sign(by.key, way, der(0x31, *attributes))
    number = der(2, by.certificate.serial_number.to_bytes(8, "big"))
    name = der(0x30, by.certificate.issuer.public_bytes(), number)
    return der(
        0x30,
        der(2, b"\x01"),
        name,
        SHA_256,
        der(0xA0, *attributes),
        ALGORITHMS[way],
        der(4, signature),
    )


def _sign(key: Key, how: str, data: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(hashes.SHA256()))
    return key.sign(data, PSS if how == "pss" else padding.PKCS1v15(), hashes.SHA256())
