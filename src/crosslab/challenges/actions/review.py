"""From review to the public and to the end: the programme manager's part and the host's big steps."""

from sqlmodel import Session, col, func, select

from crosslab.challenges import brief, queries
from crosslab.challenges.brief import Step
from crosslab.challenges.followers import tell_followers
from crosslab.challenges.stages import is_late
from crosslab.challenges.tables import Challenge, Comment
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.slugs import slug
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb


def comment(db: Session, actor: Actor, challenge: Challenge, *, step: Step, text: str) -> Comment:
    """Say something beside a step. The host reads it when the challenge comes back."""
    made = Comment(challenge_id=challenge.id, step=step.value, text=text, by=actor.name)
    with act(db, actor, Verb.CHALLENGES_COMMENT, challenge):
        db.add(made)
    return made


def send_back(db: Session, actor: Actor, challenge: Challenge, *, reason: str) -> None:
    """Give the draft back to the host with a reason."""
    with act(db, actor, Verb.CHALLENGES_SEND_BACK, challenge) as event:
        challenge.reason = reason
        event.facts["reason"] = reason


def publish(db: Session, actor: Actor, challenge: Challenge) -> None:
    """Make it public: it gets its number, its address and its place in the catalogue."""
    with act(db, actor, Verb.CHALLENGES_PUBLISH, challenge) as event:
        missing = brief.gaps(challenge)
        if missing:
            raise Refused(missing[0].text, **missing[0].facts)
        challenge.no, challenge.slug = _next_number(db), slug(challenge.question)
        challenge.published_at, challenge.reason = now(), ""
        host = db.exec(select(Organisation).where(Organisation.id == challenge.organisation_id)).one()
        challenge.words = brief.search_words(challenge, host.name, host.town)
        event.facts["no"] = challenge.no


def _next_number(db: Session) -> str:
    """The year and how many were published in it: 2026-014. The column is unique; of two at once one waits."""
    year = f"{now().year}-"
    length, last = func.length(col(Challenge.no)), col(Challenge.no)
    found = db.exec(
        select(last).where(last.startswith(year)).order_by(length.desc(), last.desc()).limit(1)
    ).first()
    return f"{year}{int(found.removeprefix(year)) + 1 if found else 1:03d}"


def call(
    db: Session, actor: Actor, challenge: Challenge, *, text: str, minimum: str, roles: list[str], choice: str
) -> None:
    """Call for consortia: who must be in one, whom you miss, how you will choose. Followers get a letter."""
    with act(db, actor, Verb.CHALLENGES_CALL, challenge):
        if is_late(challenge):
            raise Refused(N_("The deadline has passed. A call needs one that is still to come."))
        challenge.call, challenge.call_minimum = text, minimum
        challenge.call_roles, challenge.call_choice = roles, choice
        challenge.called_at = now()
        tell_followers(db, actor, challenge, "challenge_call", text=text)


def close(db: Session, actor: Actor, challenge: Challenge, *, reason: str) -> None:
    """Take no more interest. The page stays, with its questions and answers."""
    with act(db, actor, Verb.CHALLENGES_CLOSE, challenge) as event:
        challenge.reason, challenge.ended_at = reason, now()
        event.facts["reason"] = reason
        tell_followers(db, actor, challenge, "challenge_closed", reason=reason)


def withdraw(db: Session, actor: Actor, challenge: Challenge, *, reason: str) -> None:
    """Take it back for good. Its title, its date and the reason stay; nothing else is shown."""
    with act(db, actor, Verb.CHALLENGES_WITHDRAW, challenge) as event:
        if queries.interest_count(db, challenge) and not reason:
            raise Refused(N_("Organisations have registered interest. Tell them why."), field="reason")
        challenge.reason, challenge.ended_at = reason, now()
        event.facts["reason"] = reason
        tell_followers(db, actor, challenge, "challenge_withdrawn", reason=reason)
