"""The way in: a link from a mailbox, a session on a browser, and its end."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.mail import post
from crosslab.ip_vault.logins import is_code
from crosslab.people.browsers import MACHINE
from crosslab.people.tables import Person, Presence, SignInLink
from crosslab.people.tokens import digest, new_token
from crosslab.rules import N_, Verb

LINK_LASTS = timedelta(minutes=20)
PRESENCE_LASTS = timedelta(days=14)
MOST_LINKS = 5
MACHINE_LINK_LASTS = timedelta(minutes=10)
AN_HOUR = timedelta(hours=1)
MOST_MACHINES = 10


def ask_link(
    db: Session, actor: Actor, *, email: str, next: str, language: str, origin: str, by_mail: bool = True
) -> SignInLink:
    """Send a link that signs in whoever reads this mailbox, once, within twenty minutes.

    The answer is the same whether the address is known or not. Five links in twenty minutes are enough.
    A demonstration hands its links over itself and sends none `by_mail`.
    """
    token = new_token()
    link = SignInLink(email=email, token_hash=digest(token), next=next, ends_at=now() + LINK_LASTS)
    with act(db, actor, Verb.PEOPLE_ASK_LINK, link):
        if by_mail:
            _not_too_often(db, email)
            post(db, email, language, "sign_in", url=f"{origin}/sign-in/{token}")
    return link


def _not_too_often(db: Session, email: str) -> None:
    recent = select(SignInLink.id).where(SignInLink.email == email, SignInLink.made_at > now() - LINK_LASTS)
    if len(db.exec(recent).all()) >= MOST_LINKS:
        raise Refused(N_("Five links went to this address in the last twenty minutes. Use the newest one."))


def sign_in(db: Session, actor: Actor, link: SignInLink, *, name: str, language: str, browser: str) -> str:
    """Use a link: the person is signed in on this browser, and known from now on. Gives the cookie's token."""
    token = new_token()
    with act(db, actor, Verb.PEOPLE_SIGN_IN, link):
        if link.used_at:
            raise Refused(N_("This link was used already. Ask for a new one."))
        if link.is_spent:
            raise Refused(N_("This link is older than twenty minutes. Ask for a new one."))
        link.used_at = now()
        person = db.exec(select(Person).where(Person.email == link.email)).first()
        if person is None:
            person = _newcomer(db, link.email, name, language)
        ends = now() + PRESENCE_LASTS
        db.add(Presence(person_id=person.id, token_hash=digest(token), browser=browser[:200], ends_at=ends))
    return token


def _newcomer(db: Session, email: str, name: str, language: str) -> Person:
    if not name:
        raise Refused(N_("Write your name, so that others know who you are."), field="name")
    person = Person(email=email, name=name, language=language)
    db.add(person)
    db.flush()
    return person


def admit(db: Session, actor: Actor, me: Person, *, key: str, name: str, at: datetime, code: str) -> None:
    """Let the command line in on a machine, as oneself: it drew the token itself and has told its hash alone.

    The code shows that the terminal is one's own. A link holds for ten minutes, and a token is let in once.
    """
    with act(db, actor, Verb.PEOPLE_ADMIT, me):
        if abs(now() - at) > MACHINE_LINK_LASTS:
            raise Refused(N_("This link is older than ten minutes. Start again in the terminal."))
        if not is_code(code, key):
            raise Refused(N_("This is not the code that the terminal shows."), field="code")
        if db.exec(select(Presence.id).where(Presence.token_hash == key)).first():
            raise Refused(N_("This link was used already. Start again in the terminal."))
        mine = select(Presence.id).where(Presence.person_id == me.id, Presence.began_at > now() - AN_HOUR)
        if len(db.exec(mine.where(col(Presence.browser).startswith(MACHINE))).all()) >= MOST_MACHINES:
            raise Refused(N_("Ten machines were let in within an hour. Wait a while, then start again."))
        ends = now() + PRESENCE_LASTS
        db.add(Presence(person_id=me.id, token_hash=key, browser=f"{MACHINE}{name}"[:200], ends_at=ends))


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
