"""A crowd of phones in a process of its own: each follows the wall by a socket, and in turns they post notes.

Read on stdin: one line of JSON with the port, the number of the room, the cookies, the seconds and the rate.
Written on stdout: one line of JSON with what was heard: how many deliveries, what was lost, doubled or out of
order, and how long it took from the moment a note was sent to the moment a phone had it.
"""

import asyncio
import json
import re
import sys
import time
from collections import Counter
from functools import lru_cache
from urllib.parse import urlencode

from crosslab.web.security import csrf_token

MESSAGE = re.compile(rb'id: (\d+)\ndata: \{"seq":\d+,"kind":"([^"]+)"(?:[^\n]*?"text":"n(\d+) )?')
SETTLE = 3.0  # seconds after the last post in which everything must have come


@lru_cache(maxsize=256)
def read(chunk: bytes) -> list[tuple[int, int]]:
    """The numbers of a chunk, each with the post it is of."""
    return [(int(seq), int(post or -1)) for seq, _, post in MESSAGE.findall(chunk)]


class Crowd:
    """What all phones heard together."""

    def __init__(self) -> None:
        self.sent: dict[int, float] = {}
        self.took: Counter[int] = Counter()
        self.answered: Counter[int] = Counter()
        self.heard = self.lost = self.twice = self.ended = self.looks = 0
        self.over = False
        self.coming: set[asyncio.Task[None]] = set()


class Phone(asyncio.Protocol):
    """One that follows from a number on, and comes back when it is let go, as a browser does."""

    def __init__(self, crowd: Crowd, given: dict, token: str) -> None:
        self.crowd, self.given, self.token, self.last = crowd, given, token, given["after"]

    async def come(self) -> None:
        """Open the stream at the last number heard."""
        loop = asyncio.get_running_loop()
        self.rest, self.open = b"", loop.create_future()
        await loop.create_connection(lambda: self, "127.0.0.1", self.given["port"])
        status = await self.open
        assert b" 200 " in status, status

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        path = f"/s/{self.given['no']}/live?after={self.last}"
        asks = f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: crosslab_card={self.token}\r\n\r\n"
        transport.write(asks.encode())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        now, crowd = time.perf_counter(), self.crowd
        if not self.open.done():
            self.open.set_result(data.split(b"\r\n", 1)[0])
        data = self.rest + data
        whole = data.rfind(b"\n\n") + 2
        self.rest = data[whole:] if whole > 1 else data
        for seq, post in read(data[:whole]) if whole > 1 else ():
            crowd.lost += max(0, seq - self.last - 1)
            crowd.twice += seq <= self.last
            self.last = max(seq, self.last)
            crowd.heard += 1
            if post in crowd.sent:
                crowd.took[int((now - crowd.sent[post]) * 1000)] += 1
        if b"event: again\n" in data:
            self.transport.close()

    def connection_lost(self, _why: Exception | None) -> None:
        self.crowd.ended += 1
        if not self.crowd.over:
            coming = asyncio.create_task(self.come())
            self.crowd.coming.add(coming)
            coming.add_done_callback(self.crowd.coming.discard)


async def post(crowd: Crowd, given: dict, n: int, lines: asyncio.Queue, told: Counter[str]) -> None:
    """One note, by the route that a phone takes."""
    token = given["cards"][n % len(given["cards"])]
    typed = {
        "csrf": csrf_token(given["secret"], "v"),
        "prompt": "ABCDE"[n % 5],
        "text": f"n{n} what two of us could do together, in a sentence",
        "key": f"bench-{given['run']}-{n}",
    }
    body = urlencode(typed)
    head = (
        f"POST /s/{given['no']}/notes HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n"
        f"Cookie: crosslab_card={token}; crosslab_visitor=v\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await lines.get()
    crowd.sent[n] = time.perf_counter()
    writer.write((head + body).encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", answer)
    await reader.readexactly(int(length[1]) if length else 0)
    crowd.answered[int((time.perf_counter() - crowd.sent[n]) * 1000)] += 1
    told[answer.split(b" ", 2)[1].decode()] += 1
    lines.put_nowait((reader, writer))


async def posts(crowd: Crowd, given: dict) -> Counter[str]:
    """Notes at an even rate, whether or not the house keeps up."""
    told: Counter[str] = Counter()
    lines: asyncio.Queue = asyncio.Queue()
    for _ in range(40):
        lines.put_nowait(await asyncio.open_connection("127.0.0.1", given["port"]))
    started, waiting = time.perf_counter(), []
    for n in range(int(given["seconds"] * given["rate"])):
        await asyncio.sleep(started + n / given["rate"] - time.perf_counter())
        waiting.append(asyncio.create_task(post(crowd, given, n, lines, told)))
    await asyncio.gather(*waiting)
    return told


async def main(given: dict) -> dict:
    """Everybody follows, then the notes begin."""
    crowd = Crowd()
    phones = []
    for token in given["cards"][: given["phones"]]:
        phones.append(Phone(crowd, given, token))
        await phones[-1].come()
    crowd.heard = 0
    print(json.dumps("open"), flush=True)
    sys.stdin.readline()
    told = await posts(crowd, given)
    await asyncio.sleep(SETTLE)
    crowd.over = True
    newest = max((phone.last for phone in phones), default=0)
    return {
        "told": told,
        "heard": crowd.heard,
        "lost": crowd.lost + sum(newest - phone.last for phone in phones),
        "twice": crowd.twice,
        "ended": crowd.ended,
        "newest": newest,
        "took": sorted(crowd.took.items()),
        "answered": sorted(crowd.answered.items()),
    }


if __name__ == "__main__":
    asked = json.loads(sys.stdin.readline())
    print(json.dumps(asyncio.run(main(asked))), flush=True)
