"""Everything that can happen to people and their way in."""

from datetime import timedelta

from sqlmodel import Session, select

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.mail import post
from crosslab.core.slugs import free_slug
from crosslab.rules import N_, Role, Verb

from .tables import (
    EVERYWHERE,
    Organisation,
    OrganisationKind,
    Person,
    Presence,
    Programme,
    Seat,
    SignInLink,
    SizeClass,
)
from .tokens import digest, new_token

LINK_LASTS = timedelta(minutes=20)
PRESENCE_LASTS = timedelta(days=14)
MOST_LINKS = 5


def ask_link(db: Session, actor: Actor, *, email: str, next: str, language: str, origin: str) -> SignInLink:
    """Send a link that signs in whoever reads this mailbox, once, within twenty minutes.

    The answer is the same whether the address is known or not. Five links in twenty minutes are enough.
    """
    token = new_token()
    link = SignInLink(email=email, token_hash=digest(token), next=next, ends_at=now() + LINK_LASTS)
    with act(db, actor, Verb.PEOPLE_ASK_LINK, link):
        recent = select(SignInLink.id).where(
            SignInLink.email == email, SignInLink.made_at > now() - LINK_LASTS
        )
        if len(db.exec(recent).all()) >= MOST_LINKS:
            raise Refused(
                N_("Five links went to this address in the last twenty minutes. Use the newest one.")
            )
        post(db, email, language, "sign_in", url=f"{origin}/sign-in/{token}")
    return link


def sign_in(db: Session, actor: Actor, link: SignInLink, *, name: str, language: str, browser: str) -> str:
    """Use a link: the person is signed in on this browser, and known from now on. Gives the cookie's token."""
    token = new_token()
    with act(db, actor, Verb.PEOPLE_SIGN_IN, link):
        if link.used_at or link.ends_at <= now():
            raise Refused(
                N_("This link was used already or is older than twenty minutes. Ask for a new one.")
            )
        link.used_at = now()
        person = db.exec(select(Person).where(Person.email == link.email)).first()
        if person is None:
            person = Person(email=link.email, name=name or link.email.split("@")[0], language=language)
            db.add(person)
            db.flush()
        db.add(
            Presence(
                person_id=person.id,
                token_hash=digest(token),
                browser=browser[:200],
                ends_at=now() + PRESENCE_LASTS,
            )
        )
    return token


def sign_out(db: Session, actor: Actor, presence: Presence) -> None:
    """End the session of this browser."""
    with act(db, actor, Verb.PEOPLE_SIGN_OUT, presence):
        presence.ended_at = now()


def revoke(db: Session, actor: Actor, presence: Presence) -> None:
    """End one of one's own sessions, on whatever browser it is."""
    with act(db, actor, Verb.PEOPLE_REVOKE, presence):
        if presence.ended_at:
            raise Refused(N_("This session has ended already."))
        presence.ended_at = now()


def register(
    db: Session,
    actor: Actor,
    *,
    name: str,
    kind: OrganisationKind,
    country: str,
    size: SizeClass,
    town: str = "",
) -> Organisation:
    """Register an organisation. Whoever does so is its first signatory; the steward verifies it later."""
    made = Organisation(
        name=name, slug=free_slug(db, Organisation, name), kind=kind, country=country, size=size, town=town
    )
    me = db.exec(select(Person).where(Person.id == actor.person_id)).one()
    with act(db, actor, Verb.PEOPLE_REGISTER, made, at=me):
        db.add(Seat(person_id=me.id, place_id=made.id, role=Role.SIGNATORY))
    return made


def found(
    db: Session, actor: Actor, *, name: str, slug: str, code: str, summary: str, currency: str
) -> Programme:
    """Found a programme in which challenges are published."""
    made = Programme(name=name, slug=slug, code=code, summary=summary, currency=currency)
    with act(db, actor, Verb.PEOPLE_FOUND, made):
        pass
    return made


def appoint(
    db: Session, actor: Actor, person: Person, *, role: Role, programme: Programme | None = None
) -> None:
    """Give somebody a seat at a programme, or the steward's seat, which counts everywhere."""
    with act(db, actor, Verb.PEOPLE_APPOINT, person):
        db.add(Seat(person_id=person.id, place_id=programme.id if programme else EVERYWHERE, role=role))
