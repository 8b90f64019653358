"""One hub for all who follow a place: each message once and in order, replayed or new, whoever is slow."""

import asyncio
import contextlib
from uuid import uuid4

from crosslab.core.bell import Bell
from crosslab.core.events import Ring
from crosslab.core.hub import AGAIN, GONE, STILL, Hubs, Listener, News, Times
from crosslab.rules import Verb
from tests.loops import run

PLACE = uuid4()
RING = [Ring(PLACE, Verb.WORKSHOPS_WRITE)]
QUICK = Times(tick=0.01)


class Diary:
    """Numbered messages, and how often they were read."""

    def __init__(self):
        self.last, self.looks, self.gone, self.most = 0, 0, frozenset(), 2_000

    def read(self, after):
        self.looks += 1
        since = min(max(after, self.last - self.most), self.last)
        told = [(n, b"%d " % n) for n in range(since + 1, self.last + 1)]
        return News(self.last, since, told, self.gone)


class Phone:
    """Somebody who follows, and what they heard."""

    def __init__(self, room, after=0, who=None, **facts):
        self.words, self.hold, self._told = [], asyncio.Event(), asyncio.Condition()
        self.hold.set()
        self.listener = Listener(who or uuid4(), after, **facts)
        self.hub = room.hubs.follow(PLACE, room.diary.read, self.listener)
        self.done = asyncio.create_task(self.listener.write(self._write, self.hub.is_free))
        self.done.add_done_callback(lambda _: self.hub.leave(self.listener))

    async def _write(self, words):
        await self.hold.wait()
        async with self._told:
            self.words.append(words)
            self._told.notify_all()

    @property
    def heard(self):
        return [int(word) for word in b"".join(self.words).split() if word.isdigit()]

    async def until(self, last):
        await self.until_told(lambda: last in self.heard)
        return self.heard

    async def until_told(self, what):
        async with self._told:
            await self._told.wait_for(what)


class Room:
    def __init__(self, times):
        self.bell, self.diary = Bell(), Diary()
        self.hubs = Hubs(self.bell, times)

    def happens(self, times=1):
        self.diary.last += times
        self.bell.ring(RING)


def story(tell, times=QUICK):
    """Run a story in a room whose hub looks a hundred times a second."""

    async def in_time():
        async with asyncio.timeout(20):
            await tell(Room(times))

    run(in_time())


def test_each_hears_each_message_once_and_in_order_from_where_they_left():
    async def tell(room):
        room.happens(30)
        early, late = Phone(room, after=0), Phone(room, after=20)
        for last in range(35, 85, 5):
            room.happens(5)
            await late.until(last - 5)
        later = Phone(room, after=70)
        assert await early.until(80) == list(range(1, 81))
        assert await late.until(80) == list(range(21, 81))
        assert await later.until(80) == list(range(71, 81))

    story(tell)


def test_a_hundred_who_listen_cost_one_look():
    async def tell(room):
        phones = [Phone(room) for _ in range(100)]
        room.happens()
        for phone in phones:
            await phone.until(1)
        assert room.diary.looks <= 3

    story(tell)


def test_what_is_missed_comes_a_part_at_a_time():
    async def tell(room):
        room.happens(1_500)
        phone = Phone(room)
        assert await phone.until(1_500) == list(range(1, 1_501))
        assert len(phone.words) == 8, "200 at once"

    story(tell)


def test_whoever_missed_too_much_or_knows_a_number_that_never_was_loads_the_page_again():
    async def tell(room):
        room.happens(2_500)
        behind, ahead = Phone(room, after=3), Phone(room, after=9_999)
        for phone in (behind, ahead):
            await phone.until_told(lambda phone=phone: phone.words)
        room.happens()
        assert await behind.until(2_501) == await ahead.until(2_501) == [2_500, 2_501]
        assert b'data: {"seq":2500,"kind":"reload"}' in behind.words[0]
        assert behind.words[0] == ahead.words[0]

    story(tell)


def test_a_slow_line_holds_nobody_up_and_loses_nothing():
    async def tell(room):
        slow, quick = Phone(room), Phone(room)
        slow.hold.clear()
        for n in range(1, 40):
            room.happens()
            await quick.until(n)
        slow.hold.set()
        assert await slow.until(39) == list(range(1, 40))

    story(tell)


def test_a_line_that_stays_full_is_cut():
    async def tell(room):
        async def stands_still():
            phone = Phone(room)
            phone.hold.clear()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            return phone.listener.is_cut

        room.happens()
        assert await asyncio.create_task(stands_still())

    story(tell, Times(tick=0.01, heartbeat=0.05, stuck=0.0))


def test_a_line_that_lasted_long_ends_and_says_to_come_again():
    async def tell(room):
        phone = Phone(room)
        await phone.done
        assert phone.words == [AGAIN]

    story(tell, Times(tick=0.01, life=0.0))


def test_who_may_not_listen_any_more_is_let_go_and_hears_nothing_of_it():
    async def tell(room):
        out, other = uuid4(), Phone(room)
        phone = Phone(room, who=out)
        room.diary.gone = frozenset({out})
        room.happens()
        await phone.done
        assert phone.words == [GONE]
        assert await other.until(1) == [1]

    story(tell)


def test_all_lines_end_when_the_house_goes_down_and_nobody_comes_in():
    async def tell(room):
        phones = [Phone(room) for _ in range(5)]
        room.hubs.close()
        await asyncio.gather(*(phone.done for phone in phones))
        assert all(phone.words[-1] == AGAIN for phone in phones)
        assert not room.hubs.has_room(PLACE)

    story(tell)


def test_of_the_lines_of_one_person_the_oldest_ends():
    async def tell(room):
        one = uuid4()
        phones = [Phone(room, who=one) for _ in range(7)]
        await phones[0].done
        room.happens()
        assert await phones[6].until(1) == [1]

    story(tell)


def test_a_crowd_behind_one_address_has_more_lines_and_not_all():
    async def tell(room):
        crowd, guest = uuid4(), Phone(room)
        phones = [Phone(room, who=crowd, most=9) for _ in range(12)]
        await asyncio.gather(*(phone.done for phone in phones[:3]))
        room.happens()
        assert [await phone.until(1) for phone in (guest, *phones[3:])] == [[1]] * 10

    story(tell)


def test_a_hub_is_gone_when_nobody_listens_and_there_again_for_the_next():
    async def tell(room):
        phone = Phone(room)
        phone.hub.leave(phone.listener)
        await asyncio.gather(*room.hubs._running)
        room.happens()
        assert await Phone(room).until(1) == [1]
        assert len(room.bell._ears) == 1

    story(tell)


def test_a_heartbeat_looks_too_whatever_the_bell_missed():
    async def tell(room):
        phone = Phone(room)
        await phone.until_told(lambda: phone.words == [STILL])
        room.diary.last += 1
        assert await phone.until(1) == [1]

    story(tell, Times(tick=0.01, heartbeat=0.05))
