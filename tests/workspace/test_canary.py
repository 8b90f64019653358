"""The canary: what is sealed, and what opens it, is found nowhere that the platform keeps or writes."""

import base64
import gzip
import io
import logging
import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import inspect, text

from crosslab.core.clock import now
from crosslab.ip_vault import age, client
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.keys import ORG, ROOT, person_keys, recovery_keys, recovery_string
from crosslab.ip_vault.passphrase import generate
from crosslab.ip_vault.statements.shape import TIME
from crosslab.people.tables import Seat
from crosslab.rules import Role
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
    assert heard(secrets_known, places(db, var, written, traffic)) == []


def test_a_whole_life_of_work_leaves_no_secret_anywhere(
    browse, world, db, var, member, amphi, written, traffic
):
    """Shown outside, given away, revoked; people come by invitation and go, keys change, a house is taken back."""
    mark = f"canary{secrets.token_hex(12)}"
    house = world.houses["kaiserlicht"].id
    db.add(Seat(person_id=world.lars.person_id, place_id=house, role=Role.SIGNATORY))
    db.commit()
    ane, tom, katrin = member("ane"), member("tom"), Member(traffic(browse(world.katrin)))
    traffic(ane.visitor), traffic(tom.visitor)
    katrin.arrive("Katrin Sommer")
    sheet, fresh_sheet, links = os.urandom(32), os.urandom(32), [os.urandom(32), os.urandom(32)]
    katrin.found("Kaiserlicht GmbH", house, recovery_keys(sheet))
    file = (f"{mark}.txt", "text/plain", mark.encode() * 3)
    sealed = ane.seal(amphi.chain, Content(mark, mark, [file]))
    show_outside(ane, katrin, amphi, sealed)
    half = {ane.org: Fraction(1, 2), tom.org: Fraction(1, 2)}
    given = client.transfer(ane.pen(amphi.chain), ane.org, sealed.version.id, "copyright", half)
    assert ane.send(given).status_code == 200
    assert tom.send(client.approve(tom.pen(amphi.chain), tom.org, given.id)).status_code == 200
    key = come_and_go(katrin, Member(traffic(browse(world.lars))), links[0])
    assert ane.send(
        client.invite_organisation(ane.pen(amphi.chain), ane.org, amphi.chain, links[1])
    ).status_code in {200, 409}
    root = os.urandom(32)
    assert ane.send(client.rotate(ane.pen(), person_keys(root), "lost_device")).status_code == 200
    back = client.recover(katrin.pen(), katrin.org, recovery_keys(sheet), recovery_keys(fresh_sheet))
    assert katrin.send(back).status_code == 200

    texts = (mark, *map(str, (ane.org_key, sealed.content_key, katrin.org_key, key)))
    known = [root, sheet, fresh_sheet, *links, *(each.encode() for each in texts)]
    known += [recovery_string(each, kind).encode() for each in (root, sheet) for kind in (ROOT, ORG)]
    assert heard(known, places(db, var, written, traffic)) == []


def show_outside(ane, katrin, amphi, sealed):
    """The work is released to somebody outside, who opens it, and it is revoked."""
    until = (now() + timedelta(days=3)).strftime(TIME)
    pen, version = ane.pen(amphi.chain), sealed.version.id
    said = client.release(pen, ane.org, amphi.chain, katrin.org, "evaluation", until, [version])
    assert ane.send(said).status_code == 200
    key = {version: sealed.content_key}
    grant = client.grant(ane.pen(amphi.chain), ane.org, amphi.chain, katrin.org, key)
    assert ane.send(grant).status_code == 200
    assert {katrin.get(f"blobs/{name}").status_code for name in sealed.blobs} == {200}
    end = client.revoke(ane.pen(amphi.chain), ane.org, version, katrin.org)
    assert ane.send(end).status_code == 200


def come_and_go(admin, guest, link):
    """Somebody is invited, admitted, given the keys, removed; the lock is changed."""
    guest.arrive("Lars Nilsen")
    invite = client.invite_person(admin.pen(), admin.org, link, "signer")
    assert admin.send(invite).status_code == 200
    asked = client.request(guest.pen(admin.org), admin.org, invite.id, link)
    assert guest.send(asked).status_code == 200
    key = HybridIdentity(os.urandom(32))
    for act in (
        lambda pen: client.add(pen, asked.id),
        lambda pen: client.wrap_keys(pen, admin.org, [admin.org_key], [guest.me, ""]),
        lambda pen: client.remove_person(pen, admin.org, guest.me),
        lambda pen: client.next_key(pen, admin.org, key),
    ):
        assert admin.send(act(admin.pen(guest.me))).status_code == 200
    return key


def places(db, var, written, traffic):
    """Everywhere that something is kept or written."""
    return {
        "the database": list(rows(db)),
        "the files": list(kept(var)),
        "the log": [written.getvalue().encode()],
        "the traffic": traffic.seen,
    }


def heard(known, haystacks):
    """Where a secret is found, and in which spelling."""
    assert all(any(hay) for hay in haystacks.values())
    return [
        (place, way)
        for place, hay in haystacks.items()
        for secret in known
        for way, needle in seen_as(secret).items()
        if any(needle in straw for straw in hay)
    ]


def test_the_canary_is_heard_when_it_sings(db, var, written):
    """The search itself finds what is there."""
    logging.getLogger("tests").debug("canary in the log")
    (var / "left behind").write_bytes(gzip.compress(b"canary in a file"))

    assert "canary in the log" in written.getvalue()
    assert any(b"canary in a file" in each for each in kept(var))
    assert any(b"ane@fjordlys.example" in each for each in rows(db))
