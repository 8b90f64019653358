"""Questions about what was said in a session: who supports what, what is on the screen, whose it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import union
from sqlmodel import Session, col, func, select

from crosslab.core.actor import Actor
from crosslab.core.events import EventPlace
from crosslab.core.find import find_by, seen_by
from crosslab.rules import RegistrationState, Verb, VoiceState
from crosslab.sessions.queries import is_in, keyed
from crosslab.sessions.tables import OpenSession, Registration

from .tables import Opinion, Support, Voice, VoiceKind

ON_SCREEN = 6
ENOUGH = 3
"""How many must have answered before an average is shown: fewer would tell who said what."""


SEEN_BY_ALL = (
    *(Verb.SESSIONS_SAY, Verb.SESSIONS_REPHRASE, Verb.SESSIONS_UNSAY, Verb.SESSIONS_SUPPORT),
    *(Verb.SESSIONS_UNSUPPORT, Verb.SESSIONS_ANSWER, Verb.SESSIONS_MARK_ANSWERED, Verb.SESSIONS_GROUP),
    *(
        Verb.SESSIONS_UNGROUP,
        Verb.SESSIONS_HIDE,
        Verb.SESSIONS_UNHIDE,
        Verb.SESSIONS_PIN,
        Verb.SESSIONS_UNPIN,
    ),
)
"""What changes the list that everybody looks at."""


class Order(StrEnum):
    """How voices can be sorted."""

    SUPPORT = "support"
    NEWEST = "newest"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice as a page shows it. A name its author kept back was never read."""

    voice: Voice
    name: str
    support: int
    own: bool
    supported: bool
    sources: tuple["Heard", ...] = ()

    @property
    def waits(self) -> bool:
        return self.voice.answered_at is None


KINDS = list(VoiceKind)
ORDERS: dict[Order, Callable[[Heard], Any]] = {
    Order.SUPPORT: lambda each: (-each.support, each.voice.said_at),
    Order.NEWEST: lambda each: -each.voice.said_at.timestamp(),
    Order.KIND: lambda each: (KINDS.index(each.voice.kind), -each.support, each.voice.said_at),
}


def heard(
    db: Session,
    actor: Actor,
    session: OpenSession,
    *,
    order: Order = Order.SUPPORT,
    kind: VoiceKind | None = None,
    state: VoiceState = VoiceState.UP,
) -> list[Heard]:
    """The voices of a session in one state, each with what was grouped under it."""
    found = db.exec(seen_by(actor, Voice).where(Voice.session_id == session.id)).all()
    under: defaultdict[UUID | None, list[Voice]] = defaultdict(list)
    for each in found:
        if each.state is VoiceState.GROUPED:
            under[each.into_id].append(each)
    told = _teller(db, actor, session, found)
    rows = [
        told(each, [told(one) for one in under[each.id]])
        for each in found
        if each.state is state and kind in (None, each.kind)
    ]
    return sorted(rows, key=ORDERS[order])


def _teller(db: Session, actor: Actor, session: OpenSession, voices: Iterable[Voice]) -> Callable[..., Heard]:
    names, support, me = _names(db, voices), supporters(db, session), actor.cards.get(session.id)
    mine = set(db.exec(select(Support.voice_id).where(Support.registration_id == me)).all()) if me else set()

    def told(voice: Voice, sources: Iterable[Heard] = ()) -> Heard:
        own = voice.registration_id is not None and voice.registration_id == me
        name = names.get(voice.registration_id, "") if voice.named else ""
        return Heard(voice, name, support.get(voice.id, 0), own, voice.id in mine, tuple(sources))

    return told


def _names(db: Session, voices: Iterable[Voice]) -> dict[UUID | None, str]:
    """The names of those who let theirs be shown."""
    shown = {each.registration_id for each in voices if each.named}
    return dict(
        db.exec(select(Registration.id, Registration.name).where(col(Registration.id).in_(shown))).all()
    )


def supporters(db: Session, session: OpenSession) -> dict[UUID, int]:
    """How many persons stand behind each voice: they support it or one grouped under it, or said the same."""
    db.flush()
    head = func.coalesce(Voice.into_id, Voice.id)
    who = func.coalesce(Registration.same_as_id, Registration.id)
    gave = (
        select(head.label("head"), who)
        .join(Support, col(Support.voice_id) == col(Voice.id))
        .join(Registration, col(Registration.id) == col(Support.registration_id))
    )
    grouped = select(head.label("head"), who).where(Voice.state == VoiceState.GROUPED)
    said = grouped.outerjoin(Registration, col(Registration.id) == col(Voice.registration_id))
    here = Voice.session_id == session.id
    both = union(gave.where(here), said.where(here)).subquery()
    rows = db.execute(select(both.c.head, func.count()).group_by(both.c.head)).all()
    return {row[0]: row[1] for row in rows}


def on_screen(db: Session, actor: Actor, session: OpenSession) -> list[Heard]:
    """What the projector shows: what the host put there, newest first, then what most support and nobody answered."""
    rows = heard(db, actor, session)
    pinned = [(at, each) for each in rows if (at := each.voice.pinned_at)]
    first = [each for _, each in sorted(pinned, key=itemgetter(0), reverse=True)]
    others = [each for each in rows if not each.voice.pinned_at and each.waits]
    return (first + others)[:ON_SCREEN]


def voice_in(db: Session, actor: Actor, session: OpenSession, id: UUID) -> Voice:
    """A voice of this session that these eyes may see."""
    return find_by(db, actor, Voice, id=id, session_id=session.id)


def by_key(db: Session, session: OpenSession, key: str) -> Voice | None:
    """The voice that was sent with this key before."""
    return db.exec(select(Voice).where(Voice.session_id == session.id, Voice.key == key)).first()


def hold(db: Session, *voices: Voice) -> None:
    """Let nobody else change these until the transaction ends, and see them as they are now."""
    wanted = select(Voice.id).where(col(Voice.id).in_([each.id for each in voices]))
    db.exec(wanted.order_by(col(Voice.id)).with_for_update()).all()
    for each in voices:
        db.refresh(each)


def grouped_under(db: Session, voice: Voice) -> list[Voice]:
    """What was grouped under a voice, oldest first."""
    return list(db.exec(select(Voice).where(Voice.into_id == voice.id).order_by(col(Voice.id))).all())


def support_of(db: Session, guest: Registration, voice: Voice) -> Support | None:
    """The support a guest gave a voice."""
    mine = select(Support).where(Support.registration_id == guest.id, Support.voice_id == voice.id)
    return db.exec(mine).first()


def said_by(db: Session, guest: Registration) -> list[Voice]:
    """Everything a guest said and did not take back, oldest first."""
    own = select(Voice).where(Voice.registration_id == guest.id, Voice.state != VoiceState.TAKEN_BACK)
    return list(db.exec(own.order_by(col(Voice.id))).all())


def answered(db: Session, voice: Voice) -> Voice:
    """Where a voice's answer stands: with itself, or with the one it was grouped under."""
    if voice.into_id is None or voice.answered_at:
        return voice
    return db.exec(select(Voice).where(Voice.id == voice.into_id)).one()


def opinion_of(db: Session, guest: Registration) -> Opinion | None:
    """How a guest found the session."""
    return db.exec(select(Opinion).where(Opinion.registration_id == guest.id)).first()


def opinions(db: Session, session: OpenSession) -> list[Opinion]:
    """How those who answered found it, each person once; in no order that would tell who."""
    of = select(Opinion, Registration.same_as_id).join(
        Registration, col(Registration.id) == col(Opinion.registration_id)
    )
    rows = db.exec(of.where(Opinion.session_id == session.id)).all()
    heard = {said.registration_id for said, _ in rows}
    once = (said for said, same_as in rows if same_as not in heard)
    return sorted(once, key=lambda each: (-each.worth, each.took))


def guest_of(db: Session, actor: Actor, session: OpenSession) -> Registration | None:
    """Whoever asks, as a guest with a place in the session."""
    held = select(Registration).where(
        Registration.id == actor.cards.get(session.id), Registration.state == RegistrationState.REGISTERED
    )
    return db.exec(held).one_or_none()


def guest_by(db: Session, session: OpenSession, token: str) -> Registration | None:
    """The guest whose browser holds this token, also when they came in a moment ago."""
    held = keyed(db, session, token)
    return held if held and is_in(held) else None


def own_ones(db: Session, actor: Actor, session: OpenSession) -> list[Heard]:
    """What whoever asks said here, newest first, with what was hidden."""
    own = col(Voice.registration_id) == actor.cards.get(session.id)
    found = db.exec(
        select(Voice)
        .where(own, Voice.session_id == session.id, Voice.state != VoiceState.TAKEN_BACK)
        .order_by(col(Voice.id).desc())
    ).all()
    told = _teller(db, actor, session, found)
    return [told(each) for each in found]


def seq(db: Session, session_id: UUID) -> int:
    """How often the list of a session has changed: the number its live channel counts by."""
    changed = select(func.count()).where(
        EventPlace.place_id == session_id, col(EventPlace.verb).in_(SEEN_BY_ALL)
    )
    return db.exec(changed).one()


def opinion_by(db: Session, actor: Actor, session: OpenSession) -> Opinion | None:
    """How whoever asks found the session."""
    guest = guest_of(db, actor, session)
    return opinion_of(db, guest) if guest else None


def all_by(db: Session, guest: Registration) -> list[Voice]:
    """Every voice of a guest, whatever became of it, oldest first."""
    theirs = select(Voice).where(Voice.registration_id == guest.id)
    return list(db.exec(theirs.order_by(col(Voice.id))).all())


def supported_by(db: Session, guest: Registration) -> list[str]:
    """The words a guest supports, oldest first."""
    given = select(Voice.text).join(Support, col(Support.voice_id) == col(Voice.id))
    stands = col(Voice.state).in_((VoiceState.UP, VoiceState.GROUPED))
    return list(
        db.exec(given.where(Support.registration_id == guest.id, stands).order_by(col(Voice.id))).all()
    )
