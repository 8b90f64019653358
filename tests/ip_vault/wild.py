"""A world that grows at random from a seed: people, organisations, consortia, and everything they may do.

Beside it stands a model of who holds which key and to which keys each version was sealed. It knows nothing of
cryptography; the tests ask whether cryptography agrees.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from fractions import Fraction
from random import Random
from typing import Any

from crosslab.ip_vault import client, keys
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Claim, Content, Pen, Said, Sealed
from crosslab.ip_vault.replay import Contribution, Logged, Rejected, State, apply, owner_orgs
from crosslab.ip_vault.statements import Statement
from tests.ip_vault.honest import Server
from tests.ip_vault.world import AT, LOG, secret

NAMES = ("ane", "tom", "beth", "kai", "uma", "lars", "mei", "stig")
HOUSES = ("fjordlys", "tinker", "brightwater", "loom", "quill")
UNTIL = "2027-01-31T12:00:00Z"
TEAMS = ("amphi", "calm", "echo")
SPLITS = ((1,), (1, 1), (2, 1), (1, 1, 1))


class Nothing(Exception):
    """There is nobody to do it, or nothing to do it to."""


Key = tuple[str, int]  # a person or organisation, and which of its keys, counted from 1


class Wild:
    """What has been said, by whom, and what follows for keys."""

    def __init__(self, seed: int) -> None:
        self.dice, self.state, self.server = Random(seed), State(LOG), Server()
        self.notes: list[bytes] = []
        self.seeds: dict[str, bytes] = {}  # person -> what their newest key is made of
        self.roots: dict[str, list[keys.Keys]] = {}  # person -> their keys, oldest first
        self.rings: dict[str, list[HybridIdentity]] = {}  # organisation -> its keys, oldest first
        self.sheets: dict[str, keys.Keys] = {}  # organisation -> its printed sheet
        self.sealed: dict[str, Sealed] = {}
        self.holds: dict[str, set[Key]] = {}  # person -> every key that ever came into these hands
        self.paper: dict[str, set[Key]] = {}  # organisation -> what its printed sheet opens
        self.sealed_to: dict[str, set[Key]] = {}  # version -> the keys it was granted under
        self.drawn = 0

    def grow(self, steps: int) -> "Wild":
        """Does so many things, as far as there is something to do."""
        acts = [act for act, weight in ACTS for _ in range(weight)]
        first = [] if self.notes else BEGINNING
        for act in [*first, *(self.pick(acts) for _ in range(steps))]:
            with suppress(Rejected, Nothing):
                act(self)
        return self

    def pick(self, options: Sequence[Any]) -> Any:
        """One of them; raises Nothing when there is none."""
        if not options:
            raise Nothing
        return self.dice.choice(options)

    def random(self, size: int) -> bytes:
        self.drawn += 1
        return secret(f"draw {self.drawn} {self.dice.random()}")[:size]

    def pen(self, person: str) -> Pen:
        return Pen(self.state, AT, self.random, self.roots[person][-1], person)

    def say(self, said: Said) -> Statement:
        """Puts a statement into history and into the log; refused ones raise and change nothing."""
        statement = apply(self.state, Logged(len(self.notes), said.note))
        assert statement is not None
        self.notes.append(said.note)
        self.server.take(said.note, self.state, said.files)
        return statement

    def people_of(self, org: str, *roles: str) -> list[str]:
        people = self.state.organisations[org].people.items()
        return [who for who, role in people if role in roles]

    def speaker(self, org: str) -> Pen:
        """Somebody who may bind an organisation."""
        return self.pen(self.pick(self.people_of(org, "admin", "signer")))

    def admin(self, org: str) -> Pen:
        return self.pen(self.pick(self.people_of(org, "admin")))

    def members(self, team: str) -> list[str]:
        return [each.org for each in self.state.consortia[team].current()]

    def wrap(self, org: str) -> None:
        """Hands all keys to everybody and to the sheet."""
        people = [*self.state.organisations[org].people, ""]
        self.say(client.wrap_keys(self.admin(org), org, self.rings[org], people))
        ring = {(org, epoch) for epoch in range(1, len(self.rings[org]) + 1)}
        for who in people:
            (self.holds[who] if who else self.paper[org]).update(ring)

    def next_key(self, org: str) -> None:
        key = HybridIdentity(self.random(32))
        self.say(client.next_key(self.admin(org), org, key))
        self.rings[org].append(key)
        self.wrap(org)

    def epoch(self, to: str) -> int:
        known = self.state.organisations.get(to)
        return known.epoch if known else self.state.persons[to].epoch


def arrive(wild: Wild) -> None:
    name = wild.pick(NAMES[len(wild.roots) :])
    seed = wild.random(32)
    root = keys.person_keys(seed)
    person = wild.say(client.create_person(Pen(wild.state, AT, wild.random, root), name.title())).id
    wild.seeds[person], wild.roots[person], wild.holds[person] = seed, [root], {(person, 1)}


def found(wild: Wild) -> None:
    name, person = wild.pick(HOUSES[len(wild.rings) :]), wild.pick(list(wild.roots))
    key, sheet = HybridIdentity(wild.random(32)), keys.recovery_keys(wild.random(32))
    org = wild.say(client.create_organisation(wild.pen(person), name.title(), key, sheet)).id
    wild.rings[org], wild.sheets[org], wild.paper[org] = [key], sheet, set()
    wild.wrap(org)


def enter(wild: Wild) -> None:
    """Somebody is invited, asks, is admitted and gets the keys."""
    org, person, link = wild.pick(list(wild.rings)), wild.pick(list(wild.roots)), wild.random(32)
    if person in wild.state.organisations[org].people:
        return
    role = wild.pick(["admin", "signer", "reader"])
    invite = wild.say(client.invite_person(wild.admin(org), org, link, role)).id
    asked = wild.say(client.request(wild.pen(person), org, invite, link)).id
    wild.say(client.add(wild.admin(org), asked))
    wild.wrap(org)


def go(wild: Wild) -> None:
    """Somebody is removed, or gets another role; after a removal the lock is changed, sooner or later."""
    org = wild.pick(list(wild.rings))
    pen, person = wild.admin(org), wild.pick(list(wild.state.organisations[org].people))
    if wild.dice.random() < 0.4:
        wild.say(client.change_role(pen, org, person, wild.pick(["admin", "signer", "reader"])))
        return
    wild.say(client.remove_person(pen, org, person))
    if wild.dice.random() < 0.8:
        wild.next_key(org)


def change_lock(wild: Wild) -> None:
    wild.next_key(wild.pick(list(wild.rings)))


def rotate(wild: Wild) -> None:
    """A person changes their key and is handed their organisations' keys again."""
    person, seed = wild.pick(list(wild.roots)), wild.random(32)
    fresh = keys.person_keys(seed)
    wild.say(client.rotate(wild.pen(person), fresh, wild.pick(["routine", "lost_device", "compromise"])))
    wild.seeds[person] = seed
    wild.roots[person].append(fresh)
    wild.holds[person].add((person, len(wild.roots[person])))
    for org in wild.rings:
        if person in wild.state.organisations[org].people:
            wild.wrap(org)


def recover(wild: Wild) -> None:
    """Whoever holds the sheet takes the organisation over, and the lock is changed."""
    org, person = wild.pick(list(wild.rings)), wild.pick(list(wild.roots))
    fresh = keys.recovery_keys(wild.random(32))
    wild.say(client.recover(wild.pen(person), org, wild.sheets[org], fresh))
    wild.sheets[org] = fresh
    wild.holds[person] |= wild.paper[org]
    wild.next_key(org)


def team_up(wild: Wild) -> None:
    name, org = wild.pick(TEAMS[len(wild.state.consortia) :]), wild.pick(list(wild.rings))
    wild.say(client.create_consortium(wild.speaker(org), org, name.title(), "custom"))


def join(wild: Wild) -> None:
    team, org, link = wild.pick(list(wild.state.consortia)), wild.pick(list(wild.rings)), wild.random(32)
    lead = wild.pick([each.org for each in wild.state.consortia[team].current() if each.leads])
    if org in wild.members(team):
        return
    invite = wild.say(client.invite_organisation(wild.speaker(lead), lead, team, link)).id
    wild.say(client.join(wild.speaker(org), org, team, invite, link))


def leave(wild: Wild) -> None:
    team = wild.pick(list(wild.state.consortia))
    org = wild.pick(wild.members(team))
    if wild.dice.random() < 0.5:
        wild.say(client.leave(wild.speaker(org), org, team))
        return
    lead = wild.pick([each.org for each in wild.state.consortia[team].current() if each.leads])
    wild.say(client.remove_organisation(wild.speaker(lead), lead, team, org))


def seal(wild: Wild) -> None:
    """A version, new or the next of one, with its grant to the own organisation."""
    team = wild.pick(list(wild.state.consortia))
    org = wild.pick(wild.members(team))
    mine = [each for each in wild.state.consortia[team].contributions if org in owners(wild, each)]
    contribution = wild.pick(mine) if mine and wild.dice.random() < 0.5 else ""
    others = [each for each in wild.members(team) if each != org]
    split = wild.pick([each for each in SPLITS if len(each) <= len(others) + 1])
    parties = [org, *wild.dice.sample(others, len(split) - 1)]
    rights = {"copyright": {each: Fraction(n, sum(split)) for each, n in zip(parties, split, strict=True)}}
    pen = wild.speaker(org)
    claim = Claim("result", rights, (pen.person,), contribution=contribution)
    marker = f"canary {len(wild.sealed)} of {org[:8]}".encode()
    sealed = client.seal(pen, org, team, claim, Content("Hinge", "", [("a.txt", "text/plain", marker)]))
    version = wild.say(sealed.version).id
    wild.server.files.update(sealed.blobs)
    wild.sealed[version], wild.sealed_to[version] = sealed, {(org, wild.epoch(org))}
    wild.say(sealed.grant)


def owners(wild: Wild, contribution: str) -> set[str]:
    return owner_orgs(wild.state, wild.state.contributions[contribution])


def somewhere(wild: Wild) -> tuple[Contribution, str]:
    """A contribution, and an organisation that owns part of it."""
    known = wild.pick(list(wild.state.contributions.values()))
    return known, wild.pick(sorted(owners(wild, known.id)))


def grant(wild: Wild) -> None:
    known, org = somewhere(wild)
    members = wild.members(known.consortium)
    people = [each for member in members for each in wild.state.organisations[member].people]
    to, version = wild.pick(members + people), wild.pick(known.versions)
    key = {version: wild.sealed[version].content_key}
    wild.say(client.grant(wild.speaker(org), org, known.consortium, to, key))
    wild.sealed_to[version].add((to, wild.epoch(to)))


def revoke(wild: Wild) -> None:
    known, org = somewhere(wild)
    wild.say(client.revoke(wild.speaker(org), org, known.id, wild.pick(list(known.access))))


def acknowledge(wild: Wild) -> None:
    known, _ = somewhere(wild)
    to, version = wild.pick(list(known.access)), wild.pick(known.versions)
    if to in wild.rings:
        wild.say(client.acknowledge(wild.speaker(to), to, version))
    else:
        wild.say(client.acknowledge(wild.pen(to), "", version))


def release(wild: Wild) -> None:
    """Something is to be shown to somebody outside; the other owners agree, or one of them does not."""
    known, org = somewhere(wild)
    versions = wild.dice.sample(known.versions, wild.dice.randint(1, len(known.versions)))
    to = wild.pick([*wild.rings, *wild.roots])
    said = client.release(wild.speaker(org), org, known.consortium, to, "evaluation", UNTIL, versions)
    shown = wild.state.releases[wild.say(said).id]
    for owner in sorted(owners(wild, known.id) - {org}):
        act = client.approve if wild.dice.random() < 0.8 else client.object_to
        wild.say(act(wild.speaker(owner), owner, shown.id))
    show(wild)


def show(wild: Wild) -> None:
    """What may be shown outside is given, and perhaps confirmed."""
    given = wild.pick(list(wild.state.releases.values()))
    keys = {version: wild.sealed[version].content_key for version in given.versions}
    org = wild.pick(sorted(owners(wild, given.contributions[0])))
    wild.say(client.grant(wild.speaker(org), org, given.consortium, given.to, keys))
    for version in given.versions:
        wild.sealed_to[version].add((given.to, wild.epoch(given.to)))


def end(wild: Wild) -> None:
    """Whom something is shown to declines it, or whoever shows it takes it back."""
    given = wild.pick(list(wild.state.releases.values()))
    if wild.dice.random() < 0.5:
        wild.say(client.withdraw(wild.speaker(given.org), given.org, given.consortium, given.id))
    elif given.to in wild.rings:
        wild.say(client.decline(wild.speaker(given.to), given.to, given.id))
    else:
        wild.say(client.decline(wild.pen(given.to), "", given.id))


def transfer(wild: Wild) -> None:
    known = wild.pick([each for each in wild.state.contributions.values() if each.rights])
    org = wild.pick(sorted(known.rights["copyright"].owners))
    to = wild.pick(wild.members(known.consortium))
    shares = {org: Fraction(1, 2), to: Fraction(1, 2)} if to != org else {org: Fraction(1)}
    wild.say(client.transfer(wild.speaker(org), org, known.id, "copyright", shares))


def speak(wild: Wild) -> None:
    """Approves, objects or takes something back."""
    known, _ = somewhere(wild)
    matters = [wild.state.matter(each) for each in [*known.versions, *known.transfers]]
    waiting = [each for each in matters if each and each.settled is None and each.needed]
    matter = wild.pick(waiting if waiting and wild.dice.random() < 0.8 else matters)
    org = wild.pick(sorted(matter.needed) or wild.members(known.consortium))
    pen, act = wild.speaker(org), wild.pick(["approve", "approve", "object", "withdraw"])
    if act == "withdraw":
        said = wild.pick([*matter.approvals.values(), *matter.objections.values(), matter.id])
        wild.say(client.withdraw(pen, org, known.consortium, said))
        return
    wild.say((client.approve if act == "approve" else client.object_to)(pen, org, matter.id))


ACTS: list[tuple[Callable[[Wild], None], int]] = [
    (arrive, 6), (found, 4), (enter, 4), (go, 1), (change_lock, 1), (rotate, 1), (recover, 1),
    (team_up, 3), (join, 4), (leave, 1), (seal, 6), (grant, 8), (revoke, 2), (acknowledge, 3),
    (transfer, 2), (speak, 5), (release, 4), (show, 2), (end, 1),
]  # fmt: skip
BEGINNING = [arrive, arrive, arrive, found, found, found, enter, enter, team_up, join, join, join]
