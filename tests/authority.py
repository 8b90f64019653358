"""A time-stamping authority of our own: certificates made on the spot, `openssl ts` behind a small HTTP server."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

POLICY, OTHER_POLICY = "1.2.3.4.1", "1.2.3.4.2"
CONFIG = """
[tsa]
dir = {folder}
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = {policy}
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
{certs}
"""


@cache
def _key(_name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(
    name: str, by: str, key: str, years: tuple[float, float], use: x509.ObjectIdentifier | None
) -> x509.Certificate:
    """A certificate valid from and until so many years from now, for one use, or for issuing others."""
    today, year = datetime.now(UTC), timedelta(days=365)
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(by))
        .public_key(_key(key).public_key())
        .serial_number(len(name))
        .not_valid_before(today + years[0] * year)
        .not_valid_after(today + years[1] * year)
        .add_extension(x509.BasicConstraints(ca=use is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(_key(key).public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(_key(by).public_key()), critical=False
        )
    )
    if use is None:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        made = made.add_extension(usage, critical=True)
    else:
        made = made.add_extension(x509.ExtendedKeyUsage([use]), critical=True)
    return made.sign(_key(by), hashes.SHA256())


class Authority:
    """An authority in a folder. Replies to queries; `url` while it is served."""

    def __init__(
        self, folder: Path, years: tuple[float, float] = (-1, 3), policy: str = POLICY, certs: str = ""
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.url = folder, ""
        self.root = certificate("Test Root", "Test Root", "Test Root", (-5, 20), None)
        self.stamper = certificate("Test TSA", "Test Root", "tsa", years, ExtendedKeyUsageOID.TIME_STAMPING)
        self.signer = certificate("Test TSA", "Test Root", "tsa", years, ExtendedKeyUsageOID.CODE_SIGNING)
        self.root_file = folder / "root.pem"
        pem, key = Encoding.PEM, _key("tsa")
        self.root_file.write_bytes(self.root.public_bytes(pem))
        (folder / "tsa.pem").write_bytes(self.stamper.public_bytes(pem))
        (folder / "tsa.key").write_bytes(key.private_bytes(pem, PrivateFormat.PKCS8, NoEncryption()))
        (folder / "serial").write_text("01")
        more = f"certs = {folder}/certs.pem" if certs else ""
        (folder / "certs.pem").write_text(certs)
        (folder / "ts.cnf").write_text(CONFIG.format(folder=folder, policy=policy, certs=more))

    def reply(self, query: bytes) -> bytes:
        """The reply of `openssl ts` to a query."""
        (self.folder / "query").write_bytes(query)
        call = [
            "openssl",
            "ts",
            "-reply",
            "-section",
            "tsa",
            "-config",
            "ts.cnf",
            "-queryfile",
            "query",
            "-out",
            "reply",
        ]
        done = subprocess.run(call, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return (self.folder / "reply").read_bytes()


@contextmanager
def served(answer, path: str = "") -> Iterator[str]:
    """The address of a server that answers every POST with `answer(body) -> (status, type, body)`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, kind, body = answer(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(status)
            self.send_header("content-type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{path}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
