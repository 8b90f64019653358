"""Programmes, and the seats that do not belong to an organisation."""

from sqlmodel import Session, select

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.people.tables import EVERYWHERE, Person, Programme, Seat
from crosslab.rules import N_, Role, Verb


def found(
    db: Session, actor: Actor, *, name: str, slug: str, code: str, summary: str, currency: str
) -> Programme:
    """Found a programme in which challenges are published. Its code stands in every number it gives out."""
    made = Programme(name=name, slug=slug, code=code, summary=summary, currency=currency)
    with act(db, actor, Verb.PEOPLE_FOUND, made):
        if db.exec(select(Programme.id).where(Programme.code == code)).first():
            raise Refused(N_("Another programme has this code. Choose other letters."), field="code")
    return made


def appoint(
    db: Session, actor: Actor, person: Person, *, role: Role, programme: Programme | None = None
) -> None:
    """Give somebody a seat at a programme, or the steward's seat, which counts everywhere."""
    place = programme.id if programme else EVERYWHERE
    with act(db, actor, Verb.PEOPLE_APPOINT, person) as event:
        held = select(Seat.role).where(Seat.person_id == person.id, Seat.place_id == place, Seat.role == role)
        if db.exec(held).first():
            raise Refused(N_("{name} has been appointed there already."), field="email", name=person.name)
        db.add(Seat(person_id=person.id, place_id=place, role=role))
        event.facts = {"role": role, "what": programme.name if programme else "Crosslab"}
