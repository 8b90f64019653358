"""Machines of the cast on a served house."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import Site
from tests.member.machine import Machine, signed_in


@pytest.fixture
def machine(site: Site, tmp_path: Path) -> Callable[..., Machine]:
    """`machine("ane")`: a machine of Ane's, with nothing on it but her session."""
    made: list[Machine] = []

    def of(key: str) -> Machine:
        folder = tmp_path / f"{key}{len(made)}"
        made.append(signed_in(site, getattr(site.world, key), folder, key))
        return made[-1]

    return of
