"""What waits for a person: each a sentence, where it is, and since when. Computed, never stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from crosslab.challenges.tables import Challenge, Question
from crosslab.consortia.tables import Charter, Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.find import seen_by
from crosslab.funding.tables import Application, Signature
from crosslab.people.tables import Organisation
from crosslab.rules import (
    N_,
    ApplicationState,
    ChallengeState,
    ConsortiumState,
    MembershipState,
    Role,
    Verification,
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence with its facts, the place it is about, where to do it."""

    say: str
    facts: dict[str, Any]
    note: str
    url: str
    since: datetime | None


def waiting(db: Session, actor: Actor) -> list[Task]:
    """Everything that waits for this person, the longest waiting first."""
    found = [*_invitations(db, actor), *_requests(db, actor), *_charters(db, actor), *_sign_offs(db, actor)]
    found += [*_reviews(db, actor), *_drafts(db, actor), *_questions(db, actor), *_unverified(db, actor)]
    return sorted(found, key=lambda task: (task.since is None, task.since))


def _invitations(db: Session, actor: Actor) -> Iterator[Task]:
    mine = actor.places_as(Role.SIGNATORY)
    rows = db.exec(
        select(col(Consortium.name), col(Consortium.slug), col(Organisation.name), col(Membership.ends_at))
        .join(Membership, col(Membership.consortium_id) == col(Consortium.id))
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(col(Membership.organisation_id).in_(mine), Membership.state == MembershipState.INVITED)
    ).all()
    for name, slug, organisation, ends in rows:
        yield Task(N_("Answer the invitation to {name}"), {"name": name}, organisation, f"/w/{slug}", ends)


def _requests(db: Session, actor: Actor) -> Iterator[Task]:
    rows = db.exec(
        select(col(Consortium.name), col(Consortium.slug), col(Organisation.name), col(Membership.ends_at))
        .join(Membership, col(Membership.consortium_id) == col(Consortium.id))
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(col(Consortium.id).in_(actor.places_as(Role.LEAD)), Membership.state == MembershipState.ASKED)
    ).all()
    for name, slug, organisation, ends in rows:
        yield Task(
            N_("Decide whether {organisation} joins"), {"organisation": organisation}, name, f"/w/{slug}/members", ends
        )


def _charters(db: Session, actor: Actor) -> Iterator[Task]:
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
            ~select(Charter.id)
            .where(col(Charter.consortium_id) == col(Consortium.id))
            .correlate(Consortium)
            .where(col(Charter.number) > col(Membership.charter) + 1)
            .exists(),
        )
    ).all()
    for name, slug, organisation, since in rows:
        yield Task(N_("Read and accept the charter of {name}"), {"name": name}, organisation, f"/w/{slug}/charter", since)


def _sign_offs(db: Session, actor: Actor) -> Iterator[Task]:
    signed = select(Signature.organisation_id).where(
        col(Signature.application_id) == col(Application.id), col(Signature.taken_back_at).is_(None)
    )
    rows = db.exec(
        select(
            col(Application.scheme_name),
            col(Application.no),
            col(Consortium.slug),
            col(Organisation.name),
            col(Application.started_at),
        )
        .join(Consortium, col(Consortium.id) == col(Application.consortium_id))
        .join(Membership, col(Membership.consortium_id) == col(Consortium.id))
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(
            Application.state == ApplicationState.SIGNING,
            Membership.state == MembershipState.ACTIVE,
            col(Membership.organisation_id).in_(actor.places_as(Role.SIGNATORY)),
            col(Membership.organisation_id).not_in(signed),
        )
    ).all()
    for scheme, no, slug, organisation, since in rows:
        url = f"/w/{slug}/applications/{no}"
        yield Task(N_("Sign off the application to {scheme}"), {"scheme": scheme}, organisation, url, since)


def _reviews(db: Session, actor: Actor) -> Iterator[Task]:
    managed = actor.places_as(Role.MANAGER)
    rows = db.exec(
        seen_by(actor, Challenge)
        .with_only_columns(col(Challenge.id), col(Challenge.question), col(Challenge.created_at))
        .where(Challenge.state == ChallengeState.REVIEW, col(Challenge.programme_id).in_(managed))
    ).all()
    for id, question, since in rows:
        yield Task(N_("Review the challenge {question}"), {"question": question}, "", f"/challenges/{id}/review", since)


def _drafts(db: Session, actor: Actor) -> Iterator[Task]:
    rows = db.exec(
        seen_by(actor, Challenge)
        .with_only_columns(col(Challenge.id), col(Challenge.question), col(Challenge.no), col(Challenge.created_at))
        .where(
            Challenge.state == ChallengeState.DRAFT,
            col(Challenge.organisation_id).in_(actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR)),
        )
    ).all()
    for id, question, no, since in rows:
        facts = {"question": question or no}
        yield Task(N_("Finish the challenge {question}"), facts, "", f"/challenges/{id}/edit", since)


def _questions(db: Session, actor: Actor) -> Iterator[Task]:
    rows = db.exec(
        select(col(Challenge.no), col(Challenge.slug), col(Challenge.question), col(Question.asked_at))
        .join(Question, col(Question.challenge_id) == col(Challenge.id))
        .where(
            col(Question.organisation_id).in_(actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR)),
            col(Question.answered_at).is_(None),
        )
    ).all()
    for no, slug, question, since in rows:
        url = f"/challenges/{no}-{slug}#questions"
        yield Task(N_("Answer a question about {question}"), {"question": question}, "", url, since)


def _unverified(db: Session, actor: Actor) -> Iterator[Task]:
    if not actor.is_everywhere(Role.STEWARD):
        return
    rows = db.exec(
        select(col(Organisation.name), col(Organisation.created_at)).where(Organisation.state == Verification.ASKED)
    ).all()
    for name, since in rows:
        yield Task(N_("Verify {name}"), {"name": name}, "", "/admin/organisations", since)
