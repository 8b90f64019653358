"""Whether a person may hand a statement in at all: what the platform asks before and after the vault's own rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import Chain, blobs
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ledger import store
from crosslab.people.tables import Organisation, Person
from crosslab.rules import N_, MembershipState

from .queries import NOTHING
from .scope import Scope

FOR_MEMBERS = frozenset(
    {"consortium.create", "consortium.invite", "consortium.remove", "consortium.join"}
    | {"version", "grant", "revoke", "release", "transfer"}
)
"""What only a member of today says. Who has left may still approve, object, withdraw and confirm."""


@dataclass(frozen=True)
class Hand:
    """Whoever hands statements in: their scope, and what is so before them."""

    db: Session
    actor: Actor
    scope: Scope
    state: State


def check_before(hand: Hand, me: Person, said: Sequence[Said]) -> None:
    """Statements are one's own, for organisations one works for, on chains one may know about."""
    fresh = {each.id for each in said}
    for each in said:
        _is_ones_own(me, each, alone=len(said) == 1)
        if not each.kind.genesis and each.chain not in fresh and not hand.scope.follows(each.chain):
            raise Missing(NOTHING)
        spoken_for = {each.org} if each.org else set()
        if each.kind.chain is Chain.ORGANISATION and not each.kind.genesis:
            spoken_for.add(each.chain)
        if not spoken_for <= hand.scope.mine | fresh:
            raise Forbidden(N_("You do not work for the organisation that the statement is made for."))
        _may_name(hand, each)
        _may_be_given(hand, each)


def check_after(db: Session, said: Said) -> None:
    """Only an organisation that is a member on the platform says so in the vault."""
    if said.type not in FOR_MEMBERS:
        return
    if not _is_member(db, said.chain, said.org):
        raise Forbidden(N_("This organisation is not a member of the consortium."))


def _is_ones_own(me: Person, said: Said, *, alone: bool) -> None:
    if said.type == "person.create":
        if me.vault_id and me.vault_id != said.id:
            raise Refused(N_("You have a key already. A new one replaces it by a signed statement."))
        if not alone:
            raise Refused(N_("A first key is handed in by itself."))
    elif said.by != me.vault_id:
        raise Forbidden(N_("This statement is signed by somebody else. You can only hand in your own."))


def _may_name(hand: Hand, said: Said) -> None:
    """A version names files that its maker sent or may open: naming a file opens it to the version's readers."""
    for name, _ in blobs(said):
        known = store.stored(hand.db, name)
        mine = known is not None and known.person_id == hand.actor.person_id
        if known and not mine and not any(hand.scope.opens(hand.state, each) for each in known.versions):
            raise Refused(N_("A sealed file that the version names has not arrived. Send it first."))


def _may_be_given(hand: Hand, said: Said) -> None:
    """A member in the vault that is none on the platform any more is given nothing; outsiders have a release."""
    consortium = hand.state.consortia.get(said.chain)
    if said.type == "grant" and consortium is not None:
        to = str(said.body["to"])
        if to != said.org and consortium.has(to) and not _is_member(hand.db, said.chain, to):
            raise Refused(N_("The organisation that access is given to has left the consortium."))


def _is_member(db: Session, consortium: str, org: str) -> bool:
    found = db.exec(
        select(Membership.id)
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .join(Consortium, col(Consortium.id) == col(Membership.consortium_id))
        .where(Organisation.vault_id == org, Consortium.vault_id == consortium)
        .where(Membership.state == MembershipState.ACTIVE)
    )
    return found.first() is not None
