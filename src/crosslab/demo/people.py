"""First chapter: people arrive, a programme is founded, organisations are registered."""

from sqlmodel import Session, select

from crosslab.core.actor import NOBODY_YET, SYSTEM
from crosslab.people import actions
from crosslab.people.tables import Person
from crosslab.rules import Role

from .cast import HOUSES, PLAYERS, House, Player
from .story import Story, person_id


def tell(story: Story) -> None:
    """Ninety days ago everybody signed in for the first time."""
    with story.days_ago(90), story.chapter() as db:
        for player in PLAYERS:
            _arrive(db, player)
        _found(db)
        for house in HOUSES:
            _register(story, db, house)


def _arrive(db: Session, player: Player) -> None:
    link = actions.ask_link(db, NOBODY_YET, email=player.email, next="", language=player.language, origin="")
    actions.sign_in(
        db, NOBODY_YET, link, name=player.name, language=player.language, browser="Firefox on Linux"
    )


def _found(db: Session) -> None:
    _appoint(db, "solveig", Role.STEWARD)
    programme = actions.found(
        db,
        SYSTEM,
        name="Heritage Innovation Programme",
        slug="heritage-innovation",
        code="HIP",
        summary="Museums, libraries and archives ask; firms from other sectors answer.",
        currency="GBP",
    )
    priya = db.exec(select(Person).where(Person.id == person_id(db, "priya"))).one()
    actions.appoint(db, SYSTEM, priya, role=Role.MANAGER, programme=programme)


def _appoint(db: Session, key: str, role: Role) -> None:
    person = db.exec(select(Person).where(Person.id == person_id(db, key))).one()
    actions.appoint(db, SYSTEM, person, role=role)


def _register(story: Story, db: Session, house: House) -> None:
    founder = next(p for p in PLAYERS for key, _ in p.seats if key == house.key)
    actions.register(
        db,
        story.actor(db, founder.key),
        name=house.name,
        kind=house.kind,
        country=house.country,
        size=house.size,
        town=house.town,
    )
