"""Companies and people: headings on the wall, coming in, being late, being sent out."""

from collections.abc import Sequence

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.people.tables import Organisation
from crosslab.people.tokens import digest, new_token
from crosslab.rules import N_, ON_THE_WALL, Step, Verb
from crosslab.workshops import queries
from crosslab.workshops.after import letters
from crosslab.workshops.after import queries as after
from crosslab.workshops.after.erasing import call_in_log
from crosslab.workshops.after.tables import LetterKind
from crosslab.workshops.conditions import SENT_OUT, of_this, own_card, runs
from crosslab.workshops.headings import TWICE, hang
from crosslab.workshops.tables import Card, Company, Presence, Workshop, signed
from crosslab.workshops.wall import tell

MOST_CARDS = 600
ENDED = (Step.OVER, Step.CANCELLED)
OVER = N_("The workshop is over. Its results stay here.")


def add_company(
    db: Session, actor: Actor, workshop: Workshop, *, name: str, organisation: Organisation | None = None
) -> Company:
    """Put a heading on the wall, of a known organisation or of one that is known by name alone."""
    with act(db, actor, Verb.WORKSHOPS_ADD_COMPANY, workshop) as event:
        event.facts["company"] = name
        return hang(db, workshop, name, organisation.id if organisation else None)


def rename_company(db: Session, actor: Actor, workshop: Workshop, *, company: Company, name: str) -> None:
    """A company is called otherwise; its notes stay where they hang."""
    with act(db, actor, Verb.WORKSHOPS_RENAME_COMPANY, workshop) as event:
        of_this(company, workshop)
        there = queries.company_named(db, workshop, name)
        if there is not None and there.id != company.id:
            raise Refused(TWICE, field="name", name=name)
        event.facts["company"] = name
        company.name = name
        tell(db, workshop.id, "company", id=company.id, name=name)


def drop_company(db: Session, actor: Actor, workshop: Workshop, *, company: Company) -> None:
    """Take a heading off the wall, while nobody sits and nothing hangs under it."""
    with act(db, actor, Verb.WORKSHOPS_DROP_COMPANY, workshop) as event:
        of_this(company, workshop)
        if queries.is_used(db, company):
            raise Refused(N_("People or notes are under this company. Move them first."))
        event.facts["company"] = company.name
        tell(db, workshop.id, "company gone", id=company.id)
        db.delete(company)


def join(
    db: Session,
    actor: Actor,
    workshop: Workshop,
    *,
    name: str,
    company: str,
    token: str,
    email: str = "",
    language: str = "en",
) -> Card:
    """Come in with the code: under a company of the wall, or as a walk-in under a new one. Again is the same card."""
    with act(db, actor, Verb.WORKSHOPS_JOIN, workshop) as event:
        there = queries.card_by(db, workshop, actor.person_id, digest(token)) or queries.card_waiting(
            db, workshop, name, company
        )
        if there is not None and there.presence is Presence.OUT:
            raise Forbidden(SENT_OUT)
        if there is None and queries.count_cards(db, workshop) >= MOST_CARDS:
            raise Refused(N_("The room is full: {most} people are in it."), most=MOST_CARDS)
        heading = queries.company_named(db, workshop, company) or hang(db, workshop, company)
        card = there or Card(
            workshop_id=workshop.id, company_id=heading.id, name=name, token_hash=digest(token)
        )
        _sit(card, heading)
        _call(db, card, name)
        card.language = language
        card.email, card.person_id = email or card.email, actor.person_id or card.person_id
        if card.presence is Presence.EXPECTED:
            card.token_hash = digest(token)
        card.presence = Presence.HERE
        db.add(card)
        event.facts |= signed(card)
        tell(db, workshop.id, "people")
    return card


def admit(db: Session, actor: Actor, workshop: Workshop, *, company: str, names: Sequence[str]) -> list[Card]:
    """Place cards for people of a company: expected ones, or people without a phone once the room is open.

    Whoever comes in later under the same name and company takes up their card.
    """
    with act(db, actor, Verb.WORKSHOPS_ADMIT, workshop) as event:
        if workshop.state in ENDED:
            raise Refused(OVER)
        if queries.count_cards(db, workshop) + len(names) > MOST_CARDS:
            raise Refused(N_("The room is full: {most} people are in it."), most=MOST_CARDS)
        event.facts["people"] = len(names)
        heading = queries.company_named(db, workshop, company) or hang(db, workshop, company)
        made = [_written(workshop, heading, name) for name in names]
        db.add_all(made)
        tell(db, workshop.id, "people")
    return made


def need(db: Session, actor: Actor, workshop: Workshop, *, card: Card, near: bool) -> None:
    """Note who needs a table that is reached without steps: for oneself, or the facilitator for anybody."""
    with act(db, actor, Verb.WORKSHOPS_NEED, workshop):
        if card.id != actor.cards.get(workshop.id) and not runs(actor, workshop):
            raise Forbidden(N_("Only the facilitator notes this for others."))
        card.near = near
        db.add(card)


def name_oneself(db: Session, actor: Actor, workshop: Workshop, *, name: str, company: Company) -> None:
    """A participant puts their own name or company right."""
    with act(db, actor, Verb.WORKSHOPS_NAME_ONESELF, workshop) as event:
        card = own_card(db, actor, workshop.id)
        of_this(company, workshop)
        _sit(card, company)
        _call(db, card, name)
        event.facts |= signed(card)
        tell(db, workshop.id, "people")


def mark(db: Session, actor: Actor, workshop: Workshop, *, card: Card, presence: Presence) -> None:
    """Note that somebody is here, late or absent."""
    with act(db, actor, Verb.WORKSHOPS_MARK, workshop) as event:
        if presence is Presence.OUT:
            raise Refused(N_("To remove a person, say why."))
        event.facts |= {"person": card.name, "person_card": str(card.id)}
        card.presence = presence
        tell(db, workshop.id, "people")


def send_out(db: Session, actor: Actor, workshop: Workshop, *, card: Card, reason: str) -> None:
    """Remove a person with a reason. What they wrote stays until it is removed by itself.

    Where they left an address they get one letter that says so, and leads to what is held of them.
    """
    with act(db, actor, Verb.WORKSHOPS_SEND_OUT, workshop) as event:
        event.facts |= {"person": card.name, "person_card": str(card.id), "reason": reason}
        card.presence, card.reason = Presence.OUT, reason
        author = after.author_of(db, card)
        if author.reached and not after.was_sent(db, card, LetterKind.REMOVED):
            letters.queue(db, author, LetterKind.REMOVED, letters.removed_facts(workshop, author))
        tell(db, workshop.id, "people")


def _sit(card: Card, company: Company) -> None:
    """Seat a card under a company. Whoever moves reads only the business cases that are drafted from then on."""
    if card.company_id != company.id:
        card.company_id, card.seated_at = company.id, now()


def _call(db: Session, card: Card, name: str) -> None:
    """A card gets its name, and so does what it did before."""
    if card.name != name:
        call_in_log(db, card, name)
        card.name = name


def _written(workshop: Workshop, heading: Company, name: str) -> Card:
    """A card that nobody's phone holds yet."""
    return Card(
        workshop_id=workshop.id,
        company_id=heading.id,
        name=name,
        language=workshop.language,
        token_hash=digest(new_token()),
        presence=Presence.HERE if workshop.state in ON_THE_WALL else Presence.EXPECTED,
    )
