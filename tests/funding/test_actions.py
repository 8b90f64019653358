"""What can happen to an application, who may, and what is refused."""

from fractions import Fraction

import pytest
from sqlmodel import select

from crosslab.consortia.tables import Membership
from crosslab.core.errors import Forbidden, Overtaken, Refused
from crosslab.core.jobs import Job
from crosslab.funding import actions, queries
from crosslab.funding.catalogue import catalogue
from crosslab.funding.sums import Cost
from crosslab.rules import ApplicationState, MembershipState, Verb


def test_the_lead_starts_an_application_with_sections_and_a_budget_for_each_partner(team, events):
    made = team.start()

    found = queries.whole(team.db, made)
    assert made.state is ApplicationState.DRAFT
    assert [one.key for one in found.sections][:2] == ["summary", "problem"]
    assert found.sheets[0].partner.name == "Fjordlys AS"
    assert len(found.sheets) == 4
    assert events(made) == [Verb.FUNDING_START]


def test_numbers_of_applications_count_up_within_the_programme(team):
    first, second = team.start(), team.start()

    assert first.no.startswith("HIP-A")
    assert int(second.no[-3:]) == int(first.no[-3:]) + 1


def test_a_partner_who_does_not_lead_cannot_start_one(team):
    with pytest.raises(Forbidden):
        actions.start(team.db, team.beth, team.consortium, scheme=catalogue().get("he-ia"), title="Mine")


def test_a_programme_that_is_over_takes_no_application(team):
    with pytest.raises(Refused, match="takes no applications any more"):
        team.start("in-bedriftsnettverk-forstudie")


def test_a_section_keeps_the_text_of_the_first_of_two_writers(team):
    made = team.start()
    section = queries.section(team.db, made, "summary")
    actions.write(team.db, team.ane, made, section, text="Ane’s words", version=1)

    with pytest.raises(Overtaken) as no:
        actions.write(team.db, team.tom, made, section, text="Tom’s words", version=1)
    assert no.value.facts["who"] == "Ane Nilsen"
    assert queries.section(team.db, made, "summary").text == "Ane’s words"


def test_somebody_of_finance_fills_in_their_own_budget_and_nobody_elses(team):
    made = team.start()
    own, other = team.sheet(made, "tinker").budget, team.sheet(made, "nordlyd").budget
    lines = [Cost("staff", 1, "Sensors", 1_000_01)]

    actions.budget(team.db, team.mei, made, own, lines=lines, rate=Fraction(1, 3))
    assert team.sheet(made, "tinker").ask.requested == 33334
    with pytest.raises(Forbidden):
        actions.budget(team.db, team.mei, made, other, lines=lines, rate=Fraction(1, 3))


def test_a_budget_that_a_colleague_saved_meanwhile_is_not_overwritten(team):
    made = team.start()
    sheet = team.sheet(made, "tinker").budget
    seen = sheet.version
    actions.budget(team.db, team.mei, made, sheet, lines=[], rate=Fraction(1), version=seen)

    with pytest.raises(Overtaken):
        actions.budget(team.db, team.tom, made, sheet, lines=[], rate=Fraction(0), version=seen)


def test_a_dropped_line_is_gone_from_the_sums(team, events):
    made = team.start()
    team.budget(made, "nordlyd", Cost("staff", 1, "Sound", 500), Cost("travel", 2, "Train", 300))
    sheet = team.sheet(made, "nordlyd")

    actions.drop_line(team.db, team.ingrid, made, sheet.budget, sheet.lines[0])
    assert team.sheet(made, "nordlyd").ask.cost == 300
    assert Verb.FUNDING_DROP_LINE in events(made)


def test_no_costs_and_costs_at_once_are_refused(team):
    with pytest.raises(Refused, match="no costs"):
        team.budget(team.start(), "nordlyd", Cost("staff", 1, "Sound", 500), no_costs=True)


def test_partners_are_asked_only_when_nothing_is_missing(team):
    made = team.start(starts_on=None)
    team.budget(made, "fjordlys", no_costs=True)

    missing = [text.format(**facts) for text, facts in queries.whole(team.db, made).missing]
    assert "The section “Summary” is empty." in missing
    assert "Nordlyd AS has not said what it costs." in missing
    assert "Fjordlys AS has not said what it costs." not in missing
    assert "The project has no first day." in missing
    with pytest.raises(Refused, match="not complete"):
        actions.fix(team.db, team.ane, made)


def test_a_section_over_its_limit_is_missing_something_too(team):
    made = team.start()
    section = queries.section(team.db, made, "summary")
    actions.write(team.db, team.ane, made, section, text="word " * 201, version=1)

    found = queries.whole(team.db, made)
    said = [text.format(**facts) for text, facts in found.missing]
    assert "The section “Summary” has 201 words; 200 are allowed." in said


def test_while_partners_sign_nothing_can_be_changed(team):
    made = team.complete()
    section = queries.section(team.db, made, "summary")

    assert made.state is ApplicationState.SIGNING
    with pytest.raises(Refused, match="Waiting for sign-off"):
        actions.write(team.db, team.ane, made, section, text="Late", version=section.version)
    with pytest.raises(Refused):
        team.budget(made, "nordlyd")


def test_each_partner_signs_for_itself(team, events):
    made = team.complete()
    team.sign(made, "fjordlys", "nordlyd")

    found = queries.whole(team.db, made)
    assert [one.partner.name for one in found.sign_offs if one.valid] == ["Fjordlys AS", "Nordlyd AS"]
    assert events(made)[-1] == Verb.FUNDING_SIGN
    sheet = team.sheet(made, "brightwater").budget
    with pytest.raises(Forbidden):
        actions.sign(team.db, team.ane, made, sheet, digest=found.digest)
    with pytest.raises(Refused, match="signed this already"):
        team.sign(made, "fjordlys")


def test_one_signs_only_what_one_has_seen(team):
    made = team.complete()
    sheet = team.sheet(made, "brightwater").budget

    with pytest.raises(Refused, match="changed since you opened"):
        actions.sign(team.db, team.beth, made, sheet, digest="0" * 64)


def test_a_change_after_reopening_lapses_the_signatures_and_says_what_changed(team):
    made = team.complete()
    team.sign(made, "fjordlys", "tinker")
    actions.reopen(team.db, team.ane, made)
    team.budget(made, "nordlyd", Cost("staff", 1, "Two people and a dog", 30_000_04))

    lapsed = [one for one in queries.whole(team.db, made).sign_offs if one.lapsed]
    assert [one.partner.name for one in lapsed] == ["Fjordlys AS", "Tinker & Tap Ltd"]
    assert lapsed[0].changed == [("the budget of {who}", {"who": "Nordlyd AS"})]


def test_a_signature_holds_when_it_was_reopened_and_nothing_changed(team):
    made = team.complete()
    team.sign(made, "fjordlys")
    actions.reopen(team.db, team.ane, made)
    actions.fix(team.db, team.ane, made)

    assert queries.whole(team.db, made).signed == 1


def test_a_signature_can_be_taken_back_and_given_again(team):
    made = team.complete()
    team.sign(made, "brightwater")
    actions.unsign(team.db, team.beth, made, team.sheet(made, "brightwater").budget)
    assert queries.whole(team.db, made).signed == 0
    with pytest.raises(Refused, match="has not signed"):
        actions.unsign(team.db, team.beth, made, team.sheet(made, "brightwater").budget)

    team.sign(made, "brightwater")
    assert queries.whole(team.db, made).signed == 1


def test_when_a_partner_leaves_the_rest_must_be_asked_again(team):
    made = team.complete()
    team.sign(made, "fjordlys")
    of = Membership.organisation_id == team.world.houses["nordlyd"].id
    here = Membership.consortium_id == team.consortium.id
    seat = team.db.exec(select(Membership).where(of, here)).one()
    seat.state = MembershipState.LEFT
    team.db.flush()

    found = queries.whole(team.db, made)
    assert ("the partners", {}) in found.sign_off_of(team.world.houses["fjordlys"].id).changed
    with pytest.raises(Refused, match="must open it and ask again"):
        team.sign(made, "tinker")


def test_it_is_submitted_only_when_every_partner_has_signed(team):
    made = team.complete()
    team.sign(made, "fjordlys", "tinker", "nordlyd")

    with pytest.raises(Refused, match="Brightwater Events Ltd"):
        actions.submit(team.db, team.ane, made, reference="ES-26-1")


def test_a_submission_keeps_what_was_signed_and_moves_the_pipeline(team, db):
    made = team.complete()
    team.sign(made)
    digest = queries.whole(db, made).digest
    actions.submit(db, team.priya, made, reference="ES-26-1")

    assert (made.state, made.submitted_digest) == (ApplicationState.SUBMITTED, digest)
    assert queries.whole(db, made).digest == digest
    assert db.exec(select(Job).where(Job.name == "pipeline.follow")).first()


def test_only_the_manager_records_what_the_funder_decided(team):
    made = team.complete()
    team.sign(made)
    actions.submit(team.db, team.ane, made, reference="ES-26-1")

    with pytest.raises(Forbidden):
        actions.award(team.db, team.ane, made, amount=1)
    actions.award(team.db, team.priya, made, amount=4_000_000, note="Start before June.")
    assert (made.state, made.awarded_minor) == (ApplicationState.AWARDED, 4_000_000)


def test_a_rejection_and_a_withdrawal_say_why(team):
    rejected, given_up = team.complete(), team.start()
    team.sign(rejected)
    actions.submit(team.db, team.ane, rejected, reference="ES-26-1")
    actions.reject(team.db, team.priya, rejected, reason="Below the line.")
    actions.withdraw(team.db, team.ane, given_up, reason="A better programme opened.")

    assert (rejected.state, rejected.outcome) == (ApplicationState.REJECTED, "Below the line.")
    assert given_up.state is ApplicationState.WITHDRAWN
    with pytest.raises(Refused):
        actions.withdraw(team.db, team.ane, given_up)


def test_the_lead_changes_the_details_while_it_is_open(team):
    made = team.start()
    facts = {"acronym": "LANTERN", "language": "de", "starts_on": None, "months": 24}
    actions.describe(team.db, team.ane, made, title="Lantern Walk II", **facts)

    assert (made.title, made.months, made.language) == ("Lantern Walk II", 24, "de")
    with pytest.raises(Forbidden):
        actions.describe(team.db, team.tom, made, title="Mine", **facts)
