"""Histories with one statement too many: signed by whoever says it, and against one rule each."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from fractions import Fraction
from typing import Any

from crosslab.ip_vault import client, keys
from crosslab.ip_vault.client import Claim
from tests.ip_vault.bundles import told_by
from tests.ip_vault.world import Cast, identity, secret

Told = Callable[[Cast], list[bytes]]


def beginning() -> Cast:
    """Tinsel and Loom own a hinge together, agreed; a knot of Tinsel's own; a claim that Loom has not answered."""
    cast = Cast()
    joint = cast.seal(cast.claim(tinsel="1/2", loom="1/2"))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], joint.version.id))
    cast.seal()
    cast.seal(cast.claim(tinsel="1/3", loom="2/3"))
    return cast


def hinge(cast: Cast) -> str:
    return cast.state.consortia[cast.consortium].contributions[0]


def knot(cast: Cast) -> str:
    return cast.state.consortia[cast.consortium].contributions[1]


def unanswered(cast: Cast) -> str:
    return cast.state.consortia[cast.consortium].contributions[2]


def said(
    cast: Cast, who: str, type: str, body: Mapping[str, Any], chain: str = "", org: str = "", **more: Any
) -> list[bytes]:
    """One statement, whatever it says."""
    return [cast.pen(who).write(type, body, chain=chain, org=cast.orgs.get(org, ""), **more).note]


def public(name: str) -> dict[str, str]:
    own = keys.person_keys(secret(name))
    return {"sign": keys.b64u(own.sign.public), "age": str(own.age.recipient)}


def people() -> Iterator[tuple[str, Told]]:
    fresh = keys.person_keys(secret("fresh")).sign
    yield (
        "a key on another's chain",
        lambda c: said(
            c,
            "bo",
            "person.rotate",
            {**public("fresh"), "reason": "routine"},
            c.people["ines"],
            cosigner=fresh,
        ),
    )
    yield "an old key again", _rotated_back
    yield "asking on another's chain", lambda c: _request(c, "bo", "kai", c.people["ines"])
    yield "asking where one is", lambda c: _request(c, "ines", "ines", c.people["ines"])
    yield (
        "an invitation by a reader",
        lambda c: said(
            c, "uma", "org.invite", {"invite": public("x")["sign"], "role": "admin"}, c.orgs["tinsel"]
        ),
    )
    yield (
        "admitted without asking",
        lambda c: said(
            c, "ines", "org.add", {"person": c.people["bo"], "request": "0" * 64}, c.orgs["tinsel"]
        ),
    )
    yield (
        "admitted twice",
        lambda c: said(
            c, "ines", "org.add", {"person": c.people["uma"], "request": "0" * 64}, c.orgs["tinsel"]
        ),
    )
    yield "a request answered for another", lambda c: _answered(c, c.people["bo"])
    yield "a request answered elsewhere", lambda c: _answered(c, c.people["kai"], "loom", "bo")
    yield (
        "a role for a stranger",
        lambda c: said(c, "ines", "org.role", {"person": c.people["bo"], "role": "admin"}, c.orgs["tinsel"]),
    )
    yield (
        "the last admin reads from now on",
        lambda c: said(
            c, "ines", "org.role", {"person": c.people["ines"], "role": "reader"}, c.orgs["tinsel"]
        ),
    )
    yield (
        "a stranger removed",
        lambda c: said(c, "ines", "org.remove", {"person": c.people["bo"]}, c.orgs["tinsel"]),
    )
    yield (
        "the last admin removed",
        lambda c: said(c, "ines", "org.remove", {"person": c.people["ines"]}, c.orgs["tinsel"]),
    )
    yield (
        "an epoch left out",
        lambda c: said(
            c, "ines", "org.key", {"epoch": 3, "age": str(identity("n").recipient)}, c.orgs["tinsel"]
        ),
    )
    yield (
        "the organisation's key again",
        lambda c: said(
            c, "ines", "org.key", {"epoch": 2, "age": str(identity("tinsel").recipient)}, c.orgs["tinsel"]
        ),
    )
    yield (
        "keys for a stranger",
        lambda c: said(
            c,
            "ines",
            "org.wrap",
            {"items": [{"person": c.people["bo"], "sha256": "0" * 64, "size": 1}]},
            c.orgs["tinsel"],
        ),
    )
    yield "recovered for another", lambda c: _recovered(c, c.people["bo"], "fresh")
    yield "recovered with the old root", lambda c: _recovered(c, c.people["ines"], "recovery of tinsel")


def _rotated_back(cast: Cast) -> list[bytes]:
    old, fresh = keys.person_keys(secret("bo")), keys.person_keys(secret("fresh"))
    first = client.rotate(cast.pen("bo"), fresh, "routine")
    cast.say(first)
    body = {**public("bo"), "reason": "routine"}
    back = cast.pen("bo", "fresh").write("person.rotate", body, chain=cast.people["bo"], cosigner=old.sign)
    return [first.note, back.note]


def _request(cast: Cast, who: str, link: str, chain: str) -> list[bytes]:
    invite = cast.say(client.invite_person(cast.pen("ines"), cast.orgs["tinsel"], secret(link), "signer"))
    body = {"org": cast.orgs["tinsel"], "invite": invite}
    return [
        cast.notes[-1],
        *said(cast, who, "person.request", body, chain, cosigner=keys.invite_key(secret(link))),
    ]


def _answered(cast: Cast, person: str, org: str = "tinsel", admin: str = "ines") -> list[bytes]:
    start = len(cast.notes)
    link = secret("kai's link")
    invite = cast.say(client.invite_person(cast.pen("ines"), cast.orgs["tinsel"], link, "signer"))
    asked = cast.say(client.request(cast.pen("kai"), cast.orgs["tinsel"], invite, link))
    return [
        *cast.notes[start:],
        *said(cast, admin, "org.add", {"person": person, "request": asked}, cast.orgs[org]),
    ]


def _recovered(cast: Cast, person: str, root: str) -> list[bytes]:
    fresh = keys.recovery_keys(secret(root))
    body = {
        "person": person, "recovery_sign": keys.b64u(fresh.sign.public), "recovery_age": str(fresh.age.recipient),
    }  # fmt: skip
    cosigner = keys.recovery_keys(secret("recovery of tinsel")).sign
    return said(cast, "ines", "org.recover", body, cast.orgs["tinsel"], cosigner=cosigner)


def together() -> Iterator[tuple[str, Told]]:
    yield (
        "founded for others",
        lambda c: said(
            c,
            "ines",
            "consortium.create",
            {"name": "x", "regime": "custom", "orgs": [c.orgs["loom"]]},
            org="tinsel",
        ),
    )
    yield "joining for another", lambda c: _join(c, "kai", "quill", org=c.orgs["loom"])
    yield "joining twice", lambda c: _join(c, "bo", "loom")
    yield "joining with another past", lambda c: _join(c, "kai", "quill", org_head="0" * 64)
    yield "an invitation used twice", _joined_twice
    yield (
        "leaving for another",
        lambda c: said(c, "bo", "consortium.leave", {"org": c.orgs["tinsel"]}, c.consortium, "loom"),
    )
    yield (
        "removing who is not there",
        lambda c: said(c, "ines", "consortium.remove", {"org": c.orgs["quill"]}, c.consortium, "tinsel"),
    )
    yield (
        "removing oneself",
        lambda c: said(c, "ines", "consortium.remove", {"org": c.orgs["tinsel"]}, c.consortium, "tinsel"),
    )
    yield (
        "removing without leading",
        lambda c: said(c, "bo", "consortium.remove", {"org": c.orgs["tinsel"]}, c.consortium, "loom"),
    )
    yield (
        "an unknown invitation withdrawn",
        lambda c: said(c, "ines", "consortium.remove", {"invite": "0" * 64}, c.consortium, "tinsel"),
    )
    yield (
        "another's invitation withdrawn",
        lambda c: said(
            c, "ines", "consortium.remove", {"invite": next(iter(c.state.invites))}, c.consortium, "tinsel"
        ),
    )
    yield (
        "a spent invitation withdrawn",
        lambda c: said(c, "ines", "org.remove", {"invite": next(iter(c.state.invites))}, c.orgs["tinsel"]),
    )
    yield (
        "a stranger takes something back",
        lambda c: said(c, "kai", "withdraw", {"of": "0" * 64}, c.consortium, "quill"),
    )
    yield "a stranger contributes", lambda c: _version(c, "kai", "quill", {"quill": "1"})
    yield (
        "an organisation that is not there",
        lambda c: [
            c.pen("ines").write("consortium.leave", {"org": "0" * 64}, chain=c.consortium, org="0" * 64).note
        ],
    )


def _join(cast: Cast, who: str, joiner: str, **other: str) -> list[bytes]:
    link = secret("another link")
    invite = cast.say(
        client.invite_organisation(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, link)
    )
    head = cast.state.chains[cast.orgs[joiner]].head.hex()
    body = {"org": cast.orgs[joiner], "invite": invite, "org_head": head} | other
    cosigner = keys.invite_key(link)
    return [
        cast.notes[-1],
        *said(cast, who, "consortium.join", body, cast.consortium, joiner, cosigner=cosigner),
    ]


def _joined_twice(cast: Cast) -> list[bytes]:
    invite = next(each.id for each in cast.state.invites.values() if each.chain == cast.consortium)
    body = {
        "org": cast.orgs["quill"],
        "invite": invite,
        "org_head": cast.state.chains[cast.orgs["quill"]].head.hex(),
    }
    cosigner = keys.invite_key(secret("link for loom"))
    return said(cast, "kai", "consortium.join", body, cast.consortium, "quill", cosigner=cosigner)


def _version(cast: Cast, who: str, org: str, owners: dict[str, str], **other: Any) -> list[bytes]:
    claim = Claim("background", {"copyright": cast.shares(**owners)}, (cast.people[who],))
    sealed = client.seal(cast.pen(who), cast.orgs[org], cast.consortium, claim, client.Content("x"))
    body = {**cast.statement(sealed.version).body, **other}
    return said(cast, who, "version", body, cast.consortium, org)


def owning() -> Iterator[tuple[str, Told]]:
    yield "owning none of it", lambda c: _version(c, "ines", "tinsel", {"loom": "1"})
    yield "an owner from outside", lambda c: _version(c, "ines", "tinsel", {"tinsel": "1/2", "quill": "1/2"})
    yield (
        "a first version that is the second",
        lambda c: _version(c, "ines", "tinsel", {"tinsel": "1"}, version=2),
    )
    yield (
        "a first version with one before",
        lambda c: _version(c, "ines", "tinsel", {"tinsel": "1"}, previous="0" * 64),
    )
    yield (
        "continuing nothing",
        lambda c: _version(c, "ines", "tinsel", {"tinsel": "1"}, contribution="0" * 64),
    )
    yield "a version left out", lambda c: _next(c, "ines", "tinsel", version=3)
    yield "not after the newest", lambda c: _next(c, "ines", "tinsel", previous="0" * 64)
    yield "continued by one who owns nothing", lambda c: _next(c, "bo", "loom")


def _next(cast: Cast, who: str, org: str, **other: Any) -> list[bytes]:
    more = {"contribution": knot(cast), "version": 2, "previous": knot(cast)} | other
    return _version(cast, who, org, {"tinsel": "1/2", "loom": "1/2"}, **more)


def _transfer(cast: Cast, who: str, org: str, to: str = "loom", **other: str) -> list[bytes]:
    body = {
        "contribution": hinge(cast),
        "right": "copyright",
        "basis": hinge(cast),
        "owners": [{"party": cast.orgs[to], "share": "1/1"}],
    }
    return said(cast, who, "transfer", body | other, cast.consortium, org)


def _of_knot(cast: Cast, who: str, org: str) -> list[bytes]:
    return _transfer(cast, who, org, contribution=knot(cast), basis=knot(cast))


def _disputed(cast: Cast) -> list[bytes]:
    objection = client.object_to(cast.pen("bo"), cast.orgs["loom"], knot(cast))
    cast.say(objection)
    return [objection.note, *_of_knot(cast, "ines", "tinsel")]


def _proposed(cast: Cast) -> str:
    """Tinsel proposes that Loom owns the hinge alone."""
    shares = {cast.orgs["loom"]: Fraction(1)}
    return cast.say(client.transfer(cast.pen("ines"), cast.orgs["tinsel"], hinge(cast), "copyright", shares))


def _behind(type: str, org: str, then: str = "") -> Told:
    """Something said of a transfer after it took effect (`approve`) or was taken back (`withdraw`)."""

    def tell(cast: Cast) -> list[bytes]:
        start, matter = len(cast.notes), _proposed(cast)
        if then == "approve":
            cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], matter))
        if then == "withdraw":
            cast.say(client.withdraw(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, matter))
        return [*cast.notes[start:], *_say(cast, type, org, matter)]

    return tell


def _twice(first: str, second: str) -> Told:
    def tell(cast: Cast) -> list[bytes]:
        notes = _say(cast, first, "loom", unanswered(cast))
        cast.log(notes[0])
        return [*notes, *_say(cast, second, "loom", unanswered(cast))]

    return tell


def _say(cast: Cast, type: str, org: str, of: str, who: str = "") -> list[bytes]:
    speaker = who or {"tinsel": "ines", "loom": "bo", "quill": "kai"}[org]
    return said(cast, speaker, type, {"of": of}, cast.consortium, org)


def moving() -> Iterator[tuple[str, Told]]:
    yield "a transfer of nothing", lambda c: _transfer(c, "ines", "tinsel", contribution="0" * 64)
    yield "a transfer in a dispute", _disputed
    yield "a transfer of another right", lambda c: _transfer(c, "ines", "tinsel", right="patent")
    yield "a transfer on another basis", lambda c: _transfer(c, "ines", "tinsel", basis=knot(c))
    yield "a transfer by one who owns nothing", lambda c: _of_knot(c, "bo", "loom")
    yield "a transfer to outside", lambda c: _transfer(c, "ines", "tinsel", "quill")
    yield "approving what is settled", lambda c: _say(c, "approve", "loom", hinge(c))
    yield "approving unasked", lambda c: _say(c, "approve", "tinsel", unanswered(c))
    yield "approving nothing", lambda c: _say(c, "approve", "loom", "0" * 64)
    yield "approving as a reader", lambda c: _say(c, "approve", "tinsel", unanswered(c), "uma")
    yield "approving from outside", lambda c: _say(c, "approve", "quill", unanswered(c))
    yield "approving for others", lambda c: _say(c, "approve", "loom", unanswered(c), "ines")
    yield "objecting from outside", lambda c: _say(c, "object", "quill", unanswered(c))
    yield "objecting to oneself", lambda c: _say(c, "object", "tinsel", unanswered(c))
    yield "objecting twice", _twice("object", "object")
    yield "approving after objecting", _twice("object", "approve")
    yield "approving a transfer that was withdrawn", _behind("approve", "loom", "withdraw")
    yield "objecting to a transfer that was withdrawn", _behind("object", "loom", "withdraw")
    yield "withdrawing a transfer twice", _behind("withdraw", "tinsel", "withdraw")
    yield "objecting to a transfer in effect", _behind("object", "loom", "approve")
    yield "withdrawing a transfer in effect", _behind("withdraw", "tinsel", "approve")
    yield "withdrawing another's transfer", _behind("withdraw", "loom")
    yield "withdrawing what was never said", lambda c: _say(c, "withdraw", "loom", "0" * 64)
    yield "withdrawing a version", lambda c: _say(c, "withdraw", "tinsel", hinge(c))


def _grant(cast: Cast, who: str, org: str, version: str) -> list[bytes]:
    items = [{"version": version, "sha256": "0" * 64, "size": 1}]
    body = {"to": cast.orgs["loom"], "epoch": 1, "items": items}
    return said(cast, who, "grant", body, cast.consortium, org)


def _release(cast: Cast, who: str, org: str) -> list[bytes]:
    body = {
        "to": cast.orgs["quill"],
        "versions": [knot(cast)],
        "until": "2027-01-01T00:00:00Z",
        "purpose": "evaluation",
        "terms": "",
    }
    return said(cast, who, "release", body, cast.consortium, org)


def _declined(cast: Cast) -> list[bytes]:
    released = _release(cast, "ines", "tinsel")
    return [*released, *_say(cast, "decline", "quill", cast.log(released[0]).id, "bo")]


def _revoke(cast: Cast, who: str, org: str, contribution: str) -> list[bytes]:
    body = {"contribution": contribution, "to": cast.orgs["loom"]}
    return said(cast, who, "revoke", body, cast.consortium, org)


def _ack(cast: Cast, who: str, org: str, version: str) -> list[bytes]:
    return said(cast, who, "ack", {"version": version}, cast.consortium, org)


def showing() -> Iterator[tuple[str, Told]]:
    yield "given by one who owns nothing", lambda c: _grant(c, "bo", "loom", knot(c))
    yield "given: something unknown", lambda c: _grant(c, "ines", "tinsel", "0" * 64)
    yield "given from outside", lambda c: _grant(c, "kai", "quill", knot(c))
    yield "released by one who owns nothing", lambda c: _release(c, "bo", "loom")
    yield "declined: nothing", lambda c: _say(c, "decline", "quill", "0" * 64)
    yield "declined for others", _declined
    yield "ended: something unknown", lambda c: _revoke(c, "ines", "tinsel", "0" * 64)
    yield "ended by one who owns nothing", lambda c: _revoke(c, "bo", "loom", knot(c))
    yield "opened: something unknown", lambda c: _ack(c, "bo", "loom", "0" * 64)
    yield "opened for others", lambda c: _ack(c, "kai", "tinsel", knot(c))


def _second(then: Callable[[Cast, str], list[bytes]]) -> Told:
    """Said on the chain of a second consortium of Tinsel's and Loom's, about something of the first."""

    def tell(cast: Cast) -> list[bytes]:
        start = len(cast.notes)
        founded = client.create_consortium(cast.pen("ines"), cast.orgs["tinsel"], "Other", "custom")
        second = cast.say(founded)
        cast.join_consortium(("ines", "tinsel"), ("bo", "loom"), second)
        return [*cast.notes[start:], *then(cast, second)]

    return tell


def _elsewhere(type: str, of: Callable[[Cast], str]) -> Told:
    return _second(lambda cast, chain: said(cast, "bo", type, {"of": of(cast)}, chain, "loom"))


def _given_elsewhere(cast: Cast, chain: str) -> list[bytes]:
    items = [{"version": knot(cast), "sha256": "0" * 64, "size": 1}]
    return said(cast, "ines", "grant", {"to": cast.orgs["loom"], "epoch": 1, "items": items}, chain, "tinsel")


def _release_declined_elsewhere(cast: Cast) -> list[bytes]:
    released = _release(cast, "ines", "tinsel")
    of = cast.log(released[0]).id
    return [*released, *_elsewhere("object", lambda _: of)(cast)]


def elsewhere() -> Iterator[tuple[str, Told]]:
    yield "approved in another consortium", _elsewhere("approve", unanswered)
    yield "taken back in another consortium", _elsewhere("withdraw", hinge)
    yield "given in another consortium", _second(_given_elsewhere)
    yield "about a release of another consortium", _release_declined_elsewhere


def all_of_them() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Each with its register, every line of which the log vouches for."""
    start = beginning()
    for kind in (people(), together(), owning(), moving(), showing(), elsewhere()):
        for name, tell in kind:
            cast = deepcopy(start)
            notes = list(cast.notes)
            yield name, told_by([*notes, *tell(cast)], cast.consortium)
