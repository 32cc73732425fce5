"""The index by which a patient is found, filled from the patients already on file."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

from models.store.search import searched

revision = "0002"
down_revision = "0001"

CREATE = """
    CREATE VIRTUAL TABLE patient_search
    USING fts5(patient UNINDEXED, name, mrn, birth_date, tokenize = 'unicode61')
"""
ON_FILE = sa.text(
    "SELECT id, mrn, family_name, given_name, birth_date FROM patient WHERE removed_at IS NULL"
)
KEEP = sa.text("INSERT INTO patient_search VALUES (:patient, :name, :mrn, :birth_date)")


def upgrade() -> None:
    connection = op.get_bind()
    connection.execute(sa.text(CREATE))
    for row in connection.execute(ON_FILE).all():
        birth_date = dt.date.fromisoformat(row.birth_date)
        name = f"{row.given_name} {row.family_name}"
        connection.execute(KEEP, {"patient": row.id, **searched(name, row.mrn, birth_date)})
