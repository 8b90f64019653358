"""The sealed workspace of Amphi Nights, as the demo's chapter leaves it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlmodel import Session, select

from crosslab.consortia.tables import Consortium
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ip_vault.statements import attachments, blobs, parse
from crosslab.ledger.tables import Statement
from tests.workspace.members import Member, unlocked


@dataclass
class Amphi:
    """The consortium, its chain in the vault, and everything that was said on it."""

    consortium: Consortium
    chain: str
    said: list[Said]
    first_of: dict[str, Said] = field(default_factory=dict)

    def of(self, type: str, org: str) -> list[Said]:
        """What an organisation said of one kind."""
        return [each for each in self.said if (each.type, each.org) == (type, org)]

    def blobs_of(self, org: str) -> list[str]:
        """The sealed files of an organisation's versions."""
        return [name for each in self.of("version", org) for name, _ in blobs(each)]

    def grants_of(self, org: str) -> list[str]:
        """The small files with which it gave access."""
        return [name for each in self.of("grant", org) for name, _ in attachments(each)]


@pytest.fixture
def amphi(db: Session, world: object) -> Amphi:
    consortium = db.exec(select(Consortium).where(Consortium.slug == "amphi-nights")).one()
    rows = db.exec(
        select(Statement).where(Statement.chain == consortium.vault_id).order_by(Statement.idx)
    ).all()
    said = [parse(row.note.encode())[0] for row in rows]
    return Amphi(consortium, consortium.vault_id or "", said, {each.type: each for each in reversed(said)})


@pytest.fixture
def member(browse, world, amphi) -> Callable[[str], Member]:
    """`member("ane")`: one of the four with keys, unlocked."""
    return lambda key: unlocked(browse(getattr(world, key)), key)
