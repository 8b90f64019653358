"""Planning a café: how many rounds and tables, their questions and hosts, everybody's seats."""

from sqlmodel import Session, col, delete

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import CAFE_OPEN, N_, Verb
from crosslab.workshops.cafe import queries
from crosslab.workshops.cafe.hosting import may_give, name_hosts
from crosslab.workshops.cafe.mending import mend as mend_seats
from crosslab.workshops.cafe.plan import CannotSeat, guests, rows
from crosslab.workshops.cafe.tables import Cafe, CafeTable, Seat
from crosslab.workshops.conditions import runs
from crosslab.workshops.seating import seat as seat_all
from crosslab.workshops.tables import Card, Kind, Workshop
from crosslab.workshops.wall import tell

NO_CAFE = N_("This workshop is a wall alone. Choose a café when you plan it.")
TOO_FEW = N_("There are {people} people for {tables} tables. Write more place cards, or take fewer tables.")
TOO_TIGHT = N_(
    "More people need a table without steps than have room there. Mark another table as reached without steps."
)


def arrange(
    db: Session,
    actor: Actor,
    workshop: Workshop,
    *,
    tables: int,
    rounds: int,
    minutes: int,
    staying: bool = True,
    question: str = "",
) -> Cafe:
    """Whoever runs the room says how many tables, rounds and minutes, and perhaps what all tables are asked.

    Seats that were made are made anew.
    """
    cafe = queries.cafe_of(db, workshop) or Cafe(
        workshop_id=workshop.id, programme_id=workshop.programme_id, title=workshop.title
    )
    with act(db, actor, Verb.WORKSHOPS_ARRANGE, cafe):
        if workshop.kind is Kind.WALL:
            raise Refused(NO_CAFE)
        cafe.rounds, cafe.minutes, cafe.staying = rounds, minutes, staying
        db.add(cafe)
        db.exec(delete(Seat).where(col(Seat.workshop_id) == workshop.id))
        _lay(db, workshop, tables)
        if question:
            _ask_all(db, workshop, question)
        tell(db, workshop.id, "cafe", turn=cafe.turn)
    return cafe


def furnish(
    db: Session,
    actor: Actor,
    cafe: Cafe,
    *,
    workshop: Workshop,
    table: CafeTable,
    question: str,
    near: bool = False,
    writer: Card | None = None,
    everywhere: bool = False,
) -> None:
    """A table gets its question, whether it is reached without steps, and who writes its card if not its host.

    Asked `everywhere`, the question is that of every table.
    """
    with act(db, actor, Verb.WORKSHOPS_FURNISH, cafe):
        table.question, table.near = question, near
        table.writer_id = writer.id if writer else None
        db.add(table)
        if everywhere:
            _ask_all(db, workshop, question)
        tell(db, workshop.id, "cafe", turn=cafe.turn)


def host(
    db: Session, actor: Actor, cafe: Cafe, *, workshop: Workshop, table: CafeTable, card: Card | None
) -> None:
    """Give a table to a host. Its host may hand it on; where it has none in the room, who sits there takes it."""
    with act(db, actor, Verb.WORKSHOPS_HOST, cafe):
        queries.hold(db, workshop)
        if not runs(actor, workshop) and not may_give(db, actor, workshop, cafe, table, card):
            raise Forbidden(
                N_("The host hands the table on. When they have left, somebody who sits there takes it.")
            )
        for other in queries.tables_of(db, workshop):
            if card is not None and other.host_id == card.id:
                other.host_id = None
        table.host_id = card.id if card else None
        db.add(table)
        db.flush()
        if cafe.state in CAFE_OPEN and cafe.staying:
            mend_seats(db, workshop, cafe)
        tell(db, workshop.id, "cafe", turn=cafe.turn)


def seat(db: Session, actor: Actor, cafe: Cafe, *, workshop: Workshop) -> None:
    """Make a seat in every round for everybody who comes. Nobody is told until the seats are announced."""
    with act(db, actor, Verb.WORKSHOPS_SEAT, cafe) as event:
        queries.hold(db, workshop)
        people, tables = queries.coming(db, workshop), queries.tables_of(db, workshop)
        if len(people) < len(tables):
            raise Refused(TOO_FEW, people=len(people), tables=len(tables))
        if cafe.staying:
            name_hosts(people, tables)
        try:
            plan = seat_all(guests(people, tables, staying=cafe.staying), len(tables), cafe.rounds)
        except CannotSeat:
            raise Refused(TOO_TIGHT) from None
        event.facts["people"] = len(people)
        db.exec(delete(Seat).where(col(Seat.workshop_id) == workshop.id))
        db.add_all([*tables, *rows(workshop.id, people, plan)])
        tell(db, workshop.id, "cafe", turn=cafe.turn)


def announce(db: Session, actor: Actor, cafe: Cafe, *, workshop: Workshop) -> None:
    """Everybody is told their seats, on their phones and on paper."""
    with act(db, actor, Verb.WORKSHOPS_ANNOUNCE, cafe):
        if not queries.seat_rows(db, workshop):
            raise Refused(N_("Nobody has a seat yet. Seat everybody first."))
        tell(db, workshop.id, "cafe", turn=cafe.turn)


def _lay(db: Session, workshop: Workshop, many: int) -> None:
    """So many tables; those that stay keep their question and host."""
    there = queries.tables_of(db, workshop)
    for table in there[many:]:
        db.delete(table)
    db.add_all(CafeTable(workshop_id=workshop.id, at=at) for at in range(len(there) + 1, many + 1))


def _ask_all(db: Session, workshop: Workshop, question: str) -> None:
    """The same question at every table."""
    db.flush()
    for table in queries.tables_of(db, workshop):
        table.question = question
