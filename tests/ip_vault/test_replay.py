"""What follows from statements: who is who, who belongs, and what proof it takes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from crosslab.ip_vault import chains, client, keys, note, statements
from crosslab.ip_vault.client import Said
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import person_keys, recovery_keys
from crosslab.ip_vault.replay import Hidden, Logged, Reason, Rejected, apply, replay, view
from tests.ip_vault.world import LOG, Cast, identity, refused, secret


def test_history_read_twice_is_the_same(cast: Cast) -> None:
    cast.seal()
    again = replay((Logged(index, each) for index, each in enumerate(cast.notes)), LOG)
    assert again == cast.state
    assert view(again) == view(cast.state)


def test_chains_link_every_statement(cast: Cast) -> None:
    for chain in cast.state.chains.values():
        assert chain.links == chains.links(chain.ids)


def test_hidden_statements_keep_the_chain_whole(cast: Cast) -> None:
    sealed = cast.seal()
    hidden: list[Logged | Hidden] = [Logged(index, each) for index, each in enumerate(cast.notes)]
    hidden[-1] = Hidden(len(cast.notes) - 1, cast.consortium, sealed.grant.id)
    outsider = replay(hidden, LOG, partial=True)
    assert outsider.chains == cast.state.chains
    assert outsider.contributions[sealed.version.id].access == {}


def test_a_rotated_key_counts_from_then_on(cast: Cast) -> None:
    old = cast.pen("ines")
    cast.say(client.rotate(old, person_keys(secret("ines again")), "routine"))
    fresh = cast.pen("ines", "ines again")
    refused(cast, client.create_consortium(old, cast.orgs["tinsel"], "x", "custom"), Reason.UNPROVEN)
    cast.say(client.create_consortium(fresh, cast.orgs["tinsel"], "x", "custom"))
    assert cast.state.persons[cast.people["ines"]].epoch == 2


def test_nobody_rotates_back_or_for_another(cast: Cast) -> None:
    again = person_keys(secret("ines again"))
    cast.say(client.rotate(cast.pen("ines"), again, "routine"))
    pen = cast.pen("ines", "ines again")
    refused(cast, client.rotate(pen, person_keys(secret("ines")), "routine"), Reason.SAME_KEY)
    body = {
        "sign": keys.b64u(secret_key("x").public),
        "age": str(identity("x").recipient),
        "reason": "routine",
    }
    said = cast.pen("bo").write("person.rotate", body, chain=cast.people["ines"], cosigner=secret_key("x"))
    refused(cast, said, Reason.NOT_OWN_CHAIN)


def secret_key(name: str) -> keys.SigningKey:
    return keys.SigningKey(secret(name))


def test_an_invitation_is_used_once(cast: Cast) -> None:
    cast.join_org("ines", "kai", "tinsel", "signer")
    invites = [each for each in cast.state.invites.values() if each.role == "signer"]
    said = client.request(cast.pen("bo"), cast.orgs["tinsel"], invites[0].id, secret("link for kai"))
    refused(cast, said, Reason.INVITE_SPENT)


def test_without_the_secret_nobody_can_ask(cast: Cast) -> None:
    invite = cast.say(client.invite_person(cast.pen("ines"), cast.orgs["tinsel"], secret("a"), "reader"))
    refused(cast, client.request(cast.pen("bo"), cast.orgs["tinsel"], invite, secret("b")), Reason.UNPROVEN)
    refused(
        cast, client.request(cast.pen("bo"), cast.orgs["loom"], invite, secret("a")), Reason.INVITE_UNKNOWN
    )


def test_a_withdrawn_invitation_is_spent(cast: Cast) -> None:
    invite = cast.say(client.invite_person(cast.pen("ines"), cast.orgs["tinsel"], secret("a"), "reader"))
    asked = cast.say(client.request(cast.pen("bo"), cast.orgs["tinsel"], invite, secret("a")))
    cast.say(client.withdraw_invitation(cast.pen("ines"), cast.orgs["tinsel"], invite))
    refused(cast, client.add(cast.pen("ines"), asked), Reason.INVITE_SPENT)


def test_only_admins_run_an_organisation(cast: Cast) -> None:
    tinsel = cast.orgs["tinsel"]
    refused(cast, client.invite_person(cast.pen("uma"), tinsel, secret("a"), "admin"), Reason.ROLE)
    refused(cast, client.invite_person(cast.pen("bo"), tinsel, secret("a"), "admin"), Reason.NOT_IN_ORG)
    refused(cast, client.next_key(cast.pen("uma"), tinsel, identity("x")), Reason.ROLE)


def test_the_last_admin_stays(cast: Cast) -> None:
    tinsel, ines = cast.orgs["tinsel"], cast.people["ines"]
    refused(cast, client.remove_person(cast.pen("ines"), tinsel, ines), Reason.LAST_ADMIN)
    refused(cast, client.change_role(cast.pen("ines"), tinsel, ines, "reader"), Reason.LAST_ADMIN)
    cast.say(client.change_role(cast.pen("ines"), tinsel, cast.people["uma"], "admin"))
    cast.say(client.remove_person(cast.pen("uma"), tinsel, ines))
    refused(cast, client.create_consortium(cast.pen("ines"), tinsel, "x", "custom"), Reason.NOT_IN_ORG)


def test_a_removal_makes_a_new_key_due(cast: Cast) -> None:
    tinsel, org = cast.orgs["tinsel"], cast.state.organisations[cast.orgs["tinsel"]]
    cast.say(client.remove_person(cast.pen("ines"), tinsel, cast.people["uma"]))
    assert org.key_is_due
    cast.say(client.next_key(cast.pen("ines"), tinsel, identity("tinsel 2")))
    assert (org.key_is_due, org.epoch) == (False, 2)
    refused(cast, client.next_key(cast.pen("ines"), tinsel, identity("tinsel")), Reason.SAME_KEY)


def test_keys_are_only_wrapped_for_people_inside(cast: Cast) -> None:
    said = client.wrap_keys(cast.pen("ines"), cast.orgs["tinsel"], [identity("tinsel")], [cast.people["bo"]])
    refused(cast, said, Reason.NOT_IN_ORG)


def test_the_printed_root_takes_an_organisation_back(cast: Cast) -> None:
    tinsel, fresh = cast.orgs["tinsel"], recovery_keys(secret("fresh"))
    old = recovery_keys(secret("recovery of tinsel"))
    refused(cast, client.recover(cast.pen("kai"), tinsel, fresh, old), Reason.UNPROVEN)
    cast.say(client.recover(cast.pen("kai"), tinsel, old, fresh))
    assert cast.state.organisations[tinsel].people[cast.people["kai"]] == "admin"
    refused(cast, client.recover(cast.pen("bo"), tinsel, old, fresh), Reason.UNPROVEN)


def test_joining_takes_the_secret_and_is_for_oneself(cast: Cast) -> None:
    invite = cast.say(
        client.invite_organisation(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, secret("a"))
    )
    kai, quill = cast.pen("kai"), cast.orgs["quill"]
    refused(cast, client.join(kai, quill, cast.consortium, invite, secret("b")), Reason.UNPROVEN)
    refused(
        cast, client.join(kai, cast.orgs["loom"], cast.consortium, invite, secret("a")), Reason.NOT_IN_ORG
    )
    cast.say(client.join(kai, quill, cast.consortium, invite, secret("a")))
    refused(cast, client.join(kai, quill, cast.consortium, invite, secret("a")), Reason.ALREADY_MEMBER)


def test_only_a_leading_organisation_invites_and_removes(cast: Cast) -> None:
    bo, loom, tinsel = cast.pen("bo"), cast.orgs["loom"], cast.orgs["tinsel"]
    refused(cast, client.invite_organisation(bo, loom, cast.consortium, secret("a")), Reason.NOT_FOUNDING)
    refused(cast, client.remove_organisation(bo, loom, cast.consortium, tinsel), Reason.NOT_FOUNDING)
    refused(
        cast, client.remove_organisation(cast.pen("ines"), tinsel, cast.consortium, tinsel), Reason.OWN_ORG
    )
    cast.say(client.remove_organisation(cast.pen("ines"), tinsel, cast.consortium, loom))
    refused(cast, client.leave(bo, loom, cast.consortium), Reason.NOT_A_MEMBER)


def test_when_the_leader_leaves_the_longest_standing_member_leads(cast: Cast) -> None:
    cast.say(client.leave(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium))
    assert [(each.org, each.leads) for each in cast.state.consortia[cast.consortium].current()] == [
        (cast.orgs["loom"], True)
    ]


def test_readers_and_outsiders_bind_nobody(cast: Cast) -> None:
    sealed = cast.seal(cast.claim(tinsel="1/2", loom="1/2"))
    cast.person("eve")
    for who, org, reason in [
        ("uma", "tinsel", Reason.ROLE),
        ("eve", "loom", Reason.NOT_IN_ORG),
        ("kai", "quill", Reason.NOT_A_MEMBER),
    ]:
        refused(cast, client.approve(cast.pen(who), cast.orgs[org], sealed.version.id), reason)


def test_a_statement_takes_its_place_in_the_chain(cast: Cast) -> None:
    pen, tinsel = cast.pen("ines"), cast.orgs["tinsel"]
    stale = client.invite_person(pen, tinsel, secret("a"), "reader")
    cast.say(client.invite_person(pen, tinsel, secret("b"), "reader"))
    refused(cast, stale, Reason.STALE_PLACE)
    where = pen.place(tinsel)
    body = {"person": cast.people["uma"], "role": "signer"}
    for place, reason in [
        (replace(where, seq=where.seq + 1), Reason.STALE_PLACE),
        (replace(where, after=b"x" * 32), Reason.STALE_PLACE),
        (replace(where, chain="0" * 64), Reason.CHAIN_UNKNOWN),
        (pen.place(cast.consortium), Reason.CHAIN_KIND),
        (replace(where, log="vault.example/log2"), Reason.OTHER_LOG),
    ]:
        refused(cast, pen.write("org.role", body, place=place), reason)


def test_a_statement_is_logged_once_and_in_order(cast: Cast) -> None:
    with pytest.raises(Rejected) as caught:
        cast.log(cast.notes[0])
    assert caught.value.code is Reason.DUPLICATE
    with pytest.raises(Rejected) as caught:
        apply(cast.state, Logged(0, cast.notes[0]))
    assert caught.value.code is Reason.ORDER


Forge = Callable[[bytes, str], bytes]
FORGED: dict[str, Forge] = {
    "by another key": lambda text, name: note.sign(text, [(name, secret_key("bo"))]),
    "by one key too many": lambda text, name: note.sign(
        text, [(name, person_keys(secret("ines")).sign), (name + "x", secret_key("x"))]
    ),
    "under another name": lambda text, name: note.sign(
        text, [(name + "x", person_keys(secret("ines")).sign)]
    ),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_statement_is_refused(cast: Cast, how: str) -> None:
    said = client.create_consortium(cast.pen("ines"), cast.orgs["tinsel"], "x", "custom")
    text = statements.parse(said.note)[0].text
    forged = FORGED[how](text, f"{LOG}/p/{cast.people['ines']}")
    refused(cast, replace(said, note=forged), Reason.UNPROVEN)


def test_noise_is_refused_as_malformed(cast: Cast) -> None:
    refused(cast, Said(digest(b"x"), b"x"), Reason.MALFORMED)


def test_an_unknown_person_says_nothing(cast: Cast) -> None:
    pen = replace(cast.pen("ines"), person="0" * 64)
    said = pen.write("org.role", {"person": cast.people["uma"], "role": "signer"}, chain=cast.orgs["tinsel"])
    refused(cast, said, Reason.PERSON_UNKNOWN)


def test_hidden_statements_need_a_chain_and_count_once(cast: Cast) -> None:
    index = len(cast.notes)
    for hidden, reason in [
        (Hidden(index, "0" * 64, "1" * 64), Reason.CHAIN_UNKNOWN),
        (Hidden(index, cast.consortium, cast.consortium), Reason.DUPLICATE),
        (Hidden(0, cast.consortium, "1" * 64), Reason.ORDER),
    ]:
        with pytest.raises(Rejected) as caught:
            apply(cast.state, hidden)
        assert caught.value.code is reason


def test_every_reason_has_its_sentence() -> None:
    assert all(Rejected(reason).sentence.endswith(".") for reason in Reason)
