"""Organisations: the catalogue that anyone may search, one profile, and the steward's queue."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.events import Event
from crosslab.core.paging import Slice, cut
from crosslab.core.slugs import slug
from crosslab.people.matches import words_of
from crosslab.people.tables import Identifier, Organisation, Seat, SizeClass
from crosslab.people.words import NEXT_STEPS
from crosslab.rules import N_, RULES, Verb, Verification

PAGE = 24
LEGAL_FORMS = frozenset(
    {"as", "asa", "ab", "oy", "aps", "ltd", "limited", "plc", "cic", "llp", "gmbh", "ag", "ug", "ev"}
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for. What is empty does not matter."""

    text: str = ""
    sector: str = ""
    country: str = ""
    size: SizeClass | None = None
    words: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, sector: str, country: str, size: SizeClass | None) -> "Sought":
        """With the typed text taken apart."""
        return cls(text, sector, country, size, words_of(text))


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation as the catalogue shows it."""

    name: str
    slug: str
    kind: str
    country: str
    town: str
    size: str
    summary: str
    offers: str
    needs: str
    sectors: list[str]
    state: Verification


def catalogue(db: Session, actor: Actor, sought: Sought, after: str = "") -> Slice[Listed]:
    """A page of the organisations that match, in the order of their addresses."""
    wanted = [getattr(Organisation, name) for name in Listed.__dataclass_fields__]
    found = _matching(select(*wanted), actor, sought).where(col(Organisation.slug) > after)
    rows = db.exec(found.order_by(col(Organisation.slug)).limit(PAGE + 1)).all()
    return cut([Listed(*row) for row in rows], PAGE, key="slug")


def counted(db: Session, actor: Actor, sought: Sought) -> int:
    """How many match."""
    number: int = db.exec(_matching(select(func.count()).select_from(Organisation), actor, sought)).one()
    return number


def _matching(query: Any, actor: Actor, sought: Sought) -> Any:
    facts = [(Organisation.country, sought.country), (Organisation.size, sought.size)]
    sector = f'"{sought.sector}"'
    return query.where(
        Organisation.visible_to(actor),
        *(col(column) == value for column, value in facts if value),
        *(
            [cast(col(Organisation.sectors), String).contains(sector, autoescape=True)]
            if sought.sector
            else []
        ),
        *(_says(word) for word in sought.words),
    )


def _says(word: str) -> ColumnElement[bool]:
    """Whether a profile says the word. SQLite folds the case of ASCII alone, so other spellings are asked for."""
    texts = (
        Organisation.name,
        Organisation.summary,
        Organisation.offers,
        Organisation.needs,
        Organisation.town,
    )
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(col(text).icontains(each, autoescape=True) for text in texts for each in spellings))


def mine(db: Session, actor: Actor) -> list[tuple[str, str, str]]:
    """Name, slug and role of the organisations where a person holds a seat."""
    seats = (
        select(Organisation.name, Organisation.slug, Seat.role)
        .join(Seat, col(Seat.place_id) == col(Organisation.id))
        .where(Seat.person_id == actor.person_id)
        .order_by(col(Organisation.slug))
    )
    return list(db.exec(seats).all())


def identifiers_of(db: Session, organisation: Organisation) -> list[Identifier]:
    """Its numbers elsewhere, register by register."""
    of_it = select(Identifier).where(Identifier.organisation_id == organisation.id)
    return list(db.exec(of_it.order_by(col(Identifier.scheme), col(Identifier.value))).all())


def open_questions(organisation: Organisation, identifiers: list[Identifier]) -> list[tuple[str, str]]:
    """What the profile leaves unsaid: column and question."""
    unsaid = [(column, text) for column, text in NEXT_STEPS.items() if not getattr(organisation, column)]
    return unsaid + ([] if identifiers else [("value", N_("Under which number are you registered?"))])


def twin(db: Session, actor: Actor, name: str, country: str) -> Organisation | None:
    """An organisation in this country with the same name, whatever its legal form."""
    bare = _bare(name)
    near: SelectOfScalar[Organisation] = select(Organisation).where(
        Organisation.visible_to(actor),
        Organisation.country == country,
        col(Organisation.slug).startswith(bare.split("-")[0]),
    )
    return next((each for each in db.exec(near).all() if _bare(each.name) == bare), None)


def _bare(name: str) -> str:
    parts = slug(name).split("-")
    return "-".join(parts[:-1] if len(parts) > 1 and parts[-1] in LEGAL_FORMS else parts)


def identifier_of(db: Session, organisation: Organisation, id: UUID) -> Identifier:
    """One of its numbers. Raises `Missing` when it was removed meanwhile."""
    found = next((each for each in identifiers_of(db, organisation) if each.id == id), None)
    if found is None:
        raise Missing(N_("This number was removed already."))
    return found


def waiting(db: Session, actor: Actor) -> list[Organisation]:
    """Who asked to be verified, longest first. Only those who may verify see the queue."""
    return _in_state(db, actor, Verification.ASKED)


def unasked(db: Session, actor: Actor) -> list[Organisation]:
    """Who never asked to be verified, for those who may verify all the same."""
    return _in_state(db, actor, Verification.UNVERIFIED)


def _in_state(db: Session, actor: Actor, state: Verification) -> list[Organisation]:
    if not actor.everywhere & RULES[Verb.PEOPLE_VERIFY].who:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    those = select(Organisation).where(Organisation.visible_to(actor), Organisation.state == state)
    return list(db.exec(those.order_by(col(Organisation.id))).all())


def affirmed(db: Session, organisation_id: UUID) -> list[Event]:
    """What was asked and decided about an organisation's verification, newest first."""
    verbs = (Verb.PEOPLE_ASK_VERIFICATION, Verb.PEOPLE_VERIFY, Verb.PEOPLE_REFUSE)
    told = select(Event).where(Event.thing_id == organisation_id, col(Event.verb).in_(verbs))
    return list(db.exec(told.order_by(col(Event.id).desc())).all())
