"""Who may tie a chain to an organisation or a consortium, and speak for one."""

import os

import pytest
from sqlmodel import select

from crosslab.consortia import actions as consortia
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.events import Event
from crosslab.ip_vault import client
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.statements import Place
from crosslab.people.tables import Seat
from crosslab.rules import Role, Verb
from tests.workspace.members import Member, claim_of


@pytest.fixture
def nina(browse, world):
    """The lead of Calm Rooms' partner, with a key of hers and one of Sørlandet Data's."""
    nina = Member(browse(world.nina))
    nina.arrive("Nina Dahl")
    nina.found("Sørlandet Data AS", world.houses["sorlandet"].id)
    return nina


def test_only_a_signatory_gives_an_organisation_its_key(browse, world):
    omar = Member(browse(world.omar))
    omar.arrive("Omar Haddad")
    assert omar.found("Canal Row Library", world.houses["library"].id).status_code == 403

    assert omar.found("Rheinbild GmbH", world.houses["rheinbild"].id).status_code in {403, 404}
    assert omar.found("Nowhere", "no organisation").status_code == 409


def test_an_organisation_gets_its_key_once(nina, world):
    assert nina.found("Sørlandet Data AS", world.houses["sorlandet"].id).status_code == 409


def test_two_first_keys_in_one_envelope_are_refused(browse, world):
    stig = Member(browse(world.stig))
    two = [client.create_person(Member(stig.visitor).pen(), name) for name in ("Stig", "Stig Ukjent")]

    assert stig.send(*two).status_code == 409
    assert stig.session()["person"]["vault_id"] is None


def test_only_the_lead_opens_the_workspace_of_a_consortium(nina, browse, world, db):
    """Kaiserlicht leads Calm Rooms; Sørlandet Data is in it."""
    calm = db.exec(select(Consortium).where(Consortium.slug == "calm-rooms")).one()
    opening = client.create_consortium(nina.pen(), nina.org, calm.name, "lambert_a")
    assert nina.send(opening, about='{"consortium": "calm-rooms"}').status_code == 403

    katrin = Member(browse(world.katrin))
    katrin.arrive("Katrin Sommer")
    katrin.found("Kaiserlicht GmbH", world.houses["kaiserlicht"].id)
    opening = client.create_consortium(katrin.pen(), katrin.org, calm.name, "lambert_a")
    assert katrin.send(opening, about='{"consortium": "calm-rooms"}').status_code == 200


def test_a_workspace_is_opened_once_and_not_for_a_consortium_one_cannot_see(nina, member, amphi):
    opening = client.create_consortium(nina.pen(), nina.org, "Amphi Nights", "desca_he")
    assert nina.send(opening, about='{"consortium": "amphi-nights"}').status_code == 404

    ane = member("ane")
    again = client.create_consortium(ane.pen(), ane.org, "Amphi Nights", "desca_he")
    assert ane.send(again, about='{"consortium": "amphi-nights"}').status_code == 409


def test_the_lead_may_not_open_it_for_another_organisation_it_works_for(db, member, nina, world, browse):
    """Ane also sits for Sørlandet Data; Echo Steps is led by that one, Amphi Nights by Fjordlys."""
    ane = member("ane")
    db.add(Seat(person_id=world.ane.person_id, place_id=world.houses["sorlandet"].id, role=Role.SIGNATORY))
    db.commit()
    secret = bytes(32)
    invite = client.invite_person(nina.pen(), nina.org, secret, "admin")
    nina.send(invite)
    asked = client.request(ane.pen(nina.org), nina.org, invite.id, secret)
    ane.send(asked)
    assert nina.send(client.add(nina.pen(ane.me), asked.id)).status_code == 200

    mine = client.create_consortium(ane.pen(nina.org), nina.org, "Open square", "desca_he")
    assert ane.send(mine, about='{"consortium": "amphi-nights"}').status_code in {403, 409}


def test_an_invitation_in_hand_brings_no_stranger_in(nina, member, amphi):
    """Nina's organisation is no member on the platform: the chain is not there for her."""
    ane, secret = member("ane"), bytes(32)
    invite = client.invite_organisation(ane.pen(amphi.chain), ane.org, amphi.chain, secret)
    assert ane.send(invite).status_code == 200
    pen = nina.pen()
    pen.state.chains[amphi.chain] = ane.pen(amphi.chain).state.chains[amphi.chain]

    assert nina.send(client.join(pen, nina.org, amphi.chain, invite.id, secret)).status_code == 404


def test_a_stranger_cannot_ask_how_far_a_chain_has_come(nina, amphi):
    """Not even by a statement in the wrong place, which a member is told to make again."""
    pen = nina.pen()
    body = {"of": amphi.chain}
    place = Place(pen.state.log, amphi.chain, 1, bytes(32))
    told = nina.send(pen.write("approve", body, org=nina.org, place=place))

    assert (told.status_code, set(told.json())) == (404, {"error", "sentence"})


def test_nobody_hands_in_what_another_signed(browse, world, member, amphi):
    ane, tom = member("ane"), Member(browse(world.tom))
    said = client.invite_organisation(ane.pen(amphi.chain), ane.org, amphi.chain, bytes(32))

    assert tom.send(said).status_code == 403
    assert said.id not in str(tom.chain(amphi.chain))


def test_whoever_lost_their_seat_speaks_for_the_organisation_no_longer(db, world, member, amphi):
    """Tom's company takes his seat away; in the vault he is its admin still."""
    tom = member("tom")
    sealed = client.seal(tom.pen(amphi.chain), tom.org, amphi.chain, claim_of(tom), Content("Taken along"))
    for data in sealed.blobs.values():
        tom.put(data)
    key = client.next_key(tom.pen(), tom.org, HybridIdentity(os.urandom(32)))
    for seat in db.exec(select(Seat).where(Seat.person_id == world.tom.person_id)).all():
        db.delete(seat) if seat.place_id == world.houses["tinker"].id else None
    db.commit()

    assert tom.send(sealed.version, sealed.grant).status_code == 404
    assert tom.send(key).status_code in {403, 404}


def test_a_member_that_left_may_not_come_back_by_an_old_invitation(db, world, member, amphi):
    ane, beth, secret = member("ane"), member("beth"), bytes(32)
    membership = db.exec(
        select(Membership).where(
            Membership.consortium_id == amphi.consortium.id,
            Membership.organisation_id == world.houses["brightwater"].id,
        )
    ).one()
    assert (
        ane.send(client.remove_organisation(ane.pen(amphi.chain), ane.org, amphi.chain, beth.org)).status_code
        == 200
    )
    invite = client.invite_organisation(ane.pen(amphi.chain), ane.org, amphi.chain, secret)
    ane.send(invite)
    consortia.leave(db, world.beth, membership)
    db.commit()

    pen = beth.pen()
    pen.state.chains[amphi.chain] = ane.pen(amphi.chain).state.chains[amphi.chain]
    assert beth.send(client.join(pen, beth.org, amphi.chain, invite.id, secret)).status_code == 403


def test_the_team_hears_that_something_was_handed_in_but_not_that_a_grant_was(db, world, member, amphi):
    ane = member("ane")
    made = ane.seal(amphi.chain, Content("Something new"))
    to = world.houses["nordlyd"].vault_id
    ane.send(
        client.grant(ane.pen(amphi.chain), ane.org, amphi.chain, to, {made.version.id: made.content_key})
    )
    events = db.exec(
        select(Event).where(Event.verb == Verb.WORKSPACE_RECORD).order_by(Event.id.desc()).limit(2)
    ).all()

    assert [each.facts["kind"] for each in events] == ["a signed statement", "a sealed version"]


def test_the_same_statement_sent_again_is_no_news(db, member, amphi):
    ane = member("ane")
    made = client.invite_organisation(ane.pen(amphi.chain), ane.org, amphi.chain, os.urandom(32))
    first, count = ane.send(made).json(), len(db.exec(select(Event.id)).all())
    again = ane.send(made)

    assert (again.status_code, again.json()["index"]) == (200, first["index"])
    assert len(db.exec(select(Event.id)).all()) == count
