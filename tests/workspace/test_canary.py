"""The canary: what is sealed, and what opens it, is found nowhere that the platform keeps or writes."""

import base64
import gzip
import io
import logging
import os
import secrets
from collections.abc import Iterator

import pytest
from sqlalchemy import inspect, text

from crosslab.ip_vault import age, client
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.passphrase import generate
from tests.workspace.members import Member


def seen_as(secret: bytes) -> dict[str, bytes]:
    """The ways in which bytes show up in a dump, a log, a file or a request."""
    return {
        "itself": secret,
        "hex": secret.hex().encode(),
        "HEX": secret.hex().upper().encode(),
        "base64": base64.b64encode(secret).rstrip(b"=")[:-1],
        "base64url": base64.urlsafe_b64encode(secret).rstrip(b"=")[:-1],
        "JSON": str(secret)[2:-1].encode(),
    }


def rows(db) -> Iterator[bytes]:
    """Every value of every table."""
    for table in inspect(db.get_bind()).get_table_names():
        for row in db.execute(text(f'SELECT * FROM "{table}"')):
            for value in row:
                yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def kept(var) -> Iterator[bytes]:
    """Every file, also as what is inside a compressed one."""
    for path in var.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            yield data
            if data[:2] == b"\x1f\x8b":
                yield gzip.decompress(data)


@pytest.fixture
def written():
    """Everything that is logged meanwhile, at the most talkative level."""
    out = io.StringIO()
    handler, root = logging.StreamHandler(out), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def traffic():
    """Every request and every answer, as they went over the line."""
    seen: list[bytes] = []

    def watch(visitor):
        def asked(request):
            seen.extend([str(request.url).encode(), repr(request.headers.raw).encode(), request.read()])

        def answered(response):
            seen.extend([repr(response.headers.raw).encode(), response.read()])

        visitor.client.event_hooks = {"request": [asked], "response": [answered]}
        return visitor

    watch.seen = seen
    return watch


def test_nothing_sealed_and_nothing_that_opens_it_is_found_anywhere(
    browse, world, db, var, member, amphi, written, traffic
):
    """A title, a text, a file's name and content, a passphrase, a root, an organisation's key, a content key."""
    mark = {part: f"canary{secrets.token_hex(12)}" for part in ("title", "text", "name", "file")}
    root, passphrase = os.urandom(32), generate()
    lars = Member(traffic(browse(world.lars)), keys=person_keys(root))
    lars.arrive("Lars Nilsen")
    unlock = client.lock(IdentityFile(lars.me, 1, root), passphrase)
    assert lars.put(unlock, "passphrase", to="unlock").status_code == 201
    assert client.unlock(lars.get("unlock/passphrase").content, passphrase).root == root

    ane = member("ane")
    traffic(ane.visitor)
    file = (f"{mark['name']}.txt", "text/plain", mark["file"].encode() * 3)
    sealed = ane.seal(amphi.chain, Content(mark["title"], mark["text"], [file]))
    manifest = next(iter(sealed.blobs.values()))
    assert mark["title"].encode() in age.decrypt(
        ane.get(f"blobs/{next(iter(sealed.blobs))}").content, sealed.content_key
    )
    assert manifest in list(kept(var))

    keys = (str(ane.org_key), str(sealed.content_key), str(lars.keys.age), passphrase, *mark.values())
    secrets_known = [root, *(each.encode() for each in keys)]
    haystacks = {
        "the database": list(rows(db)),
        "the files": list(kept(var)),
        "the log": [written.getvalue().encode()],
        "the traffic": traffic.seen,
    }
    found = [
        (place, way)
        for place, hay in haystacks.items()
        for secret in secrets_known
        for way, needle in seen_as(secret).items()
        if any(needle in straw for straw in hay)
    ]
    assert found == []
    assert all(any(hay) for hay in haystacks.values())


def test_the_canary_is_heard_when_it_sings(db, var, written):
    """The search itself finds what is there."""
    logging.getLogger("tests").debug("canary in the log")
    (var / "left behind").write_bytes(gzip.compress(b"canary in a file"))

    assert "canary in the log" in written.getvalue()
    assert any(b"canary in a file" in each for each in kept(var))
    assert any(b"ane@fjordlys.example" in each for each in rows(db))
