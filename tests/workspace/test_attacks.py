"""What a hostile member hands in at the doors: nothing of it stays."""

import os

from sqlmodel import select

from crosslab.ip_vault import age, client
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.ids import digest
from crosslab.ledger.tables import Attachment, Blob
from tests.workspace.members import Member, version_body

KEY = age.HybridIdentity(b"\x07" * 32)
GOOD = age.encrypt(b"a drawing", KEY.recipient)
UNSEALED = {
    "plain": b"a drawing",
    "armored": age.enarmor(GOOD),
    "for two": age.encrypt(b"a drawing", KEY.recipient, KEY.recipient),
    "classic": age.encrypt(b"a drawing", age.X25519Identity(b"\x08" * 32).recipient),
    "cut in its header": GOOD[:900],
    "cut in its nonce": GOOD[: age.parse_header(GOOD).size + 9],
    "of another version": GOOD.replace(b"/v1", b"/v2"),
}


def kept(db, var):
    """Everything that is stored for somebody."""
    names = sorted(path.name for path in (var / "files").rglob("*") if path.is_file())
    return names, *(len(db.exec(select(each.sha256)).all()) for each in (Blob, Attachment))


def test_what_is_not_sealed_as_it_must_be_is_not_stored(member, db, var):
    """Nothing but one hybrid stanza for files and grants, and one passphrase stanza for unlock files."""
    ane, before = member("ane"), kept(db, var)
    for how, file in UNSEALED.items():
        items = [{"person": "", "sha256": digest(file), "size": len(file)}]
        wrap = ane.pen().write("org.wrap", {"items": items}, chain=ane.org)
        told = [ane.put(file), ane.put(file, "passphrase", to="unlock"), ane.send(wrap, also=[file])]
        assert [each.status_code for each in told] == [409] * 3, how
    assert kept(db, var) == before


def test_a_version_that_names_a_grant_file_or_a_partners_file_opens_neither(member, amphi, world):
    """Who names a file in a version would be handed it; so one names only what one sent or may open."""
    tom, ane = member("tom"), member("ane")
    grant = amphi.grants_of(world.houses["fjordlys"].vault_id)[0]
    sealed = client.seal(tom.pen(amphi.chain), tom.org, amphi.chain, claim(tom), Content("Mine"))
    for data in sealed.blobs.values():
        tom.put(data)
    size = len(ane.get(f"attachments/{grant}").content)
    body = {**version_body(sealed), "blobs": [{"sha256": grant, "size": size}]}
    pen = tom.pen(amphi.chain)

    assert tom.send(pen.write("version", body, chain=amphi.chain, org=tom.org)).status_code == 409
    assert tom.get(f"blobs/{grant}").status_code == 404


def claim(member):
    return client.Claim("result", {"copyright": {member.org: 1}}, authors=(member.me,))


def test_one_session_does_not_hand_in_with_the_token_of_another(browse, world):
    stig, ruth = Member(browse(world.stig)), Member(browse(world.ruth))
    said = client.create_person(stig.pen(), "Stig Ukjent")
    stolen = ruth.session()["csrf"]
    answer = stig.visitor.client.post(
        "/vault/statements", data={"note": said.note.decode()}, headers={"x-csrf": stolen}
    )

    assert answer.status_code == 403
    assert stig.session()["person"]["vault_id"] is None


def test_nobody_keeps_an_unlock_file_for_another(member):
    """There is no address with somebody's name in it: the session alone says whose it is."""
    ane, tom = member("ane"), member("tom")
    before = ane.get("unlock/passphrase").content
    theirs = client.lock(IdentityFile(ane.me, 1, os.urandom(32)), "six words of no meaning at all")

    assert tom.put(theirs, "passphrase", to="unlock").status_code == 201
    assert tom.get(f"unlock/passphrase?person={ane.me}").content == theirs
    assert tom.get(f"unlock/passphrase/{ane.me}").status_code in {404, 405}
    assert ane.get("unlock/passphrase").content == before
