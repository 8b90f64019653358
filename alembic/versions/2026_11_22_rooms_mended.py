"""Rooms mended."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "4c9ad1e07b35"
down_revision = "7b1f0c2d9e44"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("licence", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["open_session.id"], name=op.f("fk_session_file_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_file")),
    )
    with op.batch_alter_table("session_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_file_session_id"), ["session_id"], unique=False)

    op.create_table(
        "session_presenter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_session_presenter_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["open_session.id"],
            name=op.f("fk_session_presenter_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_presenter")),
        sa.UniqueConstraint(
            "session_id", "organisation_id", name=op.f("uq_session_presenter_session_id_organisation_id")
        ),
    )
    with op.batch_alter_table("session_presenter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_presenter_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("cafe", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rest", sa.Integer(), nullable=True))

    with op.batch_alter_table("dot", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "came",
                sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
                server_default="[]",
                nullable=False,
            )
        )

    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.add_column(sa.Column("became_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("consortium_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_lead_consortium_id"), ["consortium_id"], unique=False)

    with op.batch_alter_table("place_card", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(length=300), server_default="", nullable=False))

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("same_as_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_registration_same_as_id"), ["same_as_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_same_as_id"),
            "registration",
            ["same_as_id"],
            ["id"],
            ondelete="SET NULL",
        )

    with op.batch_alter_table("voice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("skeleton_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_voice_skeleton_id"), ["skeleton_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_voice_skeleton_id"), "skeleton", ["skeleton_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("voice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_voice_skeleton_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_voice_skeleton_id"))
        batch_op.drop_column("skeleton_id")

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_registration_same_as_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_registration_same_as_id"))
        batch_op.drop_column("same_as_id")

    with op.batch_alter_table("place_card", schema=None) as batch_op:
        batch_op.drop_column("reason")

    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lead_consortium_id"))
        batch_op.drop_column("consortium_id")
        batch_op.drop_column("became_on")

    with op.batch_alter_table("dot", schema=None) as batch_op:
        batch_op.drop_column("came")

    with op.batch_alter_table("cafe", schema=None) as batch_op:
        batch_op.drop_column("rest")

    with op.batch_alter_table("session_presenter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_presenter_organisation_id"))

    op.drop_table("session_presenter")
    with op.batch_alter_table("session_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_file_session_id"))

    op.drop_table("session_file")
