"""What comes in that no vault's page would send: each gets a sentence, and leaves nothing behind."""

import os
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.ip_vault import age, client
from crosslab.ip_vault.age import ScryptRecipient
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.keys import person_keys
from crosslab.ledger.store import MOST_WAITING
from crosslab.ledger.tables import Blob, Statement
from crosslab.ledger.unlocking import MOST_FETCHES
from tests.workspace.members import Member, claim_of

NAMES = ["%00", "..%2f..%2flog.key", "A" * 64, "0" * 63, "0" * 65, "é" * 64, "%ff%fe"]
GARBAGE = [
    "[",
    "[]",
    "7",
    "null",
    '"x"',
    '{"organisation": []}',
    "[" * 100_000,
    '{"consortium": "\\u0000"}',
    "{}",
]


@pytest.fixture
def stig(browse, world):
    stig = Member(browse(world.stig))
    stig.arrive("Stig Ukjent")
    return stig


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_hash_leads_nowhere(stig, name):
    doors = ("chains/{}", "statements/{}", "statements/{}/receipt", "attachments/{}", "blobs/{}", "unlock/{}")

    assert {stig.get(door.format(name)).status_code for door in doors} == {404}
    assert stig.put(b"x", name).status_code == 404
    assert stig.put(b"x", name, to="unlock").status_code == 404


@pytest.mark.parametrize("number", ["-1", str(2**31), str(2**63), str(10**30)])
def test_a_place_in_the_log_that_cannot_be_is_not_there(stig, number):
    tiles = [f"log/tile/{number}/0", f"log/tile/0/{number}", f"log/tile/entries/{number}"]

    assert {stig.get(each).status_code for each in tiles} <= {400, 404}
    assert stig.get(f"chains/{stig.me}?after={number}").status_code in {200, 400}
    assert stig.get(f"log/consistency?old=1&new={number}").status_code in {400, 409}


@pytest.mark.parametrize("about", GARBAGE)
def test_what_a_statement_is_about_is_said_properly_or_not_at_all(stig, world, db, about):
    before = len(db.exec(select(Statement.id)).all())
    opening = client.create_organisation(stig.pen(), "Elsewhere", stig.org_key, person_keys(os.urandom(32)))

    assert stig.send(opening, about=about).status_code in {404, 409}
    assert len(db.exec(select(Statement.id)).all()) == before


def test_no_statement_too_many_statements_and_rubbish_are_refused(stig):
    rubbish = client.Said("", b"crosslab.dev/statement/v1\n\xff\n\n", {})
    huge = client.Said("", b"x" * 200_000, {})

    assert stig.send(rubbish).status_code == 409
    assert stig.send(huge).status_code == 409
    assert stig.send(*[rubbish] * 65).status_code == 409
    assert stig.send().status_code == 409


def test_an_envelope_larger_than_any_statement_is_refused_in_words(stig):
    told = stig.send(also=[b"x" * 17 * 1_048_576])

    assert (told.status_code, bool(told.json()["sentence"])) == (413, True)


def test_a_statement_with_a_hundred_attachments_is_taken_in(member, amphi):
    """Every version anybody sealed so far, opened to a partner at once, may be many small files."""
    ane = member("ane")
    versions = [ane.seal(amphi.chain, Content(f"Part {n}")) for n in range(3)]
    keys = {each.version.id: each.content_key for each in versions}
    given = client.grant(ane.pen(amphi.chain), ane.org, amphi.chain, member("tom").org, keys)
    also = [age.encrypt(b"belongs to nothing", ane.org_key.recipient) for _ in range(97)]

    assert ane.send(given, also=also).status_code == 200


def test_an_attachment_counts_for_one_statement(member, amphi):
    ane = member("ane")
    file = age.encrypt(b"wrapped", ane.org_key.recipient)
    items = [{"person": "", "sha256": sha256(file).hexdigest(), "size": len(file)}]

    def wrap():
        return ane.pen().write("org.wrap", {"items": items}, chain=ane.org)

    assert ane.send(wrap(), also=[file]).status_code == 200
    told = ane.send(wrap(), also=[file])
    assert (told.status_code, "Seal it anew" in told.json()["sentence"]) == (409, True)


def test_an_attachment_that_is_missing_or_another_is_refused_and_nothing_stays(member, amphi):
    ane = member("ane")
    file = age.encrypt(b"wrapped", ane.org_key.recipient)
    items = [{"person": "", "sha256": sha256(file).hexdigest(), "size": len(file)}]
    said = ane.pen().write("org.wrap", {"items": items}, chain=ane.org)

    assert ane.send(said).status_code == 409
    assert ane.send(said, also=[file[:-1] + b"x"]).status_code == 409
    assert ane.send(said, also=[file]).status_code == 200


def test_a_version_and_its_grant_are_taken_in_together_or_not_at_all(member, amphi, db):
    ane = member("ane")
    sealed = client.seal(ane.pen(amphi.chain), ane.org, amphi.chain, claim_of(ane), Content("Half"))
    for data in sealed.blobs.values():
        ane.put(data)
    bare = client.Said(sealed.grant.id, sealed.grant.note, {})
    assert ane.send(sealed.version, bare).status_code == 409
    assert ane.chain(amphi.chain)["size"] == len(amphi.said)

    assert ane.send(sealed.version, sealed.grant).status_code == 200


def test_who_comes_second_on_a_chain_is_told_where_to_go_on(member, amphi):
    ane, tom = member("ane"), member("tom")
    pen = tom.pen(amphi.chain)
    ane.seal(amphi.chain, Content("First"))
    told = tom.send(client.approve(pen, tom.org, amphi.first_of["version"].id))
    chain = tom.chain(amphi.chain)

    assert told.status_code == 409
    assert (told.json()["error"], told.json()["head"], told.json()["size"]) == (
        "stale", chain["head"], chain["size"],
    )  # fmt: skip


@pytest.mark.parametrize(("minutes", "status"), [(-11, 409), (-9, 200), (9, 200), (11, 409)])
def test_a_clock_that_is_ten_minutes_off_is_too_far_off(stig, minutes, status):
    with clock.at(now() + timedelta(minutes=minutes)):
        said = client.rotate(stig.pen(), person_keys(os.urandom(32)), "routine")

    assert stig.send(said).status_code == status


def test_a_sealed_file_beyond_the_limit_is_refused_and_nothing_stays(browse, world, door, var):
    door.settings = replace(door.settings, upload_limit=10_000)
    stig = Member(browse(world.stig))
    sealed = age.encrypt(os.urandom(20_000), stig.org_key.recipient)
    told = stig.put(sealed)

    assert (told.status_code, bool(told.json()["sentence"])) == (409, True)
    assert not list((var / "files").rglob(sha256(sealed).hexdigest()))


def test_the_same_sealed_file_twice_is_kept_once(stig, db):
    sealed = age.encrypt(b"once", stig.org_key.recipient)
    assert [stig.put(sealed).status_code for _ in range(2)] == [201, 201]

    assert len(db.exec(select(Blob).where(Blob.sha256 == sha256(sealed).hexdigest())).all()) == 1


def test_sealed_files_that_no_version_names_do_not_pile_up(stig, db, world):
    sender = world.stig.person_id
    waiting = [Blob(sha256=os.urandom(32).hex(), size=9, person_id=sender) for _ in range(MOST_WAITING - 2)]
    db.add_all(waiting)
    db.commit()
    many = [age.encrypt(os.urandom(9), stig.org_key.recipient) for _ in range(3)]

    assert [stig.put(each).status_code for each in many] == [201, 201, 409]
    assert stig.put(many[0]).status_code == 201


class TestUnlockFiles:
    @pytest.fixture
    def file(self):
        return age.encrypt(b"a root", ScryptRecipient("six words of no meaning at all"))

    def test_are_for_oneself_alone(self, browse, world, stig, file):
        assert stig.put(file, "passphrase", to="unlock").status_code == 201

        assert stig.get("unlock/passphrase").content == file
        assert Member(browse(world.mikkel)).get("unlock/passphrase").status_code == 404

    def test_are_of_the_two_known_kinds_small_and_sealed(self, stig, file):
        assert stig.put(file, "telepathy", to="unlock").status_code == 404
        assert stig.put(b"x" * 20_000, "passphrase", to="unlock").status_code == 409
        assert stig.put(b"x" * 200_000, "passphrase", to="unlock").status_code == 413
        assert stig.put(b"the root in the open", "passphrase", to="unlock").status_code == 409

    def test_are_fetched_so_many_times_an_hour(self, stig, file):
        stig.put(file, "passphrase", to="unlock")
        assert {stig.get("unlock/passphrase").status_code for _ in range(MOST_FETCHES)} == {200}
        told = stig.get("unlock/passphrase")
        assert (told.status_code, "Wait an hour" in told.json()["sentence"]) == (429, True)

        with clock.at(now() + timedelta(minutes=59)):
            assert stig.get("unlock/passphrase").status_code in {401, 429}

    def test_are_forgotten_when_their_owner_says_so(self, stig, file):
        stig.put(file, "passphrase", to="unlock")
        token = {"x-csrf": stig.session()["csrf"]}
        forgotten = [stig.visitor.client.delete("/vault/unlock/passphrase", headers=token) for _ in range(2)]

        assert [each.status_code for each in forgotten] == [204, 404]
