"""The register's open doors: C2SP's files at C2SP's addresses, for anybody, kept for ever where they never change."""

from dataclasses import replace

import pytest
from litestar.testing import TestClient

from crosslab import app
from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.ip_vault import keys, merkle, note, tiles, timestamps, tlog
from crosslab.ip_vault.tiles import Tile
from crosslab.ip_vault.witness import Witness
from crosslab.ledger import log, releases, stamping
from crosslab.ledger.tables import LogEntry
from tests.authority import Authority


@pytest.fixture
def stranger(browse):
    return browse()


@pytest.fixture
def grown(engine):
    """The story's register, grown by three hundred entries of somebody else's."""
    with transaction(engine) as db:
        log.locked(db)
        log.append(db, [b"entry %d\n" % each for each in range(300)])
    with session(engine) as db:
        return [each.data for each in db.exec(LogEntry.__table__.select().order_by(LogEntry.idx))]


def point_of(stranger, where="/vault/log"):
    about = stranger.get("/vault/log/about").json()["logs"][-1]
    signer = note.parse_vkey(about["vkey"])
    return tlog.open_checkpoint(stranger.get(f"{where}/checkpoint").content, signer.name, signer.public)


def test_a_stranger_rebuilds_the_tree_from_tiles_and_entries(stranger, grown):
    point = point_of(stranger)
    files = {
        (each.level, each.index): stranger.get(f"/vault/log/{each.path}") for each in tiles.tiles(point.size)
    }
    read = tiles.reader(lambda level, n: files[level, n].content)

    assert {each.status_code for each in files.values()} == {200}
    assert merkle.root(point.size, read) == point.root
    bundles = [
        stranger.get(f"/vault/log/{each.entries_path}").content
        for each in tiles.tiles(point.size)
        if not each.level
    ]
    assert [entry for bundle in bundles for entry in tiles.unbundle(bundle)] == grown


def test_what_never_changes_may_be_kept_and_hashes_are_not_squeezed(stranger, grown):
    for path in (Tile(0, 0).path, Tile(0, 0, 7).path, Tile(0, 0).entries_path, Tile(0, 1, 3).entries_path):
        answer = stranger.get(f"/vault/log/{path}")
        assert (answer.status_code, answer.headers["cache-control"]) == (
            200,
            "public, max-age=31536000, immutable",
        )
    assert "content-encoding" not in stranger.get(f"/vault/log/{Tile(0, 0).path}").headers


def test_a_checkpoint_is_sent_once_while_nothing_is_new(stranger, grown):
    first = stranger.get("/vault/log/checkpoint")
    again = stranger.client.get("/vault/log/checkpoint", headers={"if-none-match": first.headers["etag"]})

    assert (first.headers["cache-control"], again.status_code, again.content) == ("no-cache", 304, b"")
    assert first.headers["content-type"] == "text/plain; charset=utf-8"


def test_whoever_waits_for_a_tile_is_not_told_of_its_absence_by_a_cache(stranger, grown):
    point = point_of(stranger)
    for path in (Tile(0, point.size // 256 + 1), Tile(0, point.size // 256, point.size % 256 + 1)):
        early = stranger.get(f"/vault/log/{path.path}")
        assert (early.status_code, early.headers["cache-control"]) == (404, "no-store")


@pytest.mark.parametrize(
    "path",
    ["tile/0/0", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/x000/000", "tile/8/000", "tile/00/000", "tile/-1/000",
     "tile/0/999", "tile/0/001", "tile/entries/001", "tile/entries/0", "tile/other/000", "tile/0", "tile/",
     "tile/entries/x999/x999/x999/x999/x999/999", "0/checkpoint", "2/checkpoint", "99999999999999999999/checkpoint"],
)  # fmt: skip
def test_any_other_address_leads_nowhere(stranger, grown, path):
    assert stranger.get(f"/vault/log/{path}").status_code == 404


def test_a_log_has_an_address_of_its_own(stranger, grown):
    point = point_of(stranger)

    assert point_of(stranger, "/vault/log/1") == point
    assert stranger.get("/vault/log/1/tile/0/000").content == stranger.get("/vault/log/tile/0/000").content
    proof = stranger.get(f"/vault/log/1/consistency?old=7&new={point.size}")
    assert proof.content == stranger.get(f"/vault/log/consistency?old=7&new={point.size}").content


def test_a_witness_hands_in_its_line_at_the_door(browse, door, engine):
    nora = Witness("nora.example/w", keys.SigningKey(b"n" * 32))
    open_to = replace(door, settings=replace(door.settings, witnesses=nora.vkey))
    with TestClient(app.build(door=open_to), base_url="http://127.0.0.1:8000") as visitor:
        point = visitor.get("/vault/log/checkpoint").content
        line = tlog.cosign(point, nora.name, nora.key, int(now().timestamp()))
        handed = [
            visitor.post("/vault/log/cosignatures", content=each) for each in (point + line, point, b"x")
        ]
        assert [each.status_code for each in handed] == [204, 403, 400]
        assert visitor.get("/vault/log/checkpoint").content == point + line
        assert visitor.get("/vault/log/checkpoint?quorum=1").content == point + line
        assert visitor.get("/vault/log/checkpoint?quorum=2").status_code == 404
        assert visitor.get("/vault/log/about").json()["witnesses"] == [nora.vkey]


def test_time_stamps_and_releases_are_there_for_everybody(stranger, engine, door, tmp_path):
    authority = Authority(tmp_path)
    with session(engine) as db:
        point = door.keeper.checkpoint(db)
    asked = timestamps.ask(point)
    stamp = timestamps.read(authority.reply(asked.query), asked, [authority.root], "", now())
    with transaction(engine) as db:
        stamping.keep(db, stamping.Authority("test", "https://tsa.example", (authority.root,)), point, stamp)
        releases.remember(db, door.keeper, b"aa  vault.js\n")

    (told,) = stranger.get("/vault/log/timestamps").json()
    files = {
        part: stranger.get(f"/vault/log/timestamps/{told['id']}/{part}").content
        for part in ("token", "chain", "checkpoint")
    }
    assert (told["authority"], told["level"], files) == (
        "test",
        "rfc3161",
        {"token": stamp.token, "chain": stamp.chain.encode(), "checkpoint": point},
    )
    assert stranger.get(f"/vault/log/timestamps/{told['id']}/key").status_code == 404
    (release,) = stranger.get("/vault/log/releases").json()
    assert release["files"] == [{"name": "vault.js", "sha256": "aa"}]
