"""Organisations that present beside the host: asked, agreed by themselves, left addresses, each with its own inbox."""

import pytest
from sqlmodel import select

from crosslab.core.actor import NOBODY_YET
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.find import find
from crosslab.people.tables import Organisation
from crosslab.rules import LeadState, PresenterState, Verification
from crosslab.sessions import actions
from crosslab.sessions.voices import inbox, presenting
from crosslab.sessions.voices.leads import Intent, Lead
from crosslab.sessions.voices.presenters import Presenter


def house(field, name="Nordlyd AS"):
    return field.db.exec(select(Organisation).where(Organisation.name == name)).one()


@pytest.fixture
def asked(field):
    """Nordlyd is asked to present with the host."""
    return actions.ask_presenter(field.db, field.host, field.session, organisation=house(field))


@pytest.fixture
def agreed(field, asked, world):
    """Nordlyd presents with the host."""
    actions.agree_presenting(field.db, world.ingrid, asked, session=field.session)
    return asked


def leaves(field, guest, to, intent=Intent.PARTNER, email="liv@elsewhere.example"):
    return actions.leave_lead(
        field.db, guest, field.session, organisation=to, intent=intent, name="Liv", email=email,
        agreed_to=f"{to.name} may write to me about this.",
    )  # fmt: skip


def named(field):
    return [each.name for each in inbox.organisations_of(field.db, field.session)]


def test_an_organisation_is_on_the_form_once_it_has_agreed_itself(field, asked, world):
    assert named(field) == ["Fjordlys AS"]
    for stranger in (field.host, world.priya, world.tom, NOBODY_YET):
        with pytest.raises(Forbidden):
            actions.agree_presenting(field.db, stranger, asked, session=field.session)
    actions.agree_presenting(field.db, world.ingrid, asked, session=field.session)
    assert named(field) == ["Fjordlys AS", "Nordlyd AS"]


def test_whoever_runs_the_session_asks_and_nobody_else(field, world):
    for stranger in (world.ingrid, world.tom, field.comes("Tom")):
        with pytest.raises(Forbidden):
            actions.ask_presenter(field.db, stranger, field.session, organisation=house(field))


def test_the_host_and_an_unverified_organisation_are_not_asked(field):
    with pytest.raises(Refused, match="presents already"):
        actions.ask_presenter(field.db, field.host, field.session, organisation=field.house)
    other = house(field)
    other.state = Verification.UNVERIFIED
    with pytest.raises(Refused, match="verified"):
        actions.ask_presenter(field.db, field.host, field.session, organisation=other)
    assert other not in presenting.choices(field.db, field.host, field.session)


def test_it_is_asked_once_and_again_after_it_said_no(field, asked, world):
    actions.decline_presenting(field.db, world.ingrid, asked, session=field.session)
    again = actions.ask_presenter(field.db, field.host, field.session, organisation=house(field))
    assert (again.id, again.state) == (asked.id, PresenterState.ASKED)


def test_only_its_people_and_the_hosts_know_that_it_was_asked(field, asked, world):
    for reader in (field.host, world.ingrid, world.priya):
        assert find(field.db, reader, Presenter, asked.id).id == asked.id
    for stranger in (NOBODY_YET, world.tom, field.comes("Tom")):
        with pytest.raises(Missing):
            find(field.db, stranger, Presenter, asked.id)


def test_a_presenters_leads_are_its_own_and_the_host_reads_a_number(field, agreed, world):
    lead = leaves(field, field.comes("Liv"), house(field))
    assert find(field.db, world.ingrid, Lead, lead.id).email == "liv@elsewhere.example"
    for other in (field.host, world.priya, world.tom):
        with pytest.raises(Missing):
            find(field.db, other, Lead, lead.id)
    assert inbox.counted(field.db, field.session)[Intent.PARTNER] == 1


def test_a_presenter_that_left_gets_no_more_and_keeps_what_it_has(field, agreed, world):
    guest = field.comes("Liv")
    lead = leaves(field, guest, house(field))
    actions.drop_presenter(field.db, field.host, field.session, presenter=agreed)
    assert lead.state is LeadState.NEW
    with pytest.raises(Refused, match="organisations of this session"):
        leaves(field, guest, house(field), Intent.PRESS)


def test_a_withdrawal_reaches_all_that_were_left_under_the_address(field, agreed):
    guest = field.comes("Liv")
    one, two = leaves(field, guest, field.house), leaves(field, guest, house(field))
    other = leaves(field, guest, house(field), Intent.JOB, email="another@elsewhere.example")
    assert [each.id for each in inbox.with_it(field.db, one)] == [one.id, two.id]
    for each in inbox.with_it(field.db, one):
        actions.withdraw_lead(field.db, NOBODY_YET, each)
    assert [each.state for each in (one, two, other)] == [
        LeadState.WITHDRAWN, LeadState.WITHDRAWN, LeadState.NEW,
    ]  # fmt: skip


def test_the_organisations_people_find_the_question_beside_their_leads(field, asked, world):
    nordlyd = house(field)
    [found] = [
        each for each in presenting.of_house(field.db, world.ingrid, nordlyd) if each.presenter == asked
    ]
    assert found.session == field.session
    assert asked not in [each.presenter for each in presenting.of_house(field.db, world.tom, nordlyd)]
