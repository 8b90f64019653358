"""Organisations: registered by a person, described by those who work for them."""

from sqlmodel import Session, select

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.core.slugs import free_slug
from crosslab.people import queries
from crosslab.people.identifiers import Unlike, canonical
from crosslab.people.tables import Identifier, Organisation, OrganisationKind, Seat, SizeClass
from crosslab.rules import N_, Role, Verb


def register(
    db: Session,
    actor: Actor,
    *,
    name: str,
    kind: OrganisationKind,
    country: str,
    size: SizeClass,
    town: str = "",
    another: bool = False,
) -> Organisation:
    """Register an organisation. Whoever does so is its first signatory; the steward verifies it later.

    One of the same name in the same country is refused, unless the person says that it is `another` one.
    """
    made = Organisation(
        name=name, slug=free_slug(db, Organisation, name), kind=kind, country=country, size=size, town=town
    )
    me = queries.me(db, actor)
    with act(db, actor, Verb.PEOPLE_REGISTER, made, at=me):
        if not another and (twin := queries.twin(db, actor, name, country)):
            raise Refused(
                N_("{name} is registered in this country already. Ask its people for a seat, or say below that "
                   "yours is another one."),
                field="name",
                name=twin.name,
            )  # fmt: skip
        db.add(Seat(person_id=me.id, place_id=made.id, role=Role.SIGNATORY))
    return made


def describe(
    db: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    name: str,
    kind: OrganisationKind,
    country: str,
    town: str,
    size: SizeClass,
    summary: str,
    offers: str,
    needs: str,
    sectors: list[str],
    website: str,
    listed: bool,
) -> None:
    """Say what the organisation is, offers and looks for. What it was verified as stays as it is."""
    with act(db, actor, Verb.PEOPLE_DESCRIBE, organisation):
        organisation.name, organisation.kind, organisation.size = name, kind, size
        organisation.country, organisation.town = country, town
        organisation.summary, organisation.offers, organisation.needs = summary, offers, needs
        organisation.sectors, organisation.website, organisation.listed = sectors, website, listed


def identify(db: Session, actor: Actor, organisation: Organisation, *, scheme: str, value: str) -> Identifier:
    """Add a number by which the organisation is known elsewhere. No two organisations share one."""
    with act(db, actor, Verb.PEOPLE_IDENTIFY, organisation) as event:
        try:
            number = canonical(scheme, value)
        except Unlike as unlike:
            raise Refused(str(unlike), field="value", **unlike.facts) from unlike
        same = select(Identifier.id).where(Identifier.scheme == scheme, Identifier.value == number)
        if db.exec(same).first():
            raise Refused(
                N_(
                    "This number stands with an organisation here already. If that is wrong, tell the steward."
                ),
                field="value",
            )
        made = Identifier(organisation_id=organisation.id, scheme=scheme, value=number)
        db.add(made)
        event.facts = {"identifier": f"{scheme}-{number}"}
    return made


def drop_identifier(db: Session, actor: Actor, organisation: Organisation, identifier: Identifier) -> None:
    """Take a number off the profile."""
    with act(db, actor, Verb.PEOPLE_DROP_IDENTIFIER, organisation) as event:
        event.facts = {"identifier": f"{identifier.scheme}-{identifier.value}"}
        db.delete(identifier)
