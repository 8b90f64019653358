"""Whole worlds under servers that lie: nobody opens what was not sealed to them, and every lie is named.

Worlds grow from fixed seeds, and a failure names its seed and its move. `CROSSLAB_FUZZ=long` grows many more.
"""

import json
import os
from copy import deepcopy
from functools import cache
from random import Random

import pytest

from crosslab.ip_vault import age, client, grants
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client.following import Follower, History
from crosslab.ip_vault.client.troubles import Tampered, Trouble
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.replay import Hidden, Logged, State, replay, view
from crosslab.ip_vault.statements import Statement
from tests.ip_vault import liars
from tests.ip_vault.honest import SIGNER, View, reader
from tests.ip_vault.wild import Wild
from tests.ip_vault.world import LOG
from tests.vectors.test_golden_js import node

SEEDS = range(300 if os.environ.get("CROSSLAB_FUZZ") == "long" else 3)


@cache
def grown(seed: int) -> Wild:
    """A world of some sixty statements; do not change it."""
    return Wild(seed).grow(60)


def somebody(wild: Wild, dice: Random) -> str:
    """One of the people whose organisation is in a consortium."""
    teams = set(wild.state.consortia)
    return str(dice.choice([each for each in wild.roots if teams & reader(wild.state, each).chains]))


def shown(wild: Wild, person: str) -> View:
    return View(wild.server, reader(wild.state, person))


def look(follower: Follower, source: View, honest: View | None = None) -> History:
    """One look at what a reader is told, asking for the chains that an honest server would name."""
    known = honest or source
    return follower.sync(source, known.roots, own=known.own, inside=known.inside)


def alone(seed: int) -> tuple[Wild, View]:
    """A world of one's own to lie about, and what one of its people is honestly shown."""
    wild = deepcopy(grown(seed))
    wild.dice = Random(seed)
    return wild, shown(wild, somebody(wild, wild.dice))


@pytest.mark.parametrize("move", liars.ALWAYS, ids=lambda move: move.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_lie_is_named_at_the_first_look(seed: int, move: liars.Move) -> None:
    wild, honest = alone(seed)
    lie, troubles = move(wild, honest)
    follower = Follower(SIGNER)
    with pytest.raises(Tampered) as caught:
        look(follower, lie, honest)
    assert caught.value.trouble in troubles
    assert look(follower, honest).pins == look(Follower(SIGNER), honest).pins


@pytest.mark.parametrize("move", [*liars.ALWAYS, *liars.TO_WHO_REMEMBERS], ids=lambda move: move.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_lie_to_who_has_looked_before_is_named_or_changes_nothing(seed: int, move: liars.Move) -> None:
    """What was verified is not asked for again, so some lies never reach such a device."""
    wild, honest = alone(seed)
    follower = Follower(SIGNER)
    look(follower, honest)
    if move not in liars.TO_WHO_REMEMBERS:
        wild.grow(6)
    honest = View(wild.server, reader(wild.state, honest.eyes.person))
    before, (lie, troubles) = deepcopy(follower.memory), move(wild, honest)
    named = told(follower, lie, honest)
    assert named in troubles or (named is None and move not in liars.TO_WHO_REMEMBERS)
    assert named is None or follower.memory == before
    look(follower, honest)


def told(follower: Follower, lie: View, honest: View) -> Trouble | None:
    """The trouble a lie is called by, or None when all that was believed is true."""
    try:
        believed = look(follower, lie, honest)
    except Tampered as caught:
        return caught.trouble
    assert believed.state == look(Follower(SIGNER), honest).state
    return None


@pytest.mark.parametrize("seed", SEEDS)
def test_honest_servers_are_never_accused_and_looking_often_or_once_is_the_same(seed: int) -> None:
    wild = Wild(seed).grow(10)
    followers = {person: Follower(SIGNER) for person in [*wild.roots][:3]}
    for _ in range(3):
        wild.grow(12)
        for person, follower in followers.items():
            source = shown(wild, person)
            often = look(follower, source)
            once = look(Follower(SIGNER), source)
            anew = replay(told_to(wild, source, often.state), LOG, partial=True)
            assert view(often.state) == view(once.state) == view(anew)
    assert replay([Logged(index, each) for index, each in enumerate(wild.notes)], LOG) == wild.state


def told_to(wild: Wild, source: View, like: State) -> list[Logged | Hidden]:
    """Exactly the texts that this reader is shown, on the chains they follow, in log order."""
    history: list[Logged | Hidden] = []
    for chain in like.chains:
        found = source.chain(chain, 0)
        assert found
        for row in found.rows:
            said = wild.server.said[row.id]
            strange = said.type == "person.request" and said.body["org"] not in like.chains
            open_to_us = row.note and not strange
            history.append(Logged(row.index, row.note) if open_to_us else Hidden(row.index, chain, row.id))
    return sorted(history, key=lambda each: each.index)


def everything_in_hand(wild: Wild, person: str) -> list[HybridIdentity]:
    """Every key a person can come by, from all the files of the server, also those never meant for them."""
    own = [root.age for root in wild.roots[person]]
    rings: dict[str, HybridIdentity] = {}
    for said in wild.server.said.values():
        for item in said.body.get("items", ()) if said.type == "org.wrap" else ():
            for each in opened(wild.server.files[item["sha256"]], own).splitlines()[1:]:
                rings[each.decode()] = age.hybrid.parse_identity(each.decode())
    return [*own, *rings.values()]


def opened(file: bytes, keys: list[HybridIdentity]) -> bytes:
    """What any of these keys finds in a file; nothing if none of them fits."""
    try:
        return age.decrypt(file, *keys)
    except age.NoMatch:
        return b""


def granted(wild: Wild) -> list[tuple[Statement, str, bytes]]:
    """Every grant of a version, and its file."""
    return [
        (said, item["version"], wild.server.files[item["sha256"]])
        for said in wild.server.said.values()
        if said.type == "grant"
        for item in said.body["items"]
    ]


def test_the_browser_reads_every_history_to_the_same_state() -> None:
    """Whole, and with every text hidden that is not for one reader."""
    histories: list[list[Logged | Hidden]] = []
    for seed in SEEDS:
        wild, honest = alone(seed)
        histories.append([Logged(index, each) for index, each in enumerate(wild.notes)])
        histories.append(told_to(wild, honest, look(Follower(SIGNER), honest).state))
    asked = [[as_json(each) for each in history] for history in histories]
    said = json.loads(node("tests/js/worlds.mjs", given=json.dumps({"log": LOG, "histories": asked})))
    for history, answer in zip(histories, said, strict=True):
        assert answer == view(replay(history, LOG, partial=any(isinstance(each, Hidden) for each in history)))


def as_json(each: Logged | Hidden) -> dict[str, object]:
    if isinstance(each, Hidden):
        return {"index": each.index, "chain": each.chain, "id": each.id}
    return {"index": each.index, "note": each.note.decode()}


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_opens_exactly_what_was_sealed_to_a_key_of_theirs(seed: int) -> None:
    """A server that hands out every file to everybody changes nothing."""
    wild = grown(seed)
    for person, held in wild.holds.items():
        keys, found = everything_in_hand(wild, person), set()
        for said, version, file in granted(wild):
            if opened(file, keys):
                key = client.open_grant(said, wild.server.said[version], file, *keys)
                contents = client.open_version(wild.server.said[version], key, wild.server.files)
                assert contents.files["a.txt"].startswith(b"canary")
                found.add(version)
        assert found == {version for version, to in wild.sealed_to.items() if to & held}


@pytest.mark.parametrize("seed", SEEDS)
def test_files_and_keys_exchanged_for_others_open_nothing(seed: int) -> None:
    """Each grant with the file of another, each version with the files and the key of another."""
    wild, dice = grown(seed), Random(seed)
    keys = [key for person in wild.roots for key in everything_in_hand(wild, person)]
    all_of_them = granted(wild)
    for said, version, file in all_of_them:
        other_said, other, other_file = dice.choice([each for each in all_of_them if each[1] != version])
        for mixed in [(said, version, other_file), (other_said, version, file), (said, other, file)]:
            with pytest.raises(VaultError):
                client.open_grant(mixed[0], wild.server.said[mixed[1]], mixed[2], *keys)
        with pytest.raises(VaultError):
            grants.read_grant(opened(other_file, keys), version)
        with pytest.raises(VaultError):
            client.open_version(wild.server.said[version], wild.sealed[other].content_key, wild.server.files)
