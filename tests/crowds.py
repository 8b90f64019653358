"""A full room: three hundred people of forty companies at sixty tables, each with a seat in every round."""

from datetime import timedelta

from sqlmodel import Session, select

from crosslab.core.clock import now
from crosslab.demo.world import World
from crosslab.people.tables import Programme
from crosslab.workshops import actions
from crosslab.workshops.cafe import queries
from crosslab.workshops.tables import Kind, Workshop

FIRST = (
    "Ane",
    "Bjørn",
    "Carla",
    "Dieter",
    "Elif",
    "Fatima",
    "Gudrun",
    "Håkon",
    "Jürgen",
    "Katrin",
    "Liam",
    "Nora",
)
LAST = (
    "Nilsen",
    "Okafor",
    "Müller-Lüdenscheidt",
    "Shah",
    "Vandenberghe",
    "Hansen",
    "Åsgård",
    "Pool",
    "Whitworth",
)
LONG = "Maximiliane Aurelia Konstanze von und zu Hohenstaufen-Reichenbach-Württemberg und vom Großen Walde"
QUESTION = "What could light do for street number {at}, and for those who live in it all year?"


def full_room(db: Session, world: World, *, people: int = 300, tables: int = 60, firms: int = 40) -> Workshop:
    """A café that is open, its seats announced; one of its people has a very long name."""
    programme, begins = db.exec(select(Programme).where(Programme.code == "HIP")).one(), now()
    workshop = actions.plan(
        db, world.priya, programme, title="A full room", starts_at=begins,
        closes_at=begins + timedelta(hours=5), kind=Kind.CAFE,
    )  # fmt: skip
    names = [LONG, *(f"{FIRST[n % 12]} {LAST[n % 7]} {n}" for n in range(1, people))]
    for firm in range(firms):
        actions.admit(db, world.priya, workshop, company=f"Company {firm} & Co", names=names[firm::firms])
    cafe = actions.arrange(db, world.priya, workshop, tables=tables, rounds=4, minutes=20)
    for table in queries.tables_of(db, workshop):
        asked = QUESTION.format(at=table.at)
        actions.furnish(db, world.priya, cafe, workshop=workshop, table=table, question=asked)
    actions.begin(db, world.priya, workshop, minutes=15)
    actions.seat(db, world.priya, cafe, workshop=workshop)
    actions.announce(db, world.priya, cafe, workshop=workshop)
    return workshop
