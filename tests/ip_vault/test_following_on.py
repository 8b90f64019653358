"""Following a register over the border from one log to the next: nothing pinned is forgotten, no false heir."""

from dataclasses import dataclass, field

import pytest

from crosslab.ip_vault import client, keys, merkle, note, tlog
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.client.following import Follower
from crosslab.ip_vault.client.memory import Row, Shown
from crosslab.ip_vault.client.troubles import Tampered, Trouble
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import parse

OLD = note.Signer("vault.example/log1", (OLD_KEY := keys.SigningKey(b"1" * 32)).public)
NEW = note.Signer("vault.example/log2", (NEW_KEY := keys.SigningKey(b"2" * 32)).public)
AT = "2026-11-21T22:00:00Z"
ROOT = b"r" * 32


@dataclass
class Shelf:
    """One log as a server shows it; the chains are those of the whole register."""

    origin: str
    key: keys.SigningKey
    held: list[bytes] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def tree(self) -> merkle.Tree:
        made = merkle.Tree()
        for each in self.held:
            made.append(merkle.leaf_hash(each))
        return made

    def checkpoint(self) -> bytes:
        return tlog.sign_checkpoint(tlog.Checkpoint(self.origin, len(self.held), self.tree.root()), self.key)

    def consistency(self, old: int, new: int) -> list[bytes]:
        return merkle.consistency_proof(old, new, self.tree.read)

    def entries(self, bundle: int, width: int) -> list[bytes]:
        return self.held[bundle * 256 : bundle * 256 + 256]

    def chain(self, id: str, after: int) -> Shown | None:
        return Shown([row.id for row in self.rows], self.rows[after:]) if self.rows[0].id == id else None

    def say(self, whole: bytes, index: int) -> str:
        """Log a statement at its index in the register."""
        said = parse(whole)[0]
        self.held.append(tlog.statement_entry(said.id, whole, said.place.after, for_parties=said.for_parties))
        self.rows.append(Row(said.id, len(self.rows), index, whole))
        return said.id


def pen(state: State, me: str = "") -> Pen:
    return Pen(state, AT, lambda size: b"x" * size, person_keys(ROOT), me)


@pytest.fixture
def old() -> Shelf:
    shelf = Shelf(OLD.name, OLD_KEY)
    shelf.held.append(b"r " + b"0" * 64 + b"\n")
    shelf.say(client.create_person(pen(State(OLD.name)), "Somebody").note, 1)
    return shelf


@pytest.fixture
def me(old: Shelf) -> str:
    return old.rows[0].id


@pytest.fixture
def new(old: Shelf) -> Shelf:
    return Shelf(NEW.name, NEW_KEY, [tlog.previous_log_entry(old.checkpoint())], old.rows)


def goes_on(follower: Follower, new: Shelf, me: str) -> State:
    """They change their key under the new log."""
    state = follower.sync(new, [me]).state
    new.say(client.rotate(pen(state, me), person_keys(b"s" * 32), "routine").note, 3)
    return follower.sync(new, [me]).state


@pytest.mark.parametrize("seen_before", [True, False])
def test_a_device_goes_on_and_so_does_one_that_comes_later(old, new, me, seen_before):
    follower = Follower(OLD)
    if seen_before:
        follower.sync(old, [me])
    over = follower.cross(old, NEW)
    state = goes_on(over, new, me)

    assert (state.persons[me].epoch, state.log, len(over.memory.entries)) == (2, NEW.name, 4)
    assert over.memory.pins.heads[me][0] == 2


def test_a_log_that_does_not_name_the_end_of_the_old_one_is_no_heir(old, new, me):
    over = Follower(OLD).cross(old, NEW)
    new.held[0] = tlog.previous_log_entry(b"another end")

    with pytest.raises(Tampered) as told:
        over.sync(new, [me])
    assert told.value.proof.trouble is Trouble.OTHER_LOG


def test_an_old_log_that_ends_before_what_was_seen_is_a_lie(old, new, me):
    follower = Follower(OLD)
    follower.sync(old, [me])
    old.held.pop()

    with pytest.raises(Tampered) as told:
        follower.cross(old, NEW)
    assert told.value.proof.trouble is Trouble.SMALLER


def test_a_chain_that_is_forked_over_the_border_is_found(old, new, me):
    over = Follower(OLD).cross(old, NEW)
    goes_on(over, new, me)
    new.held.append(new.held[-1])

    with pytest.raises(Tampered) as told:
        over.sync(new, [me])
    assert told.value.proof.trouble is Trouble.FORKED


def test_what_was_pinned_under_the_old_log_cannot_be_taken_back_under_the_new(old, new, me):
    follower = Follower(OLD)
    follower.sync(old, [me])
    over = follower.cross(old, NEW)
    over.memory.pins.heads[me] = (1, "00" * 32)

    with pytest.raises(Tampered) as told:
        over.sync(new, [me])
    assert told.value.proof.trouble is Trouble.CHAIN_CHANGED
