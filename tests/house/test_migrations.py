"""The tables and their migrations agree on both databases; upwards and downwards lose no row."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from crosslab.core.db import connect
from crosslab.core.paths import ALEMBIC

PARENT_AND_CHILD = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = {revision!r}, {before!r}, None, None


def upgrade():
    {up}


def downgrade():
    {down}
"""
MAKE = """op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True))
    child = sa.Column("of", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE", name="fk_child_of"))
    op.create_table("child", sa.Column("id", sa.Integer, primary_key=True), child)
    op.execute("INSERT INTO parent VALUES (1)")
    op.execute("INSERT INTO child VALUES (1, 1), (2, 1)")"""
CHANGE = """with op.batch_alter_table("parent") as parent:
        parent.add_column(sa.Column("name", sa.String(20), nullable=False, server_default=""))"""
UNDO = """with op.batch_alter_table("parent") as parent:
        parent.drop_column("name")"""
ORPHAN = """op.execute("INSERT INTO child VALUES (3, 99)")"""


def alembic(engine):
    """`run("upgrade", "head")` on the engine's database."""
    config = Config()
    config.set_main_option("script_location", str(ALEMBIC))
    config.attributes["engine"] = engine

    def run(verb, *words):
        getattr(command, verb)(config, *words)

    run.config = config
    return run


@pytest.fixture
def empty(bare):
    engine = connect(bare)
    yield engine
    engine.dispose()


def rows(engine):
    """How many rows each table has."""
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        counts = {name: sa.select(sa.func.count()).select_from(sa.table(name)) for name in names}
        return {name: connection.execute(count).scalar() for name, count in counts.items()}


def test_the_migrations_make_exactly_the_tables_of_the_code(empty):
    run = alembic(empty)
    run("upgrade", "head")
    run("check")


def test_downgrading_all_the_way_leaves_nothing(empty):
    run = alembic(empty)
    run("upgrade", "head")
    run("downgrade", "base")
    assert rows(empty) == {}


def test_each_migration_runs_upwards_downwards_and_upwards_again(empty):
    run = alembic(empty)
    for revision in reversed(list(ScriptDirectory(str(ALEMBIC)).walk_revisions())):
        run("upgrade", revision.revision)
        run("downgrade", "-1")
        run("upgrade", revision.revision)
    run("check")


def test_the_newest_migration_runs_both_ways_over_the_demo_world_and_loses_no_row(house):
    run, before = alembic(house.engine), rows(house.engine)
    run("downgrade", "-1")
    older = rows(house.engine)
    run("upgrade", "head")
    assert older == {name: count for name, count in before.items() if name in older}
    run("check")


def test_there_is_one_line_of_migrations():
    assert len(ScriptDirectory(str(ALEMBIC)).get_heads()) == 1


@pytest.fixture
def families(empty, tmp_path):
    """Migrations of our own: a parent with two children, then a change to the parent."""
    run = alembic(empty)
    run.config.set_main_option("path_separator", "os")
    run.config.set_main_option("version_locations", str(tmp_path))
    for revision, before, up, down in (("a", None, MAKE, "pass"), ("b", "a", CHANGE, UNDO)):
        text = PARENT_AND_CHILD.format(revision=revision, before=before, up=up, down=down)
        Path(tmp_path, f"{revision}.py").write_text(text)
    return run


def test_changing_a_table_that_others_point_at_keeps_their_rows(families, empty):
    families("upgrade", "head")
    families("downgrade", "-1")
    families("upgrade", "head")
    assert rows(empty) == {"parent": 1, "child": 2}


def test_a_migration_that_fails_half_way_changes_nothing(families, empty, tmp_path):
    families("upgrade", "head")
    text = PARENT_AND_CHILD.format(revision="c", before="b", up=f"{UNDO}\n    {ORPHAN}", down="pass")
    Path(tmp_path, "c.py").write_text(text)
    with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
        families("upgrade", "head")
    assert rows(empty) == {"parent": 1, "child": 2}
    assert {column["name"] for column in sa.inspect(empty).get_columns("parent")} == {"id", "name"}
