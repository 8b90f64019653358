"""A house that is set back to a backup: its database, and neither its key, nor its mark, nor its sealed files."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crosslab import cli
from tests.browser import Site, served_on
from tests.databases import House, a_house, copy_of_files, environment_of


@dataclass
class Restorable:
    """A house that can be served, at one address ever after, backed up, and set back."""

    house: House
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    port: int = 0

    @contextmanager
    def serve(self) -> Iterator[Site]:
        """It, for as long as the block lasts."""
        with served_on(self.house, self.port) as site:
            self.port = urlsplit(site.url).port or 0
            yield site
        self.house.engine.dispose()

    def back_up(self) -> None:
        """Keep the database as it is now."""
        self._copy(self._database, self.folder / "backup")

    def restore(self) -> None:
        """Put the kept database in the place of the one there is."""
        self._copy(self.folder / "backup", self._database)

    def operator(self, *words: str) -> str:
        """What `crosslab log …` ends with: nothing when it is done."""
        place = environment_of(str(self.house.engine.url), self.house.var)
        for name, value in place.items():
            if name.startswith("CROSSLAB_"):
                self.monkeypatch.setenv(name, value)
        self.monkeypatch.setattr(sys, "argv", ["crosslab", "log", *words])
        try:
            cli.main()
        except SystemExit as ended:
            return str(ended.code or "")
        return ""

    @property
    def _database(self) -> Path:
        return Path(str(self.house.engine.url.database))

    def _copy(self, of: Path, to: Path) -> None:
        with closing(sqlite3.connect(of)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)


@contextmanager
def restorable(worker_id: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Restorable]:
    """One with the demo world in it."""
    with a_house("sqlite", worker_id, copy_of_files("sqlite", folder)) as house:
        yield Restorable(house, folder, monkeypatch)
