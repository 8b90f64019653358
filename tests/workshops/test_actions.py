"""What happens in the room: each change, what is true after it, and who may not."""

import pytest
from sqlmodel import col, select

from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import NoteState, Step
from crosslab.workshops import actions, queries
from crosslab.workshops.links import LinkKind, Why, pairs
from crosslab.workshops.tables import Change, Laid, Presence


def test_a_manager_plans_a_workshop_with_the_five_questions(planned):
    workshop = planned.workshop
    assert (workshop.state, [each["letter"] for each in workshop.prompts]) == (Step.PLANNED, list("ABCDE"))
    assert len(workshop.code) == 6


def test_a_workshop_does_not_end_before_it_begins(planned):
    with pytest.raises(Refused):
        actions.describe(planned.db, planned.manager, planned.workshop, closes_at=planned.workshop.starts_at)


def test_nobody_but_its_people_run_a_room(planned, world):
    for other in (world.ane, world.helen):
        with pytest.raises(Forbidden):
            actions.begin(planned.db, other, planned.workshop)


def test_the_steps_follow_one_another_and_can_be_gone_back(room):
    for step in (Step.LINKING, Step.THEMES, Step.VOTING, Step.CALLING):
        actions.advance(room.db, room.manager, room.workshop)
        assert room.workshop.state is step
    actions.go_back(room.db, room.manager, room.workshop)
    assert room.workshop.state is Step.VOTING


def test_a_walk_in_brings_their_company_along(room):
    ane = room.comes("Ane", "Fjordlys AS")
    assert ane.cards[room.workshop.id]
    assert [each.name for each in queries.wall(room.db, room.workshop).companies] == ["Fjordlys AS"]


def test_two_of_one_company_sit_under_one_heading_whatever_its_capitals(room):
    room.comes("Ane", "Fjordlys AS")
    room.comes("Lars", "FJORDLYS as")
    assert len(queries.wall(room.db, room.workshop).companies) == 1


def test_a_note_sent_twice_hangs_once(room):
    ane = room.comes("Ane", "Fjordlys AS")
    once, again = (room.writes(ane, "Light without wires", key="phone-1-note-1") for _ in range(2))
    assert once.id == again.id
    assert len(queries.wall(room.db, room.workshop).notes) == 1


def test_whoever_holds_no_card_cannot_write(room, world):
    with pytest.raises(Forbidden):
        room.writes(world.tom, "From outside")


def test_nobody_writes_while_writing_is_locked_but_the_facilitator_enters_paper(room):
    ane = room.comes("Ane", "Fjordlys AS")
    actions.lock(room.db, room.manager, room.workshop)
    with pytest.raises(Refused):
        room.writes(ane, "Too late")
    company = queries.wall(room.db, room.workshop).companies[0]
    notes = actions.enter(
        room.db,
        room.manager,
        room.workshop,
        company=company,
        prompt="B",
        texts=["One", "Two"],
        key="paper-sheet-1",
    )
    assert [note.text for note in notes] == ["One", "Two"]


def test_only_its_author_and_the_facilitator_change_a_note(room):
    ane, tom = room.comes("Ane", "Fjordlys AS"), room.comes("Tom", "Loom")
    note = room.writes(ane, "Ligth")
    actions.rewrite(room.db, ane, note, workshop=room.workshop, text="Light")
    with pytest.raises(Forbidden):
        actions.rewrite(room.db, tom, note, workshop=room.workshop, text="Dark")
    assert note.text == "Light"


def test_a_removed_note_says_why_and_its_author_cannot_put_it_back(room):
    ane = room.comes("Ane", "Fjordlys AS")
    note = room.writes(ane, "Something rude")
    actions.remove(room.db, room.manager, note, workshop=room.workshop, reason="Please say it kindly")
    assert (note.state, note.reason) == (NoteState.REMOVED, "Please say it kindly")
    with pytest.raises(Forbidden):
        actions.put_back(room.db, ane, note, workshop=room.workshop)
    actions.put_back(room.db, room.manager, note, workshop=room.workshop)
    assert note.state is NoteState.UP


def test_a_thread_begins_at_ones_own_note_and_ends_at_anothers(room):
    ane, tom = room.comes("Ane", "Fjordlys AS"), room.comes("Tom", "Loom")
    light, cloth = room.writes(ane, "Light"), room.writes(tom, "Cloth that glows")
    with pytest.raises(Refused):
        actions.tie(room.db, ane, room.workshop, one=cloth, two=light, kind=LinkKind.OFFER, key="wrong-way-1")
    actions.tie(room.db, ane, room.workshop, one=light, two=cloth, kind=LinkKind.OFFER, key="offer-1-1")
    actions.tie(room.db, tom, room.workshop, one=cloth, two=light, kind=LinkKind.NEED, key="need-1-1")
    (first,) = pairs(queries.wall(room.db, room.workshop).links)
    assert first.why is Why.MUTUAL_FIT


def test_a_theme_keeps_its_sources_through_merge_and_split(room):
    ane = room.comes("Ane", "Fjordlys AS")
    notes = [room.writes(ane, text) for text in ("Light", "Lamps", "Rain")]
    light = actions.gather(room.db, room.manager, room.workshop, title="Light", notes=notes[:2])
    rain = actions.gather(room.db, room.manager, room.workshop, title="Rain", notes=notes[2:])
    actions.merge(room.db, room.manager, rain, into=light)
    lamps = actions.split(room.db, room.manager, light, title="Lamps", notes=[notes[1]])
    lay = room.db.exec(select(Laid.theme_id).where(Laid.note_id == notes[2].id).order_by(col(Laid.id))).all()
    assert lay == [rain.id, light.id]
    assert (rain.into_id, lamps.from_id, notes[1].theme_id) == (light.id, light.id, lamps.id)


def test_everybody_has_so_many_dots_and_can_take_them_back(room):
    ane = room.comes("Ane", "Fjordlys AS")
    theme = actions.gather(room.db, room.manager, room.workshop, title="Light")
    for _ in range(3):
        actions.advance(room.db, room.manager, room.workshop)
    for _ in range(3):
        actions.vote(room.db, ane, room.workshop, theme=theme)
    with pytest.raises(Refused):
        actions.vote(room.db, ane, room.workshop, theme=theme)
    actions.take_vote(room.db, ane, room.workshop, theme=theme)
    assert queries.wall(room.db, room.workshop).dots[theme.id] == 2


def test_whoever_is_sent_out_does_not_come_back_and_their_notes_stay(room):
    ane = room.comes("Ane", "Fjordlys AS")
    room.writes(ane, "Light")
    card = queries.people(room.db, room.workshop)[0]
    actions.send_out(room.db, room.manager, room.workshop, card=card, reason="Asked for it twice")
    with pytest.raises(Forbidden):
        room.writes(ane, "More")
    assert card.presence is Presence.OUT
    assert len(queries.wall(room.db, room.workshop).notes) == 1


def test_everything_on_the_wall_gets_the_next_number_without_a_gap(room):
    ane = room.comes("Ane", "Fjordlys AS")
    room.writes(ane, "Light")
    actions.lock(room.db, room.manager, room.workshop)
    told = room.db.exec(
        select(Change).where(Change.workshop_id == room.workshop.id).order_by(col(Change.seq))
    ).all()
    assert [each.seq for each in told] == list(range(1, len(told) + 1))
    assert [each.kind for each in told] == ["step", "company", "people", "note", "lock"]


def test_a_paused_clock_keeps_what_is_left(room):
    actions.pause(room.db, room.manager, room.workshop)
    assert room.workshop.ends_at is None
    assert 890 <= room.workshop.left <= 900
    actions.go_on(room.db, room.manager, room.workshop)
    assert room.workshop.left is None
