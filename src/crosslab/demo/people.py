"""First chapter: people arrive, a programme is founded, organisations are registered, described and verified."""

from typing import Any

from sqlmodel import Session, select

from crosslab.core.actor import NOBODY_YET, SYSTEM, Actor
from crosslab.people import actions
from crosslab.people.tables import Organisation, Person
from crosslab.rules import Role

from .cast import HOUSES, PLAYERS, House, Player
from .story import Story, person_id

WAITING = "haugen"
NOT_ASKED = "twolocks"
SEEN = {
    "NO": "Seen in Brønnøysundregistrene.",
    "GB": "Seen at Companies House or in the charity register.",
    "DE": "Seen in the Handelsregister or the ISIL register.",
}


def tell(story: Story) -> None:
    """Ninety days ago everybody signed in for the first time; within a week most houses were verified."""
    with story.days_ago(90), story.chapter() as db:
        for player in PLAYERS:
            _arrive(db, player)
        _found(db)
    with story.days_ago(89), story.chapter() as db:
        for house in HOUSES:
            _register(story, db, house)
    with story.days_ago(88), story.chapter() as db:
        for house in HOUSES:
            _fill_the_seats(story, db, house)
    with story.days_ago(84), story.chapter() as db:
        _verify(story, db)
    with story.days_ago(3), story.chapter() as db:
        actions.ask_verification(db, _founder(story, db, WAITING), story.house(db, WAITING))


def _arrive(db: Session, player: Player) -> None:
    link = actions.ask_link(
        db, NOBODY_YET, email=player.email, next="", language=player.language, origin="", by_mail=False
    )
    actions.sign_in(
        db, NOBODY_YET, link, name=player.name, language=player.language, browser="Firefox on Linux"
    )


def _found(db: Session) -> None:
    actions.appoint(db, SYSTEM, _person(db, "solveig"), role=Role.STEWARD)
    programme = actions.found(
        db,
        SYSTEM,
        name="Heritage Innovation Programme",
        slug="heritage-innovation",
        code="HIP",
        summary="Museums, libraries and archives ask; firms from other sectors answer.",
        currency="GBP",
    )
    actions.appoint(db, SYSTEM, _person(db, "priya"), role=Role.MANAGER, programme=programme)


def _person(db: Session, key: str) -> Person:
    return db.exec(select(Person).where(Person.id == person_id(db, key))).one()


def _seats(house: str) -> list[tuple[Player, Role]]:
    """Who sits there; the first of them registered it."""
    return [(player, role) for player in PLAYERS for key, role in player.seats if key == house]


def _founder(story: Story, db: Session, house: str) -> Actor:
    return story.actor(db, _seats(house)[0][0].key)


def _register(story: Story, db: Session, house: House) -> None:
    facts: dict[str, Any] = {
        "name": house.name,
        "kind": house.kind,
        "country": house.country,
        "size": house.size,
    }
    made = actions.register(db, _founder(story, db, house.key), town=house.town, **facts)
    founder = _founder(story, db, house.key)
    actions.describe(
        db, founder, made, **facts, town=house.town, summary=house.summary, offers=house.offers,
        needs=house.needs, sectors=list(house.sectors), website=house.website, listed=True,
    )  # fmt: skip
    for scheme, value in house.identifiers:
        actions.identify(db, founder, made, scheme=scheme, value=value)


def _fill_the_seats(story: Story, db: Session, house: House) -> None:
    founder, made = _founder(story, db, house.key), story.house(db, house.key)
    for player, role in _seats(house.key)[1:]:
        invitation = actions.invite(
            db, founder, made, email=player.email, role=role, origin=story.door.settings.origin
        )
        actions.take_seat(db, story.actor(db, player.key), invitation, made)


def _verify(story: Story, db: Session) -> None:
    solveig = story.actor(db, "solveig")
    for house in HOUSES:
        if house.key not in {WAITING, NOT_ASKED}:
            made: Organisation = story.house(db, house.key)
            actions.ask_verification(db, _founder(story, db, house.key), made)
            actions.verify(db, solveig, made, note=SEEN[house.country])
