"""Servers that lie: each a small change between what is stored and what one client is shown, and how it is caught."""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from crosslab.ip_vault import client, keys, merkle, tlog
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.client.following import Follower
from crosslab.ip_vault.client.look import bound
from crosslab.ip_vault.client.memory import Row, Shown
from crosslab.ip_vault.client.troubles import Trouble
from crosslab.ip_vault.statements import parse
from tests.ip_vault.honest import LOG_KEY, SIGNER, Server, View
from tests.ip_vault.wild import Wild
from tests.ip_vault.world import AT, LOG, secret

EVIL = keys.SigningKey(secret("somebody else's log"))


@dataclass
class Lie(View):
    """An honest view but for one answer."""

    at: str = ""  # the chain it lies about
    rows: Callable[[list[Row]], list[Row] | None] | None = None
    point: Callable[[bytes], bytes] | None = None
    bundle: Callable[[list[bytes]], list[bytes]] | None = None

    def checkpoint(self) -> bytes:
        honest = super().checkpoint()
        return self.point(honest) if self.point else honest

    def entries(self, bundle: int, width: int) -> Sequence[bytes]:
        honest = list(super().entries(bundle, width))
        return self.bundle(honest) if self.bundle else honest

    def chain(self, id: str, after: int) -> Shown | None:
        honest = super().chain(id, 0)
        if honest is None or id != self.at or self.rows is None:
            return super().chain(id, after)
        told = self.rows(list(honest.rows))
        return told and Shown([row.id for row in told], told[after:])


Told = tuple[View, set[Trouble]]
Move = Callable[[Wild, View], Told]


def renumbered(rows: list[Row]) -> list[Row]:
    return [replace(row, seq=seq) for seq, row in enumerate(rows)]


def long_chain(wild: Wild, view: View) -> str:
    """A chain of some length that the reader asks for."""
    return str(wild.pick([each for each in view.roots if len(view.server.rows[each]) > 2]))


def about(wild: Wild, view: View, rows: Callable[[list[Row]], list[Row] | None]) -> Lie:
    return Lie(view.server, view.eyes, at=long_chain(wild, view), rows=rows)


CHANGED = {Trouble.CHAIN_CHANGED, Trouble.CHAIN_SHORTER}


def withhold_the_newest(wild: Wild, view: View) -> Told:
    return about(wild, view, lambda rows: rows[:-1]), {Trouble.WITHHELD, *CHANGED}


def leave_one_out(wild: Wild, view: View) -> Told:
    def without(rows: list[Row]) -> list[Row]:
        return renumbered([rows[0], *rows[2:]])

    return about(wild, view, without), {Trouble.WRONG_PLACE, *CHANGED}


def leave_a_gap(wild: Wild, view: View) -> Told:
    return about(wild, view, lambda rows: [rows[0], *rows[2:]]), {Trouble.CHAIN_INCOMPLETE, *CHANGED}


def exchange_two(wild: Wild, view: View) -> Told:
    def exchanged(rows: list[Row]) -> list[Row]:
        return renumbered([*rows[:-2], rows[-1], rows[-2]])

    return about(wild, view, exchanged), {Trouble.WRONG_PLACE, *CHANGED}


def say_it_twice(wild: Wild, view: View) -> Told:
    return about(wild, view, lambda rows: renumbered([*rows, rows[-1]])), {Trouble.WRONG_PLACE}


def show_another_chain(wild: Wild, view: View) -> Told:
    other = view.server.rows[wild.pick([each for each in view.roots if each != view.eyes.person])]
    lie = Lie(view.server, view.eyes, at=view.eyes.person, rows=lambda _: list(other))
    return lie, {Trouble.CHAIN_INCOMPLETE, *CHANGED}


def show_no_chain(wild: Wild, view: View) -> Told:
    return about(wild, view, lambda _: None), {Trouble.CHAIN_MISSING}


def move_in_the_log(wild: Wild, view: View) -> Told:
    def moved(rows: list[Row]) -> list[Row]:
        return [*rows[:-1], replace(rows[-1], index=rows[-1].index - 1)]

    return about(wild, view, moved), {Trouble.WRONG_ID}


def change_a_letter(wild: Wild, view: View) -> Told:
    which, where, bit = wild.dice.random(), wild.dice.random(), wild.dice.randrange(7)

    def changed(rows: list[Row]) -> list[Row]:
        shown = [n for n, row in enumerate(rows) if row.note]
        at = shown[int(which * len(shown))]
        note = bytearray(rows[at].note or b"")
        note[int(where * len(note))] ^= 1 << bit
        return [*rows[:at], replace(rows[at], note=bytes(note)), *rows[at + 1 :]]

    return about(wild, view, changed), {Trouble.WRONG_NOTE, Trouble.AGAINST_RULES}


def sign_it_anew(wild: Wild, view: View) -> Told:
    """The same words, and a signature line that was not logged."""

    def resigned(rows: list[Row]) -> list[Row]:
        note = rows[0].note or b""
        text, _, line = note.rpartition(b"\n\n")
        return [replace(rows[0], note=text + b"\n\n" + line.replace(b"/p/", b"/q/")), *rows[1:]]

    return about(wild, view, resigned), {Trouble.WRONG_NOTE}


def hide_from_its_own(wild: Wild, view: View) -> Told:
    """A text on one's own chain is said to be none of one's business: a key exchanged, a person removed."""
    own = wild.pick([view.eyes.person, *sorted(view.eyes.orgs)])

    def hidden(rows: list[Row]) -> list[Row]:
        return [*rows[:-1], replace(rows[-1], note=None)]

    return Lie(view.server, view.eyes, at=own, rows=hidden), {Trouble.CHAIN_INCOMPLETE}


def hide_from_a_partner(wild: Wild, view: View) -> Told:
    """Somebody else's removal, key, approval or objection is passed off as one for its parties alone."""
    at, kept = wild.pick(list(strangers(view)))

    def hidden(rows: list[Row]) -> list[Row]:
        return [replace(row, note=None) if row.id == kept else row for row in rows]

    return Lie(view.server, view.eyes, at=at, rows=hidden), {Trouble.CHAIN_INCOMPLETE}


def log_it_as_another_kind(wild: Wild, view: View) -> Told:
    """The log and an administrator agree to call a change of key one for its parties; somebody is shown it."""
    twin, org = deepcopy(view.server), wild.pick(sorted(view.eyes.orgs))
    key = client.next_key(wild.admin(org), org, HybridIdentity(secret("next key")))
    said, _ = parse(key.note)
    line = tlog.statement_entry(said.id, key.note, said.place.after, for_parties=True)
    twin.log(said, line, key.note, said.place.seq)
    return View(twin, view.eyes), {Trouble.MISLABELLED}


def strangers(view: View) -> Iterator[tuple[str, str]]:
    """What one reads on others' chains because they are partners: chain and id, but for where a chain begins."""
    known = Follower(SIGNER).sync(view, view.roots, own=view.own, inside=view.inside)
    for chain in sorted(bound(known.state, view.own, view.inside, known.known) - set(view.own)):
        for row in view.server.rows.get(chain, [])[1:] if chain in view.eyes.chains else ():
            if not view.server.said[row.id].for_parties:
                yield chain, row.id


def sign_with_another_key(wild: Wild, view: View) -> Told:
    def signed(honest: bytes) -> bytes:
        return tlog.sign_checkpoint(tlog.parse_checkpoint(honest), EVIL)

    return Lie(view.server, view.eyes, point=signed), {Trouble.CHECKPOINT}


def show_another_log(wild: Wild, view: View) -> Told:
    def renamed(honest: bytes) -> bytes:
        return tlog.sign_checkpoint(replace(tlog.parse_checkpoint(honest), origin=LOG[:-1] + "2"), LOG_KEY)

    return Lie(view.server, view.eyes, point=renamed), {Trouble.OTHER_LOG}


def babble(wild: Wild, view: View) -> Told:
    noise = bytes(wild.dice.randrange(256) for _ in range(200))
    return Lie(view.server, view.eyes, point=lambda _: noise), {Trouble.CHECKPOINT}


def hold_back_entries(wild: Wild, view: View) -> Told:
    return Lie(view.server, view.eyes, bundle=lambda known: known[:-1]), {Trouble.ENTRIES_WITHHELD}


def change_an_entry(wild: Wild, view: View) -> Told:
    def changed(known: list[bytes]) -> list[bytes]:
        return [*known[:-1], known[-1].replace(b" ", b"-", 1)]

    return Lie(view.server, view.eyes, bundle=changed), {Trouble.ENTRIES_CHANGED}


def roll_back(wild: Wild, view: View) -> Told:
    """Everything as it was ten statements ago, in itself quite true."""
    size = view.server.tree.size - 10
    older = rebuilt(view.server, view.server.entries[:size])
    kept = {chain: [row for row in rows if row.index < size] for chain, rows in view.server.rows.items()}
    return View(replace(older, rows={chain: rows for chain, rows in kept.items() if rows}), view.eyes), {
        Trouble.SMALLER
    }


def sign_two_histories(wild: Wild, view: View) -> Told:
    """As long as the true one, but its last entry is another: who saw the other has them both."""
    twin = rebuilt(view.server, [*view.server.entries[:-1], b"r " + b"0" * 64 + b"\n"])
    return View(twin, view.eyes), {Trouble.SPLIT}


def rewrite_the_past(wild: Wild, view: View) -> Told:
    others = [b"r " + b"0" * 64 + b"\n", *view.server.entries[1:], b"r " + b"1" * 64 + b"\n"]
    twin = rebuilt(view.server, others)
    return View(twin, view.eyes), {Trouble.REWRITTEN}


def log_two_at_one_place(wild: Wild, view: View) -> Told:
    """A colluding administrator signs twice; the log holds both, and each party is shown one."""
    twin, org = deepcopy(view.server), wild.pick(sorted(view.eyes.orgs))
    for link in ("one", "two"):
        said = client.invite_person(wild.admin(org), org, secret(link), "reader")
        put(twin, org, said.note)
    del twin.rows[org][-1]
    return View(twin, view.eyes), {Trouble.FORKED}


def show_what_was_never_logged(wild: Wild, view: View) -> Told:
    org = wild.pick(sorted(view.eyes.orgs))
    said = client.invite_person(wild.admin(org), org, secret("unlogged"), "reader")
    place = wild.pick([0, 10**6])

    def shown(rows: list[Row]) -> list[Row]:
        return [*rows, Row(said.id, len(rows), place, said.note)]

    lie = Lie(view.server, view.eyes, at=org, rows=shown)
    return lie, {Trouble.UNLOGGED, Trouble.WRONG_ID}


def bring_a_ghost(wild: Wild, view: View) -> Told:
    """The server has a person and an organisation of its own; what it lacks is the secret of an invitation."""
    twin, ghost = deepcopy(view.server), deepcopy(wild)
    ghost.server = twin
    person, org = haunted(ghost)
    team = wild.pick([each for each in view.roots if each in wild.state.consortia])
    lead = wild.pick([each.org for each in wild.state.consortia[team].current() if each.leads])
    invite = client.invite_organisation(wild.speaker(lead), lead, team, secret("the link"))
    ghost.say(invite)
    said = client.join(ghost.pen(person), org, team, invite.id, secret("a guess"))
    put(twin, team, said.note)
    chains = view.eyes.chains | {person, org}
    return View(twin, replace(view.eyes, chains=chains)), {Trouble.AGAINST_RULES}


def admit_a_stranger(wild: Wild, view: View) -> Told:
    """An admission that no administrator signed."""
    twin, org = deepcopy(view.server), wild.pick(sorted(view.eyes.orgs))
    pen = replace(wild.admin(org), keys=keys.person_keys(secret("evil")))
    put(twin, org, client.change_role(pen, org, view.eyes.person, "reader").note)
    return View(twin, view.eyes), {Trouble.AGAINST_RULES}


def exchange_a_key(wild: Wild, view: View) -> Told:
    """A rotation of somebody's key that they never made."""
    twin, fresh = deepcopy(view.server), keys.person_keys(secret("evil"))
    pen = replace(wild.pen(view.eyes.person), keys=keys.person_keys(secret("not theirs")))
    put(twin, view.eyes.person, client.rotate(pen, fresh, "routine").note)
    return View(twin, view.eyes), {Trouble.AGAINST_RULES}


def exchange_an_organisation_key(wild: Wild, view: View) -> Told:
    """The next key of an organisation, as the server would like it to be."""
    twin, org = deepcopy(view.server), wild.pick(sorted(view.eyes.orgs))
    pen = replace(wild.admin(org), keys=keys.person_keys(secret("evil")))
    put(twin, org, client.next_key(pen, org, HybridIdentity(secret("evil key"))).note)
    return View(twin, view.eyes), {Trouble.AGAINST_RULES}


def put(server: Server, chain: str, note: bytes) -> None:
    """Logs a statement whatever the rules say, at the place it names."""
    said, _ = parse(note)
    assert said.chain == chain
    server.put(said, note, said.place.seq, said.place.after)


def rebuilt(server: Server, entries: list[bytes]) -> Server:
    """The same server over another log."""
    twin = replace(server, tree=merkle.Tree(), entries=[])
    for each in entries:
        twin.append(each)
    return twin


def haunted(ghost: Wild) -> tuple[str, str]:
    """A person and an organisation that nobody knows."""
    root, sheet = keys.person_keys(secret("ghost")), keys.recovery_keys(secret("sheet"))
    person = ghost.say(client.create_person(Pen(ghost.state, AT, ghost.random, root), "Ghost")).id
    ghost.roots[person] = [root]
    key = HybridIdentity(secret("ghost key"))
    return person, ghost.say(client.create_organisation(ghost.pen(person), "Ghost Ltd", key, sheet)).id


ALWAYS: list[Move] = [
    leave_one_out, leave_a_gap, exchange_two, say_it_twice, show_another_chain, show_no_chain, move_in_the_log,
    change_a_letter, sign_it_anew, hide_from_its_own, hide_from_a_partner, log_it_as_another_kind,
    sign_with_another_key, show_another_log, babble,
    hold_back_entries, change_an_entry, withhold_the_newest, log_two_at_one_place, show_what_was_never_logged,
    bring_a_ghost, admit_a_stranger, exchange_a_key, exchange_an_organisation_key,
]  # fmt: skip
"""What a device notices at its very first look."""
TO_WHO_REMEMBERS: list[Move] = [roll_back, sign_two_histories, rewrite_the_past]
"""What takes a pin to notice: at its first look a device sees an older or another state that is whole in itself."""
