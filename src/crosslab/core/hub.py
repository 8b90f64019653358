"""Who follows a place live: one hub a place and process reads its diary once for all who listen.

A diary is a row of numbered messages. A listener is a number and a line: at each look everybody is handed what
came after their number, in one write, so replay and what is new are the same and there is no seam between them.
No message is kept here: nothing old can leak, and nobody's slowness costs memory. Who is slow keeps their number
and is handed more when their line is free; a line that stays full is cut.
"""

import asyncio
import contextlib
import logging
import random
from bisect import bisect_right
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import anyio
from sqlalchemy.exc import OperationalError

from .bell import Bell

A_WRITE = 200  # messages at once
MOST_LISTENERS, MOST_LINES = 2_000, 6
STILL, AGAIN, GONE = (f"event: {word}\ndata: .\n\n".encode() for word in ("still", "again", "gone"))

log = logging.getLogger(__name__)
Write = Callable[[bytes], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds between two looks at least, between two heartbeats, that a line may stay full, and that it lasts.

    A line lasts for one to two lives, not all equally long; whoever comes back shows again that they may listen.
    """

    tick: float = 0.1
    heartbeat: float = 15.0
    stuck: float = 10.0
    life: float = 300.0


USUAL = Times()


@dataclass(frozen=True, slots=True)
class News:
    """What a look found: the newest number, the messages after `since`, and whoever may not listen any more."""

    seq: int
    since: int
    messages: list[tuple[int, bytes]]
    gone: frozenset[UUID] = frozenset()

    def after(self, at: int) -> tuple[int, bytes]:
        """The next messages for whoever has heard up to a number, and the number they have then."""
        if not self.since <= at <= self.seq:
            told = f'id: {self.seq}\ndata: {{"seq":{self.seq},"kind":"reload"}}\n\n'
            return self.seq, told.encode()
        first = bisect_right(self.messages, at, key=lambda each: each[0])
        some = self.messages[first : first + A_WRITE]
        return (some[-1][0] if some else at), b"".join(words for _, words in some)


Read = Callable[[int], News]


class Listener:
    """Somebody's open line, and the last number they were handed. `full_since` is None when more can be handed.

    `most` is how many such lines `who` may have at one place: a crowd behind one address more than one person.
    """

    def __init__(self, who: UUID | None, at: int, most: int = MOST_LINES) -> None:
        self.who, self.at, self.most = who, at, most
        self.ends_at = 0.0
        self.full_since: float | None = None
        self.is_cut = self._is_over = False
        self._words, self._handed = b"", asyncio.Event()
        self._task = asyncio.current_task()

    def hand(self, words: bytes, now: float) -> None:
        """Give it something to write."""
        self._words += words
        self.full_since = now
        self._handed.set()

    def end(self, last: bytes) -> None:
        """Let it write this and be over."""
        self._is_over = True
        self.hand(last, asyncio.get_running_loop().time())

    def cut(self) -> None:
        """Stop waiting for somebody who does not read."""
        self.is_cut = True
        if self._task:
            self._task.cancel()

    async def write(self, write: Write, is_free: Callable[["Listener"], None]) -> None:
        """Write what is handed over, until it is over."""
        while True:
            await self._handed.wait()
            self._handed.clear()
            words, self._words = self._words, b""
            await write(words)
            if self._is_over and not self._words:
                return
            if not self._words:
                self.full_since = None
                is_free(self)


class Hub:
    """Everybody who listens at one place. Looks when the bell rings, when somebody comes, and with each heartbeat."""

    def __init__(self, place: UUID, bell: Bell, read: Read, times: Times = USUAL) -> None:
        self.listeners: dict[Listener, None] = {}
        self._place, self._bell, self._read, self._times = place, bell, read, times
        self._seq, self._looked_at, self._beats_at = 0, 0.0, 0.0
        self._ear = bell.listen([place])

    def add(self, listener: Listener) -> None:
        """From now on they hear. Of one person's many lines the oldest ends."""
        mine = [each for each in self.listeners if each.who == listener.who]
        for each in mine[: max(0, len(mine) + 1 - listener.most)]:
            each.end(b"")
        lasts = self._times.life * random.uniform(1, 2)  # noqa: S311 - no secret: so that not all end at once
        listener.ends_at = asyncio.get_running_loop().time() + lasts
        self.listeners[listener] = None
        self._wake()

    def leave(self, listener: Listener) -> None:
        """They hear no more."""
        self.listeners.pop(listener, None)
        self._wake()

    def end(self, last: bytes) -> None:
        """All lines end."""
        for each in list(self.listeners):
            each.end(last)

    async def run(self) -> None:
        """Look and hand out for as long as anybody listens."""
        try:
            while self.listeners:
                await self._look()
                await self._wait()
        finally:
            self.end(AGAIN)
            self._bell.leave([self._place], self._ear)

    async def _look(self) -> None:
        ready = [each for each in self.listeners if each.full_since is None]
        self._looked_at = asyncio.get_running_loop().time()
        try:
            if ready:
                self._hand_out(ready, await anyio.to_thread.run_sync(self._read, min(e.at for e in ready)))
        except OperationalError as lost:
            log.warning("a hub cannot read and tries again: %s", lost)
        if self._looked_at >= self._beats_at:
            self._beats_at = self._looked_at + self._times.heartbeat
            self._tend(self._looked_at)

    def _hand_out(self, ready: list[Listener], news: News) -> None:
        """The same bytes for all who stand at the same number."""
        self._seq = news.seq
        parts = {at: news.after(at) for at in {each.at for each in ready}}
        for each in ready:
            if each.who in news.gone:
                each.end(GONE)
            elif parts[each.at][1]:
                each.at, words = parts[each.at]
                each.hand(words, self._looked_at)

    def _tend(self, now: float) -> None:
        """Let every line show that it is open, cut those that are stuck, end those that lasted long."""
        for each in list(self.listeners):
            if each.full_since is None:
                each.end(AGAIN) if now > each.ends_at else each.hand(STILL, now)
            elif now - each.full_since > self._times.stuck:
                each.cut()

    def _wake(self) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self._ear.put_nowait("")

    def is_free(self, listener: Listener) -> None:
        """A line can take more: look again if there is more."""
        if listener.at < self._seq:
            self._wake()

    async def _wait(self) -> None:
        """Until something happens or the next heartbeat, and never two looks within a tick."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(self._beats_at):
                await self._ear.get()
        await asyncio.sleep(self._looked_at + self._times.tick - asyncio.get_running_loop().time())
        while not self._ear.empty():
            self._ear.get_nowait()


class Hubs:
    """The hubs of a process. One is made when somebody comes, and gone when the last one left."""

    def __init__(self, bell: Bell, times: Times = USUAL) -> None:
        self._bell, self._times = bell, times
        self._hubs: dict[UUID, Hub] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False

    def has_room(self, place: UUID) -> bool:
        """Whether one more may follow a place here."""
        hub = self._hubs.get(place)
        return not self._is_closed and (hub is None or len(hub.listeners) < MOST_LISTENERS)

    def follow(self, place: UUID, read: Read, listener: Listener) -> Hub:
        """From now on they hear what happens at a place."""
        self._loop = asyncio.get_running_loop()
        hub = self._hubs.get(place)
        if hub is None:
            hub = self._hubs[place] = Hub(place, self._bell, read, self._times)
            hub.add(listener)
            task = asyncio.create_task(self._run(place, hub))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        else:
            hub.add(listener)
        return hub

    async def _run(self, place: UUID, hub: Hub) -> None:
        try:
            await hub.run()
        finally:
            del self._hubs[place]

    def close(self) -> None:
        """End every line at once, from any thread: the house goes down, and whoever listened comes back later."""
        self._is_closed = True
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end_all)

    def _end_all(self) -> None:
        for hub in self._hubs.values():
            hub.end(AGAIN)
