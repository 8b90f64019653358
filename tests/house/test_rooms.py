"""Every door of a workshop and of a session, public ones too, tried by people who do not belong there: nothing happens.

The permission matrix asks the rule book; here whoever comes holds a seat, a card or a place, but of another room.
"""

import pytest
from sqlmodel import col, select

from crosslab.core.events import Event
from crosslab.people.tokens import digest, new_token
from crosslab.rules import Verb
from crosslab.sessions.letters import keep
from crosslab.sessions.tables import Registration
from crosslab.web.door import CARD_COOKIE
from crosslab.workshops.tables import Card, Presence
from tests.house.doors import address, doors, things_of

ROOMS = ("/s/{no", "/o/{no", "/organisations/{slug:str}/leads")
REFUSED = (303, 401, 403, 404, 409, 422)
WORDS = ("name", "text", "title", "words", "reason", "idea", "why", "brings")
TYPED = {
    **dict.fromkeys(WORDS, "Some words of somebody"),
    **dict.fromkeys(("agrees", "consents", "warned", "near"), "yes"),
    **dict.fromkeys(("minutes", "turn", "at", "worth", "days"), "5"),
    **{"email": "eve@example.org", "prompt": "A", "kind": "question", "presence": "here", "terms": "free"}
    | {"became": "hire", "intent": "job", "audience": "everyone", "outcome": "nothing"},
}


@pytest.fixture
def things(db):
    return things_of(db)


@pytest.fixture
def of_another_room(db, world, things):
    """The token of a phone that holds a card of another workshop and a place in another session."""
    token, workshop, evening = new_token(), things["workshop"], things["evening"]
    card = db.exec(
        select(Card).where(Card.workshop_id != workshop.id, Card.presence == Presence.HERE)
    ).first()
    card.token_hash = digest(token)
    keep(db, db.exec(select(Registration).where(Registration.session_id != evening.id)).first(), token)
    db.commit()
    return token


@pytest.fixture
def sent_out(db, world, things):
    """The token of a phone whose holder was removed from the workshop."""
    token = new_token()
    card = db.exec(select(Card).where(Card.workshop_id == things["workshop"].id)).first()
    card.token_hash, card.presence, card.person_id = digest(token), Presence.OUT, None
    db.commit()
    return token


def tried(db, visitor, things, settings):
    """What each door of the rooms answered, and what happened."""
    before, odd = set(db.exec(select(Event.id)).all()), []
    for path, _, _ in doors(settings):
        if path.startswith(ROOMS):
            status = visitor.post(address(path, things), TYPED).status_code
            odd += [] if status in REFUSED else [f"{path} answered {status}"]
    happened = db.exec(select(Event).where(col(Event.id).not_in(before))).all()
    return odd, [(each.verb, each.facts) for each in happened]


@pytest.mark.parametrize("who", ["a visitor", "stig", "tom", "ruth", "grace"])
def test_no_door_of_a_room_does_anything_for_whoever_does_not_belong_there(
    db, browse, world, things, settings, who
):
    visitor = browse(getattr(world, who, None))
    assert tried(db, visitor, things, settings) == ([], [])


@pytest.mark.parametrize(
    ("which", "theirs"),
    # whoever was removed may erase what is held of them, and nothing else
    [("of_another_room", []), ("sent_out", [Verb.WORKSHOPS_ERASE])],
)
def test_a_card_of_another_room_and_one_that_was_taken_open_nothing(
    db, browse, world, things, settings, request, which, theirs
):
    token, visitor = request.getfixturevalue(which), browse()
    visitor.client.cookies.set(CARD_COOKIE, token)
    answered, done = tried(db, visitor, things, settings)
    assert (answered, [verb for verb, _ in done]) == ([], theirs)
