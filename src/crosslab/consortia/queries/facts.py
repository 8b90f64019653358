"""What an action has to know, whoever acts. Nothing here is shown to anyone as it is."""

from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.consortia.tables import PRESENT, Charter, Consortium, Membership, SoughtRole
from crosslab.core.clock import now
from crosslab.core.errors import Missing
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import N_, ConsortiumState, MembershipState


def next_ref(db: Session, programme_id: UUID) -> str:
    """The next reference of a programme's consortia: HIP-2026-041."""
    code = db.exec(select(Programme.code).where(Programme.id == programme_id)).one()
    begins = f"{code}-{now().year}-"
    last = db.exec(select(func.max(Consortium.ref)).where(col(Consortium.ref).startswith(begins))).one()
    return f"{begins}{int(last.removeprefix(begins)) + 1 if last else 1:03}"


def hold(db: Session, consortium: Consortium) -> None:
    """Keep others from changing the consortium until this transaction ends."""
    db.exec(select(Consortium.id).where(Consortium.id == consortium.id).with_for_update()).one()


def consortium_of(db: Session, membership: Membership) -> Consortium:
    """The consortium of a membership."""
    return db.exec(select(Consortium).where(Consortium.id == membership.consortium_id)).one()


def name_of(db: Session, organisation_id: UUID) -> str:
    """What an organisation is called."""
    return db.exec(select(Organisation.name).where(Organisation.id == organisation_id)).one()


def present(db: Session, consortium_id: UUID, organisation_id: UUID) -> MembershipState | None:
    """Whether an organisation is in, or on its way in; None when it is neither."""
    found = membership_in(db, consortium_id, organisation_id)
    return found.state if found else None


def membership_in(db: Session, consortium_id: UUID, organisation_id: UUID) -> Membership | None:
    """The row of an organisation that is in, or on its way in."""
    return db.exec(
        select(Membership).where(
            Membership.consortium_id == consortium_id,
            Membership.organisation_id == organisation_id,
            col(Membership.state).in_(PRESENT),
        )
    ).first()


def memberships_elsewhere(db: Session, membership: Membership, challenge_id: UUID) -> list[Membership]:
    """Where else on the same challenge the organisation takes part."""
    elsewhere = (
        select(Membership)
        .join(Consortium, col(Consortium.id) == col(Membership.consortium_id))
        .where(
            Membership.organisation_id == membership.organisation_id,
            Membership.state == MembershipState.ACTIVE,
            Membership.consortium_id != membership.consortium_id,
            Consortium.challenge_id == challenge_id,
            Consortium.state != ConsortiumState.DISSOLVED,
        )
    )
    return list(db.exec(elsewhere).all())


def count_active(db: Session, consortium: Consortium) -> int:
    """How many organisations are in."""
    active = select(func.count()).where(
        Membership.consortium_id == consortium.id, Membership.state == MembershipState.ACTIVE
    )
    return db.exec(active).one()


def begun_with(db: Session, skeleton_id: UUID) -> Consortium | None:
    """The consortium that lives and began with a business case."""
    alive = Consortium.state != ConsortiumState.DISSOLVED
    return db.exec(select(Consortium).where(Consortium.skeleton_id == skeleton_id, alive)).first()


def waiting_for(db: Session, consortium: Consortium, number: int) -> list[str]:
    """The members that have not accepted the charter of this number."""
    late = (
        select(Organisation.name)
        .join(Membership, col(Membership.organisation_id) == col(Organisation.id))
        .where(
            Membership.consortium_id == consortium.id,
            Membership.state == MembershipState.ACTIVE,
            Membership.charter != number,
        )
        .order_by(Organisation.name)
    )
    return list(db.exec(late).all())


def charter(db: Session, consortium: Consortium) -> Charter | None:
    """The charter that counts now."""
    newest = select(Charter).where(Charter.consortium_id == consortium.id)
    return db.exec(newest.order_by(col(Charter.number).desc()).limit(1)).first()


def last_number(db: Session, consortium: Consortium) -> int:
    """The number of the charter that counts now; 0 when there is none."""
    return db.exec(select(func.max(Charter.number)).where(Charter.consortium_id == consortium.id)).one() or 0


def role_of(db: Session, consortium: Consortium, id: UUID) -> SoughtRole:
    """One of the roles the consortium seeks."""
    wanted = select(SoughtRole).where(SoughtRole.id == id, SoughtRole.consortium_id == consortium.id)
    found = db.exec(wanted).first()
    if found is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return found


def sought(db: Session, consortium: Consortium) -> list[SoughtRole]:
    """The roles that are still to fill, oldest first."""
    wanted = select(SoughtRole).where(SoughtRole.consortium_id == consortium.id)
    return list(db.exec(wanted.order_by(col(SoughtRole.id))).all())
