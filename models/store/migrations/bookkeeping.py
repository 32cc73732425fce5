"""The columns that every kind of record has had since the first version."""

from typing import Any

import sqlalchemy as sa


def bookkeeping() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notes", sa.String(20000)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime()),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime()),
        sa.Column("removed_at", sa.DateTime()),
        sa.Column("removed_by", sa.String()),
        sa.Column("removed_why", sa.String()),
    ]
