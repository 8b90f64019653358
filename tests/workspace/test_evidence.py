"""Bundles of evidence from the server: true, for those entitled, and with nothing that is not theirs to show."""

from datetime import timedelta

from crosslab.core import clock
from crosslab.ip_vault import evidence
from crosslab.ip_vault.statements import parse


def texts(files):
    return [parse(data)[0] for name, data in files.items() if name.startswith("data/statements/")]


def bundle(asked, subject):
    answer = asked.get(f"/vault/evidence/{subject}.zip")
    assert answer.status_code == 200, answer.text
    return evidence.read_zip(answer.content)


def vkey(asked):
    return asked.get("/vault/session").json()["log"]["vkey"]


def test_an_owner_gets_a_claim_that_verifies(browse, world, amphi):
    ane = browse(world.ane)
    version = amphi.first_of["version"].id
    found = evidence.check(bundle(ane, version), vkey(ane), without_time=True)
    assert found.sentence.startswith("What is sealed here was entered by a key of ")


def test_a_member_gets_a_register_in_which_only_grants_are_hidden(browse, world, amphi):
    ane = browse(world.ane)
    files = bundle(ane, amphi.chain)
    found = evidence.check(files, vkey(ane), without_time=True)
    hidden = {each.id for each in amphi.said} - {each.id for each in texts(files)}
    assert {each.type for each in amphi.said if each.id in hidden} <= {"grant", "revoke", "ack"}
    assert len(found.facts["contributions"]) == len(
        {each.body["contribution"] or each.id for each in amphi.said if each.type == "version"}
    )


def test_a_claim_shows_of_others_their_approvals_and_keys_alone(browse, world, amphi):
    ane = browse(world.ane)
    for version in (each for each in amphi.said if each.type == "version"):
        answer = ane.get(f"/vault/evidence/{version.id}.zip")
        if answer.status_code == 200:
            together = [
                each for each in texts(evidence.read_zip(answer.content)) if each.chain == amphi.chain
            ]
            assert {(each.type, each.body.get("of", each.id)) for each in together} <= {
                ("version", version.id),
                ("approve", version.id),
            }


def test_strangers_and_those_who_own_nothing_get_nothing(browse, world, amphi):
    version, helen = amphi.first_of["version"], browse(world.helen)
    for subject in (version.id, amphi.chain, "0" * 64, "x"):
        assert helen.get(f"/vault/evidence/{subject}.zip").status_code == 404
        assert browse().get(f"/vault/evidence/{subject}.zip").status_code in {401, 404}


def test_nobody_waits_for_a_bundle_that_is_being_made(browse, world, amphi, door, monkeypatch):
    held, register = [], evidence.register

    def looked(*given):
        held.append(door.history._lock._is_owned())
        return register(*given)

    monkeypatch.setattr(evidence, "register", looked)
    bundle(browse(world.ane), amphi.chain)
    assert held == [False]


def test_whoever_asks_too_often_has_to_wait(browse, world, amphi):
    ane, path = browse(world.ane), f"/vault/evidence/{amphi.first_of['version'].id}.zip"
    with clock.at(clock.now()):  # a minute, however long eleven bundles take
        codes = [ane.get(path).status_code for _ in range(11)]
        assert codes == [200] * 10 + [429]
        assert "Wait a minute" in ane.get(path).text
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert ane.get(path).status_code == 200
