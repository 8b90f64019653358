"""How the tables change: one set of migrations for SQLite and PostgreSQL, each run all or nothing.

Whoever calls Alembic may hand over an "engine" or a "url" in `config.attributes`; otherwise the settings
name the database.
This folder has no `__init__.py`: it would hide the library of the same name.
"""

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import crosslab.everything  # noqa: F401  every room's tables
from crosslab.core.db import connect
from crosslab.core.settings import settings
from crosslab.core.tables import metadata

ONE_AT_A_TIME = 0x63726F73736C6162  # "crosslab": the advisory lock of whoever migrates


JSON = "sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')"


def plain(kind, item, autogen):
    """Write SQLAlchemy's own types into migrations, so that they read the same in ten years."""
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, (AutoString, sa.Enum)):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if isinstance(item, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return JSON
    return False


def differs(_context, _inspected, _column, before, after):
    """Words are text of a length in both databases; for all else Alembic's own comparison stands."""
    if isinstance(after, sa.Enum) and not after.native_enum:
        return not isinstance(before, sa.String) or before.length != after.length
    return None


def migrate(connection: sa.Connection) -> None:
    """Run what is asked for in one transaction. SQLite checks foreign keys at the end instead of on the way.

    Changing a table in SQLite means copying and dropping it; with foreign keys on, the drop would take
    every row that points at it along. The switch only works outside of a transaction.
    """
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=plain,
        compare_type=differs,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if not on_sqlite:
            wait_for_the_others(connection)
        context.run_migrations()
        if on_sqlite:
            refuse_orphans(connection)
    if on_sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def wait_for_the_others(connection: sa.Connection) -> None:
    """Several replicas may start at once: one migrates, the others wait and find it done."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
    connection.exec_driver_sql("SET LOCAL statement_timeout = '15min'")


def refuse_orphans(connection: sa.Connection) -> None:
    """No row may point at one that is gone."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
    if orphans:
        raise RuntimeError(f"The migration would leave rows that point at nothing: {orphans}")


if context.is_offline_mode():
    raise SystemExit("Migrations look at the database while they run; --sql is not supported.")

handed_over = context.config.attributes.get("engine")
engine = handed_over or connect(context.config.attributes.get("url") or settings().database)
try:
    with engine.connect() as connection:
        migrate(connection)
finally:
    if handed_over is None:
        engine.dispose()
