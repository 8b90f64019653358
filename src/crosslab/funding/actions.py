"""Everything that can happen to an application."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Overtaken, Refused
from crosslab.people.tables import Programme
from crosslab.rules import N_, ConsortiumState, MembershipState, Verb

from . import package
from .catalogue import Scheme
from .queries import whole
from .sections import Outline, outline
from .sums import Cost
from .tables import Application, BudgetLine, CostCategory, PartnerBudget, Section, Signature
from .views import Whole

OVER = frozenset({"closed", "historic"})
MOST_LINES = 60


def start(
    db: Session,
    actor: Actor,
    consortium: Consortium,
    *,
    scheme: Scheme,
    title: str,
    acronym: str = "",
    currency: str = "",
    language: str = "en",
    starts_on: date | None = None,
    months: int = 12,
) -> Application:
    """Begin an application of a consortium to a programme that still takes any, with an empty budget a partner."""
    application = Application(
        no=_next_no(db, consortium), consortium_id=consortium.id, programme_id=consortium.programme_id,
        scheme=scheme.id, scheme_name=scheme.name, title=title, acronym=acronym,
        currency=currency or scheme.currency, language=language, starts_on=starts_on, months=months,
    )  # fmt: skip
    with act(db, actor, Verb.FUNDING_START, application):
        if consortium.state is ConsortiumState.DISSOLVED:
            raise Refused(N_("This consortium is dissolved and can start nothing new."))
        if scheme.status in OVER:
            raise Refused(
                N_("{name} takes no applications any more. Choose another programme."),
                field="scheme",
                name=scheme.name,
            )
        db.add(application)
        db.flush()
        _lay_out(db, application, scheme)
    return application


def _next_no(db: Session, consortium: Consortium) -> str:
    code = db.exec(select(Programme.code).where(Programme.id == consortium.programme_id)).one()
    known = select(func.count()).where(col(Application.programme_id) == consortium.programme_id)
    return f"{code}-A{db.exec(known).one() + 1:03}"


def _lay_out(db: Session, application: Application, scheme: Scheme) -> None:
    """The empty sections and one empty budget for each active member."""
    db.add_all(_section(application, place, part) for place, part in enumerate(outline(scheme.instrument)))
    members = select(Membership.organisation_id).where(
        Membership.consortium_id == application.consortium_id, Membership.state == MembershipState.ACTIVE
    )
    for organisation_id in db.exec(members).all():
        db.add(PartnerBudget(application_id=application.id, organisation_id=organisation_id))


def _section(application: Application, place: int, part: Outline) -> Section:
    return Section(
        application_id=application.id,
        key=part.key,
        place=place,
        title=part.title,
        ask=part.ask,
        most_words=part.most_words,
    )


def describe(
    db: Session,
    actor: Actor,
    application: Application,
    *,
    title: str,
    acronym: str,
    language: str,
    starts_on: date | None,
    months: int,
) -> None:
    """Change what the project is called, when it begins and how long it lasts."""
    with act(db, actor, Verb.FUNDING_DESCRIBE, application):
        application.title, application.acronym, application.language = title, acronym, language
        application.starts_on, application.months = starts_on, months


def write(
    db: Session, actor: Actor, application: Application, section: Section, *, text: str, version: int
) -> None:
    """Save a section, unless somebody saved it since `version` was read: then both texts are kept apart."""
    with act(db, actor, Verb.FUNDING_WRITE, application) as event:
        event.facts["section"] = section.key
        same = col(Section.id) == section.id, col(Section.version) == version
        saved = db.exec(
            update(Section)
            .where(*same)
            .values(text=text, version=version + 1, written_by=actor.name, written_at=now())
            .execution_options(synchronize_session=False)
        )
        db.refresh(section)
        if saved.rowcount != 1:
            raise Overtaken(
                N_("{who} saved this section while you wrote. Their text stands below yours. Join the two and save."),
                field="text",
                who=section.written_by,
            )  # fmt: skip


def budget(
    db: Session,
    actor: Actor,
    application: Application,
    sheet: PartnerBudget,
    *,
    lines: Sequence[Cost],
    rate: Fraction,
    version: int | None = None,
    no_costs: bool = False,
    note: str = "",
) -> None:
    """Set what one partner costs and the share it asks for. Only that partner's own people may."""
    with act(db, actor, Verb.FUNDING_BUDGET, application, at=sheet):
        if version is not None and version != sheet.version:
            raise Overtaken(
                N_("{who} saved this budget while you typed. Compare it with yours and save again."),
                who=sheet.changed_by,
            )
        if no_costs and lines:
            raise Refused(
                N_("There are costs below. Remove them, or do not say “no costs”."), field="no_costs"
            )
        if len(lines) > MOST_LINES:
            raise Refused(N_("A budget has at most {most} lines. Join small ones."), most=MOST_LINES)
        sheet.rate_num, sheet.rate_den = rate.numerator, rate.denominator
        sheet.no_costs, sheet.note = no_costs, note
        _touch(db, actor, sheet)
        db.execute(delete(BudgetLine).where(col(BudgetLine.partner_budget_id) == sheet.id))
        db.add_all(_row(sheet, place, line) for place, line in enumerate(lines))


def _row(sheet: PartnerBudget, place: int, cost: Cost) -> BudgetLine:
    return BudgetLine(
        partner_budget_id=sheet.id,
        place=place,
        category=CostCategory(cost.category),
        year=cost.year,
        what=cost.what,
        cost_minor=cost.minor,
    )


def drop_line(
    db: Session, actor: Actor, application: Application, sheet: PartnerBudget, line: BudgetLine
) -> None:
    """Take one line out of a partner's budget."""
    with act(db, actor, Verb.FUNDING_DROP_LINE, application, at=sheet):
        _touch(db, actor, sheet)
        db.delete(line)


def _touch(db: Session, actor: Actor, sheet: PartnerBudget) -> None:
    """Note who changed the budget, so that its version counts up even when only a line changed."""
    sheet.changed_at, sheet.changed_by = now(), actor.name
    db.add(sheet)
    db.flush()


def fix(db: Session, actor: Actor, application: Application) -> None:
    """Close the application for changes and ask every partner to sign exactly this. It must be complete."""
    with act(db, actor, Verb.FUNDING_FIX, application) as event:
        found = whole(db, application)
        if found.missing:
            raise Refused(
                N_("The application is not complete. {n} things are missing; its page lists them."),
                n=len(found.missing),
            )
        application.asked_digest = found.digest
        event.facts["digest"] = found.digest


def reopen(db: Session, actor: Actor, application: Application) -> None:
    """Open it for changes again. Signatures lapse as soon as something really changes."""
    with act(db, actor, Verb.FUNDING_REOPEN, application):
        application.asked_digest = ""


def sign(db: Session, actor: Actor, application: Application, sheet: PartnerBudget, *, digest: str) -> None:
    """Sign for one partner exactly what `digest` names: what the signatory saw must be what is there."""
    with act(db, actor, Verb.FUNDING_SIGN, application, at=sheet) as event:
        found = whole(db, application)
        if digest != found.digest:
            raise Refused(N_("The application changed since you opened this page. Read it again, then sign."))
        if found.digest != application.asked_digest:
            raise Refused(
                N_("The partners changed after you were asked. The lead partner must open it and ask again.")
            )
        if found.sign_off_of(sheet.organisation_id).valid:
            raise Refused(N_("Your organisation has signed this already."))
        db.add(_signature(actor, found, sheet))
        event.facts["digest"] = found.digest


def _signature(actor: Actor, found: Whole, sheet: PartnerBudget) -> Signature:
    if actor.person_id is None:
        raise Forbidden(N_("Only a person can sign."))
    return Signature(
        application_id=found.application.id,
        organisation_id=sheet.organisation_id,
        person_id=actor.person_id,
        signed_by=actor.name,
        digest=found.digest,
        parts=dict(found.parts),
        signed_at=now(),
    )


def unsign(db: Session, actor: Actor, application: Application, sheet: PartnerBudget) -> None:
    """Take the organisation's signature back, for as long as the application has not gone out."""
    with act(db, actor, Verb.FUNDING_UNSIGN, application, at=sheet):
        signed = select(Signature).where(
            Signature.application_id == application.id, Signature.organisation_id == sheet.organisation_id,
            col(Signature.taken_back_at).is_(None),
        )  # fmt: skip
        standing = db.exec(signed).all()
        if not standing:
            raise Refused(N_("Your organisation has not signed this."))
        for signature in standing:
            signature.taken_back_at = now()
            db.add(signature)


def submit(db: Session, actor: Actor, application: Application, *, reference: str) -> None:
    """Record that it went to the funder, when all partners' signatures hold. What they signed is kept for good."""
    with act(db, actor, Verb.FUNDING_SUBMIT, application) as event:
        found = whole(db, application)
        _all_signed(found)
        application.submitted_at, application.funder_reference = now(), reference
        application.submitted_digest = found.digest
        application.submitted_content = package.canonical(found.content).decode()
        event.facts |= {"digest": found.digest, "reference": reference}


def _all_signed(found: Whole) -> None:
    waiting = [one.partner.name for one in found.sign_offs if not one.valid]
    if waiting:
        raise Refused(N_("These partners have not signed what is there now: {who}."), who=", ".join(waiting))


def award(db: Session, actor: Actor, application: Application, *, amount: int, note: str = "") -> None:
    """Record that the funder said yes, and to how much."""
    with act(db, actor, Verb.FUNDING_AWARD, application) as event:
        application.awarded_minor, application.outcome, application.decided_at = amount, note, now()
        event.facts |= {"minor": amount, "currency": application.currency}


def reject(db: Session, actor: Actor, application: Application, *, reason: str) -> None:
    """Record that the funder said no, and why."""
    with act(db, actor, Verb.FUNDING_REJECT, application):
        application.outcome, application.decided_at = reason, now()


def withdraw(db: Session, actor: Actor, application: Application, *, reason: str = "") -> None:
    """Give the application up. It stays readable."""
    with act(db, actor, Verb.FUNDING_WITHDRAW, application):
        application.outcome, application.decided_at = reason, now()
