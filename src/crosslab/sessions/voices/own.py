"""What is held of one guest around voices: told to them, handed to them, forgotten when they wish."""

from typing import Any

from sqlmodel import Session

from crosslab.core.actor import NOBODY_YET
from crosslab.sessions.actions.leads import withdraw_lead
from crosslab.sessions.actions.moderation import ungroup
from crosslab.sessions.tables import Registration

from . import inbox, queries
from .conditions import TERMS_OF, for_the_host
from .tables import Voice


def held(db: Session, guest: Registration) -> dict[str, Any]:
    """Everything one said, supported, answered and left, and what one agreed to, for a file of one's own."""
    said = queries.opinion_of(db, guest)
    return {
        "agreed": {key.removeprefix(TERMS_OF): at for key, at in guest.consents.items()},
        "voices": [_voice(db, each) for each in queries.said_by(db, guest)],
        "supported": queries.supported_by(db, guest),
        "answers": {"worth": said.worth, "took": said.took, "otherwise": said.otherwise} if said else None,
        "addresses left": [
            {
                "organisation": inbox.organisation_of(db, each).name,
                "about": each.intent.value,
                "name": each.name,
                "email": each.email,
                "words": each.words,
                "agreed to": each.agreed_to,
                "erased on": each.erase_at.isoformat(),
            }
            for each in inbox.left_by(db, guest)
        ],
    }


def _voice(db: Session, voice: Voice) -> dict[str, Any]:
    answered = queries.answered(db, voice)
    return {
        "kind": voice.kind.value,
        "text": voice.text,
        "name shown": voice.named,
        "terms": voice.terms,
        "said at": voice.said_at.isoformat(),
        "state": voice.state.value,
        "reason": voice.reason,
        "answer": answered.answer,
    }


def forget(db: Session, guest: Registration) -> None:
    """Before a registration is erased: leads are taken back, voices without an answer go, answered ones stay nameless.

    Support and answers to the three questions go with the registration.
    """
    for lead in inbox.left_by(db, guest):
        withdraw_lead(db, NOBODY_YET, lead)
    said = queries.all_by(db, guest)
    queries.hold(db, *said)
    for voice in said:
        if voice.answered_at:
            voice.named, voice.registration_id = False, None
            continue
        for each in queries.grouped_under(db, voice):
            ungroup(db, for_the_host(voice.session_id), each)
        db.delete(voice)
    db.flush()
