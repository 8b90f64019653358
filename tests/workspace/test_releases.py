"""What somebody outside is shown, what they can do with it, and when it ends: Kaiserlicht sees Fjordlys's rig."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.replay import ReleaseStanding, standing
from crosslab.ip_vault.statements import blobs, parse
from crosslab.ip_vault.statements.shape import TIME
from tests.workspace.members import Member, claim_of

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def katrin(browse, world):
    """An outsider with a key, for an organisation with a key."""
    found = Member(browse(world.katrin))
    found.arrive("Katrin Sommer")
    found.found("Kaiserlicht GmbH", world.houses["kaiserlicht"].id)
    return found


@pytest.fixture
def ane(member):
    return member("ane")


@pytest.fixture
def rig(ane, amphi):
    """A version that is Fjordlys's alone, sealed now so that its key is at hand."""
    return ane.seal(amphi.chain, Content("Rig", files=[("rig.txt", "text/plain", b"four masts")]))


def release(by, amphi, to, *versions, days=30):
    until = (now() + timedelta(days=days)).strftime(TIME)
    return client.release(by.pen(amphi.chain), by.org, amphi.chain, to, "evaluation", until, versions)


def give(by, amphi, to, sealed):
    key = {sealed.version.id: sealed.content_key}
    return client.grant(by.pen(amphi.chain), by.org, amphi.chain, to, key)


@pytest.fixture
def shown(ane, katrin, amphi, rig):
    """The rig, released to Kaiserlicht and given."""
    said = release(ane, amphi, katrin.org, rig.version.id)
    assert ane.send(said).status_code == 200
    assert ane.send(give(ane, amphi, katrin.org, rig)).status_code == 200
    return said


def files(sealed):
    """The addresses of a version's sealed files."""
    return [f"blobs/{name}" for name, _ in blobs(parse(sealed.version.note)[0])]


def test_a_grant_to_an_outsider_needs_a_release(ane, katrin, amphi, rig, shown):
    other = ane.seal(amphi.chain, Content("Another"))

    answer = ane.send(give(ane, amphi, katrin.org, other))
    assert (answer.status_code, answer.json()["reason"]) == (409, "grantee-unknown")
    assert katrin.session()["released"] == [
        {"consortium": "Amphi Nights", "chain": amphi.chain, "releases": [shown.id]}
    ]


def test_the_outsider_verifies_opens_and_confirms(ane, katrin, amphi, rig, shown):
    pen = katrin.pen(amphi.chain)
    given = parse(next(note for note in katrin.notes(amphi.chain) if parse(note)[0].type == "grant"))[0]
    file = katrin.get(f"attachments/{given.body['items'][0]['sha256']}").content
    key = client.open_grant(given, parse(rig.version.note)[0], file, katrin.org_key)
    sealed = {url[6:]: katrin.get(url).content for url in files(rig)}
    opened = client.open_version(parse(rig.version.note)[0], key, sealed)

    assert opened.files == {"rig.txt": b"four masts"}
    assert standing(pen.state, pen.state.releases[shown.id], pen.at) is ReleaseStanding.IN_FORCE
    assert katrin.send(client.acknowledge(pen, katrin.org, rig.version.id)).status_code == 200


def test_the_outsider_sees_nothing_of_anything_else(katrin, amphi, rig, shown):
    texts = [parse(note)[0] for note in katrin.notes(amphi.chain)]

    assert {each.type for each in texts} <= {
        "consortium.create", "consortium.invite", "consortium.join", "version", "release", "grant",
    }  # fmt: skip
    assert {each.id for each in texts if each.type == "version"} == {rig.version.id}
    assert all(each.body["to"] == katrin.org for each in texts if each.type in {"release", "grant"})
    theirs = [name for org in {each.org for each in amphi.said} for name in amphi.blobs_of(org)]
    assert {katrin.get(f"blobs/{name}").status_code for name in theirs} == {404}


def test_members_see_the_release_and_not_the_grant(browse, world, amphi, katrin, shown):
    tom = Member(browse(world.tom))
    kinds = [parse(note)[0].type for note in tom.notes(amphi.chain)]

    assert ("release" in kinds, katrin.org in str(tom.session())) == (True, True)
    assert not [n for n in tom.notes(amphi.chain) if parse(n)[0].body.get("to") == katrin.org][1:]


@pytest.mark.parametrize("how", ["declined", "withdrawn", "revoked"])
def test_nothing_is_handed_out_after_the_end(ane, katrin, amphi, rig, shown, how):
    pen = ane.pen(amphi.chain)
    sent = {
        "declined": lambda: katrin.send(client.decline(katrin.pen(amphi.chain), katrin.org, shown.id)),
        "withdrawn": lambda: ane.send(client.withdraw(pen, ane.org, amphi.chain, shown.id)),
        "revoked": lambda: ane.send(client.revoke(pen, ane.org, rig.version.id, katrin.org)),
    }[how]()

    assert sent.status_code == 200, sent.text
    assert {katrin.get(url).status_code for url in handed(katrin, amphi, rig)} == {404}
    assert {ane.get(url).status_code for url in handed(katrin, amphi, rig)} == {200}


def test_nothing_is_handed_out_after_its_last_second(browse, world, katrin, amphi, rig, shown):
    late = client.acknowledge(katrin.pen(amphi.chain), katrin.org, rig.version.id)
    urls = handed(katrin, amphi, rig)
    with clock.at(now() + timedelta(days=31)):
        again = Member(browse(world.katrin), katrin.keys, katrin.me, katrin.org)
        answers = {again.get(url).status_code for url in urls}

    assert answers == {404}
    assert katrin.send(late).status_code == 200


def handed(katrin, amphi, sealed):
    """The addresses of a version's sealed files and of the outsider's grant."""
    given = next(each for note in katrin.notes(amphi.chain) if (each := parse(note)[0]).type == "grant")
    return [*files(sealed), f"attachments/{given.body['items'][0]['sha256']}"]


def test_what_comes_after_the_end_is_not_for_the_outsider(ane, katrin, amphi, rig, shown):
    ane.send(client.withdraw(ane.pen(amphi.chain), ane.org, amphi.chain, shown.id))
    before = len(katrin.notes(amphi.chain))
    ane.seal(amphi.chain, Content("Later"), next_of(ane, rig))

    assert len(katrin.notes(amphi.chain)) == before
    assert katrin.pen(amphi.chain).state.releases[shown.id].end == "withdrawn"


def next_of(member, sealed):
    return replace(claim_of(member), contribution=sealed.version.id)


def test_before_all_owners_agree_the_outsider_is_told_nothing(ane, member, katrin, amphi):
    """The wiring of the story is Fjordlys's and Lumen's together; Tom must agree."""
    tom = member("tom")
    joint = next(s for s in amphi.of("version", ane.org) if tom.org in str(s.body["rights"]))
    said = release(ane, amphi, katrin.org, joint.id)
    assert ane.send(said).status_code == 200
    untold = (katrin.session()["released"], katrin.get(f"chains/{amphi.chain}").status_code)
    assert tom.send(client.approve(tom.pen(amphi.chain), tom.org, said.id)).status_code == 200

    assert untold == ([], 404)
    assert katrin.session()["released"][0]["releases"] == [said.id]
    assert katrin.pen(amphi.chain).state.releases[said.id].approvals.keys() == {tom.org}
