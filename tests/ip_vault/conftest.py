"""A fresh cast for every test of the vault."""

import pytest

from tests.ip_vault.world import Cast


@pytest.fixture
def cast() -> Cast:
    """The small world with its consortium."""
    return Cast()
