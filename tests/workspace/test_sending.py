"""Sealed files that come in parts: where they go on, what becomes of them, and whose they are meanwhile."""

import asyncio
import os
import resource
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

import pytest

from crosslab.core.errors import Silent
from crosslab.core.files import files
from crosslab.ip_vault import age
from crosslab.ledger import store
from crosslab.workspace import arrivals
from tests.loops import run
from tests.workspace.members import Member
from tests.workspace.test_attacks import KEY, UNSEALED

SEALED = age.encrypt(os.urandom(300_000), KEY.recipient)
NAME, SIZE = sha256(SEALED).hexdigest(), len(SEALED)


@pytest.fixture
def door(door, stored):
    """The house with its files at either place."""
    return replace(door, files=files(replace(door.settings, **stored)))


@pytest.fixture
def stig(browse, world):
    return Member(browse(world.stig))


@pytest.fixture
def ruth(browse, world):
    return Member(browse(world.ruth))


def come(member, name=NAME):
    """How far a file is: bytes, and whether that is all."""
    answer = member.visitor.client.head(f"/vault/blobs/{name}")
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (204, b"", "no-store")
    return int(answer.headers["upload-offset"]), answer.headers["upload-complete"] == "?1"


def part(member, at, data, *, last=False, name=NAME, **more):
    """Send a part of a file."""
    headers = {
        "x-csrf": member.session()["csrf"],
        "content-type": "application/partial-upload",
        "upload-offset": str(at),
        "upload-complete": "?1" if last else "?0",
    }
    given = {key.replace("_", "-"): value for key, value in more.items()}
    return member.visitor.client.patch(f"/vault/blobs/{name}", content=data, headers={**headers, **given})


def test_a_file_comes_in_parts_and_is_stored_when_it_is_whole(stig, door):
    assert come(stig) == (0, False)
    first = part(stig, 0, SEALED[:100_000])
    assert (first.status_code, first.headers["upload-offset"], first.headers["upload-complete"]) == (
        204,
        "100000",
        "?0",
    )
    assert come(stig) == (100_000, False)
    assert stig.get(f"blobs/{NAME}").status_code == 404
    last = part(stig, 100_000, SEALED[100_000:], last=True)
    assert (last.status_code, last.headers["upload-complete"]) == (201, "?1")
    assert stig.get(f"blobs/{NAME}").content == SEALED
    assert come(stig) == (SIZE, True)
    assert door.files.unfinished.names(f"unfinished/{stig.session()['person']['id']}") == set()


def test_the_end_can_be_said_by_itself(stig):
    part(stig, 0, SEALED)
    assert come(stig) == (SIZE, False)
    assert part(stig, SIZE, b"", last=True).status_code == 201
    assert stig.get(f"blobs/{NAME}").content == SEALED


@pytest.mark.parametrize("at", [0, 99_999, 200_000])
def test_whoever_is_elsewhere_hears_where_it_goes_on(stig, at):
    part(stig, 0, SEALED[:100_000])
    answer = part(stig, at, SEALED[at:], last=True)
    assert (answer.status_code, answer.json()["error"]) == (409, "elsewhere")
    assert (answer.headers["upload-offset"], answer.headers["upload-complete"]) == ("100000", "?0")
    assert come(stig) == (100_000, False)


def test_what_comes_to_another_hash_is_thrown_away_and_can_be_sent_again(stig):
    part(stig, 0, SEALED[:100_000])
    answer = part(stig, 100_000, b"x" * 200_000, last=True)
    assert (answer.status_code, answer.headers["upload-complete"]) == (409, "?1")
    assert "damaged" in answer.json()["sentence"]
    assert come(stig) == (0, False)
    assert part(stig, 0, SEALED, last=True).status_code == 201


@pytest.mark.parametrize("how", UNSEALED)
def test_what_is_not_sealed_as_it_must_be_is_not_stored_in_parts_either(stig, how):
    data = UNSEALED[how]
    name = sha256(data).hexdigest()
    part(stig, 0, data[:7], name=name)
    assert part(stig, 7, data[7:], last=True, name=name).status_code == 409
    assert come(stig, name) == (0, False)


def test_nobody_sees_or_spoils_what_another_one_is_sending(stig, ruth):
    part(stig, 0, SEALED[:100_000])
    assert come(ruth) == (0, False)
    assert part(ruth, 0, b"garbage").status_code == 204
    assert part(ruth, 7, b"garbage", last=True).status_code == 409
    assert come(stig) == (100_000, False)
    assert part(stig, 100_000, SEALED[100_000:], last=True).status_code == 201
    assert stig.get(f"blobs/{NAME}").content == SEALED


def test_garbage_does_not_take_the_place_of_what_is_stored(stig, ruth):
    stig.put(SEALED)
    assert part(ruth, 0, b"x" * SIZE, last=True).status_code == 409
    assert stig.get(f"blobs/{NAME}").content == SEALED


def test_two_who_send_the_same_both_finish(stig, ruth):
    part(stig, 0, SEALED[:100_000])
    part(ruth, 0, SEALED[:200_000])
    assert part(stig, 100_000, SEALED[100_000:], last=True).status_code == 201
    assert come(ruth) == (200_000, False), "that another one has sent it whole is not for Ruth to know"
    assert part(ruth, 200_000, SEALED[200_000:], last=True).status_code == 201
    assert stig.get(f"blobs/{NAME}").content == SEALED


def test_a_file_of_others_looks_like_one_that_nobody_sent(stig, amphi, world, member):
    name = amphi.blobs_of(world.houses["fjordlys"].vault_id)[0]
    assert come(stig, name) == (0, False)
    assert come(stig, "0" * 64) == (0, False)


def test_the_limit_holds_over_all_parts(stig, door):
    door.settings = replace(door.settings, upload_limit=150_000)
    answer = stig.visitor.client.head(f"/vault/blobs/{NAME}")
    assert answer.headers["upload-limit"] == "max-size=150000"
    assert part(stig, 0, SEALED[:100_000], upload_length=str(SIZE)).status_code == 409
    assert come(stig) == (0, False)
    assert part(stig, 0, SEALED[:100_000]).status_code == 204
    answer = part(stig, 100_000, SEALED[100_000:], last=True)
    assert (answer.status_code, "150000" in answer.json()["sentence"].replace(",", "")) == (409, True)
    assert not come(stig)[1]


@pytest.mark.parametrize(
    "odd",
    [
        {"upload_offset": "-1"},
        {"upload_offset": "x"},
        {"upload_offset": "9" * 16},
        {"upload_complete": "1"},
        {"content_type": "application/octet-stream"},
    ],
)
def test_a_part_that_does_not_say_what_it_is_is_not_taken(stig, odd):
    assert part(stig, 0, SEALED, **odd).status_code == 409
    assert come(stig) == (0, False)


def test_parts_are_taken_from_members_with_the_pages_token_alone(stig, browse):
    assert part(stig, 0, SEALED, x_csrf="").status_code == 403
    assert part(stig, 0, SEALED, name="..%2F..%2Fetc").status_code == 404
    assert part(stig, 0, SEALED, name="0" * 63).status_code == 404
    assert browse().client.head(f"/vault/blobs/{NAME}").status_code == 401
    assert browse().client.patch(f"/vault/blobs/{NAME}", content=SEALED).status_code == 401
    assert come(stig) == (0, False)


def test_files_that_were_begun_count_among_those_that_wait(stig, monkeypatch):
    monkeypatch.setattr(store, "MOST_WAITING", 2)
    for name in ("1" * 64, "2" * 64):
        assert part(stig, 0, b"begun", name=name).status_code == 204
    assert part(stig, 0, b"begun", name="3" * 64).status_code == 409
    assert part(stig, 5, b"and more", name="2" * 64).status_code == 204


@pytest.mark.parametrize("stored", ["folder"], indirect=True)
@pytest.mark.parametrize("write", [50_000, 8 << 20])
def test_a_full_disk_is_told_and_nothing_that_came_is_lost(stig, monkeypatch, write):
    monkeypatch.setattr(store, "WORTH_A_WRITE", write)
    part(stig, 0, SEALED[:100_000])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, hard))
    try:
        answer = part(stig, 100_000, SEALED[100_000:], last=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (answer.status_code, "no room" in answer.json()["sentence"]) == (507, True)
    assert come(stig) == (120_000, False)
    assert part(stig, 120_000, SEALED[120_000:], last=True).status_code == 201


def test_whoever_says_nothing_for_long_is_let_go():
    async def falls_silent():
        yield b"a"
        await asyncio.sleep(30)

    async def hear():
        return [piece async for piece in arrivals.patient(falls_silent(), seconds=0.05)]

    with pytest.raises(Silent) as told:
        run(hear())
    assert told.value.status == 408


def test_one_person_brings_few_parts_at_once(stig, ruth):
    who = UUID(stig.session()["person"]["id"])
    with ExitStack() as few:
        for _ in range(arrivals.AT_ONCE):
            few.enter_context(arrivals.one_of_few(who))
        assert part(stig, 0, SEALED).status_code == 429
        assert part(ruth, 0, SEALED).status_code == 204
    assert part(stig, 0, SEALED).status_code == 204
