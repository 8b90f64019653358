"""Where a consortium comes from: the business case of a workshop, and its trail back to the notes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, union
from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.workshops import queries as workshops
from crosslab.workshops.lineage import Grown
from crosslab.workshops.queries import Origin
from crosslab.workshops.skeletons.tables import CallInterest, Involved, Skeleton
from crosslab.workshops.tables import Company


@dataclass(frozen=True)
class Beginning:
    """The business case a consortium began with, and where that came from, as far as the reader may know."""

    skeleton: Skeleton
    origin: Origin
    became: Grown
    read: bool

    @property
    def url(self) -> str:
        """The case in its workshop, for those who may read it there; nothing for others."""
        return f"/s/{self.origin.workshop.no}/cases/{self.skeleton.id}" if self.read else ""


def met(actor: Actor, consortium: Consortium) -> CompoundSelect[Any]:
    """The organisations that were in the business case, or said of its call that they would take part."""
    companies = select(Company.organisation_id).join(Involved, col(Involved.company_id) == col(Company.id))
    keen = select(CallInterest.organisation_id).where(
        CallInterest.visible_to(actor),
        CallInterest.skeleton_id == consortium.skeleton_id,
        col(CallInterest.withdrawn_at).is_(None),
        col(CallInterest.organisation_id).is_not(None),
    )
    within = Involved.skeleton_id == consortium.skeleton_id, col(Company.organisation_id).is_not(None)
    return union(companies.where(*within), keen)


def beginning(db: Session, actor: Actor, consortium: Consortium) -> Beginning | None:
    """What a consortium began with, for somebody who is inside it; None when it began without a workshop.

    `actor` is asked with their seats in workshops: the words of notes are for those who were in the room.
    """
    if consortium.skeleton_id is None:
        return None
    skeleton = db.exec(select(Skeleton).where(Skeleton.id == consortium.skeleton_id)).one()
    return Beginning(
        skeleton,
        workshops.origin(db, actor, skeleton),
        workshops.grown(db, [skeleton])[skeleton.id],
        workshops.may_read(db, actor, skeleton),
    )
