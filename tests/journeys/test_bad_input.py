"""Every form of every page, sent as no one should: a sentence is said, what was typed stays, nothing is saved.

The forms are found on the pages of the story, as the right one of the cast sees them.
"""

import html

import pytest
from sqlalchemy import inspect, text

from tests.journeys.forms import forms_in
from tests.sweeps.pages import LOOKS, things_in

LONG = "word " * 10_000
HOSTILE = "</textarea><script>alert(1)</script>\u202eevil\u200b{{ 7 * 7 }}"
SUMMARY = 'class="summary"'
REFUSED = {403, 404, 409, 422}
OPEN_TO_ALL = ("/sign-in", "/j/", "/i/", "/sessions/", "/leads/back/", "/r/", "/l/")
"""Where nobody needs to be signed in: the way in, a room's door, a place at a session, a link out of a letter."""


@pytest.fixture
def things(db):
    found = things_in(db)
    db.commit()
    return found


@pytest.fixture
def forms(db, world, browse, things):
    """Every form once, with the visitor who was given it."""
    visitors = {who: browse(getattr(world, who) if who else None) for who in {look.who for look in LOOKS}}
    found = {}
    for look in LOOKS:
        visitor = visitors[look.who]
        for form in forms_in(visitor.get(look.address(things, "en")).text):
            if form.action.startswith("/") and form.action != "/sign-out":
                found.setdefault(form.action, (visitor, form))
    return list(found.values())


def counts(db):
    """How many rows each table has."""
    tables = inspect(db.connection()).get_table_names()
    return {each: db.connection().execute(text(f'SELECT count(*) FROM "{each}"')).scalar() for each in tables}


def told(answer):
    """Whether the answer says what is so in a page of ours."""
    return SUMMARY in answer.text or "<h1" in answer.text or 'class="toast' in answer.text


def test_a_text_that_is_too_long_comes_back_with_a_sentence(db, forms):
    before, wrong = counts(db), []
    for visitor, form in forms:
        if not form.written:
            continue
        answer = visitor.post(form.action, form.filled(**dict.fromkeys(form.written, LONG)))
        kept = LONG[:200] in html.unescape(answer.text)
        if answer.status_code != 422 or SUMMARY not in answer.text or not kept:
            wrong.append(f"{form.action}: {answer.status_code}{'' if kept else ', lost what was typed'}")
    assert not wrong, "\n".join(wrong)
    assert counts(db) == before


def test_a_choice_that_the_page_did_not_offer_is_refused(db, forms):
    before, wrong = counts(db), []
    for visitor, form in forms:
        for name in form.chosen:
            answer = visitor.post(form.action, form.filled(**{name: "nothing-of-ours"}))
            if answer.status_code >= 500 or (answer.status_code in REFUSED and not told(answer)):
                wrong.append(f"{form.action} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert before["event"] <= counts(db)["event"]


def test_an_empty_form_is_never_a_fault_of_ours(forms):
    wrong = []
    for visitor, form in forms:
        answer = visitor.post(form.action, {})
        fault = answer.status_code not in {200, 303, *REFUSED}
        if fault or (answer.status_code in REFUSED and not told(answer)):
            wrong.append(f"{form.action}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_markup_and_hidden_letters_are_only_text(forms, things):
    wrong = []
    for visitor, form in forms:
        answer = visitor.post(form.action, form.filled(**dict.fromkeys(form.written, HOSTILE)))
        wrong += [f"{form.action}: {answer.status_code}"] if answer.status_code >= 500 else []
        wrong += [f"{form.action}: the script came back"] if "<script>alert(1)" in answer.text else []
    for look in LOOKS:
        seen = next(visitor for visitor, _ in forms).get(look.address(things, "en")).text
        wrong += [f"{look.path}: the script is on the page"] if "<script>alert(1)" in seen else []
    assert not wrong, "\n".join(wrong)


def test_without_the_proof_of_our_own_page_nothing_happens(db, forms):
    before, wrong = counts(db), []
    for visitor, form in forms:
        answer = visitor.post(form.action, form.filled(), csrf=False)
        if answer.status_code != 403 or not told(answer):
            wrong.append(f"{form.action}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert counts(db) == before


def test_whoever_was_signed_out_meanwhile_is_asked_to_sign_in(db, forms, browse):
    visitor, before, wrong = browse(), counts(db), []
    for _, form in forms:
        if form.action.startswith(OPEN_TO_ALL) or form.action.endswith("/contact"):
            continue
        answer = visitor.post(form.action, form.filled())
        if answer.status_code not in {303, 401, 403, 404}:
            wrong.append(f"{form.action}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert counts(db) == before


def test_a_stranger_who_sends_the_form_changes_nothing(db, forms, browse, world):
    visitor, before, wrong = browse(world.stig), counts(db), []
    for _, form in forms:
        if form.action.startswith(("/w/", "/p/", "/admin/", "/memberships/")):
            answer = visitor.post(form.action, form.filled())
            wrong += [f"{form.action}: {answer.status_code}"] if answer.status_code not in {403, 404} else []
    assert not wrong, "\n".join(wrong)
    assert counts(db) == before


def test_a_form_sent_twice_counts_once(db, forms):
    wrong = []
    for n, (visitor, form) in enumerate(forms):
        typed = form.filled(once=f"the-same-{n}")
        first = visitor.post(form.action, typed)
        after = counts(db)
        again = visitor.post(form.action, typed)
        if first.status_code in {200, 303} and (counts(db) != after or again.status_code >= 500):
            wrong.append(f"{form.action}: {first.status_code}, then {again.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", ["sections/summary", "budget/{organisation.slug}"])
def test_a_stale_page_does_not_overwrite_what_another_wrote(browse, world, things, page):
    ane, at = browse(world.ane), f"/w/amphi-nights/applications/{things.application.no}"
    ane.post(f"{at}/reopen")
    form = next(
        each
        for each in forms_in(ane.get(f"{at}/{page.format(**vars(things))}").text)
        if "version" in each.kinds
    )
    mine = dict.fromkeys(form.written[:1], "What I typed meanwhile.")
    answer = ane.post(form.action, form.filled(**mine, version="0"))
    assert answer.status_code in {409, 422}
    assert told(answer)
    assert "What I typed meanwhile." in answer.text
