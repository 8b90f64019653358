"""What the board and the desk ask of applications, and who sees them."""

from sqlalchemy import event

from crosslab.core.find import seen_by
from crosslab.funding import actions, queries
from crosslab.funding.tables import Application, PartnerBudget


def test_the_board_line_adds_up_what_is_asked_and_counts_signatures_in_one_query(team):
    made = team.complete()
    team.sign(made, "fjordlys", "tinker")
    team.db.flush()
    asked = []
    event.listen(team.db.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))

    line = queries.summary_for_board(team.db, [team.consortium.id, team.rival.id])[team.consortium.id]
    assert len(asked) == 1
    assert (line.no, line.state, line.signed, line.partners) == (made.no, "signing", 2, 4)
    assert line.asked_minor == queries.whole(team.db, made).total.requested == 5_000_005


def test_a_withdrawn_application_is_not_on_the_board(team):
    actions.withdraw(team.db, team.ane, team.start(), reason="No.")

    assert queries.summary_for_board(team.db, [team.consortium.id]) == {}


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
