"""Questions about applications. Every one looks through the eyes of the actor or is handed a thing they found."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Subquery, and_, case, cast, exists, func, or_, type_coerce
from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation
from crosslab.rules import N_, ApplicationState, MembershipState, Role

from .package import read
from .tables import Application, BudgetLine, PartnerBudget, Section, Signature
from .views import Partner, Sheet, Whole


def of_consortium(db: Session, actor: Actor, consortium: Consortium) -> Sequence[Application]:
    """The applications of a consortium that this actor may see, newest first."""
    mine = seen_by(actor, Application).where(Application.consortium_id == consortium.id)
    return db.exec(mine.order_by(col(Application.started_at).desc())).all()


def whole(db: Session, application: Application) -> Whole:
    """The application with its sections, budgets and signatures: six queries, however many partners."""
    name = db.exec(select(Consortium.name).where(Consortium.id == application.consortium_id)).one()
    signatures = select(Signature).where(Signature.application_id == application.id)
    return Whole(
        application,
        name,
        sections(db, application),
        _sheets(db, application),
        db.exec(signatures.order_by(col(Signature.signed_at), col(Signature.id))).all(),
    )


def sections(db: Session, application: Application) -> Sequence[Section]:
    """The parts of the text in their order."""
    asked = select(Section).where(Section.application_id == application.id)
    return db.exec(asked.order_by(col(Section.place))).all()


def section(db: Session, application: Application, key: str) -> Section:
    """One part of the text. Raises `Missing` when the application has no such part."""
    asked = select(Section).where(Section.application_id == application.id, Section.key == key)
    found = db.exec(asked).first()
    if found is None:
        raise Missing(N_("This application has no such section."))
    return found


def sheet(db: Session, application: Application, slug: str) -> Sheet:
    """The budget of the partner with this slug. Raises `Missing` when it is not a partner."""
    found = next((one for one in _sheets(db, application) if one.partner.slug == slug), None)
    if found is None:
        raise Missing(N_("This organisation is not a partner in the application."))
    return found


def _sheets(db: Session, application: Application) -> list[Sheet]:
    budgets = {
        one.organisation_id: one
        for one in db.exec(select(PartnerBudget).where(PartnerBudget.application_id == application.id)).all()
    }
    lines = _lines(db, [one.id for one in budgets.values()])
    return [
        Sheet(partner, budget, lines[budget.id])
        for partner in partners(db, application)
        for budget in [budgets.get(partner.id) or _new_budget(application, partner.id)]
    ]


def _new_budget(application: Application, organisation_id: UUID) -> PartnerBudget:
    """The empty budget of a partner that joined after the application was started; saved with its first line."""
    return PartnerBudget(application_id=application.id, organisation_id=organisation_id)


def _lines(db: Session, budgets: Collection[UUID]) -> dict[UUID, list[BudgetLine]]:
    found: dict[UUID, list[BudgetLine]] = defaultdict(list)
    asked = select(BudgetLine).where(col(BudgetLine.partner_budget_id).in_(budgets))
    for line in db.exec(asked.order_by(col(BudgetLine.place), col(BudgetLine.id))).all():
        found[line.partner_budget_id].append(line)
    return found


def partners(db: Session, application: Application) -> list[Partner]:
    """Who is in it: the active members now, or those who submitted it; the lead partner first."""
    asked = (
        select(Organisation, col(Membership.task), col(Consortium.lead_id))
        .join(Membership, col(Membership.organisation_id) == col(Organisation.id))
        .join(Consortium, col(Consortium.id) == col(Membership.consortium_id))
        .where(col(Membership.consortium_id) == application.consortium_id, _takes_part(application))
    )
    found = [
        Partner(one.id, one.name, one.slug, one.country, task, one.id == lead)
        for one, task, lead in db.exec(asked).all()
    ]
    return sorted(found, key=lambda one: (not one.leads, one.name.lower()))


def _takes_part(application: Application) -> ColumnElement[bool]:
    if application.submitted_content:
        submitted = [UUID(one["organisation"]) for one in read(application.submitted_content)["partners"]]
        return col(Membership.organisation_id).in_(submitted)
    return col(Membership.state) == MembershipState.ACTIVE


@dataclass(frozen=True)
class Waiting:
    """A sign-off that waits for somebody."""

    application: Application
    organisation: str
    organisation_slug: str
    consortium: str
    consortium_slug: str

    @property
    def url(self) -> str:
        return f"/w/{self.consortium_slug}/applications/{self.application.no}/sign-off"


def waiting_for(db: Session, actor: Actor) -> list[Waiting]:
    """The applications that wait for a signature of an organisation this actor signs for: one query."""
    asked = (
        select(Application, col(Organisation.name), col(Organisation.slug))
        .add_columns(col(Consortium.name), col(Consortium.slug))
        .join(Consortium, col(Consortium.id) == col(Application.consortium_id))
        .join(Membership, col(Membership.consortium_id) == col(Consortium.id))
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(
            Application.visible_to(actor),
            col(Application.state) == ApplicationState.SIGNING,
            col(Membership.state) == MembershipState.ACTIVE,
            col(Membership.organisation_id).in_(actor.places_as(Role.SIGNATORY)),
            ~_signed(Membership.organisation_id),
        )
        .order_by(col(Application.started_at), col(Organisation.name))
    )
    return [Waiting(*row) for row in db.execute(asked).all()]


def _signed(organisation_id: UUID) -> ColumnElement[bool]:
    """Whether the organisation signed what the partners were asked to sign, and left it so."""
    return exists().where(
        and_(
            col(Signature.application_id) == col(Application.id),
            col(Signature.organisation_id) == organisation_id,
            col(Signature.digest) == col(Application.asked_digest),
            col(Signature.taken_back_at).is_(None),
        )
    )


def asked(consortia: Any) -> Subquery:
    """Per application of these consortia, what its partners ask for: the figure of its own page, as SQL.

    `consortia` is a query of ids. Whoever takes part counts: the active members, once it is sent those who signed it.
    """
    cost = cast(func.sum(col(BudgetLine.cost_minor)), BigInteger)
    spent = (
        select(col(PartnerBudget.application_id), col(PartnerBudget.rate_num), col(PartnerBudget.rate_den))
        .add_columns(cost.label("cost"))
        .join(Application, col(Application.id) == col(PartnerBudget.application_id))
        .join(BudgetLine, col(BudgetLine.partner_budget_id) == col(PartnerBudget.id))
        .where(col(Application.consortium_id).in_(consortia), or_(_is_in_it(), _signed_what_was_sent()))
        .group_by(col(PartnerBudget.id))
        .subquery("spent")
    )
    each = rounded(spent.c.cost, spent.c.rate_num, spent.c.rate_den)
    per_application = select(spent.c.application_id, func.sum(each).label("minor"))
    return per_application.group_by(spent.c.application_id).subquery("asked")


def _is_in_it() -> ColumnElement[bool]:
    """Whether a budget is an active member's, of an application that was not sent yet."""
    theirs = exists().where(
        col(Membership.consortium_id) == col(Application.consortium_id),
        col(Membership.organisation_id) == col(PartnerBudget.organisation_id),
        col(Membership.state) == MembershipState.ACTIVE,
    )
    return and_(col(Application.submitted_digest) == "", theirs)


def _signed_what_was_sent() -> ColumnElement[bool]:
    return exists().where(
        col(Signature.application_id) == col(Application.id),
        col(Signature.organisation_id) == col(PartnerBudget.organisation_id),
        col(Signature.digest) == col(Application.submitted_digest),
    )


def rounded(cost: Any, num: Any, den: Any) -> ColumnElement[int]:
    """Cost times rate, half to even, as `sums.Ask` rounds it: whole numbers alone, none larger than the cost."""
    part = (cost % den) * num
    down = (cost // den) * num + part // den
    twice = 2 * (part % den)
    up = case((twice > den, 1), (and_(twice == den, down % 2 == 1), 1), else_=0)
    return type_coerce(down + up, BigInteger)
