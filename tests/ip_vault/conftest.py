"""A fresh cast for every test of the vault, and one Node for all pages."""

from collections.abc import Iterator

import pytest

from tests.ip_vault.clients import Engine
from tests.ip_vault.world import Cast


@pytest.fixture
def cast() -> Cast:
    """The small world with its consortium."""
    return Cast()


@pytest.fixture(scope="session")
def node() -> Iterator[Engine]:
    """The page's engine, built from its sources and started once."""
    made = Engine()
    yield made
    made.close()
