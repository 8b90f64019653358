"""What a person says of themselves."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.people.tables import Person
from crosslab.rules import Verb


def introduce(db: Session, actor: Actor, person: Person, *, name: str, language: str, digest: str) -> None:
    """Say one's name, the language one reads, and how often one wants a digest by mail."""
    with act(db, actor, Verb.PEOPLE_INTRODUCE, person):
        person.name, person.language, person.digest = name, language, digest
