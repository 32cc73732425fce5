"""The clinic's settings and confirmed rules; own protocols, height and visceral masses."""

import sqlalchemy as sa
from alembic import op

from models.store.migrations.bookkeeping import bookkeeping

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    practice()
    rule_confirmation()
    own_protocols()
    op.add_column("cycle", sa.Column("height_cm", sa.Float()))
    op.add_column("imaging", sa.Column("masses", sa.JSON()))


def practice() -> None:
    op.create_table(
        "practice",
        *bookkeeping(),
        sa.Column("criteria", sa.String(10), nullable=False),
        sa.Column("confirmed_after_days", sa.Integer(), nullable=False),
        sa.Column("assess_weeks_first_year", sa.Integer(), nullable=False),
        sa.Column("assess_weeks_later", sa.Integer(), nullable=False),
        sa.Column("late_dose", sa.String(5), nullable=False),
        sa.Column("death_ends_time_to_next_treatment", sa.Boolean(), nullable=False),
        sa.Column("emergent_days", sa.Integer(), nullable=False),
        sa.Column("review_days", sa.Integer(), nullable=False),
        sa.Column("result_days", sa.Integer(), nullable=False),
        sa.Column("contact_months", sa.Integer(), nullable=False),
        sa.Column("visit_months_early", sa.Integer(), nullable=False),
        sa.Column("visit_months_advanced", sa.Integer(), nullable=False),
        sa.Column("visit_months_after_mogamulizumab", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
    )


def rule_confirmation() -> None:
    op.create_table(
        "rule_confirmation",
        *bookkeeping(),
        sa.Column("rule", sa.String(100), nullable=False),
        sa.Column("statement", sa.String(5000), nullable=False),
        sa.Column("confirmed_by", sa.String(100), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_confirmation"),
    )
    op.create_index("ix_rule_confirmation_rule", "rule_confirmation", ["rule"])


def own_protocols() -> None:
    """A wider column, without making the table anew: lines are pointed to."""
    op.add_column("treatment_line", sa.Column("written", sa.String(200)))
    op.execute("UPDATE treatment_line SET written = protocol")
    op.drop_column("treatment_line", "protocol")
    op.alter_column("treatment_line", "written", new_column_name="protocol")
