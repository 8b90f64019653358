"""What is sent in parts is kept byte by byte, on a disk and in an S3-compatible store alike."""

import os
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest

from crosslab.core import unfinished
from crosslab.core.clock import now
from crosslab.core.errors import Elsewhere, Full, Hurried, Refused
from crosslab.core.files import Files, bucket_of, files
from crosslab.core.inpieces import InPieces
from crosslab.core.settings import Settings
from tests.stores import a_bucket

PLACE, KEY = "unfinished/somebody/name", "sealed/na/name"


@pytest.fixture
def kept(stored: dict[str, str]) -> Files:
    return files(Settings(**stored))


@pytest.fixture
def bucket(request: pytest.FixtureRequest) -> Files:
    return files(Settings(**a_bucket(request)))


@pytest.fixture
def folder(tmp_path: Path) -> Files:
    return files(Settings(files=f"file:{tmp_path}/folder"))


def as_it_is(pieces: Iterator[bytes]) -> Iterator[bytes]:
    return pieces


def wrong(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield from pieces
    raise Refused("It is another one.")


def test_what_came_in_parts_is_stored_as_one(kept: Files) -> None:
    parts, at = [os.urandom(size) for size in (5, 1, 7_000_000, 3)], 0
    for part in parts:
        kept.unfinished.append(PLACE, at, part)
        at += len(part)
        assert kept.unfinished.size(PLACE) == at
    kept.unfinished.keep(PLACE, at, KEY, as_it_is)
    assert kept.get(KEY) == b"".join(parts)
    assert (kept.unfinished.size(PLACE), kept.unfinished.names("unfinished/somebody")) == (0, set())


@pytest.mark.parametrize("at", [0, 2, 4, 1000])
def test_whoever_is_elsewhere_is_told_where_it_goes_on(kept: Files, at: int) -> None:
    kept.unfinished.append(PLACE, 0, b"abc")
    with pytest.raises(Elsewhere) as told:
        kept.unfinished.append(PLACE, at, b"x")
    assert told.value.headers["Upload-Offset"] == "3"
    assert kept.unfinished.size(PLACE) == 3


def test_nothing_goes_on_where_nothing_began(kept: Files) -> None:
    for act in (
        lambda: kept.unfinished.append(PLACE, 7, b"x"),
        lambda: kept.unfinished.append(PLACE, 7, b""),
    ):
        with pytest.raises(Elsewhere):
            act()
    assert kept.unfinished.names("unfinished/somebody") == set()
    kept.unfinished.drop(PLACE)


def test_what_is_wrong_is_not_stored_and_takes_nothings_place(kept: Files) -> None:
    kept.put(KEY, b"what was there")
    kept.unfinished.append(PLACE, 0, os.urandom(6_000_000))
    with pytest.raises(Refused):
        kept.unfinished.keep(PLACE, 6_000_000, KEY, wrong)
    assert kept.get(KEY) == b"what was there"
    kept.unfinished.drop(PLACE)
    assert kept.unfinished.size(PLACE) == 0


def test_two_who_send_the_same_at_once_leave_it_whole(kept: Files) -> None:
    whole = os.urandom(200_000)

    def send(step: int) -> int:
        refused = 0
        while (at := kept.unfinished.size(PLACE)) < len(whole):
            try:
                kept.unfinished.append(PLACE, at, whole[at : at + step])
            except (Elsewhere, Hurried):
                refused += 1
        return refused

    with ThreadPoolExecutor(3) as crowd:
        list(crowd.map(send, (9_000, 17_000, 23_000)))
    kept.unfinished.keep(PLACE, len(whole), KEY, as_it_is)
    assert sha256(kept.get(KEY)).digest() == sha256(whole).digest()


def test_places_are_apart(kept: Files) -> None:
    for place in ("unfinished/a/one", "unfinished/a/two", "unfinished/b/one"):
        kept.unfinished.append(place, 0, place.encode())
    kept.unfinished.drop("unfinished/a/one")
    assert kept.unfinished.names("unfinished/a") == {"two"}
    assert kept.unfinished.size("unfinished/b/one") == len("unfinished/b/one")


def test_what_nobody_went_on_with_is_swept(kept: Files) -> None:
    kept.unfinished.append(PLACE, 0, b"abc")
    kept.unfinished.sweep(now() - timedelta(days=1))
    assert kept.unfinished.size(PLACE) == 3
    kept.unfinished.sweep(now() + timedelta(minutes=1))
    assert kept.unfinished.size(PLACE) == 0


def test_whoever_comes_second_to_put_it_together_leaves_it_as_it_is(kept: Files) -> None:
    kept.unfinished.append(PLACE, 0, b"whole")

    def another_one_is_done(pieces: Iterator[bytes]) -> Iterator[bytes]:
        with suppress(Hurried):
            kept.unfinished.keep(PLACE, 5, KEY, as_it_is)
        yield from pieces

    with suppress(Elsewhere):
        kept.unfinished.keep(PLACE, 5, KEY, another_one_is_done)
    assert kept.get(KEY) == b"whole"
    assert kept.unfinished.size(PLACE) == 0


def test_a_row_of_too_many_pieces_is_thrown_away(request: pytest.FixtureRequest) -> None:
    row = InPieces(bucket_of(Settings(**a_bucket(request))), most=3)
    for at in range(3):
        row.append(PLACE, at, b"x")
    with pytest.raises(Refused, match="more than"):
        row.append(PLACE, 3, b"x")
    assert row.size(PLACE) == 0


def test_a_full_disk_is_told_and_what_fitted_stays(folder: Files) -> None:
    folder.unfinished.append(PLACE, 0, b"a" * 1000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, hard))
    try:
        with pytest.raises(Full):
            folder.unfinished.append(PLACE, 1000, b"b" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert folder.unfinished.size(PLACE) == 1500
    folder.unfinished.append(PLACE, 1500, b"b" * 500)
    folder.unfinished.keep(PLACE, 2000, KEY, as_it_is)
    assert folder.get(KEY) == b"a" * 1000 + b"b" * 1000


def test_nobody_writes_into_a_file_that_was_put_in_its_place_meanwhile(folder: Files, monkeypatch) -> None:
    """Whoever waited for the lock holds the file that is stored now, and must let go of it."""
    folder.unfinished.append(PLACE, 0, b"whole")
    looking, wait = Event(), Event()

    def slowly(pieces: Iterator[bytes]) -> Iterator[bytes]:
        looking.set()
        wait.wait(10)
        yield from pieces

    with ThreadPoolExecutor(2) as crowd:
        keeping = crowd.submit(folder.unfinished.keep, PLACE, 5, KEY, slowly)
        looking.wait(10)
        late = crowd.submit(folder.unfinished.append, PLACE, 5, b" and more")
        wait.set()
        keeping.result()
        with pytest.raises(Elsewhere):
            late.result()
    assert folder.get(KEY) == b"whole"


def test_whoever_waits_too_long_is_told_when_to_come_again(folder: Files, monkeypatch) -> None:
    monkeypatch.setattr(unfinished, "PATIENCE", 0.05)
    folder.unfinished.append(PLACE, 0, b"whole")

    def asks_meanwhile(pieces: Iterator[bytes]) -> Iterator[bytes]:
        assert folder.unfinished.size(PLACE) == 5
        with pytest.raises(Hurried):
            folder.unfinished.append(PLACE, 5, b"x")
        yield from pieces

    folder.unfinished.keep(PLACE, 5, KEY, asks_meanwhile)
    assert folder.get(KEY) == b"whole"


def test_some_room_is_left_to_others_on_the_same_disk(tmp_path: Path) -> None:
    there = unfinished.Growing(tmp_path, reserve=1 << 62)
    with pytest.raises(Full):
        there.append(PLACE, 0, b"abc")
    assert there.size(PLACE) == 0


def test_a_piece_that_is_empty_is_not_the_end(bucket: Files) -> None:
    bucket.unfinished.append(PLACE, 0, b"abcdef")
    bucket.unfinished.keep(PLACE, 6, KEY, lambda pieces: iter([b"abc", b"", *pieces]))
    assert bucket.get(KEY) == b"abcabcdef"


def test_a_file_is_put_together_by_one_at_a_time_in_a_bucket(bucket: Files) -> None:
    def again(pieces: Iterator[bytes]) -> Iterator[bytes]:
        with pytest.raises(Hurried):
            bucket.unfinished.keep(PLACE, 6, KEY, as_it_is)
        yield from pieces

    bucket.unfinished.append(PLACE, 0, b"abcdef")
    bucket.unfinished.keep(PLACE, 6, KEY, again)
    assert bucket.get(KEY) == b"abcdef"
