"""Sending a sealed file over lines that break, to servers that are killed, by two machines, to two replicas."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from crosslab.core.files import files
from crosslab.ip_vault import age
from crosslab.member import line, sending
from crosslab.member.door import Door
from crosslab.member.stops import Code, Stop
from tests.browser import Site, served_on
from tests.databases import environment_of
from tests.member.between import Between
from tests.member.machine import Machine
from tests.member.test_breaks import BLOBS, PLACE, wait_for
from tests.stores import a_bucket

Of = Callable[[str], Machine]
To = Callable[..., Door]
LARGE = 24 << 20
KEY = age.HybridIdentity(b"\x07" * 32)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A sealed file, named by its hash."""
    data = age.encrypt(os.urandom(LARGE), KEY.recipient)
    path = tmp_path / sha256(data).hexdigest()
    path.write_bytes(data)
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between a machine's tries, which are not waited for in full; its server waits as ever."""
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        time.sleep(0.2)

    monkeypatch.setattr(line, "time", SimpleNamespace(sleep=sleep))
    return pauses


@pytest.fixture
def door() -> Iterator[Callable[..., Door]]:
    """`door(ane)`: a machine's way to its server, or to another one, signed in."""
    made: list[Door] = []

    def of(machine: Machine, url: str = "", tries: int = 3) -> Door:
        made.append(Door(url or machine.site.url, (machine.home / "session").read_text(), tries=tries))
        made[-1].session()
        return made[-1]

    yield of
    for each in made:
        each.client.close()


def begun(site: Site) -> list[Path]:
    """What has come of unfinished files."""
    return [path for path in (site.house.var / "files/unfinished").rglob("*") if path.is_file()]


def come(site: Site) -> int:
    """How much of the largest unfinished file has come; those of others may be finished while we look."""
    with suppress(FileNotFoundError):
        return max((path.stat().st_size for path in begun(site)), default=0)
    return 0


def stands(site: Site, sealed: Path) -> bool:
    """Whether the file is in the house's store, byte for byte, and nothing of it lies about."""
    stored = site.house.var / "files/sealed" / sealed.name[:2] / sealed.name
    return stored.read_bytes() == sealed.read_bytes() and not begun(site)


def test_a_line_that_always_breaks_brings_all_of_it_in_the_end(
    machine: Of, door: To, between: Between, sealed: Path, quick: list[float]
) -> None:
    ane, told = machine("ane"), []
    between.breaks[BLOBS] = 5 << 20
    door(ane, between.url).send(sealed.name, sealed, told.append)
    places = [int(at) for path, at, _ in between.sent if BLOBS in path]
    assert stands(ane.site, sealed)
    assert places == sorted(places)
    assert places[-1] > LARGE - (6 << 20)
    assert sum(told) == sealed.stat().st_size


def test_a_line_that_brings_nothing_is_given_up_and_later_goes_on(
    machine: Of, door: To, between: Between, sealed: Path, quick: list[float]
) -> None:
    ane = machine("ane")
    between.breaks[BLOBS] = 9 << 20
    by = door(ane, between.url)
    way = sending.Way(by, sealed.name, sealed, lambda _: None)
    with pytest.raises(httpx.TransportError):
        way.go_on()
    wait_for(lambda: come(ane.site) == 9 << 20)
    between.breaks[BLOBS] = 0
    quick.clear()
    with pytest.raises(Stop) as told:
        sending.send(by, sealed.name, sealed, lambda _: None)
    assert told.value.code == Code.NETWORK
    assert quick == sorted(quick), "the pauses grow"
    assert begun(ane.site)[0].stat().st_size == 9 << 20
    between.breaks.clear()
    between.sent.clear()
    sending.send(by, sealed.name, sealed, lambda _: None)
    assert between.sent[0][1] == str(9 << 20)
    assert stands(ane.site, sealed)


def test_a_put_that_was_killed_goes_on_at_the_byte_it_had_come_to(
    machine: Of, between: Between, tmp_path: Path
) -> None:
    ane, large = machine("ane").goes_by(between.url), tmp_path / "large.bin"
    large.write_bytes(os.urandom(LARGE))
    between.breaks[BLOBS] = 9 << 20
    running = ane.start("put", str(large), *PLACE)
    wait_for(lambda: come(ane.site) >= 9 << 20)
    running.kill()
    between.breaks.clear()
    between.sent.clear()
    assert ane.run("put", str(large), *PLACE)["number"] == 1
    places = [int(at or 0) for path, at, _ in between.sent if BLOBS in path]
    assert places[0] >= 9 << 20
    assert begun(ane.site) == []


@contextmanager
def a_server(site: Site, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The same house, served by a process of its own that can be killed."""
    place = environment_of(site.engine.url.render_as_string(hide_password=False), site.house.var)
    place |= {"CROSSLAB_LOG_ORIGIN": site.house.settings.log_origin, "CROSSLAB_WORKER": "0"}
    place |= {"CROSSLAB_LOG_LEVEL": "error"}
    serve = [sys.executable, "-m", "crosslab", "serve", "--port", str(port)]
    process = subprocess.Popen([*serve, "--origin", f"http://127.0.0.1:{port}"], env=place)
    try:
        wait_for(lambda: _answers(port))
        yield process
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def test_a_server_that_was_killed_goes_on_with_what_was_durable(machine: Of, door: To, sealed: Path) -> None:
    ane, port = machine("ane"), _free_port()
    whole = sealed.read_bytes()
    with a_server(ane.site, port) as server:
        by = door(ane, f"http://127.0.0.1:{port}")
        with socket.create_connection(("127.0.0.1", port)) as half:
            half.sendall(_head(by, sealed, LARGE) + whole[: 12 << 20])
            wait_for(lambda: come(ane.site) >= 8 << 20)
            server.send_signal(signal.SIGKILL)
            server.wait()
    durable = begun(ane.site)[0].stat().st_size
    assert 8 << 20 <= durable <= 12 << 20
    with a_server(ane.site, port):
        assert sending.come(by, sealed.name) == sending.Come(durable, whole=False)
        by.send(sealed.name, sealed, lambda _: None)
    assert stands(ane.site, sealed)


def _head(by: Door, sealed: Path, length: int) -> bytes:
    """What stands before the bytes of a part."""
    told = {
        "Host": "house",
        "Cookie": f"crosslab={by.client.cookies['crosslab']}",
        "X-CSRF": by.csrf,
        "Content-Type": "application/partial-upload",
        "Content-Length": str(length),
        "Upload-Offset": "0",
        "Upload-Complete": "?0",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"PATCH {BLOBS}{sealed.name} HTTP/1.1\r\n{lines}\r\n".encode()


def test_whoever_was_cut_off_does_not_hold_up_who_comes_again(machine: Of, door: To, sealed: Path) -> None:
    """The server may not know yet that a line is dead; nobody waits until it does."""
    ane = machine("ane")
    by, port = door(ane), int(ane.site.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as half:
        half.sendall(_head(by, sealed, LARGE) + sealed.read_bytes()[: 12 << 20])
        wait_for(lambda: come(ane.site) >= 8 << 20)
        by.send(sealed.name, sealed, lambda _: None)
        assert stands(ane.site, sealed)
    time.sleep(0.2)  # the server now learns that the line is dead, and what it still held is let go
    wait_for(lambda: not begun(ane.site))


def test_two_machines_that_send_the_same_at_once_store_it_once(
    machine: Of, door: To, sealed: Path, quick: list[float]
) -> None:
    ane = machine("ane")
    doors, failed = [door(ane, tries=6) for _ in range(2)], []

    def send(by: Door) -> None:
        try:
            by.send(sealed.name, sealed, lambda _: None)
        except Stop as stop:
            failed.append(stop)

    threads = [threading.Thread(target=send, args=(by,)) for by in doors]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert stands(ane.site, sealed)


def test_a_replica_goes_on_with_what_another_one_began(
    machine: Of, door: To, between: Between, sealed: Path, quick: list[float], request: pytest.FixtureRequest
) -> None:
    place = a_bucket(request)
    ane = machine("ane")
    with served_on(ane.site.house, **place) as one, served_on(ane.site.house, **place) as two:
        between.server, between.breaks[BLOBS] = one.url, 9 << 20
        with pytest.raises(httpx.TransportError):
            sending.Way(door(ane, between.url), sealed.name, sealed, lambda _: None).go_on()
        by = door(ane, two.url)
        wait_for(lambda: sending.come(by, sealed.name).bytes == 9 << 20)
        by.send(sealed.name, sealed, lambda _: None)
        kept = files(two.house.settings)
        assert kept.get(f"sealed/{sealed.name[:2]}/{sealed.name}") == sealed.read_bytes()
        assert list(kept.under("unfinished")) == []


def test_a_refusal_is_told_and_not_tried_again(machine: Of, door: To, between: Between, sealed: Path) -> None:
    ane, told = machine("ane"), []
    by = door(ane, between.url)
    other = sealed.with_name("0" * 64)
    other.write_bytes(b"x" * (3 << 20))
    with pytest.raises(Stop, match="damaged") as stop:
        by.send(other.name, other, told.append)
    assert stop.value.code == Code.REFUSED
    assert len([path for path, _, _ in between.sent if BLOBS in path]) == 1
    assert begun(ane.site) == []
