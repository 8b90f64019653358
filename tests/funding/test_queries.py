"""What the board and the desk ask of applications, and who sees them."""

from fractions import Fraction

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, literal
from sqlalchemy import select as sql_select
from sqlmodel import select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.find import seen_by
from crosslab.funding import actions, queries
from crosslab.funding.sums import Ask, Cost
from crosslab.funding.tables import Application, PartnerBudget
from crosslab.rules import MembershipState


def asked_of(team, application):
    """What a board shows as the sum an application asks for."""
    sums = queries.asked(select(Consortium.id).where(Consortium.id == application.consortium_id))
    return team.db.exec(select(sums.c.minor).where(sums.c.application_id == application.id)).first()


def test_the_board_adds_up_what_the_application_s_own_page_adds_up(team):
    made = team.complete()
    assert asked_of(team, made) == queries.whole(team.db, made).total.requested == 5_000_005


def test_the_budget_of_a_partner_that_left_is_not_asked_for(team):
    made = team.complete()
    there = select(Membership).where(Membership.organisation_id == team.world.houses["tinker"].id)
    team.db.exec(
        there.where(Membership.consortium_id == team.consortium.id)
    ).one().state = MembershipState.LEFT
    team.db.flush()
    assert asked_of(team, made) == queries.whole(team.db, made).total.requested < 5_000_005


def test_once_it_is_sent_what_was_signed_stays_asked_for(team):
    made = team.complete()
    team.sign(made)
    actions.submit(team.db, team.priya, made, reference="E-1")
    for seat in team.db.exec(select(Membership).where(Membership.consortium_id == team.consortium.id)):
        seat.state = MembershipState.LEFT
    team.db.flush()
    assert asked_of(team, made) == queries.whole(team.db, made).total.requested == 5_000_005


RATES = st.integers(1, 10_000).flatmap(lambda den: st.tuples(st.integers(0, den), st.just(den)))
BUDGETS = st.lists(st.tuples(st.integers(0, 10**16), RATES), min_size=20, max_size=40)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(budgets=BUDGETS)
@example(budgets=[(1, (1, 2)), (3, (1, 2)), (5, (3, 10)), (15, (3, 10)), (10**16 - 1, (4999, 10_000))])
def test_the_database_rounds_as_a_budget_does_whatever_cost_and_rate(db, budgets):
    big = BigInteger()
    told = [(cost, num, den) for cost, (num, den) in budgets]
    each = [queries.rounded(*(literal(one, big) for one in budget)) for budget in told]
    exact = [Ask([Cost("staff", 1, "", cost)], Fraction(num, den)).requested for cost, num, den in told]
    assert list(db.execute(sql_select(*each)).one()) == exact


def test_the_desk_asks_those_who_have_not_signed(team):
    made = team.complete()
    team.sign(made, "fjordlys")

    assert queries.waiting_for(team.db, team.ane) == []
    waiting = [one for one in queries.waiting_for(team.db, team.beth) if one.application.id == made.id]
    assert [(one.organisation, one.consortium) for one in waiting] == [
        ("Brightwater Events Ltd", "Lantern Walk")
    ]
    assert waiting[0].url == f"/w/lantern-walk/applications/{made.no}/sign-off"
    assert queries.waiting_for(team.db, team.mei) == queries.waiting_for(team.db, team.jonas) == []


def test_partners_and_the_manager_see_an_application_and_nobody_else_does(team):
    made = team.start()

    def sees(actor):
        return team.db.exec(seen_by(actor, Application).where(Application.id == made.id)).first() is not None

    assert all(sees(one) for one in (team.ane, team.mei, team.beth, team.priya))
    assert not any(sees(one) for one in (team.stig, team.jonas, team.helen, team.solveig))
    assert (
        team.db.exec(seen_by(team.jonas, PartnerBudget).where(PartnerBudget.application_id == made.id)).all()
        == []
    )
