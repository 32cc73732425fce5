"""Populations that were saved by name."""

import sqlalchemy as sa
from alembic import op

from models.store.migrations.bookkeeping import bookkeeping

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "population",
        *bookkeeping(),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_population"),
        sa.UniqueConstraint("name", name="uq_population_name"),
    )
