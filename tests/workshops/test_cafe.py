"""A café as it goes: planned, seated, announced, its rounds, its hosts, its cards, and whoever comes late or leaves."""

import pytest
from sqlmodel import select

from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import CafeState, Step
from crosslab.workshops import actions, queries
from crosslab.workshops.cafe import queries as cafes
from crosslab.workshops.cafe.mending import loose
from crosslab.workshops.tables import Kind, Note, Presence


class CafeRoom:
    """A café of the story's manager with people of several firms, each with a card."""

    def __init__(self, room, people=12, tables=4, rounds=3):
        self.room, self.db, self.manager = room, room.db, room.manager
        actions.describe(self.db, self.manager, room.workshop, kind=Kind.CAFE)
        self.workshop = room.workshop
        self.cafe = actions.arrange(
            self.db, self.manager, self.workshop, tables=tables, rounds=rounds, minutes=20
        )
        self.people = [room.comes(f"Guest {n}", f"Firm {n % 6}") for n in range(people)]

    def seated(self):
        """Everybody has a seat and knows it; the room is open."""
        actions.seat(self.db, self.manager, self.cafe, workshop=self.workshop)
        actions.announce(self.db, self.manager, self.cafe, workshop=self.workshop)
        if self.workshop.state is Step.PLANNED:
            self.room.opened()
        return self

    def begins(self, turn=None):
        actions.begin_round(
            self.db, self.manager, self.cafe, workshop=self.workshop, turn=turn or self.cafe.turn + 1
        )
        return self

    def ends(self):
        actions.end_round(self.db, self.manager, self.cafe, workshop=self.workshop)
        return self

    def mends(self):
        return actions.mend(self.db, self.manager, self.cafe, workshop=self.workshop)

    def table(self, at):
        return cafes.tables_of(self.db, self.workshop)[at - 1]

    def who(self, turn, at):
        """Who sits at a table in a round."""
        return cafes.seated(self.db, self.workshop)[turn][at]

    def holder(self, card):
        """Whoever holds a card, as they act."""
        return next(each for each in self.people if each.cards[self.workshop.id] == card.id)

    def host(self, at):
        return next(each for each in self.people if each.cards[self.workshop.id] == self.table(at).host_id)

    def keeps(self, actor, at, idea="A lamp that listens", turn=None, **facts):
        return actions.harvest(
            self.db,
            actor,
            self.cafe,
            workshop=self.workshop,
            turn=turn or self.cafe.turn,
            at=at,
            idea=idea,
            **facts,
        )

    def cards(self):
        return [each.id for each in cafes.coming(self.db, self.workshop)]


@pytest.fixture
def cafe(planned):
    return CafeRoom(planned).seated()


def seats(cafe, turn):
    return {each.card_id: each.at for each in cafes.seat_rows(cafe.db, cafe.workshop) if each.turn == turn}


def test_a_wall_alone_has_no_cafe(planned):
    with pytest.raises(Refused):
        actions.arrange(planned.db, planned.manager, planned.workshop, tables=4, rounds=3, minutes=20)


def test_what_a_workshop_is_made_of_is_decided_before_it_begins(room):
    with pytest.raises(Refused):
        actions.describe(room.db, room.manager, room.workshop, kind=Kind.CAFE)


def test_a_cafe_asks_what_the_tables_bring_out_and_a_wall_does_not(planned):
    for kind, asked in ((Kind.BOTH, "ABCDEH"), (Kind.WALL, "ABCDE"), (Kind.CAFE, "ABCDEH")):
        actions.describe(planned.db, planned.manager, planned.workshop, kind=kind)
        assert "".join(each["letter"] for each in planned.workshop.prompts) == asked


def test_everybody_sits_once_in_every_round_and_each_table_has_a_host_of_its_own(cafe):
    for turn in (1, 2, 3):
        assert set(seats(cafe, turn)) == set(cafe.cards())
    hosts = [each.host_id for each in cafes.tables_of(cafe.db, cafe.workshop)]
    assert len(set(hosts)) == 4
    assert all(seats(cafe, turn)[host] == at for turn in (1, 2, 3) for at, host in enumerate(hosts, 1))


def test_no_two_of_a_firm_sit_together(cafe):
    for turn in (1, 2, 3):
        for at in (1, 2, 3, 4):
            firms = [card.company_id for card in cafe.who(turn, at)]
            assert len(firms) == len(set(firms))


def test_people_for_fewer_than_one_a_table_are_refused(planned):
    small = CafeRoom(planned, people=3)
    with pytest.raises(Refused):
        actions.seat(small.db, small.manager, small.cafe, workshop=small.workshop)


def test_seats_cannot_be_announced_before_they_are_made(planned):
    bare = CafeRoom(planned)
    with pytest.raises(Refused):
        actions.announce(bare.db, bare.manager, bare.cafe, workshop=bare.workshop)


def test_a_round_begins_once_though_two_facilitators_press(cafe):
    cafe.begins(1)
    with pytest.raises(Refused):
        cafe.begins(1)
    assert (cafe.cafe.turn, cafe.cafe.state) == (1, CafeState.ROUND)
    assert cafe.workshop.ends_at is not None


def test_a_round_that_is_over_does_not_begin_again(cafe):
    cafe.begins().ends()
    with pytest.raises(Refused):
        cafe.begins(1)


def test_there_are_no_more_rounds_than_planned(cafe):
    for _ in range(3):
        cafe.begins().ends()
    with pytest.raises(Refused):
        cafe.begins(4)


def test_a_round_does_not_begin_while_the_room_is_closed(planned):
    closed = CafeRoom(planned)
    actions.seat(closed.db, closed.manager, closed.cafe, workshop=closed.workshop)
    actions.announce(closed.db, closed.manager, closed.cafe, workshop=closed.workshop)
    with pytest.raises(Refused):
        closed.begins()


def test_whoever_comes_late_gets_a_chair_now_and_a_seat_in_what_is_to_come(cafe):
    cafe.begins()
    before = seats(cafe, 1)
    late = cafe.room.comes("Late", "Firm 9").cards[cafe.workshop.id]
    assert [each.id for each in loose(cafe.db, cafe.workshop, cafe.cafe).unseated] == [late]
    cafe.mends()
    after = seats(cafe, 1)
    assert late in after
    assert {card: at for card, at in after.items() if card != late} == before
    assert late in seats(cafe, 2).keys() & seats(cafe, 3).keys()


def test_whoever_left_has_no_seat_in_what_is_to_come_and_keeps_the_one_they_had(cafe):
    cafe.begins()
    gone = next(card for card in cafe.who(1, 2) if card.id != cafe.table(2).host_id)
    actions.mark(cafe.db, cafe.manager, cafe.workshop, card=gone, presence=Presence.ABSENT)
    cafe.mends()
    assert gone.id in seats(cafe, 1)
    assert gone.id not in seats(cafe, 2)


def test_a_person_who_was_removed_is_nowhere_any_more(cafe):
    cafe.begins()
    out = cafe.who(1, 3)[0]
    actions.send_out(cafe.db, cafe.manager, cafe.workshop, card=out, reason="Disturbed the others")
    assert out not in cafe.who(1, 3)
    cafe.mends()
    assert out.id not in seats(cafe, 2)
    with pytest.raises(Forbidden):
        cafe.keeps(cafe.holder(out), 3)


def test_whoever_was_told_another_table_is_told_that_it_changed(cafe):
    cafe.begins()
    for gone in [card for card in cafe.who(1, 1) if card.id != cafe.table(1).host_id]:
        actions.mark(cafe.db, cafe.manager, cafe.workshop, card=gone, presence=Presence.ABSENT)
    told = seats(cafe, 2)
    moved = cafe.mends()
    changed = [each for each in cafes.seat_rows(cafe.db, cafe.workshop) if each.was is not None]
    assert len(changed) == moved
    assert all(told[each.card_id] == each.was for each in changed if each.turn == 2)


def test_beginning_a_round_seats_those_who_are_still_without(cafe):
    late = cafe.room.comes("Late", "Firm 9").cards[cafe.workshop.id]
    cafe.begins()
    assert late in seats(cafe, 1)


def test_people_without_a_phone_are_seated_by_the_facilitator(cafe):
    made = actions.admit(
        cafe.db, cafe.manager, cafe.workshop, company="Firm 1", names=["Without Phone", "Neither"]
    )
    cafe.begins()
    assert {each.id for each in made} <= set(seats(cafe, 1))


def test_whoever_was_expected_takes_up_their_card_when_they_come(planned):
    [card] = actions.admit(
        planned.db, planned.manager, planned.workshop, company="Fjordlys AS", names=["Ane"]
    )
    assert card.presence is Presence.EXPECTED
    ane = planned.comes("ane", "Fjordlys AS")
    assert ane.cards[planned.workshop.id] == card.id
    assert card.presence is Presence.HERE


def test_nobody_takes_up_the_card_of_somebody_who_is_here(room):
    [card] = actions.admit(room.db, room.manager, room.workshop, company="Fjordlys AS", names=["Ane"])
    assert room.comes("Ane", "Fjordlys AS").cards[room.workshop.id] != card.id


def test_a_host_hands_the_table_to_somebody_who_sits_there_and_the_heir_stays(cafe):
    cafe.begins()
    heir = next(card for card in cafe.who(1, 2) if card.id != cafe.table(2).host_id)
    actions.host(cafe.db, cafe.host(2), cafe.cafe, workshop=cafe.workshop, table=cafe.table(2), card=heir)
    assert cafe.table(2).host_id == heir.id
    assert seats(cafe, 2)[heir.id] == seats(cafe, 3)[heir.id] == 2


def test_when_the_host_has_left_somebody_at_the_table_takes_it_and_nobody_else(cafe):
    cafe.begins()
    old = next(card for card in cafe.who(1, 2) if card.id == cafe.table(2).host_id)
    heir = next(card for card in cafe.who(1, 2) if card.id != old.id)
    away = cafe.who(1, 3)[-1]
    take = {"workshop": cafe.workshop, "table": cafe.table(2)}
    with pytest.raises(Forbidden):
        actions.host(cafe.db, cafe.holder(heir), cafe.cafe, card=heir, **take)
    actions.mark(cafe.db, cafe.manager, cafe.workshop, card=old, presence=Presence.ABSENT)
    with pytest.raises(Forbidden):
        actions.host(cafe.db, cafe.holder(away), cafe.cafe, card=away, **take)
    actions.host(cafe.db, cafe.holder(heir), cafe.cafe, card=heir, **take)
    assert cafe.table(2).host_id == heir.id


def test_whoever_needs_a_table_without_steps_sits_at_one(planned):
    near = CafeRoom(planned)
    actions.furnish(
        near.db, near.manager, near.cafe, workshop=near.workshop, table=near.table(3), question="", near=True
    )
    who = cafes.coming(near.db, near.workshop)[5]
    actions.need(near.db, near.people[5], near.workshop, card=who, near=True)
    near.seated()
    assert [seats(near, turn)[who.id] for turn in (1, 2, 3)] == [3, 3, 3]


def test_nobody_notes_a_need_for_another(planned):
    near = CafeRoom(planned)
    other = cafes.coming(near.db, near.workshop)[0]
    with pytest.raises(Forbidden):
        actions.need(near.db, near.people[1], near.workshop, card=other, near=True)


def test_nobody_but_its_people_runs_a_cafe(cafe, world):
    for actor in (cafe.people[0], world.ane, world.helen):
        for act in (actions.seat, actions.announce, actions.mend, actions.end_round, actions.close_cafe):
            with pytest.raises(Forbidden):
                act(cafe.db, actor, cafe.cafe, workshop=cafe.workshop)


def test_rearranged_tables_make_all_seats_anew(cafe):
    actions.arrange(cafe.db, cafe.manager, cafe.workshop, tables=3, rounds=2, minutes=15)
    assert cafe.cafe.state is CafeState.SKETCHED
    assert cafes.seat_rows(cafe.db, cafe.workshop) == []
    assert len(cafes.tables_of(cafe.db, cafe.workshop)) == 3


def test_nothing_is_rearranged_once_a_round_has_begun(cafe):
    cafe.begins()
    with pytest.raises(Refused):
        actions.arrange(cafe.db, cafe.manager, cafe.workshop, tables=3, rounds=2, minutes=15)


def test_a_card_is_a_draft_until_its_round_ends_and_then_a_note_of_its_host(cafe):
    cafe.begins()
    kept = cafe.keeps(cafe.host(2), 2, "A lamp that listens")
    assert queries.wall(cafe.db, cafe.workshop).notes == []
    cafe.ends()
    [note] = queries.wall(cafe.db, cafe.workshop).notes
    assert (note.text, note.prompt, note.card_id, kept.note_id) == (
        "A lamp that listens", "H", cafe.table(2).host_id, note.id
    )  # fmt: skip


def test_a_card_sent_twice_is_one_card_and_one_note(cafe):
    cafe.begins()
    for _ in range(2):
        cafe.keeps(cafe.host(1), 1)
    cafe.ends()
    assert len(cafes.cards(cafe.db, cafe.workshop)) == len(queries.wall(cafe.db, cafe.workshop).notes) == 1


def test_a_card_can_be_changed_until_the_cafe_is_over_and_its_note_changes_with_it(cafe):
    cafe.begins()
    kept = cafe.keeps(cafe.host(1), 1)
    cafe.ends()
    cafe.keeps(cafe.host(1), 1, "A lamp that answers", seen=kept.version)
    assert cafe.db.exec(select(Note.text).where(Note.id == kept.note_id)).one() == "A lamp that answers"
    actions.close_cafe(cafe.db, cafe.manager, cafe.cafe, workshop=cafe.workshop)
    with pytest.raises(Refused):
        cafe.keeps(cafe.host(1), 1, "Too late", seen=kept.version)
    assert cafe.keeps(cafe.manager, 1, "From paper", seen=kept.version).idea == "From paper"


def test_two_who_change_one_card_at_once_are_told(cafe):
    cafe.begins()
    kept = cafe.keeps(cafe.host(1), 1)
    seen = kept.version
    cafe.keeps(cafe.manager, 1, "The facilitator's words", seen=seen)
    with pytest.raises(Refused, match="Somebody changed"):
        cafe.keeps(cafe.host(1), 1, "The host's words", seen=seen)
    assert kept.idea == "The facilitator's words"


def test_a_card_of_paper_hangs_under_the_hosts_company(cafe):
    cafe.begins()
    cafe.keeps(cafe.manager, 4)
    cafe.ends()
    [note] = queries.wall(cafe.db, cafe.workshop).notes
    assert note.on_paper
    assert note.company_id == next(c.company_id for c in cafe.who(1, 4) if c.id == cafe.table(4).host_id)


def test_nobody_writes_the_card_of_another_table_or_of_a_round_to_come(cafe):
    cafe.begins()
    with pytest.raises(Forbidden):
        cafe.keeps(cafe.host(1), 2)
    with pytest.raises(Refused):
        cafe.keeps(cafe.host(1), 1, turn=2)


def test_whoever_the_facilitator_names_writes_the_card(cafe):
    cafe.begins()
    writer = next(card for card in cafe.who(1, 2) if card.id != cafe.table(2).host_id)
    with pytest.raises(Forbidden):
        cafe.keeps(cafe.holder(writer), 2)
    actions.furnish(
        cafe.db,
        cafe.manager,
        cafe.cafe,
        workshop=cafe.workshop,
        table=cafe.table(2),
        question="",
        writer=writer,
    )
    assert cafe.keeps(cafe.holder(writer), 2).card_id == writer.id


def test_a_theme_is_as_broad_as_the_companies_its_cards_name(cafe):
    cafe.begins()
    firms = list(cafes.companies_of(cafe.db, cafe.workshop).values())[:4]
    cafe.keeps(cafe.host(1), 1, companies=firms)
    cafe.ends()
    [note] = queries.wall(cafe.db, cafe.workshop).notes
    theme = actions.gather(cafe.db, cafe.manager, cafe.workshop, title="Listening", notes=[note])
    assert queries.wall(cafe.db, cafe.workshop).breadth(theme) == len(
        {note.company_id, *(f.id for f in firms)}
    )


def test_drafts_go_on_the_wall_when_the_workshop_ends_in_the_middle_of_a_round(cafe):
    cafe.begins()
    cafe.keeps(cafe.host(3), 3)
    actions.finish(cafe.db, cafe.manager, cafe.workshop)
    assert [note.text for note in queries.wall(cafe.db, cafe.workshop).notes] == ["A lamp that listens"]
