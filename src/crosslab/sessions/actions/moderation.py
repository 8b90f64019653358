"""The host's desk: answers, duplicates put together, what is hidden and why, what stands on the screen."""

from sqlmodel import Session

from crosslab.challenges.actions import ask
from crosslab.challenges.tables import Challenge
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, SkeletonState, Verb, VoiceState
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import queries
from crosslab.sessions.voices.conditions import for_the_host
from crosslab.sessions.voices.tables import TermsChosen, Voice
from crosslab.sessions.voices.wordings import IN_FORCE, SHOW_WARNING, Terms
from crosslab.workshops.skeletons.tables import Skeleton

MOST_PINNED = 3


def set_terms(
    db: Session, actor: Actor, session: OpenSession, *, terms: Terms, shows_new: bool, warned: bool
) -> None:
    """The host says who may use what visitors suggest, for what is said from now on, and whether something new
    is shown. Whoever shows something new has read first what that does to it."""
    with act(db, actor, Verb.SESSIONS_SET_TERMS, session) as event:
        if shows_new and not warned:
            raise Refused(N_("Say first that you have read what showing it in public does."), field="warned")
        event.facts["terms"] = IN_FORCE[terms]
        db.add(
            TermsChosen(
                session_id=session.id,
                terms=IN_FORCE[terms],
                shows_new=shows_new,
                warning=SHOW_WARNING if shows_new else "",
                by=actor.name,
            )
        )


def answer(db: Session, actor: Actor, voice: Voice, *, text: str) -> None:
    """Answer in writing. A later answer takes the place of an earlier one."""
    with act(db, actor, Verb.SESSIONS_ANSWER, voice):
        _answered(actor, voice)
        voice.answer = text


def mark_answered(db: Session, actor: Actor, voice: Voice) -> None:
    """It was answered aloud. It leaves the screen."""
    with act(db, actor, Verb.SESSIONS_MARK_ANSWERED, voice):
        _answered(actor, voice)


def _answered(actor: Actor, voice: Voice) -> None:
    voice.answered_at = voice.answered_at or now()
    voice.answered_by, voice.pinned_at = actor.name, None


def group(db: Session, actor: Actor, voice: Voice, *, into: Voice) -> None:
    """Put one voice under another that says the same. Both keep their words and their authors."""
    queries.hold(db, voice, into)
    with act(db, actor, Verb.SESSIONS_GROUP, voice):
        if into.id == voice.id or into.session_id != voice.session_id or into.state is not VoiceState.UP:
            raise Refused(N_("Choose another voice of this session that is shown."), field="into")
        voice.into_id, voice.pinned_at = into.id, None
        for each in queries.grouped_under(db, voice):
            each.into_id = into.id


def ungroup(db: Session, actor: Actor, voice: Voice) -> None:
    """Show a voice by itself again."""
    with act(db, actor, Verb.SESSIONS_UNGROUP, voice):
        voice.into_id = None


def hide(db: Session, actor: Actor, voice: Voice, *, reason: str) -> None:
    """Nobody but its author and those who run the session reads it any more; its author reads why.

    What was put together with it stands by itself again.
    """
    queries.hold(db, voice)
    with act(db, actor, Verb.SESSIONS_HIDE, voice):
        voice.reason, voice.pinned_at, voice.into_id = reason, None, None
        for each in queries.grouped_under(db, voice):
            ungroup(db, for_the_host(voice.session_id), each)


def unhide(db: Session, actor: Actor, voice: Voice) -> None:
    """Everybody reads it again."""
    with act(db, actor, Verb.SESSIONS_UNHIDE, voice):
        voice.reason = ""


def pin(db: Session, actor: Actor, voice: Voice, *, session: OpenSession) -> None:
    """Put a voice on the screen before all others. More than a few are none."""
    with act(db, actor, Verb.SESSIONS_PIN, voice):
        there = [each for each in queries.on_screen(db, actor, session) if each.voice.pinned_at]
        if voice.pinned_at is None and len(there) >= MOST_PINNED:
            raise Refused(
                N_("{most} voices are on the screen already. Take one off first."), most=MOST_PINNED
            )
        voice.pinned_at = now()


def unpin(db: Session, actor: Actor, voice: Voice) -> None:
    """Take it off the screen."""
    with act(db, actor, Verb.SESSIONS_UNPIN, voice):
        voice.pinned_at = None


def hand_on(db: Session, actor: Actor, voice: Voice, *, challenge: Challenge, asks: bool) -> None:
    """Lay a voice beside a challenge, or ask it there in public. Its author is told with the summary.

    The log does not name the challenge: who hears of the session need not know of a draft.
    """
    with act(db, actor, Verb.SESSIONS_HAND_ON, voice, hear=(*challenge.places, challenge.id)):
        if voice.challenge_id:
            raise Refused(N_("This was handed on already."))
        voice.challenge_id = challenge.id
        if asks:
            voice.question_id = ask(db, actor, challenge, text=voice.text).id


def bring_in(db: Session, actor: Actor, voice: Voice, *, case: Skeleton) -> None:
    """Bring a voice into a business case: those who work on it read it there. The log does not name the case."""
    with act(db, actor, Verb.SESSIONS_BRING_IN, voice, hear=(case.id,)):
        if voice.skeleton_id:
            raise Refused(N_("This was brought into a business case already."))
        if case.state is SkeletonState.LET_GO:
            raise Refused(N_("Nobody works on this business case any more."), field="case")
        voice.skeleton_id = case.id
