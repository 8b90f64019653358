"""Workshops and their walls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "663cc504e2a1"
down_revision = "5d0c7c1f3a9e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("no", sa.String(length=12), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("challenge_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("lead", sa.String(length=400), nullable=False),
        sa.Column("about", sa.String(length=4000), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("access", sa.String(length=600), nullable=False),
        sa.Column("online", sa.String(length=300), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column(
            "prompts",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("names_hidden", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_workshop_challenge_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_workshop_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("code", name=op.f("uq_workshop_code")),
        sa.UniqueConstraint("no", name=op.f("uq_workshop_no")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "company",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_company_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_company_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("workshop_id", "name", name=op.f("uq_company_workshop_id_name")),
    )
    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "facilitator",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_facilitator_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_facilitator_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "person_id", name=op.f("pk_facilitator")),
    )
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facilitator_person_id"), ["person_id"], unique=False)

    op.create_table(
        "theme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["theme.id"], name=op.f("fk_theme_from_id")),
        sa.ForeignKeyConstraint(["into_id"], ["theme.id"], name=op.f("fk_theme_into_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_theme_programme_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_theme_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "wall_change",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "facts",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_wall_change_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "seq", name=op.f("pk_wall_change")),
    )
    op.create_table(
        "place_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("presence", sa.String(length=40), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_place_card_company_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_place_card_person_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_place_card_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_card")),
        sa.UniqueConstraint("workshop_id", "person_id", name=op.f("uq_place_card_workshop_id_person_id")),
        sa.UniqueConstraint("workshop_id", "token_hash", name=op.f("uq_place_card_workshop_id_token_hash")),
    )
    with op.batch_alter_table("place_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_card_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_card_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_card_token_hash"), ["token_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_card_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "dot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["place_card.id"], name=op.f("fk_dot_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_dot_theme_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dot")),
    )
    with op.batch_alter_table("dot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dot_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dot_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("prompt", sa.String(length=1), nullable=False),
        sa.Column("text", sa.String(length=140), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["place_card.id"], name=op.f("fk_note_card_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_note_company_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_note_programme_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_note_theme_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_note_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("workshop_id", "key", name=op.f("uq_note_workshop_id_key")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index("ix_note_wall", ["workshop_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "laid",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_laid_note_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_laid_theme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laid")),
    )
    with op.batch_alter_table("laid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_laid_note_id"), ["note_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_laid_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "note_liking",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["place_card.id"], name=op.f("fk_note_liking_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_note_liking_note_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", "note_id", name=op.f("pk_note_liking")),
    )
    with op.batch_alter_table("note_liking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_liking_note_id"), ["note_id"], unique=False)

    op.create_table(
        "tie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=80), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("tied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("untied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["place_card.id"], name=op.f("fk_tie_card_id")),
        sa.ForeignKeyConstraint(["from_id"], ["note.id"], name=op.f("fk_tie_from_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_tie_programme_id")),
        sa.ForeignKeyConstraint(["to_id"], ["note.id"], name=op.f("fk_tie_to_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_tie_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
        sa.UniqueConstraint("workshop_id", "key", name=op.f("uq_tie_workshop_id_key")),
    )
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tie_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tie_to_id"), ["to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tie_workshop_id"), ["workshop_id"], unique=False)



def downgrade() -> None:
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tie_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_tie_to_id"))
        batch_op.drop_index(batch_op.f("ix_tie_from_id"))

    op.drop_table("tie")
    with op.batch_alter_table("note_liking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_liking_note_id"))

    op.drop_table("note_liking")
    with op.batch_alter_table("laid", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laid_theme_id"))
        batch_op.drop_index(batch_op.f("ix_laid_note_id"))

    op.drop_table("laid")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_workshop_id"))
        batch_op.drop_index("ix_note_wall")
        batch_op.drop_index(batch_op.f("ix_note_theme_id"))
        batch_op.drop_index(batch_op.f("ix_note_company_id"))
        batch_op.drop_index(batch_op.f("ix_note_card_id"))

    op.drop_table("note")
    with op.batch_alter_table("dot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dot_theme_id"))
        batch_op.drop_index(batch_op.f("ix_dot_card_id"))

    op.drop_table("dot")
    with op.batch_alter_table("place_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_card_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_place_card_token_hash"))
        batch_op.drop_index(batch_op.f("ix_place_card_person_id"))
        batch_op.drop_index(batch_op.f("ix_place_card_company_id"))

    op.drop_table("place_card")
    op.drop_table("wall_change")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_workshop_id"))

    op.drop_table("theme")
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facilitator_person_id"))

    op.drop_table("facilitator")
    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_workshop_id"))

    op.drop_table("company")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_starts_at"))
        batch_op.drop_index(batch_op.f("ix_workshop_programme_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_challenge_id"))

    op.drop_table("workshop")
