"""Rooms in depth."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7b1f0c2d9e44"
down_revision = "663cc504e2a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "numbering",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_numbering")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("person_id", name=op.f("uq_calendar_feed_person_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_table(
        "session_series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("lead", sa.String(length=400), nullable=False),
        sa.Column("about", sa.String(length=4000), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_session_series_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_session_series_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_series")),
        sa.UniqueConstraint("slug", name=op.f("uq_session_series_slug")),
    )
    with op.batch_alter_table("session_series", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_series_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_session_series_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "open_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("no", sa.String(length=12), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("challenge_id", sa.Uuid(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("lead", sa.String(length=400), nullable=False),
        sa.Column("about", sa.String(length=4000), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("access", sa.String(length=600), nullable=False),
        sa.Column("online", sa.String(length=300), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("invite", sa.String(length=48), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_open_session_challenge_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_open_session_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_open_session_programme_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["session_series.id"], name=op.f("fk_open_session_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_session")),
        sa.UniqueConstraint("code", name=op.f("uq_open_session_code")),
        sa.UniqueConstraint("no", name=op.f("uq_open_session_no")),
    )
    with op.batch_alter_table("open_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_session_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_open_session_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_open_session_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_open_session_series_id"), ["series_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_open_session_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "cafe",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("staying", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_cafe_programme_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_cafe_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cafe")),
        sa.UniqueConstraint("workshop_id", name=op.f("uq_cafe_workshop_id")),
    )
    with op.batch_alter_table("cafe", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cafe_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("company", sa.String(length=120), nullable=False),
        sa.Column("access", sa.String(length=600), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column(
            "consents",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("presence", sa.String(length=40), nullable=False),
        sa.Column("walk_in", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_registration_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_registration_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["open_session.id"], name=op.f("fk_registration_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_registration_queue", ["session_id", "state", "nth"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_session_id"), ["session_id"], unique=False)
        batch_op.create_index(
            "uq_registration_email",
            ["session_id", "email"],
            unique=True,
            sqlite_where=sa.text("email != ''"),
            postgresql_where=sa.text("email != ''"),
        )

    op.create_table(
        "session_host",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_host_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["open_session.id"], name=op.f("fk_session_host_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_session_host")),
    )
    with op.batch_alter_table("session_host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_host_person_id"), ["person_id"], unique=False)

    op.create_table(
        "session_summary",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("slides", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["open_session.id"],
            name=op.f("fk_session_summary_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_summary")),
    )
    op.create_table(
        "session_terms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("terms", sa.String(length=20), nullable=False),
        sa.Column("shows_new", sa.Boolean(), nullable=False),
        sa.Column("warning", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["open_session.id"], name=op.f("fk_session_terms_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_terms")),
    )
    with op.batch_alter_table("session_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_terms_session_id"), ["session_id"], unique=False)

    op.create_table(
        "workshop_results",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.String(length=3000), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_words", sa.String(length=300), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("after_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_workshop_results_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_results_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_results")),
        sa.UniqueConstraint("workshop_id", name=op.f("uq_workshop_results_workshop_id")),
    )
    op.create_table(
        "lead",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("intent", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("words", sa.String(length=600), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("agreed_to", sa.String(length=600), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("next_step", sa.String(length=200), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("became", sa.String(length=40), nullable=True),
        sa.Column("became_of", sa.String(length=120), nullable=False),
        sa.Column("challenge_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["person.id"], name=op.f("fk_lead_assignee_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_lead_challenge_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_lead_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_lead_registration_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["open_session.id"], name=op.f("fk_lead_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_assignee_id"), ["assignee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_erase_at"), ["erase_at"], unique=False)
        batch_op.create_index("ix_lead_organisation_state", ["organisation_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_session_id"), ["session_id"], unique=False)

    op.create_table(
        "registration_key",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_key_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", "registration_id", name=op.f("pk_registration_key")),
    )
    with op.batch_alter_table("registration_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_key_registration_id"), ["registration_id"], unique=False
        )

    op.create_table(
        "session_opinion",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.Column("took", sa.String(length=600), nullable=False),
        sa.Column("otherwise", sa.String(length=600), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_session_opinion_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["open_session.id"],
            name=op.f("fk_session_opinion_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_session_opinion")),
    )
    with op.batch_alter_table("session_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_opinion_session_id"), ["session_id"], unique=False)

    op.create_table(
        "voice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("terms", sa.String(length=20), nullable=False),
        sa.Column("warning", sa.String(length=20), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.Column("challenge_id", sa.Uuid(), nullable=True),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_voice_challenge_id")),
        sa.ForeignKeyConstraint(
            ["into_id"], ["voice.id"], name=op.f("fk_voice_into_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_voice_organisation_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_voice_programme_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_voice_question_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_voice_registration_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["open_session.id"], name=op.f("fk_voice_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
        sa.UniqueConstraint("session_id", "key", name=op.f("uq_voice_session_id_key")),
    )
    with op.batch_alter_table("voice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voice_into_id"), ["into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voice_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voice_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index("ix_voice_session_state", ["session_id", "state"], unique=False)

    op.create_table(
        "cafe_seat",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("was", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["card_id"], ["place_card.id"], name=op.f("fk_cafe_seat_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_cafe_seat_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "turn", "card_id", name=op.f("pk_cafe_seat")),
    )
    with op.batch_alter_table("cafe_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cafe_seat_card_id"), ["card_id"], unique=False)

    op.create_table(
        "cafe_table",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("near", sa.Boolean(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=True),
        sa.Column("writer_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["host_id"], ["place_card.id"], name=op.f("fk_cafe_table_host_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_cafe_table_workshop_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["writer_id"], ["place_card.id"], name=op.f("fk_cafe_table_writer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cafe_table")),
        sa.UniqueConstraint("workshop_id", "at", name=op.f("uq_cafe_table_workshop_id_at")),
    )
    with op.batch_alter_table("cafe_table", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cafe_table_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cafe_table_workshop_id"), ["workshop_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cafe_table_writer_id"), ["writer_id"], unique=False)

    op.create_table(
        "card_letter",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("queued", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["place_card.id"], name=op.f("fk_card_letter_card_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", "kind", name=op.f("pk_card_letter")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_card_letter_token_hash")),
    )
    op.create_table(
        "lead_key",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["lead.id"], name=op.f("fk_lead_key_lead_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_lead_key")),
    )
    with op.batch_alter_table("lead_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_key_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "leadnote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["lead.id"], name=op.f("fk_leadnote_lead_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leadnote")),
    )
    with op.batch_alter_table("leadnote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leadnote_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "skeleton",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column(
            "said",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("income_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cost_minor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["place_card.id"], name=op.f("fk_skeleton_card_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_skeleton_company_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_skeleton_programme_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_skeleton_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skeleton")),
    )
    with op.batch_alter_table("skeleton", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skeleton_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_skeleton_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            "ix_skeleton_one_of_an_origin",
            ["workshop_id", "origin"],
            unique=True,
            sqlite_where=sa.text("state <> 'let_go'"),
            postgresql_where=sa.text("state <> 'let_go'"),
        )
        batch_op.create_index(batch_op.f("ix_skeleton_taken_by"), ["taken_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_skeleton_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "voice_support",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_voice_support_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["voice_id"], ["voice.id"], name=op.f("fk_voice_support_voice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("registration_id", "voice_id", name=op.f("pk_voice_support")),
    )
    with op.batch_alter_table("voice_support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voice_support_voice_id"), ["voice_id"], unique=False)

    op.create_table(
        "workshop_answer",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column(
            "companies",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["place_card.id"], name=op.f("fk_workshop_answer_card_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", name=op.f("pk_workshop_answer")),
    )
    op.create_table(
        "call_interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("skeleton_id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("interest_id", sa.Uuid(), nullable=True),
        sa.Column(
            "ticks",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("brings", sa.String(length=200), nullable=False),
        sa.Column("seeks", sa.String(length=200), nullable=False),
        sa.Column("shown", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["card_id"], ["place_card.id"], name=op.f("fk_call_interest_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["interest_id"], ["interest.id"], name=op.f("fk_call_interest_interest_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_call_interest_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_call_interest_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["skeleton_id"], ["skeleton.id"], name=op.f("fk_call_interest_skeleton_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_call_interest_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_interest")),
        sa.UniqueConstraint("skeleton_id", "card_id", name=op.f("uq_call_interest_skeleton_id_card_id")),
        sa.UniqueConstraint(
            "skeleton_id", "organisation_id", name=op.f("uq_call_interest_skeleton_id_organisation_id")
        ),
    )
    with op.batch_alter_table("call_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_interest_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_interest_interest_id"), ["interest_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_call_interest_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_call_interest_skeleton_id"), ["skeleton_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_interest_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "harvest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("idea", sa.String(length=140), nullable=False),
        sa.Column("whom", sa.String(length=200), nullable=False),
        sa.Column("needs", sa.String(length=200), nullable=False),
        sa.Column(
            "companies",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["place_card.id"], name=op.f("fk_harvest_card_id")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_harvest_note_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_harvest_programme_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_harvest_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvest")),
        sa.UniqueConstraint("workshop_id", "turn", "at", name=op.f("uq_harvest_workshop_id_turn_at")),
    )
    with op.batch_alter_table("harvest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_harvest_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_harvest_note_id"), ["note_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_harvest_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "involved",
        sa.Column("skeleton_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_involved_company_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["skeleton_id"], ["skeleton.id"], name=op.f("fk_involved_skeleton_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("skeleton_id", "company_id", name=op.f("pk_involved")),
    )
    with op.batch_alter_table("involved", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_involved_company_id"), ["company_id"], unique=False)

    op.create_table(
        "planned_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("skeleton_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_planned_action_company_id")),
        sa.ForeignKeyConstraint(
            ["skeleton_id"], ["skeleton.id"], name=op.f("fk_planned_action_skeleton_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_action")),
    )
    with op.batch_alter_table("planned_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_action_skeleton_id"), ["skeleton_id"], unique=False)

    op.create_table(
        "skeleton_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("skeleton_id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=600), nullable=False),
        sa.Column(
            "seeks",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_skeleton_call_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["skeleton_id"], ["skeleton.id"], name=op.f("fk_skeleton_call_skeleton_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_skeleton_call_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skeleton_call")),
        sa.UniqueConstraint("skeleton_id", name=op.f("uq_skeleton_call_skeleton_id")),
    )
    with op.batch_alter_table("skeleton_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skeleton_call_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "skeleton_source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("skeleton_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("tie_id", sa.Uuid(), nullable=True),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_skeleton_source_note_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["skeleton_id"], ["skeleton.id"], name=op.f("fk_skeleton_source_skeleton_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_skeleton_source_theme_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tie_id"], ["tie.id"], name=op.f("fk_skeleton_source_tie_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skeleton_source")),
    )
    with op.batch_alter_table("skeleton_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skeleton_source_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_skeleton_source_note_id"), ["note_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_skeleton_source_skeleton_id"), ["skeleton_id"], unique=False)

    with op.batch_alter_table("consortium", schema=None) as batch_op:
        batch_op.add_column(sa.Column("skeleton_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            "ix_consortium_one_of_a_skeleton",
            ["skeleton_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'dissolved'"),
            postgresql_where=sa.text("state <> 'dissolved'"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_consortium_skeleton_id"), "skeleton", ["skeleton_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.String(), server_default="", nullable=False))

    with op.batch_alter_table("place_card", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("near", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
        )
        batch_op.add_column(sa.Column("seated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=40), server_default="wall", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("place_card", schema=None) as batch_op:
        batch_op.drop_column("erased_at")
        batch_op.drop_column("stopped_at")
        batch_op.drop_column("seated_at")
        batch_op.drop_column("near")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("calendar")

    with op.batch_alter_table("consortium", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_consortium_skeleton_id"), type_="foreignkey")
        batch_op.drop_index(
            "ix_consortium_one_of_a_skeleton",
            sqlite_where=sa.text("state <> 'dissolved'"),
            postgresql_where=sa.text("state <> 'dissolved'"),
        )
        batch_op.drop_column("skeleton_id")

    with op.batch_alter_table("skeleton_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skeleton_source_theme_id"))
        batch_op.drop_index(batch_op.f("ix_skeleton_source_skeleton_id"))
        batch_op.drop_index(batch_op.f("ix_skeleton_source_note_id"))

    op.drop_table("skeleton_source")
    with op.batch_alter_table("skeleton_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skeleton_call_workshop_id"))

    op.drop_table("skeleton_call")
    with op.batch_alter_table("planned_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_action_skeleton_id"))

    op.drop_table("planned_action")
    with op.batch_alter_table("involved", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_involved_company_id"))

    op.drop_table("involved")
    with op.batch_alter_table("harvest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_harvest_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_harvest_note_id"))
        batch_op.drop_index(batch_op.f("ix_harvest_card_id"))

    op.drop_table("harvest")
    with op.batch_alter_table("call_interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_interest_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_call_interest_skeleton_id"))
        batch_op.drop_index(batch_op.f("ix_call_interest_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_call_interest_interest_id"))
        batch_op.drop_index(batch_op.f("ix_call_interest_card_id"))

    op.drop_table("call_interest")
    op.drop_table("workshop_answer")
    with op.batch_alter_table("voice_support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voice_support_voice_id"))

    op.drop_table("voice_support")
    with op.batch_alter_table("skeleton", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skeleton_card_id"))
        batch_op.drop_index(batch_op.f("ix_skeleton_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_skeleton_taken_by"))
        batch_op.drop_index(
            "ix_skeleton_one_of_an_origin",
            sqlite_where=sa.text("state <> 'let_go'"),
            postgresql_where=sa.text("state <> 'let_go'"),
        )
        batch_op.drop_index(batch_op.f("ix_skeleton_company_id"))

    op.drop_table("skeleton")
    with op.batch_alter_table("leadnote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leadnote_lead_id"))

    op.drop_table("leadnote")
    with op.batch_alter_table("lead_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lead_key_lead_id"))

    op.drop_table("lead_key")
    op.drop_table("card_letter")
    with op.batch_alter_table("cafe_table", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cafe_table_writer_id"))
        batch_op.drop_index(batch_op.f("ix_cafe_table_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_cafe_table_host_id"))

    op.drop_table("cafe_table")
    with op.batch_alter_table("cafe_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cafe_seat_card_id"))

    op.drop_table("cafe_seat")
    with op.batch_alter_table("voice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voice_into_id"))
        batch_op.drop_index(batch_op.f("ix_voice_challenge_id"))
        batch_op.drop_index("ix_voice_session_state")
        batch_op.drop_index(batch_op.f("ix_voice_registration_id"))

    op.drop_table("voice")
    with op.batch_alter_table("session_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_opinion_session_id"))

    op.drop_table("session_opinion")
    with op.batch_alter_table("registration_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_key_registration_id"))

    op.drop_table("registration_key")
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lead_assignee_id"))
        batch_op.drop_index(batch_op.f("ix_lead_challenge_id"))
        batch_op.drop_index(batch_op.f("ix_lead_session_id"))
        batch_op.drop_index(batch_op.f("ix_lead_registration_id"))
        batch_op.drop_index("ix_lead_organisation_state")
        batch_op.drop_index(batch_op.f("ix_lead_erase_at"))

    op.drop_table("lead")
    op.drop_table("workshop_results")
    with op.batch_alter_table("session_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_terms_session_id"))

    op.drop_table("session_terms")
    op.drop_table("session_summary")
    with op.batch_alter_table("session_host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_host_person_id"))

    op.drop_table("session_host")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registration_email",
            sqlite_where=sa.text("email != ''"),
            postgresql_where=sa.text("email != ''"),
        )
        batch_op.drop_index(batch_op.f("ix_registration_session_id"))
        batch_op.drop_index("ix_registration_queue")
        batch_op.drop_index(batch_op.f("ix_registration_person_id"))

    op.drop_table("registration")
    with op.batch_alter_table("cafe", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cafe_workshop_id"))

    op.drop_table("cafe")
    with op.batch_alter_table("open_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_open_session_starts_at"))
        batch_op.drop_index(batch_op.f("ix_open_session_series_id"))
        batch_op.drop_index(batch_op.f("ix_open_session_programme_id"))
        batch_op.drop_index(batch_op.f("ix_open_session_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_open_session_challenge_id"))

    op.drop_table("open_session")
    with op.batch_alter_table("session_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_series_programme_id"))
        batch_op.drop_index(batch_op.f("ix_session_series_organisation_id"))

    op.drop_table("session_series")
    op.drop_table("calendar_feed")
    op.drop_table("numbering")
