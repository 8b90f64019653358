"""The public page of a workshop says what is to come, what took place and what did not."""

import pytest

from crosslab.workshops import actions
from crosslab.workshops.after.tables import Audience

BEFORE = ("Who comes", "What we ask<", "What happens to your notes")
AFTER = ("Who came", "What we asked", "What became of the notes")


@pytest.fixture
def page(planned, browse):
    """`page(language)`: what a visitor reads."""

    def read(language="en"):
        planned.db.commit()
        return browse().get(f"/{language}/sessions/{planned.workshop.no}-{planned.workshop.slug}").text

    return read


@pytest.fixture
def over(planned):
    """Fjord came and wrote, Loom was expected and stayed away."""
    for company in ("Fjord", "Loom"):
        actions.admit(planned.db, planned.manager, planned.workshop, company=company, names=[company])
    ane = planned.opened().comes("Fjord", "Fjord")
    planned.writes(ane, "Light")
    actions.finish(planned.db, planned.manager, planned.workshop)
    return planned


def test_before_the_day_it_says_who_comes(planned, page):
    actions.add_company(planned.db, planned.manager, planned.workshop, name="Loom")
    read = page()
    assert all(words in read for words in (*BEFORE, "Loom"))
    assert not [words for words in AFTER if words in read]


def test_after_the_day_it_says_who_came_and_not_who_stayed_away(over, page):
    read = page()
    assert all(words in read for words in (*AFTER, "Fjord"))
    assert not [words for words in (*BEFORE, "Loom") if words in read]


@pytest.mark.parametrize(
    ("language", "told"),
    [("de", ("Wer da war", "Was wir gefragt haben")), ("no", ("Hvem som kom<", "Hva vi spurte om"))],
)
def test_after_the_day_it_is_told_as_over_in_each_language(over, page, language, told):
    read = page(language)
    assert all(words in read for words in told)


@pytest.mark.parametrize(("audience", "shown"), [(Audience.EVERYONE, True), (Audience.ROOM, False)])
def test_the_way_to_the_results_is_shown_to_those_they_are_for(over, page, audience, shown):
    db, priya, workshop = over.db, over.manager, over.workshop
    results = actions.sum_up(db, priya, workshop, summary="It glows.", audience=audience)
    assert f'"/s/{workshop.no}/results"' not in page()
    actions.publish(db, priya, results, workshop=workshop)
    assert (f'"/s/{workshop.no}/results"' in page()) is shown


def test_what_was_cancelled_promises_nothing(planned, page):
    actions.add_company(planned.db, planned.manager, planned.workshop, name="Loom")
    actions.cancel(planned.db, planned.manager, planned.workshop)
    read = page()
    assert "What we wanted to ask" in read
    assert not [words for words in (*BEFORE, *AFTER, "Loom") if words in read]
