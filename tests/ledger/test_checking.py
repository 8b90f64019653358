"""Whatever is changed in the register behind our back is found at night, and its place named."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from crosslab import app
from crosslab.core.db import session, transaction
from crosslab.ledger import checking, log
from crosslab.ledger.keeper import keeper
from crosslab.ledger.witnesses import keep_issued
from crosslab.worker import Worker


@pytest.fixture
def kept(house):
    Worker(replace(app.open_door(house.settings), engine=house.engine)).plan()
    return keeper(house.settings)


def troubles(house, kept):
    return checking.check(house.engine, kept).troubles


def change(house, sql):
    with transaction(house.engine) as db:
        assert db.execute(text(sql)).rowcount


def test_a_register_that_fits_together_is_well(house, kept):
    assert troubles(house, kept) == []
    with session(house.engine, read_only=True) as db:
        found = checking.last(db)
        assert found
        assert (found.troubles, found.entries) == ([], log.count(db))


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "UPDATE log_entry SET data = (SELECT data FROM log_entry WHERE idx = 2) WHERE idx = 3",
            "tile/0/000.p/",
        ),
        ("DELETE FROM log_entry WHERE idx = 3", "entries are missing"),
        (
            "UPDATE log_tile SET data = (SELECT data FROM log_entry WHERE idx = 2) WHERE level = 0",
            "tile/0/000.p/",
        ),
        (
            "INSERT INTO log_tile (log, level, n, data) SELECT 1, 3, 9, data FROM log_entry WHERE idx = 1",
            "tile/3/009",
        ),
        ("UPDATE statement SET note = replace(note, 'person', 'parson') WHERE idx = 0", "statement at 0"),
        ("UPDATE statement SET type = 'grant' WHERE idx = 0", "statement at 0"),
        ("UPDATE attachment SET data = (SELECT data FROM log_entry WHERE idx = 1)", "is damaged"),
        ("DELETE FROM release", "names a release or a log that is not known"),
        ("UPDATE log_head SET size = size - 1", "register is older"),
    ],
)
def test_whatever_was_changed_is_found(house, kept, sql, told):
    with session(house.engine) as db:
        kept.checkpoint(db)
    change(house, sql)

    assert any(told in each for each in troubles(house, kept)), troubles(house, kept)


def test_a_reading_that_ends_early_leaves_nothing_open_in_the_database(house, kept, recwarn):
    change(house, "UPDATE statement SET note = replace(note, 'person', 'parson') WHERE idx = 0")
    assert troubles(house, kept)
    assert not [each for each in recwarn if "ServerCursor" in str(each.message)]


def test_a_statement_that_was_taken_away_is_found(house, kept):
    with transaction(house.engine) as db:
        last = db.execute(text("SELECT id FROM statement ORDER BY idx DESC LIMIT 1")).scalar()
        for table, column in (
            ("blob_use", "version_id"),
            ("attachment", "statement_id"),
            ("statement", "id"),
        ):
            db.execute(text(f"DELETE FROM {table} WHERE {column} = '{last}'"))

    assert any("is missing" in each for each in troubles(house, kept))


def test_a_checkpoint_that_others_vouched_for_is_remembered(house, kept):
    with transaction(house.engine) as db:
        size = log.size(db)
        keep_issued(db, 1, kept.issued(db, size))
    change(
        house,
        "UPDATE log_checkpoint SET note = replace(note, '\n"
        + str(size)
        + "\n', '\n"
        + str(size - 1)
        + "\n')",
    )

    assert any("that was issued" in each for each in troubles(house, kept))
