"""The replay cases about releases: versions shown to somebody outside the consortium."""

from collections.abc import Callable

from crosslab.ip_vault import client
from crosslab.ip_vault.client import Said
from tests.ip_vault.world import Cast
from tests.vectors.golden.history import Teller, grant, version

UNTIL = "2026-12-21T22:00:00Z"


def release(cast: Cast, *versions: str, to: str = "quill", until: str = UNTIL, by: str = "tinsel") -> Said:
    """A release to an organisation or person of the cast."""
    pen = cast.pen({"tinsel": "ines", "loom": "bo", "quill": "kai"}[by])
    known = cast.orgs.get(to) or cast.people.get(to) or to
    return client.release(
        pen, cast.orgs[by], cast.consortium, known, "evaluation", until, versions, "To look at.\nNo copies."
    )


def later(cast: Cast, said: Callable[[], Said], at: str = "2026-12-21T22:00:01Z") -> Said:
    """The same, said at another second."""
    cast.at, before = at, cast.at
    made = said()
    cast.at = before
    return made


def alone(teller: Teller) -> None:
    """An owner alone: released, given, opened; declined, withdrawn, revoked or over."""
    cast = Cast()
    quill, tinsel, ines, kai = cast.orgs["quill"], cast.orgs["tinsel"], cast.pen("ines"), cast.pen("kai")
    first = cast.say(version(cast, cast.claim()))
    teller.case("outsiders get nothing without a release", [*cast.notes, grant(cast, first, quill).note])
    teller.case("a release is not for members", [*cast.notes, release(cast, first, to="loom").note])
    teller.case("nor for a member's people", [*cast.notes, release(cast, first, to="uma").note])
    teller.case("nor for nobody", [*cast.notes, release(cast, first, to="ab" * 32).note])
    teller.case("nor for yesterday", [*cast.notes, release(cast, first, until=cast.at).note])
    teller.case("nor of what is unknown", [*cast.notes, release(cast, cast.consortium).note])
    teller.case("nor by one who owns nothing", [*cast.notes, release(cast, first, by="loom").note])
    teller.case("nor by a stranger", [*cast.notes, release(cast, first, by="quill").note])
    lasting = cast.say(release(cast, first))
    teller.case("an owner alone releases", list(cast.notes))
    declined = client.decline(kai, quill, lasting)
    teller.case("declined before anything was given", [*cast.notes, declined.note])
    foreign = client.decline(cast.pen("bo"), cast.orgs["loom"], lasting)
    teller.case("declined by another", [*cast.notes, foreign.note])
    early = client.acknowledge(kai, quill, first)
    teller.case("opened before it was given", [*cast.notes, early.note])
    over = later(cast, lambda: grant(cast, first, quill))
    teller.case("given after the release is over", [*cast.notes, over.note])
    last = later(cast, lambda: grant(cast, first, quill), UNTIL)
    teller.case("given in its last second", [*cast.notes, last.note])
    cast.say(grant(cast, first, quill))
    seen = list(cast.notes)
    teller.case("given under a release", seen)
    teller.case("the same without knowing the version", seen, (len(seen) - 3, len(seen) - 2, len(seen) - 1))
    late = later(cast, lambda: client.acknowledge(cast.pen("kai"), quill, first))
    teller.case("opened after the release is over", [*cast.notes, late.note])
    cast.say(client.acknowledge(kai, quill, first))
    teller.case("opened under a release", list(cast.notes))
    unseen = tuple(range(len(seen) - 3, len(seen)))
    teller.case("opened, where the reader knows nothing of it", list(cast.notes), unseen)
    for how, end in {
        "declined": client.decline(kai, quill, lasting),
        "withdrawn": client.withdraw(ines, tinsel, cast.consortium, lasting),
        "revoked": client.revoke(ines, tinsel, first, quill),
    }.items():
        told = [*cast.notes, end.note]
        teller.case(f"{how} in the end", told)
        teller.case(f"{how} unseen", told, unseen)


def over(teller: Teller) -> None:
    """Nothing more under a release that has ended."""
    for how in ("declined", "withdrawn", "revoked"):
        cast = Cast()
        quill, tinsel, ines, kai = cast.orgs["quill"], cast.orgs["tinsel"], cast.pen("ines"), cast.pen("kai")
        first = cast.say(version(cast, cast.claim()))
        lasting = cast.say(release(cast, first))
        if how == "declined":
            cast.say(client.decline(kai, quill, lasting))
            again = client.decline(cast.pen("kai"), quill, lasting)
        elif how == "withdrawn":
            cast.say(client.withdraw(ines, tinsel, cast.consortium, lasting))
            again = client.withdraw(ines, tinsel, cast.consortium, lasting)
        else:
            cast.say(client.revoke(ines, tinsel, first, quill))
            again = client.revoke(ines, tinsel, first, quill)
        teller.case(f"given after it was {how}", [*cast.notes, grant(cast, first, quill).note])
        teller.case(f"{how} twice", [*cast.notes, again.note])
        cast.say(release(cast, first))
        cast.say(grant(cast, first, quill))
        teller.case(f"released again after it was {how}", list(cast.notes))


def together(teller: Teller) -> None:
    """Two owners: both must agree, either can stop it; a new owner is asked anew."""
    cast = Cast()
    quill, loom, ines, bo = cast.orgs["quill"], cast.orgs["loom"], cast.pen("ines"), cast.pen("bo")
    tinsel = cast.orgs["tinsel"]
    first = cast.say(version(cast, cast.claim(tinsel="1/3", loom="2/3")))
    shown = cast.say(release(cast, first))
    teller.case("a release waits for whom a claim names", list(cast.notes))
    teller.case("given while an owner has not agreed", [*cast.notes, grant(cast, first, quill).note])
    cast.say(client.approve(bo, loom, first))
    own = client.approve(ines, tinsel, shown)
    teller.case("who releases is not asked", [*cast.notes, own.note])
    objection = client.object_to(bo, loom, shown)
    teller.case("an owner objects to a release", [*cast.notes, objection.note])
    approval = cast.say(client.approve(bo, loom, shown))
    teller.case("all owners agree", list(cast.notes))
    teller.case("agreed twice", [*cast.notes, client.approve(bo, loom, shown).note])
    cast.say(grant(cast, first, quill, "bo", "loom"))
    teller.case("given by the other owner", list(cast.notes))
    cast.say(client.withdraw(bo, loom, cast.consortium, approval))
    teller.case("an approval is taken back", list(cast.notes))
    teller.case("given without it", [*cast.notes, grant(cast, first, quill).note])
    stopped = cast.say(client.object_to(bo, loom, shown))
    teller.case("given against an objection", [*cast.notes, grant(cast, first, quill).note])
    cast.say(client.withdraw(bo, loom, cast.consortium, stopped))
    foreign = client.withdraw(bo, loom, cast.consortium, shown)
    teller.case("a release is taken back by who made it", [*cast.notes, foreign.note])
    cast.say(client.approve(cast.pen("bo"), loom, shown))
    cast.say(grant(cast, first, quill))
    teller.case("given again", list(cast.notes))
    cast.say(client.object_to(bo, loom, first))
    teller.case("a dispute stops a release", [*cast.notes, grant(cast, first, quill).note])
    teller.case("nothing is released in a dispute", [*cast.notes, release(cast, first).note])


def new_owner(teller: Teller) -> None:
    """Who becomes an owner is asked; who is none any more is not."""
    cast = Cast()
    quill, loom, tinsel = cast.orgs["quill"], cast.orgs["loom"], cast.orgs["tinsel"]
    first = cast.say(version(cast, cast.claim()))
    second = cast.say(version(cast, cast.claim()))
    shown = cast.say(release(cast, first, second))
    cast.say(grant(cast, first, quill))
    cast.say(
        client.transfer(cast.pen("ines"), tinsel, first, "copyright", cast.shares(tinsel="1/2", loom="1/2"))
    )
    moved = cast.state.contributions[first].transfers[-1]
    cast.say(client.approve(cast.pen("bo"), loom, moved))
    teller.case("a new owner is asked", list(cast.notes))
    teller.case("and stops what was agreed without them", [*cast.notes, grant(cast, first, quill).note])
    cast.say(client.leave(cast.pen("bo"), loom, cast.consortium))
    cast.say(client.approve(cast.pen("bo"), loom, shown))
    teller.case("an owner that has left is asked as well", list(cast.notes))
    cast.say(client.revoke(cast.pen("ines"), tinsel, first, quill))
    teller.case("one contribution is taken out of a release", list(cast.notes))
    teller.case("which is not given any more", [*cast.notes, grant(cast, first, quill).note])
    cast.say(grant(cast, second, quill))
    teller.case("the other one is", list(cast.notes))
    late = client.acknowledge(cast.pen("kai"), quill, first)
    teller.case("opened after it was revoked", [*cast.notes, late.note])
    cast.say(client.revoke(cast.pen("ines"), tinsel, second, quill))
    teller.case("the last one ends the release", list(cast.notes))


def persons(teller: Teller) -> None:
    """A person outside opens and declines for themselves."""
    cast = Cast()
    first = cast.say(version(cast, cast.claim()))
    shown = cast.say(release(cast, first, to="kai"))
    by_org = client.decline(cast.pen("kai"), cast.orgs["quill"], shown)
    teller.case("a person's release is not their organisation's", [*cast.notes, by_org.note])
    cast.say(grant(cast, first, cast.people["kai"]))
    cast.say(client.acknowledge(cast.pen("kai"), "", first))
    cast.say(client.decline(cast.pen("kai"), "", shown))
    teller.case("a person outside", list(cast.notes))
    reader = client.decline(cast.pen("uma"), cast.orgs["quill"], shown)
    teller.case("declined for an organisation of others", [*cast.notes, reader.note])


TELLERS = (alone, over, together, new_owner, persons)
