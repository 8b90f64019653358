"""The log in the database is the tree that the pure rules build, proof for proof."""

import os
import threading

import pytest
from sqlalchemy import delete
from sqlmodel import select

from crosslab.core.db import transaction
from crosslab.ip_vault import merkle
from crosslab.ledger import log
from crosslab.ledger.tables import Attachment, BlobUse, LogEntry, LogHead, LogTile, Statement

SIZES = (1, 2, 3, 7, 255, 256, 257, 300)


@pytest.fixture
def empty(house):
    """The house without the statements of the story."""
    with transaction(house.engine) as db:
        for kind in (BlobUse, Attachment, Statement, LogTile, LogEntry, LogHead):
            db.execute(delete(kind))
    return house.engine


@pytest.fixture
def grown(empty):
    """Three hundred entries, and the pure tree over the same."""
    tree, entries = merkle.Tree(), [f"entry {n}\n".encode() for n in range(300)]
    with transaction(empty) as db:
        log.locked(db)
        for start, end in ((0, 1), (1, 5), (5, 255), (255, 258), (258, 258), (258, 300)):
            assert log.append(db, entries[start:end]) == start
        for each in entries:
            tree.append(merkle.leaf_hash(each))
    return empty, tree, entries


def test_its_roots_and_tiles_are_those_of_the_pure_tree(grown):
    engine, tree, entries = grown
    with transaction(engine) as db:
        assert [log.root(db, size) for size in SIZES] == [tree.root(size) for size in SIZES]
        assert log.tile(db, 0, 0) == b"".join(tree.levels[0][:256])
        assert log.tile(db, 0, 1) == b"".join(tree.levels[0][256:])
        assert (log.tile(db, 1, 0), log.tile(db, 2, 0)) == (tree.levels[8][0], b"")
        assert log.entries(db, 0) + log.entries(db, 1) == entries


def test_every_entry_is_proven_at_every_size(grown):
    engine, tree, _ = grown
    with transaction(engine) as db:
        for size in SIZES:
            for index in {0, size // 2, size - 1}:
                (proof,) = log.inclusions(db, [index], size)
                leaf = tree.levels[0][index]
                assert merkle.root_from_inclusion(leaf, index, size, proof) == tree.root(size)


def test_every_size_is_proven_to_begin_with_every_smaller_one(grown):
    engine, tree, _ = grown
    with transaction(engine) as db:
        for old in SIZES:
            for new in (each for each in SIZES if each > old):
                proof = log.consistency(db, old, new)
                merkle.verify_consistency(old, new, tree.root(old), tree.root(new), proof)


def test_two_first_writers_at_once_wait_for_each_other(empty):
    """The head has no row yet that one of them could lock."""
    ready, sizes = threading.Barrier(2), []

    def append():
        with transaction(empty) as db:
            ready.wait()
            sizes.append(log.locked(db).size)
            log.append(db, [os.urandom(16)])

    threads = [threading.Thread(target=append) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with transaction(empty) as db:
        assert (sorted(sizes), log.size(db)) == ([0, 1], 2)
        assert len(db.exec(select(LogEntry.idx)).all()) == 2
