"""What a wall shows: everything on it in a handful of queries, whatever its size."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from crosslab.core.actor import Actor
from crosslab.core.find import find_by
from crosslab.people.tables import Person, Programme
from crosslab.rules import NoteState, Step
from crosslab.workshops.cafe.queries import backers
from crosslab.workshops.links import Link
from crosslab.workshops.tables import (
    Card,
    Company,
    Dot,
    Facilitator,
    Liking,
    Note,
    Presence,
    Theme,
    Tie,
    Workshop,
    run_by,
)


@dataclass
class Wall:
    """A wall as it hangs: headings in order, notes under them, threads, themes, dots."""

    companies: list[Company]
    notes: list[Note]
    ties: list[Tie]
    themes: list[Theme]
    authors: dict[UUID, str]
    dots: Counter[UUID] = field(default_factory=Counter)
    liked: Counter[UUID] = field(default_factory=Counter)
    backed: dict[UUID, set[UUID]] = field(default_factory=dict)

    @property
    def by_company(self) -> dict[UUID, list[Note]]:
        """The notes of each heading, by prompt and place."""
        found: defaultdict[UUID, list[Note]] = defaultdict(list)
        for note in sorted(self.notes, key=lambda each: (each.prompt, each.at, each.id)):
            found[note.company_id].append(note)
        return dict(found)

    @property
    def by_theme(self) -> dict[UUID, list[Note]]:
        """The notes that lie on each theme."""
        found: defaultdict[UUID, list[Note]] = defaultdict(list)
        for note in self.notes:
            if note.theme_id:
                found[note.theme_id].append(note)
        return dict(found)

    @property
    def of(self) -> dict[UUID, Note]:
        return {note.id: note for note in self.notes}

    @property
    def named(self) -> dict[UUID, Company]:
        return {company.id: company for company in self.companies}

    @property
    def titled(self) -> dict[UUID | None, str]:
        """What each theme is called."""
        return {theme.id: theme.title for theme in self.themes}

    @property
    def tied(self) -> Counter[UUID]:
        """How many threads are at each note."""
        return Counter(end for tie in self.ties for end in (tie.from_id, tie.to_id))

    def breadth(self, theme: Theme) -> int:
        """How many organisations a theme's notes come from: its size on every picture."""
        return len(self.behind(theme))

    def behind(self, theme: Theme) -> set[UUID]:
        """The companies a theme comes from; a harvest card counts for every company it names."""
        lying = self.by_theme.get(theme.id, ())
        named = (self.backed.get(note.id, set()) for note in lying)
        return {note.company_id for note in lying}.union(*named)

    @property
    def links(self) -> list[Link]:
        """The threads as links between companies."""
        of = self.of
        return [
            Link(
                str(tie.id),
                str(tie.from_id),
                str(of[tie.from_id].company_id),
                str(tie.to_id),
                str(of[tie.to_id].company_id),
                tie.kind,
            )
            for tie in self.ties
        ]


def headings(db: Session, workshop: Workshop, **_names: bool) -> Wall:
    """A wall with its headings alone: whoever writes sees their own notes beside it."""
    of = select(Company).where(Company.workshop_id == workshop.id)
    return Wall(list(db.exec(of.order_by(col(Company.at))).all()), [], [], [], {})


def expected(db: Session, workshop: Workshop) -> Sequence[Company]:
    """The companies of a workshop; once it is over, those that came or of whom a note hangs."""
    of = select(Company).where(Company.workshop_id == workshop.id).order_by(col(Company.at))
    if workshop.state is Step.OVER:
        here = col(Card.presence).in_((Presence.HERE, Presence.LATE))
        came = select(Card.company_id).where(Card.workshop_id == workshop.id, here)
        wrote = select(Note.company_id).where(Note.workshop_id == workshop.id, Note.state == NoteState.UP)
        of = of.where(or_(col(Company.id).in_(came), col(Company.id).in_(wrote)))
    return db.exec(of).all()


def wall(db: Session, workshop: Workshop, *, names: bool = True) -> Wall:
    """Everything that hangs. Without `names` nobody's name leaves the database."""
    up = select(Note).where(Note.workshop_id == workshop.id, Note.state == NoteState.UP)
    notes = list(db.exec(up).all())
    hanging = {note.id for note in notes}
    ties = db.exec(select(Tie).where(Tie.workshop_id == workshop.id, col(Tie.untied_at).is_(None))).all()
    alive = col(Theme.ended_at).is_(None)
    cards = db.exec(select(Card.id, Card.name).where(Card.workshop_id == workshop.id)).all() if names else []
    return Wall(
        companies=list(
            db.exec(select(Company).where(Company.workshop_id == workshop.id).order_by(col(Company.at))).all()
        ),
        notes=notes,
        ties=[tie for tie in ties if {tie.from_id, tie.to_id} <= hanging],
        themes=list(
            db.exec(
                select(Theme).where(Theme.workshop_id == workshop.id, alive).order_by(col(Theme.id))
            ).all()
        ),
        authors=dict(cards),
        dots=_counted(db, workshop),
        liked=_liked(db, workshop),
        backed=backers(db, workshop.id),
    )


def _counted(db: Session, workshop: Workshop) -> Counter[UUID]:
    rows = select(Dot.theme_id, func.count()).join(Theme, col(Theme.id) == col(Dot.theme_id))
    return Counter(
        dict(db.exec(rows.where(Theme.workshop_id == workshop.id).group_by(col(Dot.theme_id))).all())
    )


def _liked(db: Session, workshop: Workshop) -> Counter[UUID]:
    rows = select(Liking.note_id, func.count()).join(Note, col(Note.id) == col(Liking.note_id))
    return Counter(
        dict(db.exec(rows.where(Note.workshop_id == workshop.id).group_by(col(Liking.note_id))).all())
    )


def people(db: Session, workshop: Workshop) -> list[Card]:
    """Everybody with a card, by company and name."""
    of = select(Card).where(Card.workshop_id == workshop.id, Card.presence != Presence.OUT)
    return list(db.exec(of.join(Company).order_by(col(Company.at), col(Card.name))).all())


def removed(db: Session, workshop: Workshop) -> Sequence[Note]:
    """What the facilitator took off the wall, the last one first: it can be put back."""
    gone = select(Note).where(Note.workshop_id == workshop.id, Note.state == NoteState.REMOVED)
    return db.exec(gone.order_by(col(Note.id).desc()).limit(60)).all()


def silent(db: Session, workshop: Workshop) -> list[Card]:
    """Who is here and has not written yet."""
    wrote = select(Note.card_id).where(Note.workshop_id == workshop.id, col(Note.card_id).is_not(None))
    written = set(db.exec(wrote).all())
    return [
        card for card in people(db, workshop) if card.presence is Presence.HERE and card.id not in written
    ]


def own_notes(db: Session, card: Card) -> list[Note]:
    """What somebody wrote, newest first, with what was taken back or removed."""
    return list(db.exec(select(Note).where(Note.card_id == card.id).order_by(col(Note.id).desc())).all())


def own_dots(db: Session, card: Card) -> Counter[UUID]:
    """How many of somebody's dots lie on which theme."""
    return Counter(db.exec(select(Dot.theme_id).where(Dot.card_id == card.id)).all())


def own_likings(db: Session, card: Card) -> set[UUID]:
    """The notes somebody marked."""
    return set(db.exec(select(Liking.note_id).where(Liking.card_id == card.id)).all())


def card_of(db: Session, actor: Actor, workshop: Workshop) -> Card | None:
    """The card that whoever is asking holds here."""
    held = actor.cards.get(workshop.id)
    return db.exec(select(Card).where(Card.id == held)).one_or_none() if held else None


def left_by(db: Session, actor: Actor, no: str) -> tuple[Workshop, Card] | None:
    """The workshop with this number and the card whoever is asking had there, if they were removed."""
    rows = select(Workshop, Card).join(Card, col(Card.workshop_id) == col(Workshop.id))
    out = Card.presence == Presence.OUT, col(Card.id).in_(actor.places)
    return db.exec(rows.where(Workshop.no == no, *out)).first()


def card_left(db: Session, actor: Actor, workshop: Workshop) -> Card | None:
    """The card with which whoever is asking was removed from here, unless they hold another one."""
    found = None if workshop.id in actor.cards else left_by(db, actor, workshop.no)
    return found[1] if found else None


def by_code(db: Session, code: str) -> Workshop | None:
    """The workshop with this code while one can come in: planned or open."""
    over = (Step.OVER, Step.CANCELLED)
    return db.exec(
        select(Workshop).where(Workshop.code == code, col(Workshop.state).not_in(over))
    ).one_or_none()


def run_here(db: Session, actor: Actor, programme: Programme) -> Sequence[Workshop]:
    """The workshops of a programme that somebody runs, the newest first."""
    found = select(Workshop).where(Workshop.programme_id == programme.id, run_by(actor))
    return db.exec(found.order_by(col(Workshop.starts_at).desc()).limit(100)).all()


def facilitators(db: Session, workshop: Workshop) -> Sequence[Person]:
    """Who runs a workshop beside the programme's managers."""
    rows = select(Person).join(Facilitator, col(Facilitator.person_id) == col(Person.id))
    return db.exec(rows.where(Facilitator.workshop_id == workshop.id).order_by(col(Person.name))).all()


def tie_in(db: Session, actor: Actor, workshop: Workshop, id: UUID) -> Tie:
    """A thread of this wall."""
    return find_by(db, actor, Tie, id=id, workshop_id=workshop.id)


def languages(db: Session, workshop: Workshop) -> dict[UUID | None, str]:
    """The language of each participant; notes from paper are in the workshop's."""
    spoken = db.exec(select(Card.id, Card.language).where(Card.workshop_id == workshop.id)).all()
    return {None: workshop.language, **dict(spoken)}
