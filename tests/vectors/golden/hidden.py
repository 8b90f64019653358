"""One log, read by Bo of Loom: what may be without its text, and what a log or a server that lies is called."""

from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

from crosslab.ip_vault import client, keys, tlog
from crosslab.ip_vault.client.following import Follower
from crosslab.ip_vault.client.troubles import Tampered
from crosslab.ip_vault.statements import Statement, parse
from crosslab.ip_vault.statements.types import FOR_PARTIES, TYPES
from tests.ip_vault.served import LOG_KEY, LOG_SIGNER, Served
from tests.ip_vault.world import LOG, Cast, identity, secret
from tests.vectors.golden.history import grant, version
from tests.vectors.golden.outside import UNTIL
from tests.vectors.golden.rules import wraps

OPEN = sorted(kind for kind, each in TYPES.items() if kind not in FOR_PARTIES and not each.genesis)


def build() -> dict[str, Any]:
    """The whole file."""
    cast = told()
    said = [parse(each)[0] for each in cast.notes]
    loom, own = cast.orgs["loom"], [cast.people["bo"], cast.orgs["loom"]]
    apart = [n for n, each in enumerate(said) if each.type in FOR_PARTIES and not _concerns(each, own)]
    last = {each.type: n for n, each in enumerate(said) if each.chain not in own and each.org != loom}
    reader = {"roots": [*own, cast.consortium], "own": own, "inside": [cast.consortium]}
    cases = [
        _case("every text is shown", cast, reader),
        _case("what is for others alone is hidden", cast, reader, hidden=apart),
        *(
            _case(f"{kind} of a partner is hidden", cast, reader, hidden=[*apart, last[kind]])
            for kind in OPEN
        ),
        *_outside(cast, reader, last, apart),
        *_labels(cast, reader, last, apart),
    ]
    what = "A log as one reader is shown it: whole, or the name of the lie (see README)."
    return {"what": what, "notes": [each.decode() for each in cast.notes], "cases": cases}


def told() -> Cast:
    """Three organisations work together, and show something to a fourth; every kind of statement is there."""
    cast = Cast()
    cast.join_consortium(("ines", "tinsel"), ("kai", "quill"), cast.consortium)
    cast.person("mei")
    cast.org("echo", "mei")
    _house(cast)
    tinsel, loom, quill = (cast.orgs[each] for each in ("tinsel", "loom", "quill"))
    ines, bo, kai = (cast.pen(each) for each in ("ines", "bo", "kai"))
    first = cast.say(version(cast, cast.claim(tinsel="1/2", loom="1/2")))
    cast.say(grant(cast, first, tinsel))
    cast.say(client.approve(bo, loom, first))
    cast.say(client.withdraw(kai, quill, cast.consortium, cast.say(client.object_to(kai, quill, first))))
    second = cast.say(version(cast, cast.claim("bo", tinsel="1/2", loom="1/2"), "bo", "loom"))
    cast.say(client.approve(ines, tinsel, second))
    cast.say(client.transfer(ines, tinsel, first, "copyright", cast.shares(quill="1/2", loom="1/2")))
    shown = cast.say(
        client.release(ines, tinsel, cast.consortium, cast.orgs["echo"], "evaluation", UNTIL, [second])
    )
    cast.say(client.decline(cast.pen("mei"), cast.orgs["echo"], shown))
    third = cast.say(version(cast, cast.claim("kai", quill="1"), "kai", "quill"))
    cast.say(grant(cast, third, tinsel, "kai", "quill"))
    cast.say(client.acknowledge(ines, tinsel, third))
    cast.say(client.revoke(kai, quill, third, tinsel))
    invite = cast.say(client.invite_organisation(ines, tinsel, cast.consortium, secret("nobody came")))
    cast.say(ines.write("consortium.remove", {"invite": invite}, chain=cast.consortium, org=tinsel))
    cast.say(client.leave(kai, quill, cast.consortium))
    cast.say(client.rotate(kai, keys.person_keys(secret("kai again")), "compromise"))
    return cast


def _house(cast: Cast) -> None:
    """What goes on inside of Tinsel and Quill."""
    tinsel, ines, uma = cast.orgs["tinsel"], cast.pen("ines"), cast.people["uma"]
    cast.say(wraps(cast, "ines", "tinsel", cast.people["ines"], uma, ""))
    cast.say(client.change_role(ines, tinsel, uma, "signer"))
    cast.say(client.remove_person(ines, tinsel, uma))
    cast.say(client.next_key(ines, tinsel, identity("tinsel 2")))
    sheets = [keys.recovery_keys(secret(each)) for each in ("recovery of quill", "quill's next sheet")]
    cast.say(client.recover(cast.pen("kai"), cast.orgs["quill"], *sheets))


def _concerns(said: Statement, own: Collection[str]) -> bool:
    """Whether a text is for Bo: of his own, of his organisation's, for it, or of what it owns."""
    return said.chain in own or said.org in own or said.type == "person.request"


def _outside(cast: Cast, reader: Any, last: dict[str, int], apart: list[int]) -> list[Any]:
    seen = {**reader, "inside": []}
    own_last = max(n for n, each in enumerate(cast.notes) if parse(each)[0].chain in reader["own"])
    return [
        _case("who has left is not shown an objection", cast, seen, hidden=[*apart, last["object"]]),
        _case("a text on one's own chain is hidden", cast, reader, hidden=[own_last]),
        _case("nor may one be from who has left", cast, seen, hidden=[own_last]),
    ]


def _labels(cast: Cast, reader: Any, last: dict[str, int], apart: list[int]) -> list[Any]:
    end, key, given = len(cast.notes) - 1, last["org.key"], last["grant"]
    newest = max(n for n, each in enumerate(cast.notes) if parse(each)[0].chain == cast.consortium)
    return [
        _case("a change of key labelled as for its parties", cast, reader, turned=[key]),
        _case("a grant labelled as for everybody", cast, reader, turned=[given]),
        _case("a hidden grant labelled as for everybody", cast, reader, hidden=[given], turned=[given]),
        _case("a request labelled as for everybody", cast, reader, turned=[last["person.request"]]),
        _case("one that log and author so label, hidden and used", cast, reader, hidden=[key], turned=[key]),
        _case("one that they so label, hidden and never used", cast, reader, hidden=[end], turned=[end]),
        _case("the newest is withheld", cast, reader, withheld=[newest]),
        _case("the newest is withheld under another label", cast, reader, withheld=[newest], turned=[newest]),
        _case("one place twice", cast, reader, again=[newest]),
        _case(
            "one place twice, the second under another label", cast, reader, again=[newest], turned=[end + 1]
        ),
    ]


def _case(name: str, cast: Cast, reader: dict[str, Any], **lies: list[int]) -> dict[str, Any]:
    given = {"log": LOG, "seed_hex": LOG_KEY.seed.hex(), **reader}
    given |= {lie: sorted(places) for lie, places in lies.items() if places}
    return {"name": name, "in": given, "out": judge(cast.notes, given)}


def judge(notes: list[bytes], given: dict[str, Any]) -> dict[str, Any]:
    """What a follower says who is shown the notes like this."""
    served = serve(notes, given)
    own, inside = given["own"], given["inside"]
    try:
        history = Follower(LOG_SIGNER).sync(served, given["roots"], own=own, inside=inside)
    except Tampered as caught:
        return {"trouble": caught.trouble.value}
    return {"statements": len(history.state.seen)}


def serve(notes: list[bytes], given: dict[str, Any]) -> Served:
    """The log with one line for each note, some `again`, some labels `turned`; texts `hidden`, notes `withheld`."""
    served = Served(SimpleNamespace(notes=notes))
    served.entries_held += [served.entries_held[each] for each in given.get("again", [])]
    for at in given.get("turned", []):
        said = tlog.parse_entry(served.entries_held[at])
        turned = format(int(said.tag[-1], 16) ^ 1, "x")
        served.entries_held[at] = f"s {said.id} {said.note} {said.tag[:-1]}{turned}\n".encode()
    hidden, withheld = given.get("hidden", []), given.get("withheld", [])
    for chain, rows in served.rows.items():
        kept = [each for each in rows if each.index not in withheld]
        served.rows[chain] = [
            type(each)(each.id, each.seq, each.index, None if each.index in hidden else each.note)
            for each in kept
        ]
    return served
