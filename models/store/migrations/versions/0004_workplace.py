"""Snoozed items, drafts, merged patients, turned photographs, and words found despite an error."""

import sqlalchemy as sa
from alembic import op

from models.store.migrations.bookkeeping import bookkeeping

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    snooze()
    draft()
    search_word()
    op.add_column("patient", sa.Column("merged_into", sa.Uuid()))
    op.add_column("attachment", sa.Column("quarter_turns", sa.Integer()))
    op.add_column("staging", sa.Column("judgement_reason", sa.String(1000)))


def snooze() -> None:
    op.create_table(
        "snooze",
        *bookkeeping(),
        sa.Column("patient", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(13), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("about", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        sa.ForeignKeyConstraint(["patient"], ["patient.id"], name="fk_snooze_patient_patient"),
    )
    op.create_index("ix_snooze_patient", "snooze", ["patient"])


def draft() -> None:
    op.create_table(
        "draft",
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("patient", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("record", sa.Uuid()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("user", "form", "patient", name="pk_draft"),
    )


def search_word() -> None:
    op.create_table(
        "search_word",
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("word", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("key", "word", name="pk_search_word"),
        sqlite_with_rowid=False,
    )
