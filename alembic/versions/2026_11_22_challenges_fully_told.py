"""Challenges: the picture's size, what a call asks for, who worked on a step, who sees an interest."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c4a11e9b6e01"
down_revision = "5a44ee6a0db1"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def more() -> list[sa.Column]:
    return [
        sa.Column("image_decorative", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("image_width", sa.Integer(), nullable=True),
        sa.Column("image_height", sa.Integer(), nullable=True),
        sa.Column("call_minimum", sa.String(length=400), nullable=False, server_default=""),
        sa.Column("call_roles", JSON, nullable=False, server_default="[]"),
        sa.Column("call_choice", sa.String(length=1000), nullable=False, server_default=""),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edits", JSON, nullable=False, server_default="{}"),
    ]


def upgrade() -> None:
    with op.batch_alter_table("challenge") as challenge:
        for column in more():
            challenge.add_column(column)
    with op.batch_alter_table("interest") as interest:
        interest.add_column(
            sa.Column("shown", sa.String(length=40), nullable=False, server_default="interested")
        )


def downgrade() -> None:
    with op.batch_alter_table("interest") as interest:
        interest.drop_column("shown")
    with op.batch_alter_table("challenge") as challenge:
        for column in reversed(more()):
            challenge.drop_column(column.name)
