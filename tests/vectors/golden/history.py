"""The replay cases: one small world, told in several ways, right and wrong."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crosslab.ip_vault import client
from crosslab.ip_vault.client import Claim, Said
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import Hidden, Logged, Rejected, State, apply, view
from crosslab.ip_vault.shares import write_owners
from crosslab.ip_vault.statements import parse
from tests.ip_vault.world import LOG, Cast, identity, secret


class Teller:
    """Tells histories: a shared pool of notes, and cases that list them."""

    def __init__(self) -> None:
        self.pool: list[str] = []
        self.cases: list[dict[str, Any]] = []

    def case(self, name: str, notes: list[bytes], hidden: tuple[int, ...] = ()) -> None:
        """Adds a case with what the replay makes of it."""
        told: dict[str, Any] = {"log": LOG, "history": [self._number(each) for each in notes]}
        if hidden:
            told["hidden"] = list(hidden)
        self.cases.append({"name": name, "in": told, "out": retell(notes, hidden)})

    def _number(self, note: bytes) -> int:
        text = note.decode()
        if text not in self.pool:
            self.pool.append(text)
        return self.pool.index(text)


def retell(notes: list[bytes], hidden: tuple[int, ...] = ()) -> dict[str, Any]:
    """The state after these notes, or the first refusal."""
    state = State(LOG, partial=bool(hidden))
    for index, each in enumerate(notes):
        try:
            if index in hidden:
                statement, _ = parse(each)
                apply(state, Hidden(index, statement.chain, statement.id))
            else:
                apply(state, Logged(index, each))
        except Rejected as refusal:
            return {"refused": refusal.code.value, "at": index}
    told = view(state)
    for each in (*told["persons"].values(), *told["organisations"].values()):
        each["age"] = each["age"][-32:]
    return told


def version(cast: Cast, claim: Claim, by: str = "ines", org: str = "tinsel") -> Said:
    """A version whose sealed parts are only named: age files differ at every run."""
    known = cast.state.contributions.get(claim.contribution)
    body = {
        "contribution": claim.contribution,
        "version": len(known.versions) + 1 if known else 1,
        "previous": known.versions[-1] if known else "",
        "derived_from": [{"version": source, "kind": kind} for source, kind in claim.derived_from],
        "class": claim.klass,
        "rights": [
            {"type": right, "owners": write_owners(claim.rights[right])} for right in sorted(claim.rights)
        ],
        "authors": list(claim.authors),
        "content_key": client.key_hash(identity("content")),
        "manifest": {"sha256": digest(b"manifest"), "size": 3000},
        "blobs": [{"sha256": digest(b"blob"), "size": 200}],
        "commitment": digest(b"plaintext"),
    }
    return cast.pen(by).write("version", body, chain=cast.consortium, org=cast.orgs[org])


def grant(cast: Cast, version: str, to: str, by: str = "ines", org: str = "tinsel") -> Said:
    """A grant whose file is only named."""
    known = cast.state.organisations.get(to)
    epoch = known.epoch if known else cast.state.persons[to].epoch
    body = {
        "to": to,
        "epoch": epoch,
        "items": [{"version": version, "sha256": digest(b"grant"), "size": 1900}],
    }
    return cast.pen(by).write("grant", body, chain=cast.consortium, org=cast.orgs[org])


def build(*more: Callable[[Teller], None]) -> dict[str, Any]:
    """The whole file."""
    teller = Teller()
    for tell in (beginnings, agreement, transfers, access, keys_change, refusals, *more):
        tell(teller)
    what = "Histories and the state they lead to, or the first refusal (see README)."
    return {"what": what, "notes": teller.pool, "cases": teller.cases}


def beginnings(teller: Teller) -> None:
    """Four people, three organisations, one consortium of two."""
    cast = Cast()
    teller.case("people, organisations and a consortium", cast.notes)
    teller.case("nothing", [])
    teller.case("out of order", [cast.notes[1], cast.notes[4], cast.notes[0]])


def agreement(teller: Teller) -> None:
    """A claimed version, agreed, disputed and agreed again."""
    cast = Cast()
    id = cast.say(version(cast, cast.claim(tinsel="1/3", loom="2/3")))  # noqa: A001
    teller.case("a version that names another owner is claimed", list(cast.notes))
    approval = client.approve(cast.pen("bo"), cast.orgs["loom"], id)
    cast.say(approval)
    teller.case("it is agreed when the other owner approves", list(cast.notes))
    again = client.approve(cast.pen("bo"), cast.orgs["loom"], id)
    teller.case("approving what is settled", [*cast.notes, again.note])
    teller.case("the same approval twice", [*cast.notes, approval.note])
    objection = cast.say(client.object_to(cast.pen("bo"), cast.orgs["loom"], id))
    teller.case("an objection makes it disputed", list(cast.notes))
    frozen = client.transfer(cast.pen("ines"), cast.orgs["tinsel"], id, "copyright", cast.shares(loom="1"))
    teller.case("a dispute freezes the owners", [*cast.notes, frozen.note])
    cast.say(client.withdraw(cast.pen("bo"), cast.orgs["loom"], cast.consortium, objection))
    teller.case("withdrawing the objection restores it", list(cast.notes))


def transfers(teller: Teller) -> None:
    """Of two transfers, the first agreed by all takes effect, the other never."""
    cast = Cast()
    first = cast.say(version(cast, cast.claim()))
    cast.say(grant(cast, first, cast.orgs["tinsel"]))
    half = client.transfer(
        cast.pen("ines"), cast.orgs["tinsel"], first, "copyright", cast.shares(tinsel="1/2", loom="1/2")
    )
    one = cast.say(half)
    whole = client.transfer(cast.pen("ines"), cast.orgs["tinsel"], first, "copyright", cast.shares(loom="1"))
    two = cast.say(whole)
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], two))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], one))
    teller.case("of two transfers the first agreed takes effect", list(cast.notes))
    body = dict(parse(half.note)[0].body)
    stale = cast.pen("bo").write("transfer", body, chain=cast.consortium, org=cast.orgs["loom"])
    teller.case("a transfer on a stale basis", [*cast.notes, stale.note])


def access(teller: Teller) -> None:
    """Grants, an acknowledgement, a revocation; and the same seen by one who may not read them."""
    cast = Cast()
    first = cast.say(version(cast, cast.claim()))
    before = len(cast.notes)
    cast.say(grant(cast, first, cast.orgs["tinsel"]))
    cast.say(grant(cast, first, cast.orgs["loom"]))
    cast.say(client.acknowledge(cast.pen("bo"), cast.orgs["loom"], first))
    cast.say(client.revoke(cast.pen("ines"), cast.orgs["tinsel"], first, cast.orgs["loom"]))
    teller.case("access given, used and ended", list(cast.notes))
    teller.case("the same with hidden texts", list(cast.notes), tuple(range(before, len(cast.notes))))
    cast.say(grant(cast, first, cast.orgs["loom"]))
    teller.case("access given again is not yet used", list(cast.notes))
    cast.say(client.acknowledge(cast.pen("bo"), cast.orgs["loom"], first))
    teller.case("access given again and used again", list(cast.notes))
    again = client.acknowledge(cast.pen("bo"), cast.orgs["loom"], first)
    teller.case("access used twice under one grant", [*cast.notes, again.note])
    foreign = grant(cast, first, cast.orgs["loom"], "bo", "loom")
    teller.case("a grant by one who owns nothing", [*cast.notes, foreign.note])
    outside = grant(cast, first, cast.orgs["quill"])
    teller.case("a grant to an outsider", [*cast.notes, outside.note])


def keys_change(teller: Teller) -> None:
    """A rotated person key, a removal, a new organisation key."""
    cast = Cast()
    old = cast.pen("ines")
    cast.say(client.rotate(old, person_keys(secret("ines again")), "compromise"))
    fresh = cast.pen("ines", "ines again")
    cast.say(client.remove_person(fresh, cast.orgs["tinsel"], cast.people["uma"]))
    teller.case("after a removal a new key is due", list(cast.notes))
    cast.say(client.next_key(fresh, cast.orgs["tinsel"], identity("tinsel 2")))
    teller.case("the next epoch", list(cast.notes))
    late = client.create_consortium(old, cast.orgs["tinsel"], "Late", "custom")
    teller.case("signed with a key that was rotated", [*cast.notes, late.note])


def refusals(teller: Teller) -> None:
    """Statements with no place in history, each after the same beginning."""
    cast = Cast()
    ines, tinsel, loom = cast.pen("ines"), cast.orgs["tinsel"], cast.orgs["loom"]
    invite = cast.say(client.invite_organisation(ines, tinsel, cast.consortium, secret("link")))
    role = {"person": cast.people["uma"], "role": "signer"}
    for name, said in {
        "the wrong secret": client.join(
            cast.pen("kai"), cast.orgs["quill"], cast.consortium, invite, secret("x")
        ),
        "a reader binds nobody": client.create_consortium(cast.pen("uma"), tinsel, "x", "custom"),
        "for an organisation of others": client.create_consortium(cast.pen("bo"), tinsel, "x", "custom"),
        "not leading": client.invite_organisation(cast.pen("bo"), loom, cast.consortium, secret("y")),
        "the last admin": client.remove_person(ines, tinsel, cast.people["ines"]),
        "the wrong kind of chain": ines.write("org.role", role, place=ines.place(cast.consortium)),
        "a place that is taken": ines.write("org.role", role, place=replace(ines.place(tinsel), seq=1)),
        "an outsider as an owner": version(cast, cast.claim(tinsel="1/2", quill="1/2")),
        "owning none of it": version(cast, cast.claim(loom="1")),
    }.items():
        teller.case(name, [*cast.notes, said.note])
    teller.case("said twice", [*cast.notes, cast.notes[-1]])
    broken = bytearray(cast.notes[-1])
    broken[-20] ^= 1
    teller.case("a broken signature", [*cast.notes[:-1], bytes(broken)])
