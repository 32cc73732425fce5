"""Users with their roles, and how the clinic keeps its records safe."""

import sqlalchemy as sa
from alembic import op

from models.store.migrations.bookkeeping import bookkeeping

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "account",
        *bookkeeping(),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(13), nullable=False),
        sa.Column("new_password_due", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
    )
    op.create_table(
        "safekeeping",
        *bookkeeping(),
        sa.Column("lock_after_minutes", sa.Integer(), nullable=False),
        sa.Column("backup_folder", sa.String(1000)),
        sa.Column("warn_after_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_safekeeping"),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
