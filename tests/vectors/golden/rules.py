"""The replay cases that hold single rules, each of which would otherwise be missed by nobody."""

from fractions import Fraction

from crosslab.ip_vault import client, keys
from crosslab.ip_vault.client import Claim, Said
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import person_keys
from tests.ip_vault.world import Cast, identity, secret
from tests.vectors.golden.history import Teller, grant, version
from tests.vectors.golden.outside import UNTIL, later, release


def three() -> Cast:
    """All three organisations in the consortium."""
    cast = Cast()
    cast.join_consortium(("ines", "tinsel"), ("kai", "quill"), cast.consortium)
    return cast


def next_of(cast: Cast, first: str, **owners: str) -> Said:
    """The next version of a contribution."""
    return version(cast, Claim("result", {"copyright": cast.shares(**owners)}, contribution=first))


def wraps(cast: Cast, by: str, org: str, *people: str) -> Said:
    """Wraps whose files are only named."""
    items = [{"person": who, "sha256": digest(b"wrap " + who.encode()), "size": 3000} for who in people]
    return cast.pen(by).write("org.wrap", {"items": items}, chain=cast.orgs[org])


def houses(teller: Teller) -> None:
    """Keys, wraps and roles inside an organisation."""
    cast = Cast()
    tinsel, ines, uma = cast.orgs["tinsel"], cast.people["ines"], cast.people["uma"]
    cast.say(wraps(cast, "ines", "tinsel", ines, uma, ""))
    teller.case("keys are handed to people and to the sheet", list(cast.notes))
    cast.say(client.change_role(cast.pen("ines"), tinsel, ines, "admin"))
    cast.say(client.remove_person(cast.pen("ines"), tinsel, uma))
    teller.case("whoever is removed has no key", list(cast.notes))
    cast.say(client.next_key(cast.pen("ines"), tinsel, identity("tinsel 2")))
    teller.case("a new key is in nobody's hands yet", list(cast.notes))
    fresh, held = keys.recovery_keys(secret("fresh sheet")), keys.recovery_keys(secret("recovery of tinsel"))
    cast.say(client.recover(cast.pen("uma"), tinsel, held, fresh))
    teller.case("a recovered organisation needs a key", list(cast.notes))
    link = secret("link to quill")
    invite = cast.say(client.invite_person(cast.pen("kai"), cast.orgs["quill"], link, "reader"))
    asked = cast.say(client.request(cast.pen("bo"), cast.orgs["quill"], invite, link))
    body = {"person": cast.people["bo"], "request": asked}
    strange = cast.pen("ines").write("org.add", body, chain=tinsel)
    teller.case("a request to another organisation", [*cast.notes, strange.note])
    nobody = cast.pen("ines").write(
        "consortium.create", {"name": "x", "regime": "custom", "orgs": ["ab" * 32]}, org="ab" * 32
    )
    teller.case("for an organisation that is none", [*cast.notes, nobody.note])


def persons(teller: Teller) -> None:
    """No half of a key is used twice."""
    cast = Cast()
    cast.say(client.rotate(cast.pen("ines"), person_keys(secret("ines again")), "routine"))
    old, new = person_keys(secret("ines")), person_keys(secret("ines anew"))
    for name, sign, age in (("signs", old, new), ("receives", new, old)):
        body = {"sign": keys.b64u(sign.sign.public), "age": str(age.age.recipient), "reason": "routine"}
        said = cast.pen("ines", "ines again").write(
            "person.rotate", body, chain=cast.people["ines"], cosigner=sign.sign
        )
        teller.case(f"an old key {name} again", [*cast.notes, said.note])


def members(teller: Teller) -> None:
    """Who leads, and who comes in how."""
    cast = three()
    tinsel, loom, quill = (cast.orgs[name] for name in ("tinsel", "loom", "quill"))
    cast.say(client.leave(cast.pen("kai"), quill, cast.consortium))
    teller.case("one leaves who did not lead", list(cast.notes))
    cast.join_consortium(("ines", "tinsel"), ("kai", "quill"), cast.consortium)
    teller.case("and comes back", list(cast.notes))
    invite = cast.say(client.invite_organisation(cast.pen("ines"), tinsel, cast.consortium, secret("l")))
    cast.say(client.leave(cast.pen("kai"), quill, cast.consortium))
    unlinked = client.join(cast.pen("kai"), quill, cast.consortium, cast.consortium, secret("l"))
    teller.case("joined with what is no invitation", [*cast.notes, unlinked.note])
    back = {"invite": invite}
    cast.say(cast.pen("ines").write("consortium.remove", back, chain=cast.consortium, org=tinsel))
    teller.case("an invitation is withdrawn", list(cast.notes))
    late = client.join(cast.pen("kai"), quill, cast.consortium, invite, secret("l"))
    teller.case("joined with an invitation that was withdrawn", [*cast.notes, late.note])
    cast.say(client.leave(cast.pen("ines"), tinsel, cast.consortium))
    teller.case("whoever is longest in leads", list(cast.notes))
    cast.say(client.leave(cast.pen("bo"), loom, cast.consortium))
    teller.case("nobody is left", list(cast.notes))


def matters(teller: Teller) -> None:
    """Three owners: what is said once, taken back, and when it takes effect."""
    cast = three()
    tinsel, loom, quill = (cast.orgs[name] for name in ("tinsel", "loom", "quill"))
    one = cast.say(version(cast, cast.claim(tinsel="1/3", loom="1/3", quill="1/3")))
    approval = cast.say(client.approve(cast.pen("bo"), loom, one))
    teller.case("approved twice", [*cast.notes, client.approve(cast.pen("bo"), loom, one).note])
    teller.case("approved, then objected to", [*cast.notes, client.object_to(cast.pen("bo"), loom, one).note])
    cast.say(client.withdraw(cast.pen("bo"), loom, cast.consortium, approval))
    cast.say(client.approve(cast.pen("kai"), quill, one))
    teller.case("an approval that was taken back is missing", list(cast.notes))
    for name, what in {"a version": one, "an approval of others": approval}.items():
        said = client.withdraw(cast.pen("ines"), tinsel, cast.consortium, what)
        teller.case(f"{name} is not taken back", [*cast.notes, said.note])
    body = {"of": cast.consortium}
    for kind in ("approve", "object", "withdraw", "decline"):
        said = cast.pen("bo").write(kind, body, chain=cast.consortium, org=loom)
        teller.case(f"{kind} of nothing", [*cast.notes, said.note])
    cast.say(client.approve(cast.pen("bo"), loom, one))
    teller.case("settled by the last approval", list(cast.notes))
    cast.say(next_of(cast, one, tinsel="1/3", loom="1/3", quill="1/3"))
    teller.case("a next version that names the same owners", list(cast.notes))
    teller.case("a version that follows none", [*cast.notes, next_of_nothing(cast).note])


def next_of_nothing(cast: Cast) -> Said:
    """A version of what is no contribution."""
    return version(
        cast, Claim("result", {"copyright": cast.shares(tinsel="1")}, contribution=cast.consortium)
    )


def moves(teller: Teller) -> None:
    """Transfers: of one right among two, alone, objected to, taken back, never."""
    cast = three()
    tinsel, loom, quill = (cast.orgs[name] for name in ("tinsel", "loom", "quill"))
    rights = {"copyright": cast.shares(tinsel="1"), "registered_design": cast.shares(tinsel="1")}
    one = cast.say(version(cast, Claim("result", rights)))
    same = client.transfer(cast.pen("ines"), tinsel, one, "copyright", cast.shares(tinsel="1"))
    teller.case("a transfer that asks nobody", [*cast.notes, same.note])
    moved = cast.say(
        client.transfer(cast.pen("ines"), tinsel, one, "registered_design", cast.shares(loom="1"))
    )
    foreign = client.withdraw(cast.pen("bo"), loom, cast.consortium, moved)
    teller.case("a transfer of others is not taken back", [*cast.notes, foreign.note])
    objection = cast.say(client.object_to(cast.pen("kai"), quill, moved))
    cast.say(client.approve(cast.pen("bo"), loom, moved))
    teller.case("a member objects to a transfer", list(cast.notes))
    cast.say(client.withdraw(cast.pen("kai"), quill, cast.consortium, objection))
    teller.case("and takes it back: one right of two moves", list(cast.notes))
    body = {
        "contribution": cast.consortium,
        "right": "copyright",
        "basis": one,
        "owners": [{"party": loom, "share": "1/1"}],
    }
    strange = cast.pen("ines").write("transfer", body, chain=cast.consortium, org=tinsel)
    teller.case("a transfer of nothing", [*cast.notes, strange.note])
    two = cast.say(client.transfer(cast.pen("ines"), tinsel, one, "copyright", cast.shares(loom="1")))
    dispute = cast.say(client.object_to(cast.pen("kai"), quill, one))
    cast.say(client.approve(cast.pen("bo"), loom, two))
    teller.case("a transfer waits while a version is disputed", list(cast.notes))
    cast.say(client.withdraw(cast.pen("ines"), tinsel, cast.consortium, two))
    cast.say(client.withdraw(cast.pen("kai"), quill, cast.consortium, dispute))
    teller.case("what was withdrawn does not take effect", list(cast.notes))


def sources(teller: Teller) -> None:
    """What a version builds on in another consortium must be open to its maker."""
    cast = Cast()
    tinsel, loom = cast.orgs["tinsel"], cast.orgs["loom"]
    first = cast.say(version(cast, cast.claim()))
    here, there = cast.consortium, cast.say(client.create_consortium(cast.pen("bo"), loom, "Other", "custom"))
    own = cast.say(version(cast, cast.claim()))
    built = Claim("result", {"copyright": {loom: Fraction(1)}}, derived_from=[(first, "adapts")])
    cast.consortium = there
    closed = version(cast, built, "bo", "loom")
    teller.case("built on what is closed to its maker", [*cast.notes, closed.note])
    teller.case("the same for one who cannot tell", [*cast.notes, closed.note], (len(cast.notes) - 1,))
    cast.consortium = here
    other = grant(cast, own, loom)
    cast.say(other)
    cast.consortium = there
    teller.case(
        "built on one when another was opened", [*cast.notes, version(cast, built, "bo", "loom").note]
    )
    moved = Claim("result", {"copyright": {loom: Fraction(1)}}, contribution=own)
    teller.case("continued in another consortium", [*cast.notes, version(cast, moved, "bo", "loom").note])
    cast.consortium = here
    cast.say(grant(cast, first, loom))
    cast.consortium = there
    cast.say(version(cast, built, "bo", "loom"))
    teller.case("built on what was opened to its maker", list(cast.notes))
    cast.join_consortium(("bo", "loom"), ("ines", "tinsel"), there)
    mine = Claim("result", {"copyright": {tinsel: Fraction(1)}}, derived_from=[(first, "adapts")])
    cast.say(version(cast, mine))
    teller.case("built on one's own", list(cast.notes))


def hidden(teller: Teller) -> None:
    """What is said of something hidden changes nothing; what is at hand is judged as ever."""
    cast = Cast()
    loom, tinsel = cast.orgs["loom"], cast.orgs["tinsel"]
    one = cast.say(version(cast, cast.claim(tinsel="1/2", loom="1/2")))
    unseen = (len(cast.notes) - 1,)
    cast.say(client.approve(cast.pen("bo"), loom, one))
    teller.case("an approval of something hidden", list(cast.notes), unseen)
    objection = cast.say(client.object_to(cast.pen("bo"), loom, one))
    cast.say(client.withdraw(cast.pen("bo"), loom, cast.consortium, objection))
    teller.case("an objection to something hidden, taken back", list(cast.notes), unseen)
    cast.say(grant(cast, one, tinsel))
    teller.case("everything but a grant", list(cast.notes), (len(cast.notes) - 1,))
    two = cast.say(version(cast, cast.claim()))
    cast.say(grant(cast, two, loom))
    unseen = (len(cast.notes) - 1,)
    cast.say(client.acknowledge(cast.pen("bo"), loom, two))
    cast.say(client.revoke(cast.pen("ines"), tinsel, two, loom))
    teller.case("opened and revoked where the grant is hidden", list(cast.notes), unseen)


def named(teller: Teller) -> None:
    """Releases to a party whose chain is not at hand, and to one whose key has changed."""
    cast = Cast()
    quill, kai = cast.orgs["quill"], cast.people["kai"]
    known = list(cast.notes)
    theirs = {cast.notes[2], next(note for note in known if quill == _id(note))}
    first = cast.say(version(cast, cast.claim()))
    cast.say(grant(cast, first, cast.orgs["tinsel"]))
    own = cast.notes[-1]
    shown = cast.say(release(cast, first))
    cast.say(grant(cast, first, quill))
    notes = [note for note in cast.notes if note not in theirs]
    teller.case("to one whose chain is not at hand", notes, (notes.index(own),))
    declined = client.decline(cast.pen("kai"), quill, shown)
    teller.case("declined, a grant being hidden", [*cast.notes, declined.note], (len(cast.notes) - 3,))
    cast.say(release(cast, first, to="kai"))
    early = grant(cast, first, kai)
    cast.say(client.rotate(cast.pen("kai"), person_keys(secret("kai again")), "routine"))
    teller.case("to a key that was changed", [*cast.notes, early.note])
    stranger = cast.pen("ines").write("ack", {"version": cast.consortium}, chain=cast.consortium)
    teller.case("opening what is no version", [*cast.notes, stranger.note])


def _id(note: bytes) -> str:
    return digest(note.split(b"\n\n")[0] + b"\n")


def several(teller: Teller) -> None:
    """Several releases and lines side by side."""
    cast = Cast()
    quill, tinsel = cast.orgs["quill"], cast.orgs["tinsel"]
    first, second = cast.say(version(cast, cast.claim())), cast.say(version(cast, cast.claim()))
    both = cast.say(release(cast, first, second))
    cast.say(grant(cast, second, quill))
    cast.say(grant(cast, first, quill))
    cast.say(client.acknowledge(cast.pen("kai"), quill, second))
    teller.case("two versions, one of them opened", list(cast.notes))
    again = cast.say(release(cast, second))
    cast.say(release(cast, second, to="kai"))
    cast.say(grant(cast, first, quill))
    teller.case("given under the release that names it", list(cast.notes))
    cast.say(client.acknowledge(cast.pen("kai"), quill, first))
    teller.case("opened, with another release waiting", list(cast.notes))
    cast.say(client.withdraw(cast.pen("ines"), tinsel, cast.consortium, again))
    teller.case("one of two releases ends", list(cast.notes))
    foreign = client.decline(cast.pen("kai"), "", both)
    teller.case("a person declines what is their organisation's", [*cast.notes, foreign.note])
    cast.say(client.revoke(cast.pen("ines"), tinsel, second, quill))
    cast.say(release(cast, second))
    cast.say(grant(cast, second, quill))
    cast.say(client.revoke(cast.pen("ines"), tinsel, second, quill))
    teller.case("revoked twice, with a release between", list(cast.notes))
    cast.join_consortium(("ines", "tinsel"), ("kai", "quill"), cast.consortium)
    cast.say(grant(cast, second, quill))
    teller.case("who has joined is given access as a member", list(cast.notes))


def ends(teller: Teller) -> None:
    """What is not promised is not revoked; what has ended is not spoken of."""
    cast = Cast()
    quill, tinsel, loom = cast.orgs["quill"], cast.orgs["tinsel"], cast.orgs["loom"]
    first = cast.say(version(cast, cast.claim(tinsel="1/2", loom="1/2")))
    cast.say(client.approve(cast.pen("bo"), loom, first))
    second = cast.say(version(cast, cast.claim()))
    shown = cast.say(release(cast, first))
    strange = client.revoke(cast.pen("ines"), tinsel, second, quill)
    teller.case("revoked, but never released", [*cast.notes, strange.note])
    objection = cast.say(client.object_to(cast.pen("bo"), loom, shown))
    teller.case("objected twice", [*cast.notes, client.object_to(cast.pen("bo"), loom, shown).note])
    other = client.withdraw(cast.pen("ines"), tinsel, cast.consortium, objection)
    teller.case("an objection is taken back by who made it", [*cast.notes, other.note])
    late = later(cast, lambda: client.withdraw(cast.pen("bo"), loom, cast.consortium, objection))
    teller.case("taken back when the release is over", [*cast.notes, late.note])
    elsewhere = cast.say(client.create_consortium(cast.pen("ines"), tinsel, "Other", "custom"))
    for kind, by, org in (("decline", "kai", quill), ("approve", "bo", loom)):
        said = cast.pen(by).write(kind, {"of": shown}, chain=elsewhere, org=org)
        teller.case(f"{kind} on another chain", [*cast.notes, said.note])
    cast.say(client.decline(cast.pen("kai"), quill, shown))
    gone = client.revoke(cast.pen("ines"), tinsel, first, quill)
    teller.case("revoked after it was declined", [*cast.notes, gone.note])
    withdrawn = client.withdraw(cast.pen("bo"), loom, cast.consortium, objection)
    teller.case("taken back after it was declined", [*cast.notes, withdrawn.note])
    next_one = cast.say(release(cast, first))
    agreed = later(cast, lambda: client.approve(cast.pen("bo"), loom, next_one))
    teller.case("approved when the release is over", [*cast.notes, agreed.note])
    cast.say(client.withdraw(cast.pen("ines"), tinsel, cast.consortium, next_one))
    too_late = client.approve(cast.pen("bo"), loom, next_one)
    teller.case("approved after it was withdrawn", [*cast.notes, too_late.note])


def whom(teller: Teller) -> None:
    """Owners of today are asked, not those of yesterday; and whom a version not yet agreed names."""
    cast = Cast()
    quill, tinsel, loom = cast.orgs["quill"], cast.orgs["tinsel"], cast.orgs["loom"]
    first = cast.say(version(cast, cast.claim(tinsel="1/2", loom="1/2")))
    cast.say(client.approve(cast.pen("bo"), loom, first))
    moved = cast.say(client.transfer(cast.pen("ines"), tinsel, first, "copyright", cast.shares(tinsel="1")))
    cast.say(client.approve(cast.pen("bo"), loom, moved))
    cast.say(release(cast, first))
    teller.case("who owns nothing any more is not asked", list(cast.notes))
    claimed = cast.say(next_of(cast, first, tinsel="1/2", loom="1/2"))
    cast.say(release(cast, claimed))
    teller.case("whom a next version names is asked", list(cast.notes))
    cast.say(grant(cast, first, quill))
    cast.say(later(cast, lambda: client.acknowledge(cast.pen("kai"), quill, first), UNTIL))
    teller.case("opened in the last second", list(cast.notes))


TELLERS = (houses, persons, members, matters, moves, sources, hidden, named, several, ends, whom)
