"""The clinic's letterhead."""

import sqlalchemy as sa
from alembic import op

from models.store.migrations.bookkeeping import bookkeeping

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "letterhead",
        *bookkeeping(),
        sa.Column("address", sa.String(500)),
        sa.Column("phone", sa.String(60)),
        sa.Column("hours", sa.String(100)),
        sa.Column("other_phone", sa.String(60)),
        sa.Column("email", sa.String(200)),
        sa.Column("website", sa.String(200)),
        sa.Column("logo", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_letterhead"),
    )
