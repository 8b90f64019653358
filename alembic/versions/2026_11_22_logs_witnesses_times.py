"""One log after another, witnesses' lines, time stamps, served releases, nightly checks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5d0c7c1f3a9e"
down_revision = "bca96dafcca6"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("log_head", schema=None) as batch_op:
        batch_op.add_column(sa.Column("base", NUMBER, nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("origin", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("vkey", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ended", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("log_tile", schema=None, recreate="always") as batch_op:
        batch_op.add_column(sa.Column("log", sa.Integer(), nullable=False, server_default="1"))
        batch_op.drop_constraint("pk_log_tile", type_="primary")
        batch_op.create_primary_key("pk_log_tile", ["log", "level", "n"])
    for table, columns in {"log_head": ("base", "origin", "vkey", "ended"), "log_tile": ("log",)}.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)
    op.create_table(
        "log_checkpoint",
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", name=op.f("pk_log_checkpoint")),
    )
    op.create_table(
        "cosignature",
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("witness", sa.String(length=300), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", "witness", name=op.f("pk_cosignature")),
    )
    op.create_table(
        "timestamp",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timestamp")),
    )
    with op.batch_alter_table("timestamp", schema=None) as batch_op:
        batch_op.create_index("ix_timestamp_log_size", ["log", "size"], unique=False)
    op.create_table(
        "release",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("idx", NUMBER, nullable=False),
        sa.Column("manifest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_release")),
        sa.UniqueConstraint("idx", name=op.f("uq_release_idx")),
    )
    op.create_table(
        "log_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", NUMBER, nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column(
            "troubles",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_check")),
    )
    with op.batch_alter_table("log_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_check_at"), ["at"], unique=False)


def downgrade() -> None:
    for table in ("log_check", "release", "timestamp", "cosignature", "log_checkpoint"):
        op.drop_table(table)
    with op.batch_alter_table("log_tile", schema=None, recreate="always") as batch_op:
        batch_op.drop_constraint("pk_log_tile", type_="primary")
        batch_op.drop_column("log")
        batch_op.create_primary_key("pk_log_tile", ["level", "n"])
    with op.batch_alter_table("log_head", schema=None) as batch_op:
        for column in ("ended", "vkey", "origin", "base"):
            batch_op.drop_column(column)
