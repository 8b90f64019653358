"""What waits for a person: each a sentence, where it is, and since or until when. Computed, never stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from crosslab.challenges.tables import Challenge, Question
from crosslab.consortia.tables import Charter, Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.jobs import Job
from crosslab.funding.queries import waiting_for
from crosslab.ledger.history import History
from crosslab.people.tables import Organisation, Person, Programme
from crosslab.pipeline.tables import Card
from crosslab.rules import (
    N_,
    ChallengeState,
    ConsortiumState,
    MembershipState,
    PresenterState,
    Role,
    SessionState,
    Stage,
    Verification,
)
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices.presenters import Presenter
from crosslab.workspace.awaited import awaited

LAST = datetime.max.replace(tzinfo=UTC)
HOST = (Role.SIGNATORY, Role.CONTRIBUTOR)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence with its facts, the place it is about, where to do it, since or until when."""

    say: str
    url: str
    facts: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    since: datetime | None = None
    until: datetime | None = None


def waiting(db: Session, actor: Actor, history: History) -> list[Task]:
    """Everything that waits for this person: what has an end first, then the longest waiting."""
    tellers = (_invitations, _requests, _charters, _leads, _sign_offs, _keys)
    more = (_reviews, _drafts, _questions, _presenting, _next_steps, _unasked, _unverified, _failures)
    found = [task for each in (*tellers, *more) for task in each(db, actor)]
    found += _sealed(db, actor, history)
    return sorted(found, key=lambda task: (task.until or LAST, task.since or LAST))


def _invitations(db: Session, actor: Actor) -> Iterator[Task]:
    mine = col(Membership.organisation_id).in_(actor.places_as(Role.SIGNATORY))
    for name, slug, organisation, ends in _memberships(db, mine, MembershipState.INVITED):
        facts = {"name": name}
        yield Task(N_("Answer the invitation to {name}"), f"/w/{slug}", facts, organisation, until=ends)


def _requests(db: Session, actor: Actor) -> Iterator[Task]:
    led = col(Consortium.id).in_(actor.places_as(Role.LEAD))
    for name, slug, organisation, ends in _memberships(db, led, MembershipState.ASKED):
        facts = {"organisation": organisation}
        yield Task(N_("Decide whether {organisation} joins"), f"/w/{slug}/members", facts, name, until=ends)


def _memberships(db: Session, whose: ColumnElement[bool], state: MembershipState) -> list[tuple[Any, ...]]:
    rows = db.exec(
        select(col(Consortium.name), col(Consortium.slug), col(Organisation.name), col(Membership.ends_at))
        .join(Membership, col(Membership.consortium_id) == col(Consortium.id))
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(whose, Membership.state == state)
    ).all()
    return [tuple(row) for row in rows]


def _charters(db: Session, actor: Actor) -> Iterator[Task]:
    other = aliased(Charter)
    newest = select(func.max(other.number)).where(other.consortium_id == Charter.consortium_id)
    rows = db.exec(
        select(col(Consortium.name), col(Consortium.slug), col(Organisation.name), col(Charter.written_at))
        .join(Charter, col(Charter.consortium_id) == col(Consortium.id))
        .join(Membership, col(Membership.consortium_id) == col(Consortium.id))
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(
            col(Membership.organisation_id).in_(actor.places_as(Role.SIGNATORY)),
            Membership.state == MembershipState.ACTIVE,
            Consortium.state != ConsortiumState.DISSOLVED,
            col(Membership.charter) < col(Charter.number),
            col(Charter.number) == newest.scalar_subquery(),
        )
    ).all()
    for name, slug, organisation, since in rows:
        facts = {"name": name}
        yield Task(
            N_("Read and accept the charter of {name}"),
            f"/w/{slug}/charter",
            facts,
            organisation,
            since=since,
        )


def _leads(db: Session, actor: Actor) -> Iterator[Task]:
    rows = db.exec(
        select(col(Consortium.name), col(Consortium.slug), col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(Consortium.lead_offered_to))
        .where(
            col(Consortium.lead_offered_to).in_(actor.places_as(Role.SIGNATORY)),
            Consortium.state != ConsortiumState.DISSOLVED,
        )
    ).all()
    for name, slug, organisation in rows:
        yield Task(
            N_("Decide whether you take the lead of {name}"),
            f"/w/{slug}/members",
            {"name": name},
            organisation,
        )


def _sign_offs(db: Session, actor: Actor) -> Iterator[Task]:
    for asked in waiting_for(db, actor):
        facts = {"scheme": asked.application.scheme_name}
        say, until = N_("Sign off the application to {scheme}"), asked.application.due_at
        yield Task(say, asked.url, facts, asked.organisation, until=until)


def _keys(db: Session, actor: Actor) -> Iterator[Task]:
    """Who works in a consortium needs a key to read and seal in its workspace."""
    keyless = select(Person.id).where(Person.id == actor.person_id, col(Person.vault_id).is_(None))
    if actor.places_as(Role.MEMBER) and db.exec(keyless).first():
        yield Task(N_("Make your key, so that you can read and seal what partners share"), "/vault/#/setup")


def _sealed(db: Session, actor: Actor, history: History) -> Iterator[Task]:
    """What waits in the vault, without a word of what it is."""
    releases, matters = awaited(db, actor, history)
    for each in releases:
        one, many = N_("A release waits for you in the vault"), N_("{n} releases wait for you in the vault")
        say = one if each.many == 1 else many
        yield Task(say, "/vault/#/released", {"n": each.many}, each.party, until=each.until)
    for matter in matters:
        one = N_("A matter of {name} waits in the vault for your organisation's word")
        many = N_("{n} matters of {name} wait in the vault for your organisation's word")
        facts = {"n": matter.many, "name": matter.consortium}
        say = one if matter.many == 1 else many
        yield Task(say, f"/vault/#/w/{matter.slug}", facts, matter.organisation)


def _reviews(db: Session, actor: Actor) -> Iterator[Task]:
    managed = col(Challenge.programme_id).in_(actor.places_as(Role.MANAGER))
    for one, no, question, since in _challenges(db, actor, managed, ChallengeState.REVIEW):
        facts = {"question": question or no}
        yield Task(N_("Review the challenge “{question}”"), f"/challenges/{one}/review", facts, since=since)


def _drafts(db: Session, actor: Actor) -> Iterator[Task]:
    hosted = col(Challenge.organisation_id).in_(actor.places_as(*HOST))
    for one, _no, question, since in _challenges(db, actor, hosted, ChallengeState.DRAFT):
        url, facts = f"/challenges/{one}", {"question": question}
        say = N_("Finish the challenge “{question}”") if question else N_("Finish the challenge you began")
        yield Task(say, url, facts, since=since)


def _challenges(
    db: Session, actor: Actor, whose: ColumnElement[bool], state: ChallengeState
) -> list[tuple[Any, ...]]:
    columns = select(Challenge.id, Challenge.no, Challenge.question, Challenge.created_at)
    seen = columns.where(Challenge.visible_to(actor), whose, Challenge.state == state)
    return [tuple(row) for row in db.exec(seen).all()]


def _questions(db: Session, actor: Actor) -> Iterator[Task]:
    rows = db.exec(
        select(col(Challenge.id), col(Challenge.no), col(Challenge.question), col(Question.asked_at))
        .join(Question, col(Question.challenge_id) == col(Challenge.id))
        .where(
            col(Question.organisation_id).in_(actor.places_as(*HOST)),
            col(Question.answered_at).is_(None),
            Challenge.state != ChallengeState.WITHDRAWN,
        )
    ).all()
    for one, no, question, since in rows:
        url, facts = f"/challenges/{one}#questions", {"question": question}
        yield Task(N_("Answer a question about “{question}”"), url, facts, no, since=since)


def _presenting(db: Session, actor: Actor) -> Iterator[Task]:
    """A host of a session asked whether the organisation presents."""
    rows = db.exec(
        select(col(Presenter.about), col(Organisation.slug), col(Organisation.name), col(Presenter.asked_at))
        .join(Organisation, col(Organisation.id) == col(Presenter.organisation_id))
        .join(OpenSession, col(OpenSession.id) == col(Presenter.session_id))
        .where(
            col(Presenter.organisation_id).in_(actor.places_as(*HOST)),
            Presenter.state == PresenterState.ASKED,
            col(OpenSession.state).not_in((SessionState.OVER, SessionState.CANCELLED)),
            col(OpenSession.ends_at) > now(),
        )
    ).all()
    for title, slug, name, since in rows:
        say = N_("Say whether you present at “{title}”")
        yield Task(say, f"/organisations/{slug}/leads", {"title": title}, name, since=since)


def _next_steps(db: Session, actor: Actor) -> Iterator[Task]:
    """What the programme manager meant to do by today."""
    rows = db.exec(
        select(Card, col(Programme.slug), col(Consortium.ref))
        .join(Programme, col(Programme.id) == col(Card.programme_id))
        .join(Consortium, col(Consortium.id) == col(Card.consortium_id))
        .where(
            Card.visible_to(actor),
            col(Card.next_on) <= now().date(),
            col(Card.held_since).is_(None),
            Card.state != Stage.STOPPED,
        )
    ).all()
    for card, slug, ref in rows:
        until = datetime.combine(card.next_on, time(), UTC) if card.next_on else None
        facts = {"name": card.name, "step": card.next_step}
        yield Task(N_("Next for {name}: {step}"), f"/p/{slug}/consortia/{ref}", facts, ref, until=until)


def _unasked(db: Session, actor: Actor) -> Iterator[Task]:
    """A signatory of an organisation that is not verified can ask for it."""
    open_ones = col(Organisation.state).in_((Verification.UNVERIFIED, Verification.REFUSED))
    rows = db.exec(
        select(Organisation.name, Organisation.slug).where(
            col(Organisation.id).in_(actor.places_as(Role.SIGNATORY)), open_ones
        )
    ).all()
    for name, slug in rows:
        url = f"/{actor.language}/organisations/{slug}"
        yield Task(N_("Ask for {name} to be verified"), url, {"name": name})


def _unverified(db: Session, actor: Actor) -> Iterator[Task]:
    if not actor.is_everywhere(Role.STEWARD):
        return
    asked = select(Organisation.name, Organisation.id).where(Organisation.state == Verification.ASKED)
    for name, one in db.exec(asked).all():
        yield Task(N_("Verify {name}"), f"/admin/organisations/{one}", {"name": name})


def _failures(db: Session, actor: Actor) -> Iterator[Task]:
    if not actor.is_everywhere(Role.STEWARD):
        return
    count, since = db.exec(
        select(func.count(), func.min(Job.failed_at)).where(col(Job.failed_at).is_not(None))
    ).one()
    if count:
        yield Task(N_("See why jobs failed: {n}"), "/admin", {"n": count}, since=since)
