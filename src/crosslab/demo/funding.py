"""The consortia write to funders: one waits for its last signature, one has been awarded its grant."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from sqlmodel import Session, select

from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.funding import actions, queries
from crosslab.funding.catalogue import catalogue
from crosslab.funding.sums import Cost
from crosslab.funding.tables import Application
from crosslab.funding.views import Partner
from crosslab.rules import Role

from .cast import HOUSES, PLAYERS
from .funding_texts import AMPHI, AMPHI_COSTS, CALM
from .story import Story

CALM_COST = (
    Cost("staff", 1, "Design, building and trial, 8 person-months", 61_200_00),
    Cost("equipment", 1, "Fittings of two rooms", 27_480_40),
    Cost("travel", 1, "Meetings on site", 4_319_60),
)


def tell(story: Story) -> None:
    """Two applications: Calm Rooms early and won, Amphi Nights now and nearly out of the door."""
    _calm_rooms(story)
    _amphi_nights(story)


def _amphi_nights(story: Story) -> None:
    with story.days_ago(20), story.chapter() as db:
        made = _start(story, db, "amphi-nights", "eurostars-3", "Amphi Nights", "AMPHI", 18)
        _write(story, db, made, AMPHI)
    with story.days_ago(11), story.chapter() as db:
        made = _newest(db, "amphi-nights")
        for partner in queries.partners(db, made):
            rate, costs, note = AMPHI_COSTS[_house(partner)]
            _reckon(story, db, made, partner, rate, costs, note)
    with story.days_ago(5), story.chapter() as db:
        actions.fix(db, _lead(story, db, "amphi-nights"), _newest(db, "amphi-nights"))
    for days, house in ((4, "fjordlys"), (3, "nordlyd"), (2, "tinker")):
        with story.days_ago(days, hour=14), story.chapter() as db:
            _sign(story, db, _newest(db, "amphi-nights"), house)


def _calm_rooms(story: Story) -> None:
    with story.days_ago(36), story.chapter() as db:
        made = _start(story, db, "calm-rooms", "eureka-network-projects", "Calm Rooms", "CALM", 12)
        _write(story, db, made, CALM)
        for n, partner in enumerate(queries.partners(db, made)):
            costs = [Cost(each.category, each.year, each.what, each.minor // (n + 1)) for each in CALM_COST]
            _reckon(story, db, made, partner, Fraction(1, 2 + n % 2), costs, "")
    with story.days_ago(30), story.chapter() as db:
        made = _newest(db, "calm-rooms")
        actions.fix(db, _lead(story, db, "calm-rooms"), made)
        for partner in queries.partners(db, made):
            _sign(story, db, made, _house(partner))
    with story.days_ago(28), story.chapter() as db:
        actions.submit(db, story.actor(db, "priya"), _newest(db, "calm-rooms"), reference="EN-26-0188")
    with story.days_ago(6), story.chapter() as db:
        made = _newest(db, "calm-rooms")
        asked = queries.whole(db, made).total.requested
        note = "Work starts when the hospital’s ethics board has agreed."
        actions.award(db, story.actor(db, "priya"), made, amount=asked, note=note)


def _start(
    story: Story, db: Session, slug: str, scheme: str, title: str, acronym: str, months: int
) -> Application:
    found = catalogue().get(scheme)
    if found is None:
        raise LookupError(scheme)
    consortium = db.exec(select(Consortium).where(Consortium.slug == slug)).one()
    begins = date((story.begins.year) + 1, 5, 3)
    return actions.start(
        db, _lead(story, db, slug), consortium, scheme=found, title=title, acronym=acronym, starts_on=begins,
        months=months,
    )  # fmt: skip


def _write(story: Story, db: Session, made: Application, texts: Mapping[str, str]) -> None:
    """The signatories take turns, as they did."""
    writers = [_signatory(story, db, _house(partner)) for partner in queries.partners(db, made)]
    for n, section in enumerate(queries.sections(db, made)):
        who = writers[n % len(writers)]
        actions.write(db, who, made, section, text=texts[section.key], version=section.version)


def _reckon(
    story: Story,
    db: Session,
    made: Application,
    partner: Partner,
    rate: Fraction,
    costs: tuple[Cost, ...] | list[Cost],
    note: str,
) -> None:
    sheet = queries.sheet(db, made, partner.slug).budget
    who = _signatory(story, db, _house(partner))
    actions.budget(db, who, made, sheet, lines=costs, rate=rate, note=note)


def _sign(story: Story, db: Session, made: Application, house: str) -> None:
    found = queries.whole(db, made)
    sheet = next(one for one in found.sheets if _house(one.partner) == house)
    actions.sign(db, _signatory(story, db, house), made, sheet.budget, digest=found.digest)


def _newest(db: Session, slug: str) -> Application:
    of = select(Application).join(Consortium).where(Consortium.slug == slug)
    return db.exec(of.order_by(Application.no)).one()


def _house(partner: Partner) -> str:
    return next(house.key for house in HOUSES if house.name == partner.name)


def _signatory(story: Story, db: Session, house: str) -> Actor:
    return story.actor(db, next(one.key for one in PLAYERS if (house, Role.SIGNATORY) in one.seats))


def _lead(story: Story, db: Session, slug: str) -> Actor:
    lead = db.exec(select(Consortium.lead_id).where(Consortium.slug == slug)).one()
    return _signatory(story, db, next(house.key for house in HOUSES if story.house(db, house.key).id == lead))
