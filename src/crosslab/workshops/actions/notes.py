"""Notes: written, put right, taken back, moved, removed with a reason, put back."""

from uuid import UUID

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import N_, NoteState, Verb
from crosslab.workshops import queries
from crosslab.workshops.cafe import queries as cafes
from crosslab.workshops.conditions import known_prompt, may_write, of_this, own_card, own_note, runs
from crosslab.workshops.tables import Company, Departed, Liking, Note, Workshop, signed
from crosslab.workshops.wall import tell

MOST_TEXTS, MOST_OWN = 30, 100


def write(db: Session, actor: Actor, workshop: Workshop, *, prompt: str, text: str, key: str) -> Note:
    """A participant puts a note on the wall under their company. Sent twice with one key, it hangs once."""
    with act(db, actor, Verb.WORKSHOPS_WRITE, workshop) as event:
        card = own_card(db, actor, workshop.id)
        event.facts |= signed(card)
        there = queries.note_by_key(db, workshop, key)
        if there is not None:
            return there
        may_write(actor, workshop)
        known_prompt(workshop, prompt)
        if queries.count_own(db, card) >= MOST_OWN:
            raise Refused(N_("You have {most} notes on the wall. Take one back first."), most=MOST_OWN)
        return _hang(db, workshop, card.company_id, prompt, text, key, card_id=card.id)


def enter(
    db: Session,
    actor: Actor,
    workshop: Workshop,
    *,
    company: Company,
    prompt: str,
    texts: list[str],
    key: str,
) -> list[Note]:
    """The facilitator types in what was written on paper, several notes at once."""
    with act(db, actor, Verb.WORKSHOPS_ENTER, workshop):
        of_this(company, workshop)
        known_prompt(workshop, prompt)
        if not 0 < len(texts) <= MOST_TEXTS:
            raise Refused(N_("Between one and {most} notes at once."), field="texts", most=MOST_TEXTS)
        keys = [f"{key[:36]}.{n}" for n in range(len(texts))]
        return [
            queries.note_by_key(db, workshop, each)
            or _hang(db, workshop, company.id, prompt, text, each, on_paper=True)
            for each, text in zip(keys, texts, strict=True)
        ]


def rewrite(db: Session, actor: Actor, note: Note, *, workshop: Workshop, text: str) -> None:
    """Whoever wrote a note puts its words right, until writing is locked; the facilitator may at any time.

    The harvest card it came from says the same.
    """
    with act(db, actor, Verb.WORKSHOPS_REWRITE, note):
        own_note(actor, note, workshop)
        may_write(actor, workshop)
        note.text, note.edited_at = text, now()
        if card := cafes.card_of(db, note):
            card.idea = text
        tell(db, workshop.id, "note", id=note.id)


def take_back(db: Session, actor: Actor, note: Note, *, workshop: Workshop) -> None:
    """Whoever wrote a note takes it off the wall. It can be put back, but not by somebody who was removed."""
    left = queries.card_left(db, actor, workshop)
    with act(db, actor, Verb.WORKSHOPS_TAKE_BACK, note, at=Departed(id=left.id) if left else None):
        if note.card_id != (left.id if left else actor.cards.get(workshop.id)):
            raise Forbidden(N_("Only whoever wrote a note can take it back."))
        if left is None:
            may_write(actor, workshop)
        tell(db, workshop.id, "note gone", id=note.id)


def remove(db: Session, actor: Actor, note: Note, *, workshop: Workshop, reason: str) -> None:
    """The facilitator takes a note off the wall and says why; its author reads it."""
    with act(db, actor, Verb.WORKSHOPS_REMOVE, note) as event:
        event.facts["reason"] = note.reason = reason
        tell(db, workshop.id, "note gone", id=note.id)


def put_back(db: Session, actor: Actor, note: Note, *, workshop: Workshop) -> None:
    """A note hangs again where it hung: taken back by its author, or removed by the facilitator."""
    with act(db, actor, Verb.WORKSHOPS_PUT_BACK, note):
        if not runs(actor, workshop) and note.state is NoteState.REMOVED:
            raise Forbidden(N_("The facilitator removed this note. Ask them to put it back."))
        own_note(actor, note, workshop)
        note.reason = ""
        tell(db, workshop.id, "note", id=note.id)
        for tie in queries.ties_at(db, note):
            tell(db, workshop.id, "tie", id=tie)


def move(
    db: Session,
    actor: Actor,
    note: Note,
    *,
    workshop: Workshop,
    company: Company,
    prompt: str,
    before: Note | None = None,
    left: tuple[UUID, float] | None = None,
) -> None:
    """The facilitator hangs a note elsewhere: under a company, a prompt, before another note or last.

    Of two who move one note the last is right. Who takes a move back says where they had `left` the note, its
    company and place; it stays when somebody moved it on since.
    """
    with act(db, actor, Verb.WORKSHOPS_MOVE, note):
        of_this(company, workshop)
        known_prompt(workshop, prompt)
        if left is not None and (note.company_id, note.at) != left:
            raise Refused(N_("Somebody else moved this note meanwhile. It stays where it is."))
        note.company_id, note.prompt = company.id, prompt
        note.at = queries.place_before(db, workshop, company.id, prompt, before)
        tell(db, workshop.id, "note", id=note.id)


def mark_interesting(db: Session, actor: Actor, note: Note, *, workshop: Workshop) -> None:
    """Somebody who walks the wall marks a note of another as interesting. Twice is once."""
    with act(db, actor, Verb.WORKSHOPS_MARK_INTERESTING, note) as event:
        card = own_card(db, actor, workshop.id)
        event.facts |= signed(card)
        db.merge(Liking(card_id=card.id, note_id=note.id))
        tell(db, workshop.id, "liked", id=note.id)


def unmark(db: Session, actor: Actor, note: Note, *, workshop: Workshop) -> None:
    """The mark is taken back."""
    with act(db, actor, Verb.WORKSHOPS_UNMARK, note) as event:
        card = own_card(db, actor, workshop.id)
        event.facts |= signed(card)
        if there := queries.liking(db, card, note):
            db.delete(there)
            tell(db, workshop.id, "liked", id=note.id)


def _hang(
    db: Session, workshop: Workshop, company_id: object, prompt: str, text: str, key: str, **facts: object
) -> Note:
    note = Note.model_validate(
        {
            "workshop_id": workshop.id,
            "programme_id": workshop.programme_id,
            "company_id": company_id,
            "prompt": prompt,
            "text": text,
            "key": key,
            "at": float(workshop.seq + 1),
            **facts,
        }
    )
    db.add(note)
    tell(db, workshop.id, "note", id=note.id)
    return note
