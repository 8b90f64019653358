"""However many come and speak, a page asks the database as often as for a few."""

import pytest
from sqlalchemy import event

from crosslab.people.tokens import new_token
from crosslab.rules import RegistrationState
from crosslab.sessions.tables import Registration
from crosslab.sessions.voices.tables import Voice, VoiceKind

PAGES = (
    *("/o/{no}/door", "/o/{no}/door.csv", "/o/{no}/manage", "/en/sessions"),
    *("/o/{no}", "/o/{no}/desk", "/o/{no}/screen"),
)


@pytest.fixture
def asked(engine):
    """`asked(visitor, address)`: how often the database is asked for a page."""
    times = []

    def note(*_):
        times.append(1)

    event.listen(engine, "before_cursor_execute", note)

    def count(visitor, address):
        times.clear()
        assert visitor.get(address).status_code == 200
        return len(times)

    yield count
    event.remove(engine, "before_cursor_execute", note)


def fill(field, many):
    """So many come, and each says something under their name."""
    for n in range(many):
        whose = {"session_id": field.session.id, "programme_id": field.session.programme_id,
                 "organisation_id": field.session.organisation_id}  # fmt: skip
        guest = Registration(name=f"Guest {n}", state=RegistrationState.REGISTERED, **whose)
        field.db.add(guest)
        field.db.flush()
        said = {"about": "Lamps", "key": new_token()[:12], "kind": VoiceKind.QUESTION, "terms": "yours.1"}
        field.db.add(Voice(text="How heavy?", named=True, registration_id=guest.id, **said, **whose))
    field.db.commit()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_session_asks_as_often_for_many_as_for_few(field, world, browse, asked, page):
    address, visitor = page.format(no=field.session.no), browse(world.ane)
    fill(field, 3)
    visitor.get(address)
    few = asked(visitor, address)
    fill(field, 60)
    assert asked(visitor, address) <= few
