"""Voices: said, put right, taken back, supported. What a guest does is told in no log by whom."""

from typing import Any

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.people.tokens import digest
from crosslab.rules import N_, SessionState, Verb
from crosslab.sessions.pairs import can_be, pair
from crosslab.sessions.queries import hold, registered_as
from crosslab.sessions.tables import OpenSession, Registration, RegistrationKey
from crosslab.sessions.voices import conditions, queries
from crosslab.sessions.voices.tables import Opinion, Support, Voice, VoiceKind
from crosslab.sessions.voices.wordings import IDEA_WARNING
from crosslab.workshops.tables import Presence

from .moderation import ungroup

MOST_OWN = 40


def come_in(
    db: Session,
    actor: Actor,
    session: OpenSession,
    *,
    name: str,
    token: str,
    email: str = "",
    language: str = "en",
) -> Registration:
    """Whoever is in the room comes in with its code, unregistered. Whoever has a place keeps it: a phone, a guest.

    Somebody who registered under `email` counts once. It opens nothing of that registration and is not kept.
    """
    hold(db, session)
    if there := queries.guest_of(db, actor, session) or queries.guest_by(db, session, token):
        return there
    guest = Registration(
        session_id=session.id,
        programme_id=session.programme_id,
        organisation_id=session.organisation_id,
        person_id=actor.person_id,
        name=name,
        language=language,
        walk_in=True,
        presence=Presence.HERE,
    )
    with act(db, conditions.unnamed(actor), Verb.SESSIONS_COME_IN, guest, at=session) as event:
        event.facts["what"] = session.title
        conditions.takes_in(db, session)
        known = registered_as(db, session, actor.email or email, None)
        if known is not None and can_be(known):
            pair(guest, known)
        db.add_all([guest, RegistrationKey(token_hash=digest(token), registration_id=guest.id)])
    return guest


def say(
    db: Session,
    actor: Actor,
    session: OpenSession,
    *,
    kind: VoiceKind,
    text: str,
    key: str,
    named: bool = False,
    agrees: bool = False,
    warned: bool = False,
    language: str = "en",
) -> Voice:
    """A guest says something, knowing who may use it. Sent twice with one key, it is said once.

    An idea is taken only from somebody who has read that what is public can hardly be patented any more.
    """
    with act(db, conditions.unnamed(actor), Verb.SESSIONS_SAY, session):
        guest = conditions.own_guest(db, actor, session)
        if there := queries.by_key(db, session, key):
            return there
        conditions.still_hears(session)
        conditions.agree(db, guest, conditions.terms_of(db, session), agrees)
        if kind is VoiceKind.IDEA and not warned:
            raise Refused(N_("Say first that you have read what making an idea public does."), field="warned")
        if len(queries.said_by(db, guest)) >= MOST_OWN:
            raise Refused(N_("You have said {most} things here. Take one back first."), most=MOST_OWN)
        made = _by(db, guest, session, kind, key=key, text=text, named=named, language=language)
        db.add(made)
    return made


def _by(db: Session, guest: Registration, session: OpenSession, kind: VoiceKind, **said: Any) -> Voice:
    """A voice of a guest, with the wordings they have read."""
    return Voice(
        session_id=session.id,
        programme_id=session.programme_id,
        organisation_id=session.organisation_id,
        registration_id=guest.id,
        about=session.title,
        kind=kind,
        terms=conditions.terms_of(db, session),
        warning=IDEA_WARNING if kind is VoiceKind.IDEA else "",
        **said,
    )


def rephrase(
    db: Session, actor: Actor, voice: Voice, *, session: OpenSession, text: str, named: bool
) -> None:
    """Whoever said it puts it right, or shows or keeps back their name, until it is answered."""
    with act(db, conditions.unnamed(actor), Verb.SESSIONS_REPHRASE, voice):
        conditions.own_voice(conditions.own_guest(db, actor, session), voice)
        voice.text, voice.named, voice.edited_at = text, named, now()


def unsay(db: Session, actor: Actor, voice: Voice, *, session: OpenSession) -> None:
    """Whoever said it takes it back, until it is answered. Nobody reads it any more."""
    queries.hold(db, voice)
    with act(db, conditions.unnamed(actor), Verb.SESSIONS_UNSAY, voice):
        conditions.own_voice(conditions.own_guest(db, actor, session), voice)
        voice.pinned_at = voice.into_id = None
        for each in queries.grouped_under(db, voice):
            ungroup(db, conditions.for_the_host(session.id), each)


def support(db: Session, actor: Actor, voice: Voice, *, session: OpenSession) -> None:
    """A guest supports what another said. Twice is once."""
    with act(db, conditions.unnamed(actor), Verb.SESSIONS_SUPPORT, voice):
        guest = conditions.own_guest(db, actor, session)
        if voice.registration_id == guest.id:
            raise Refused(N_("This is your own. Others can support it."))
        if queries.support_of(db, guest, voice) is None:
            db.add(Support(registration_id=guest.id, voice_id=voice.id))


def unsupport(db: Session, actor: Actor, voice: Voice, *, session: OpenSession) -> None:
    """The support is taken back."""
    with act(db, conditions.unnamed(actor), Verb.SESSIONS_UNSUPPORT, voice):
        guest = conditions.own_guest(db, actor, session)
        if there := queries.support_of(db, guest, voice):
            db.delete(there)


def rate(
    db: Session, actor: Actor, session: OpenSession, *, worth: int, took: str = "", otherwise: str = ""
) -> None:
    """A guest answers three questions about the session. Saying it again replaces what was said."""
    with act(db, conditions.unnamed(actor), Verb.SESSIONS_RATE, session):
        guest = conditions.own_guest(db, actor, session)
        if session.state not in (SessionState.LIVE, SessionState.OVER):
            raise Refused(N_("The session has not begun. Come back afterwards."))
        said = queries.opinion_of(db, guest) or Opinion(
            registration_id=guest.id, session_id=session.id, worth=worth
        )
        said.worth, said.took, said.otherwise, said.at = worth, took, otherwise, now()
        db.add(said)
