"""Questions the pages ask: what a session is like, who comes, who runs it, what somebody runs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, or_, select

from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation, Person, Programme
from crosslab.rules import ChallengeState, RegistrationState, Role, SessionState
from crosslab.sessions.queue import free_places
from crosslab.sessions.tables import AT_THE_HOST, OpenSession, Registration, Series, SessionHost, counts_once
from crosslab.sessions.voices.presenting import agreed
from crosslab.workshops.tables import Presence, Workshop

from .calendar import counts
from .inside import place_in_queue


@dataclass(frozen=True)
class Around:
    """What a session's page says beside the session's own words."""

    host: Organisation
    programme: Programme
    series: Series | None
    challenge: Challenge | None
    free: int | None
    waiting: int
    coming: list[str]
    presenting: Sequence[Organisation]

    @property
    def is_full(self) -> bool:
        return self.free == 0 or self.waiting > 0


def around(db: Session, actor: Actor, session: OpenSession) -> Around:
    """Everything around a session that whoever asks may see. Names are of those who agreed to be named."""
    taken, waiting = counts(db, [session.id])
    series = seen_by(actor, Series).where(Series.id == session.series_id)
    challenge = seen_by(actor, Challenge).where(Challenge.id == session.challenge_id)
    return Around(
        host=db.exec(select(Organisation).where(Organisation.id == session.organisation_id)).one(),
        programme=db.exec(select(Programme).where(Programme.id == session.programme_id)).one(),
        series=db.exec(series).one_or_none() if session.series_id else None,
        challenge=db.exec(challenge).one_or_none() if session.challenge_id else None,
        free=free_places(session.capacity, taken.get(session.id, 0)),
        waiting=waiting.get(session.id, 0),
        coming=_named(db, session),
        presenting=agreed(db, session),
    )


def _named(db: Session, session: OpenSession) -> list[str]:
    """Who comes and agreed to be named; of a session that is over, who came as the door noted it."""
    rows = select(Registration.name, Registration.company).where(
        Registration.session_id == session.id,
        Registration.state == RegistrationState.REGISTERED,
        col(Registration.listed).is_(True),
    )
    if is_over(session):
        rows = rows.where(col(Registration.presence).in_((Presence.HERE, Presence.LATE)))
    found = db.exec(rows.order_by(col(Registration.name))).all()
    return [f"{name}, {company}" if company else name for name, company in found]


def invited(db: Session, no: str, invite: str) -> OpenSession | None:
    """An unlisted session, for whoever was told its link."""
    if not invite:
        return None
    shown = col(OpenSession.state) != SessionState.PLANNED
    wanted = select(OpenSession).where(OpenSession.no == no, OpenSession.invite == invite, shown)
    return db.exec(wanted).one_or_none()


def workshop_numbered(db: Session, actor: Actor, no: str) -> Workshop | None:
    """The workshop with this number, if there is one for these eyes: they share numbers with sessions."""
    return db.exec(seen_by(actor, Workshop).where(Workshop.no == no)).one_or_none()


def is_over(session: OpenSession) -> bool:
    """Whether a session lies behind us: its host ended it, or its end has passed."""
    return session.state is SessionState.OVER or session.ends_at <= now()


def takes_names(session: OpenSession) -> bool:
    """Whether one can register just now."""
    on = session.state in (SessionState.OPEN, SessionState.LIVE)
    return on and (session.closes_at or session.ends_at) > now()


def own(db: Session, actor: Actor, session: OpenSession) -> Registration | None:
    """The registration of whoever asks."""
    held = actor.cards.get(session.id)
    wanted = select(Registration).where(Registration.id == held, Registration.session_id == session.id)
    return db.exec(wanted).one_or_none() if held else None


def turn_of(db: Session, registration: Registration | None) -> int:
    """The place in the queue of somebody who waits; 0 for others."""
    waits = registration is not None and registration.state is RegistrationState.WAITING
    return place_in_queue(db, registration) if waits and registration else 0


def at_the_door(db: Session, session: OpenSession) -> list[Registration]:
    """Everybody with a place or in the queue, once and by name; who waits comes after, in the order of the queue."""
    states = (RegistrationState.REGISTERED, RegistrationState.HELD, RegistrationState.WAITING)
    rows = select(Registration).where(
        Registration.session_id == session.id, col(Registration.state).in_(states), counts_once()
    )
    found = list(db.exec(rows).all())
    waits = [each for each in found if each.state is RegistrationState.WAITING]
    return sorted(
        (each for each in found if each not in waits), key=lambda each: each.name.casefold()
    ) + sorted(waits, key=lambda each: each.nth)


def phones(db: Session, session: OpenSession) -> dict[UUID, list[Registration]]:
    """The further phones people walked in with, by whom they belong to."""
    rows = select(Registration).where(
        Registration.session_id == session.id, col(Registration.same_as_id).is_not(None)
    )
    found: defaultdict[UUID, list[Registration]] = defaultdict(list)
    for each in db.exec(rows.order_by(col(Registration.id))).all():
        if each.same_as_id:
            found[each.same_as_id].append(each)
    return dict(found)


def hosts(db: Session, session: OpenSession) -> Sequence[Person]:
    """Who runs a session beside the host organisation's own people."""
    rows = select(Person).join(SessionHost, col(SessionHost.person_id) == col(Person.id))
    return db.exec(rows.where(SessionHost.session_id == session.id).order_by(col(Person.name))).all()


def run_by(db: Session, actor: Actor) -> Sequence[OpenSession]:
    """The sessions that somebody runs, the newest first."""
    runs = or_(
        col(OpenSession.id).in_(actor.places_as(Role.FACILITATOR)),
        col(OpenSession.programme_id).in_(actor.places_as(Role.MANAGER)),
        col(OpenSession.organisation_id).in_(actor.places_as(*AT_THE_HOST)),
    )
    found = seen_by(actor, OpenSession).where(runs)
    return db.exec(found.order_by(col(OpenSession.starts_at).desc()).limit(200)).all()


def series_of(db: Session, actor: Actor) -> Sequence[Series]:
    """The series that somebody answers for."""
    runs = or_(
        col(Series.programme_id).in_(actor.places_as(Role.MANAGER)),
        col(Series.organisation_id).in_(actor.places_as(*AT_THE_HOST)),
    )
    return db.exec(seen_by(actor, Series).where(runs).order_by(col(Series.title))).all()


def hosts_for(db: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations for which somebody may plan sessions: theirs; for a programme's manager, any."""
    manages = bool(actor.places_as(Role.MANAGER))
    found = seen_by(actor, Organisation)
    if not manages:
        found = found.where(col(Organisation.id).in_(actor.places_as(*AT_THE_HOST)))
    return db.exec(found.order_by(col(Organisation.name))).all()


def programmes_for(db: Session, actor: Actor) -> Sequence[Programme]:
    """The programmes in which somebody may plan: any, in which their own organisation is the host."""
    return db.exec(seen_by(actor, Programme).order_by(col(Programme.name))).all()


def of_series(db: Session, series: Series) -> Sequence[OpenSession]:
    """All dates of a series, also those that are planned."""
    rows = select(OpenSession).where(OpenSession.series_id == series.id)
    return db.exec(rows.order_by(col(OpenSession.starts_at))).all()


def open_challenges(db: Session, actor: Actor) -> Sequence[Challenge]:
    """The challenges that a session can belong to: those that are open to answers."""
    on = col(Challenge.state).in_((ChallengeState.OPEN, ChallengeState.CALLED))
    return db.exec(seen_by(actor, Challenge).where(on).order_by(col(Challenge.no).desc()).limit(200)).all()
