"""The vault's page is the one whose hashes stand in the repository: anybody can build it and compare."""

from hashlib import sha256

import pytest

from tests.house.sources import ROOT, SRC

NAMED = [line.split() for line in (ROOT / "assets/vault/BUNDLE").read_text().splitlines()]
BUILT = SRC / "web/static/vault"


@pytest.mark.parametrize(("digest", "name"), NAMED, ids=[name for _, name in NAMED])
def test_the_built_file_is_the_one_that_was_read_and_committed(digest, name):
    """After a change that is meant: `make bundle`, and commit what it writes."""
    assert sha256((BUILT / name).read_bytes()).hexdigest() == digest


def test_nothing_is_built_that_is_not_named():
    assert {path.name for path in BUILT.iterdir()} == {name for _, name in NAMED}
