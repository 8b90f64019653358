"""The tables as a page people can read: docs/data.md."""

from typing import Any

from sqlalchemy import Column, Table

from crosslab.everything import TABLES


def tables_page() -> str:
    """Every table with its columns, grouped by the room it belongs to."""
    rooms: dict[str, list[Table]] = {}
    for module in TABLES:
        room = module.__name__.split(".")[1]
        for value in vars(module).values():
            table = getattr(value, "__table__", None)
            if table is not None and value.__module__ == module.__name__:
                rooms.setdefault(room, []).append(table)
    parts = ["# The tables", "", "Written by `make rules` from the rooms' `tables.py`.", ""]
    for room, tables in rooms.items():
        parts += [f"## {room}", ""]
        for table in tables:
            parts += [f"### {table.name}", "", "| column | type | null | refers to |", "|---|---|---|---|"]
            parts += [_row(column) for column in table.columns] + [""]
    return "\n".join(parts)


def _row(column: Column[Any]) -> str:
    refers = ", ".join(key.target_fullname for key in column.foreign_keys)
    kind = type(column.type).__name__.lower()
    null = "yes" if column.nullable else ""
    return f"| {column.name} | {kind} | {null} | {refers} |"
