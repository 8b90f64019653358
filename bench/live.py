"""Five hundred phones follow a wall while fifty notes a second are written on it.

Promised: through one process, every note comes to every phone once, in 99 of 100 cases within 300 ms of being
sent; the process stays below 200 MB; a delivery costs it at most 25 µs of processor time. The real house
(`crosslab serve`, worker and all) runs on a copy of the demo world; the phones are sockets of another process,
and the notes go through the route a phone's form takes.

The cost of a delivery is the processor time of the house with everybody following, less what the same notes
cost with nobody following, by the number of deliveries. Beside it, in the same run: what it costs a bare asyncio
server to write messages of the same size to as many sockets, one write a message, and what one reading of the
news costs, which without a hub each phone would pay for by itself.

Lines that the house ends, as it ends each after five to ten minutes, are opened again at the last number heard.

`python -m bench.live --seconds 60 --database sqlite|postgres|both`; the promise in full is 300 seconds.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from bench import promise
from bench._page import measured_house
from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.db import connect, transaction
from crosslab.demo.world import world_in
from crosslab.people.tokens import new_token
from crosslab.workshops import actions
from crosslab.workshops.news import look
from tests.databases import KINDS, copy_of_files, environment_of, lent, world_of

HERE = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
FIRMS = 40
SETTLED = 10  # seconds after which the house has done everything once


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--rate", type=float, default=50)
    asked = parser.parse_args()
    with measured_house():
        for kind in KINDS if asked.database == "both" else (asked.database,):
            measure(kind, asked)


def measure(kind: str, asked: argparse.Namespace) -> None:
    """One run on one database, with its promises."""
    with lent(kind, "bench", of=world_of(kind)) as url, tempfile.TemporaryDirectory() as folder:
        room = _room(url, asked.phones)
        with _house(environment_of(url, copy_of_files(kind, Path(folder)))) as house:
            alone = _run(house, room, phones=0, seconds=min(20, asked.seconds), rate=asked.rate)
            full = _run(house, room, phones=asked.phones, seconds=asked.seconds, rate=asked.rate)
            most = _kilobytes(house.pid, "VmHWM") / 1024
        naive = _reading(url, room)
    _tell(kind, asked, alone, full, most, naive)


def _tell(kind: str, asked: argparse.Namespace, alone: dict, full: dict, most: float, naive: float) -> None:
    due = int(asked.seconds * asked.rate) * asked.phones
    per_note = alone["cpu"] / sum(alone["told"].values())
    fan_out = full["cpu"] - per_note * sum(full["told"].values())
    each = fan_out / full["heard"] * 1e6
    bare = asyncio.run(_bare(asked.phones)) * 1e6
    took = [(ms, times) for ms, times in full["took"]]
    print(
        f"  {kind}: {asked.phones} phones, {asked.rate:.0f} notes/s for {asked.seconds:.0f} s: {full['heard']:,}"
        f" deliveries, answers {full['told']}, lines that ended {full['ended']}"
    )
    print(
        f"  post to phone: p50 {_at(took, 0.5)} ms, p90 {_at(took, 0.9)} ms, p99 {_at(took, 0.99)} ms,"
        f" most {took[-1][0]} ms"
    )
    print(
        f"  house: {full['cpu'] / full['wall'] * 100:.0f} % of one core, of it {per_note * 1e3:.1f} ms a note;"
        f" {full['cpu'] / full['heard'] * 1e6:.1f} µs a delivery with the writing, {each:.1f} µs without;"
        f" a bare server {bare:.1f} µs ({each / bare:.2f} ×); one reading {naive * 1e6:.0f} µs"
        f" ({naive * 1e6 / each:.0f} ×)"
    )
    print(
        f"  post to its answer: p50 {_at(full['answered'], 0.5)} ms, p99 {_at(full['answered'], 0.99)} ms;"
        f" with nobody following {_at(alone['answered'], 0.5)} ms and {_at(alone['answered'], 0.99)} ms"
    )
    print(
        f"  memory: {full['early']:.0f} MB {SETTLED} s after the first note, {full['late']:.0f} MB at the end,"
        f" most {most:.0f} MB"
    )
    promise(
        f"{kind}: deliveries lost, doubled or missing",
        full["lost"] + full["twice"] + abs(due - full["heard"]),
        0,
        "",
    )
    promise(f"{kind}: p99 from post to phone", _at(took, 0.99), 300, "ms")
    promise(f"{kind}: memory of the house", most, 200, "MB")
    promise(f"{kind}: processor time of a delivery", each, 25, "µs")


def _room(url: str, phones: int) -> SimpleNamespace:
    """A wall that is open, and a card for every phone."""
    engine = connect(url)
    with transaction(engine) as db:
        world = world_in(db)
        workshop = actions.plan(
            db,
            world.priya,
            world.programme,
            title="A full room",
            starts_at=now(),
            closes_at=now().replace(year=now().year + 1),
        )
        actions.begin(db, world.priya, workshop)
        cards = [new_token() for _ in range(max(phones, 1))]
        for n, token in enumerate(cards):
            actions.join(
                db, NOBODY_YET, workshop, name=f"Guest {n}", company=f"Firm {n % FIRMS}", token=token
            )
        db.flush()
        db.refresh(workshop)
        made = SimpleNamespace(no=workshop.no, id=workshop.id, seq=workshop.seq, cards=cards)
    engine.dispose()
    return made


@contextmanager
def _house(environment: dict[str, str]):
    """The real house on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [sys.executable, "-m", "crosslab", "serve", "--port", str(port)]
    house = subprocess.Popen(call, env=environment, cwd=HERE, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield SimpleNamespace(pid=house.pid, port=port, secret=environment["CROSSLAB_SECRET"])
    finally:
        house.send_signal(signal.SIGTERM)
        house.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The house did not start to serve.")


def _run(house: SimpleNamespace, room: SimpleNamespace, *, phones: int, seconds: float, rate: float) -> dict:
    given = {
        "port": house.port, "no": room.no, "after": room.seq, "cards": room.cards, "secret": house.secret,
        "phones": phones, "seconds": seconds, "rate": rate, "run": phones,
    }  # fmt: skip
    crowd = subprocess.Popen(
        [sys.executable, "-m", "bench._phones"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": f"{HERE / 'src'}:{HERE}"},
    )  # fmt: skip
    crowd.stdin.write(json.dumps(given) + "\n")
    crowd.stdin.flush()
    assert crowd.stdout.readline(), "the phones did not come in"
    print(f"  {_kilobytes(house.pid, 'VmRSS') / 1024:.0f} MB with {phones} phones")
    cpu, wall = _cpu(house.pid), time.perf_counter()
    crowd.stdin.write("\n")
    crowd.stdin.flush()
    time.sleep(min(SETTLED, seconds))
    early = _kilobytes(house.pid, "VmRSS") / 1024
    heard = json.loads(crowd.stdout.readline())
    crowd.wait(10)
    room.seq += sum(heard["told"].values())
    late = _kilobytes(house.pid, "VmRSS") / 1024
    return {
        **heard, "cpu": _cpu(house.pid) - cpu, "wall": time.perf_counter() - wall, "early": early, "late": late
    }  # fmt: skip


def _cpu(pid: int) -> float:
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _kilobytes(pid: int, what: str) -> int:
    line = next(
        each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith(what)
    )
    return int(line.split()[1])


def _reading(url: str, room: SimpleNamespace) -> float:
    """Seconds that one reading of the five newest changes takes."""
    engine = connect(url)
    look(engine, room.id, room.seq - 5)
    started = time.process_time()
    for _ in range(50):
        look(engine, room.id, room.seq - 5)
    took = (time.process_time() - started) / 50
    engine.dispose()
    return took


async def _bare(phones: int, rounds: int = 20) -> float:
    """Seconds of processor time in which a bare server writes one message to one socket."""
    lines: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _reader, writer: lines.append(writer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    there = [await asyncio.open_connection("127.0.0.1", port) for _ in range(phones)]
    message = b"x" * 330
    while len(lines) < phones:
        await asyncio.sleep(0.01)
    spent = 0.0
    for _ in range(rounds):
        started = time.process_time()
        for line in lines:
            line.write(message)
        spent += time.process_time() - started
        for reader, _ in there:
            await reader.readexactly(len(message))
    for _, line in there:
        line.close()
    server.close()
    return spent / rounds / phones


def _at(took: list[tuple[int, int]], share: float) -> int:
    """The milliseconds within which this share came."""
    wanted, so_far = share * sum(times for _, times in took), 0
    for ms, times in took:
        so_far += times
        if so_far >= wanted:
            return ms
    return 0


if __name__ == "__main__":
    main()
