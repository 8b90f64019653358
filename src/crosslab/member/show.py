"""What a command says: sentences and tables for people, one JSON object for programs, progress for the patient."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table

Told = Callable[[int], object]


class Show:
    """Where a command's words go. With `as_json` the result alone goes to standard output."""

    def __init__(self, *, as_json: bool = False, quiet: bool = False) -> None:
        self.as_json, self.quiet = as_json, quiet
        self._out, self._err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False)
        self.told: dict[str, Any] = {}

    def say(self, text: str) -> None:
        """A sentence for people."""
        if not self.as_json and not self.quiet:
            self._out.print(escape(text))

    def warn(self, text: str) -> None:
        """A sentence that must not be overlooked, on standard error."""
        self._err.print(escape(text), style="bold" if self._err.is_terminal else None, soft_wrap=True)

    def secret(self, name: str, text: str) -> None:
        """Something for the person alone, such as a passphrase: shown once, whatever else is quiet."""
        self.told[name] = text
        if not self.as_json:
            self._out.print(escape(text))

    def result(self, **facts: Any) -> None:
        """What a program wants to know of it."""
        self.told |= facts

    def table(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], empty: str) -> None:
        """Rows of things: a table for people, a list of objects for programs."""
        keys = [column.lower().replace(" ", "_") for column in columns]
        self.told[name] = [dict(zip(keys, row, strict=True)) for row in rows]
        if self.as_json or self.quiet:
            return
        if not rows:
            self.say(empty)
            return
        drawn = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            drawn.add_column(column, overflow="fold")
        for row in rows:
            drawn.add_row(*(escape(_text(cell)) for cell in row))
        self._out.print(drawn)

    def flush(self) -> None:
        """Ends with the JSON object, if that was asked for."""
        if self.as_json:
            sys.stdout.write(json.dumps(self.told, ensure_ascii=False, sort_keys=True) + "\n")
            self.told = {}

    @contextmanager
    def progress(self, what: str, total: int) -> Iterator[Told]:
        """A bar on standard error while it lasts, if anybody looks."""
        if self.as_json or self.quiet or not self._err.is_terminal:
            yield lambda _: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        with Progress(*columns, console=self._err, transient=True) as bar:
            task = bar.add_task(escape(what), total=total)
            yield lambda done: bar.advance(task, done)


def _text(cell: Any) -> str:
    if isinstance(cell, list | tuple):
        return ", ".join(map(str, cell))
    return "" if cell is None else str(cell)
