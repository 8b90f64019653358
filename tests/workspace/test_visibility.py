"""Who is handed what: everything of a consortium is nothing at all to everybody else."""

import pytest
from sqlmodel import select

from crosslab.consortia import actions as consortia
from crosslab.consortia.tables import Consortium, Membership
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.statements import attachments, blobs
from crosslab.workspace import queries
from tests.workspace.members import Member, claim_of, version_body


def everything(amphi):
    """The address of one of each kind of thing that belongs to the consortium."""
    yield f"chains/{amphi.chain}"
    for said in amphi.first_of.values():
        yield f"statements/{said.id}"
        yield f"statements/{said.id}/receipt"
    yield from (f"blobs/{name}" for name, _ in blobs(amphi.first_of["version"]))
    yield from (f"attachments/{name}" for name, _ in attachments(amphi.first_of["grant"]))


def concerned(said):
    """The versions, or the contribution, that a grant, its end or a confirmation is about."""
    items = {each["version"] for each in said.body.get("items", [])}
    return items | {said.body.get("version"), said.body.get("contribution")}


@pytest.mark.parametrize("key", ["stig", "nina", "katrin", "grace", "priya", "solveig"])
def test_to_strangers_rivals_hosts_manager_and_steward_there_is_nothing(browse, world, amphi, key):
    """Nina leads a rival team on the same challenge, Grace hosts the next one, Priya manages the programme."""
    outside = Member(browse(getattr(world, key)))

    assert {url: outside.get(url).status_code for url in everything(amphi)} == dict.fromkeys(
        everything(amphi), 404
    )
    assert amphi.chain not in str(outside.session())


def test_a_host_is_handed_what_is_released_to_it_today_and_nothing_else(browse, world, amphi):
    """Helen hosts the challenge. Of three releases to the library one is in force: the plan of the site."""
    helen, library = Member(browse(world.helen)), world.houses["library"].vault_id
    plan = amphi.of("version", world.houses["brightwater"].vault_id)[0]
    handed = {n for s in amphi.said for n, _ in blobs(s) if helen.get(f"blobs/{n}").status_code == 200}

    assert len([s for s in amphi.said if s.type == "release" and s.body["to"] == library]) == 3
    assert handed == {name for name, _ in blobs(plan)}


def test_a_visitor_is_not_even_told_that(browse, amphi):
    assert {browse().get(f"/vault/{url}").status_code for url in everything(amphi)} == {401}


def test_a_partner_follows_the_chain_and_reads_every_text_but_hidden_ones(browse, world, amphi):
    beth, org = Member(browse(world.beth)), world.houses["brightwater"].vault_id
    rows = beth.chain(amphi.chain)["statements"]
    hidden = {each["id"] for each in rows if each["note"] is None}
    owned = {s.id for s in amphi.said if s.type == "version" and org in str(s.body["rights"])}
    strange = [s for s in amphi.said if s.for_parties and org not in {s.org, s.body.get("to")}]

    assert len(rows) == len(amphi.said)
    assert hidden == {s.id for s in strange if not owned & concerned(s)}
    assert len(hidden) < len(strange)


def test_a_partner_who_was_not_granted_a_version_gets_none_of_its_files(browse, world, amphi):
    """What Brightwater sealed is for Tinker & Tap or Fjordlys, and not for Nordlyd."""
    ingrid, beth = Member(browse(world.ingrid)), Member(browse(world.beth))
    org = world.houses["brightwater"].vault_id

    for url in [f"blobs/{n}" for n in amphi.blobs_of(org)] + [
        f"attachments/{n}" for n in amphi.grants_of(org)
    ]:
        assert (ingrid.get(url).status_code, beth.get(url).status_code) == (404, 200)


def test_naming_another_s_sealed_file_does_not_open_it(member, world, amphi):
    """A version may name only files that its maker sent or may open."""
    ingrid, theirs = member("ingrid"), amphi.blobs_of(world.houses["brightwater"].vault_id)
    pen = ingrid.pen(amphi.chain)
    sealed = client.seal(pen, ingrid.org, amphi.chain, claim_of(ingrid), Content("Mine"))
    size = len(member("beth").get(f"blobs/{theirs[0]}").content)
    body = {**version_body(sealed), "blobs": [{"sha256": theirs[0], "size": size}]}
    for data in sealed.blobs.values():
        ingrid.put(data)

    assert ingrid.send(pen.write("version", body, chain=amphi.chain, org=ingrid.org)).status_code == 409
    assert ingrid.get(f"blobs/{theirs[0]}").status_code == 404


def test_colleagues_of_a_partner_fetch_what_their_organisation_may_open(browse, world, amphi):
    lars, mei = Member(browse(world.lars)), Member(browse(world.mei))
    rig = amphi.blobs_of(world.houses["fjordlys"].vault_id)[0]

    assert (lars.get(f"blobs/{rig}").status_code, mei.get(f"blobs/{rig}").status_code) == (200, 200)


def test_what_is_revoked_is_handed_out_no_longer(member, browse, world, amphi):
    ane, beth = member("ane"), Member(browse(world.beth))
    rig = amphi.of("version", ane.org)[0]
    (name, _), *_ = blobs(rig)
    assert beth.get(f"blobs/{name}").status_code == 200
    to = world.houses["brightwater"].vault_id
    assert ane.send(client.revoke(ane.pen(amphi.chain), ane.org, rig.id, to)).status_code == 200

    assert (beth.get(f"blobs/{name}").status_code, ane.get(f"blobs/{name}").status_code) == (404, 200)


def test_a_request_to_join_another_organisation_is_not_for_partners(browse, world, member, amphi):
    """Katrin's organisation is none of Tom's business, even when Ane asks to work there too."""
    katrin, ane = Member(browse(world.katrin)), member("ane")
    katrin.arrive("Katrin Sommer")
    katrin.found("Kaiserlicht GmbH", world.houses["kaiserlicht"].id)
    secret = bytes(32)
    invite = client.invite_person(katrin.pen(), katrin.org, secret, "signer")
    assert katrin.send(invite).status_code == 200
    asked = client.request(ane.pen(), katrin.org, invite.id, secret)
    assert ane.send(asked).status_code == 200

    assert Member(browse(world.tom)).get(f"statements/{asked.id}").status_code == 404
    assert katrin.get(f"statements/{ane.me}").status_code == 404


class TestWhoHasLeft:
    """Brightwater leaves; what was said before stays readable, what comes after is not for its eyes."""

    @pytest.fixture
    def beth(self, db, world, member, amphi):
        found = member("beth")
        membership = db.exec(
            select(Membership).where(
                Membership.consortium_id == amphi.consortium.id,
                Membership.organisation_id == world.houses["brightwater"].id,
            )
        ).one()
        consortia.leave(db, world.beth, membership)
        db.commit()
        return found

    def test_keeps_the_texts_of_its_time_and_follows_the_ids(self, beth, member, amphi):
        before = len(beth.notes(amphi.chain))
        later = member("tom").seal(amphi.chain, Content("After they left"))
        chain = beth.chain(amphi.chain)

        assert (before, chain["size"]) == (len(beth.notes(amphi.chain)), len(amphi.said) + 2)
        assert beth.get(f"statements/{later.version.id}").status_code == 404
        assert amphi.chain not in str(beth.session())

    def test_keeps_its_own_files_and_no_others(self, beth, amphi, world):
        own, theirs = (world.houses[key].vault_id for key in ("brightwater", "fjordlys"))

        assert {beth.get(f"blobs/{n}").status_code for n in amphi.blobs_of(own)} == {200}
        assert beth.get(f"blobs/{amphi.blobs_of(theirs)[0]}").status_code == 404

    def test_keeps_its_say_about_what_it_part_owns(self, beth, amphi):
        trial = next(
            s
            for s in amphi.said
            if s.type == "version" and beth.org in str(s.body["rights"]) and s.org != beth.org
        )

        assert beth.send(client.approve(beth.pen(amphi.chain), beth.org, trial.id)).status_code == 200

    def test_seals_nothing_more_and_is_given_nothing_more(self, beth, member, amphi):
        sealed = client.seal(beth.pen(amphi.chain), beth.org, amphi.chain, claim_of(beth), Content("Late"))
        for data in sealed.blobs.values():
            beth.put(data)
        assert beth.send(sealed.version, sealed.grant).status_code == 403

        tom = member("tom")
        made = tom.seal(amphi.chain, Content("Later"))
        given = client.grant(
            tom.pen(amphi.chain), tom.org, amphi.chain, beth.org, {made.version.id: made.content_key}
        )
        assert tom.send(given).status_code == 409


def test_the_summary_counts_and_names_nothing(db, world, amphi, member, door):
    """Seven contributions; one share is disputed, so one matter is open; four are in the vault."""
    assert queries.summary(db, door.history, amphi.consortium) == {
        "contributions": 7,
        "open": 1,
        "members": 4,
    }

    member("ane").seal(amphi.chain, Content("An eighth"))
    assert queries.summary(db, door.history, amphi.consortium)["contributions"] == 8


def test_a_consortium_without_a_vault_has_an_empty_summary(db, world, door):
    calm = db.exec(select(Consortium).where(Consortium.slug == "calm-rooms")).one()

    assert queries.summary(db, door.history, calm) == {"contributions": 0, "open": 0, "members": 0}
