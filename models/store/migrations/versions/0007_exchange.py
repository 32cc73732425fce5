"""Imported CTCAE terms, the clinic's own drugs, study numbers; Ki-67 and Skindex-29."""

import sqlalchemy as sa
from alembic import op

from models.store.migrations.bookkeeping import bookkeeping

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "ctcae_term",
        sa.Column("version", sa.String(4), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("soc", sa.String(100), nullable=False),
        sa.Column("definition", sa.String(5000)),
        *(sa.Column(f"grade_{grade}", sa.String(5000)) for grade in range(1, 6)),
        sa.Column("meddra_code", sa.String(20)),
        sa.Column("ncit_code", sa.String(20)),
        sa.PrimaryKeyConstraint("version", "name", name="pk_ctcae_term"),
    )
    op.create_table(
        "drug",
        *bookkeeping(),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("category", sa.String(13), nullable=False),
        sa.Column("usual_schedule", sa.String(200)),
        sa.Column("atc", sa.String(10)),
        sa.PrimaryKeyConstraint("id", name="pk_drug"),
        sa.UniqueConstraint("name", name="uq_drug_name"),
    )
    op.create_table(
        "study_number",
        sa.Column("patient", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shift_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient"], ["patient.id"], name="fk_study_number_patient_patient"
        ),
        sa.PrimaryKeyConstraint("patient", name="pk_study_number"),
        sa.UniqueConstraint("number", name="uq_study_number_number"),
    )
    op.add_column("biopsy", sa.Column("ki67_percent", sa.Float()))
    op.add_column("visit", sa.Column("skindex29", sa.Float()))
