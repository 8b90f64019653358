"""After a restored backup: whose chain a statement begins that is taken back, when the database has forgotten it.

What stands for what on the platform is no part of the protocol and not in the log. It is told from names where there
is no doubt, and otherwise left to the operator.
"""

from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium
from crosslab.ip_vault.statements import Statement as Said
from crosslab.people.tables import Organisation, Person, Seat


@dataclass
class Ties:
    """Ties chains that are taken back to people, organisations and consortia; remembers what it did and did not."""

    told: list[str] = field(default_factory=list)

    def __call__(self, db: Session, said: Said) -> UUID | None:
        """Tie the chain that a statement begins, if it begins one; the person who signed it, if known."""
        if said.kind.genesis:
            self._tie(db, said)
        return db.exec(select(Person.id).where(Person.vault_id == said.person)).first()

    def _tie(self, db: Session, said: Said) -> None:
        found = _meant(db, said)
        name, kind = said.body["name"], said.type.partition(".")[0]
        if len(found) != 1:
            self.told.append(
                f"chain {said.id[:12]} of the {kind} “{name}” stands for nobody here: tie it by hand"
            )
            return
        found[0].vault_id = said.id
        db.add(found[0])
        db.flush()
        self.told.append(f"chain {said.id[:12]} stands for the {kind} “{name}” again ({found[0].id})")


def _meant(db: Session, said: Said) -> list[Person] | list[Organisation] | list[Consortium]:
    """Who can be meant: of that name, without a chain, and with the people or the lead that the statement names."""
    name = said.body["name"]
    match said.type:
        case "person.create":
            people = select(Person).where(Person.name == name, col(Person.vault_id).is_(None))
            return list(db.exec(people).all())
        case "org.create":
            maker = select(Person.id).where(Person.vault_id == said.by)
            theirs = select(Seat.place_id).where(col(Seat.person_id).in_(maker))
            named = select(Organisation).where(
                Organisation.name == name, col(Organisation.vault_id).is_(None)
            )
            return list(db.exec(named.where(col(Organisation.id).in_(theirs))).all())
        case _:
            lead = select(Organisation.id).where(Organisation.vault_id == said.org)
            teams = select(Consortium).where(Consortium.name == name, col(Consortium.vault_id).is_(None))
            return list(db.exec(teams.where(col(Consortium.lead_id).in_(lead))).all())
