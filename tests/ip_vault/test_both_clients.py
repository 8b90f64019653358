"""The same worlds and the same lies, told to the page's engine and to the command line at the paths of the house.

Both believe the same, name a lie with the same word, and open exactly what was sealed to a key of theirs.
"""

import os
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest

from crosslab.ip_vault.client.troubles import Tampered, Trouble, stands
from crosslab.ip_vault.note import vkey
from crosslab.ip_vault.replay import view
from crosslab.member.stops import Stop
from tests.ip_vault import liars
from tests.ip_vault.clients import Engine, Machine, Page, State
from tests.ip_vault.doors import Doors
from tests.ip_vault.honest import SIGNER, View
from tests.ip_vault.test_worlds import SEEDS, alone, grown, shown, somebody
from tests.ip_vault.wild import Wild
from tests.ip_vault.world import LOG

CONVICT = {Trouble.SPLIT, Trouble.FORKED, Trouble.WITHHELD, Trouble.MISLABELLED}
"""What proves itself to whoever knows the log's key."""
TURNS = 60 if os.environ.get("CROSSLAB_FUZZ") == "long" else 12
JUNK = [b"", b"null", b"[]", b"0", b'{"size":1}', b'{"size":1,"ids":[0],"statements":[null]}', b"\xff\xfe"]
Client = Page | Machine


def named(client: Client, doors: Doors) -> tuple[Trouble, bool] | None:
    """The trouble a client stops at, and whether its proof convicts the log; or None when it goes on."""
    try:
        client.look(doors)
    except Tampered as caught:
        return caught.trouble, stands(caught.proof, SIGNER)
    return None


@pytest.mark.parametrize("move", liars.ALWAYS, ids=lambda move: move.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_both_name_a_lie_at_the_first_look_with_the_same_word(
    seed: int, move: liars.Move, node: Engine, tmp_path: Path
) -> None:
    wild, honest = alone(seed)
    lie, troubles = move(wild, honest)
    page, machine = clients(node, tmp_path, wild, honest)
    told = named(page, Doors(lie, honest))
    assert told == named(machine, Doors(lie, honest))
    assert told in {(each, each in CONVICT) for each in troubles}
    assert page.look(Doors(honest)) == machine.look(Doors(honest))


@pytest.mark.parametrize("move", [*liars.ALWAYS, *liars.TO_WHO_REMEMBERS], ids=lambda move: move.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_both_name_a_lie_to_who_has_looked_before_with_the_same_word(
    seed: int, move: liars.Move, node: Engine, tmp_path: Path
) -> None:
    """An open tab remembers what a machine remembers; a tab loaded anew what a machine does with its pins alone."""
    wild, honest = alone(seed)
    open_tab, machine = clients(node, tmp_path, wild, honest)
    loaded = Page(node, wild, honest.eyes.person)
    for each in (open_tab, loaded, machine):
        each.look(Doors(honest))
    loaded.close(Doors(honest))
    pins_alone = machine.twin(tmp_path / "pins")
    if move not in liars.TO_WHO_REMEMBERS:
        wild.grow(6)
    honest = shown(wild, honest.eyes.person)
    lie, troubles = move(wild, honest)
    for page, other in ((open_tab, machine), (loaded, pins_alone)):
        before = page.pinned
        told = named(page, Doors(lie, honest))
        assert told == named(other, Doors(lie, honest))
        assert told[0] in troubles if told else move not in liars.TO_WHO_REMEMBERS
        assert page.pinned == before or told is None
        assert page.look(Doors(honest)) == other.look(Doors(honest))


def clients(node: Engine, folder: Path, wild: Wild, honest: View) -> tuple[Page, Machine]:
    person = honest.eyes.person
    return Page(node, wild, person), Machine(folder / "machine", wild, person)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_answer_that_arrives_otherwise_than_it_was_sent_is_called_the_same_by_both(
    seed: int, node: Engine, tmp_path: Path
) -> None:
    """A byte changed, the end cut off, another answer in its place: either it made no difference, or it has a name."""
    wild, honest = alone(seed)
    doors = Doors(honest)
    true = Page(node, wild, honest.eyes.person).look(doors)
    for turn in range(TURNS):
        page, machine = clients(node, tmp_path / str(turn), wild, honest)
        garbled = Doors(honest, garbled=garble(doors.sent, wild.dice))
        found = ended(page, garbled)
        assert found == ended(machine, garbled)
        assert found == true or isinstance(found, str)


def garble(sent: dict[str, bytes], dice: Random) -> dict[str, bytes]:
    """One of the answers about the log or a chain, as it may arrive."""
    paths = [each for each in sent if not each.endswith(("session", "about"))]
    path = dice.choice([*paths, *(each for each in paths if "/log/" in each)])
    body = sent[path]
    at = dice.randrange(len(body))
    flipped = body[:at] + bytes([body[at] ^ 1 << dice.randrange(8)]) + body[at + 1 :]
    return {path: dice.choice([flipped, body[:at], body + body, sent[dice.choice(paths)], dice.choice(JUNK)])}


def ended(client: Client, doors: Doors) -> State | str:
    """What a client knows after a look, or the word for what stopped it."""
    try:
        return client.look(doors)
    except Tampered as caught:
        return str(caught.trouble)
    except Stop as stop:
        return stop.code.name


@pytest.mark.parametrize("seed", SEEDS)
def test_honest_servers_are_believed_by_both_and_both_know_what_the_server_knows(
    seed: int, node: Engine, tmp_path: Path
) -> None:
    """A tab that is kept open, one that is loaded anew each time, and a machine; texts for others are all they lack."""
    wild = Wild(seed).grow(30)
    for person in [*wild.roots][:3]:
        open_tab, machine = clients(node, tmp_path / person, wild, shown(wild, person))
        loaded = Page(node, wild, person)
        for _ in range(2):
            wild.grow(12)
            doors = Doors(shown(wild, person))
            state = open_tab.look(doors)
            assert state == loaded.look(doors) == machine.look(doors)
            assert lies_open(state).items() <= lies_open(view(wild.state)).items()
            loaded.close(doors)


def lies_open(state: State) -> dict[tuple[str, str], object]:
    """What is known of each thing from the texts that everybody may read who is shown its chain."""
    for_parties = {
        "organisations": {"wraps"},
        "contributions": {"access", "shown"},
        "consortia": {"releases"},
    }
    kinds = ["chains", "persons", "organisations", "consortia", "contributions"]
    return {
        (kind, at): {key: it for key, it in each.items() if key not in for_parties.get(kind, ())}
        for kind in kinds
        for at, each in state[kind].items()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_both_open_exactly_what_is_sealed_to_a_key_in_these_hands_today(
    seed: int, node: Engine, tmp_path: Path
) -> None:
    """The server hands out every file to everybody; it changes nothing."""
    wild = grown(seed)
    for person in wild.roots:
        doors = Doors(shown(wild, person))
        page, machine = clients(node, tmp_path / person, wild, shown(wild, person))
        state = page.look(doors)
        texts, refused = page.open(doors)
        assert (texts, refused) == machine.open(doors)
        assert not refused
        assert texts.keys() == within_reach(wild, person) & versions_in(state)
        assert all(each.startswith("canary") for [each] in texts.values())


def within_reach(wild: Wild, person: str) -> set[str]:
    """The versions sealed to this person's key of today, or to a key of an organisation they are in today."""
    own = (person, len(wild.roots[person]))
    houses = {each.id for each in wild.state.organisations.values() if person in each.people}
    keys = {key for key in wild.holds[person] if key == own or key[0] in houses}
    return {version for version, to in wild.sealed_to.items() if to & keys}


def versions_in(state: State) -> set[str]:
    return {each["id"] for it in state["contributions"].values() for each in it["versions"]}


@pytest.mark.parametrize("named_by", ["org.wrap", "grant", "version"])
@pytest.mark.parametrize("seed", SEEDS)
def test_keys_grants_and_files_exchanged_for_others_open_nothing_and_are_refused_by_both(
    seed: int, named_by: str, node: Engine, tmp_path: Path
) -> None:
    """Each file is answered with another of its kind: another's, an older one, one for another version."""
    wild = deepcopy(grown(seed))
    person = somebody(wild, Random(seed))
    honest = Doors(shown(wild, person))
    page, machine = clients(node, tmp_path, wild, shown(wild, person))
    page.look(honest)
    swapped = Doors(shown(wild, person), files=exchanged(wild, named_by))
    texts, refused = page.open(swapped)
    assert (texts, refused) == machine.open(swapped)
    assert refused | set(texts) == set(page.open(honest)[0])
    assert not texts or named_by == "org.wrap"
    assert page.open(honest) == machine.open(honest)


def exchanged(wild: Wild, kind: str) -> Callable[[str], bytes | None]:
    """Files by their hash, but each that a statement of this kind names in the place of the next one."""
    said = [each.body for each in wild.server.said.values() if each.type == kind]
    parts = [
        part for body in said for part in body.get("items", [*body.get("blobs", ()), body.get("manifest")])
    ]
    names = [each["sha256"] for each in parts]
    place = dict(zip(names, [*names[1:], *names[:1]], strict=True))
    return lambda sha256: wild.server.files.get(place.get(sha256, sha256))


def test_a_server_that_says_one_is_somebody_else_is_named_by_both(node: Engine, tmp_path: Path) -> None:
    wild, honest = alone(0)
    stranger = shown(wild, next(each for each in wild.roots if each != honest.eyes.person))
    page, machine = clients(node, tmp_path, wild, honest)
    assert named(page, Doors(stranger)) == (Trouble.KEY_REPLACED, False)
    assert named(machine, Doors(stranger)) in {(Trouble.KEY_REPLACED, False), (Trouble.OLD_HISTORY, False)}


def test_another_key_for_the_log_that_was_seen_is_named_by_both(node: Engine, tmp_path: Path) -> None:
    wild, honest = alone(0)
    page, machine = clients(node, tmp_path, wild, honest)
    assert page.look(Doors(honest)) == machine.look(Doors(honest))
    page.close(Doors(honest))
    evil = Doors(liars.sign_with_another_key(wild, honest)[0], honest, vkey=vkey(LOG, liars.EVIL.public))
    assert named(page, evil) == named(machine, evil) == (Trouble.OTHER_LOG, False)
