"""Rooms mended."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "4c9ad1e07b35"
down_revision = "7b1f0c2d9e44"
branch_labels = None
depends_on = None


def upgrade() -> None:
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

    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lead_consortium_id"))
        batch_op.drop_column("consortium_id")
        batch_op.drop_column("became_on")

    with op.batch_alter_table("dot", schema=None) as batch_op:
        batch_op.drop_column("came")

    with op.batch_alter_table("cafe", schema=None) as batch_op:
        batch_op.drop_column("rest")
