"""The index by which a patient is found; version 0004 makes it anew, and fills it."""

from alembic import op

revision = "0002"
down_revision = "0001"

CREATE = """
    CREATE VIRTUAL TABLE patient_search
    USING fts5(patient UNINDEXED, name, mrn, birth_date, tokenize = 'unicode61')
"""


def upgrade() -> None:
    op.execute(CREATE)
