"""The record book: every kind of record, the audit trail, attached files, the settings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from models.store.migrations.bookkeeping import bookkeeping

revision = "0001"
down_revision = None


def upgrade() -> None:
    patient()
    attachment_content()
    clinic_setting()
    attachment()
    audit_entry()
    blood_count()
    diagnosis()
    imaging()
    lab_result()
    molecular_result()
    skin_score()
    staging()
    treatment_line()
    visit()
    adverse_event()
    assessment()
    consent()
    cycle()
    biopsy()
    infusion()


def attachment_content() -> None:
    op.create_table(
        "attachment_content",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_attachment_content"),
    )


def clinic_setting() -> None:
    op.create_table(
        "clinic_setting",
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_clinic_setting"),
    )


def patient() -> None:
    op.create_table(
        "patient",
        *bookkeeping(),
        sa.Column("mrn", sa.String(40), nullable=False),
        sa.Column("family_name", sa.String(200), nullable=False),
        sa.Column("given_name", sa.String(200), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(7), nullable=False),
        sa.Column("phone", sa.String(60)),
        sa.Column("email", sa.String(200)),
        sa.Column("address", sa.String(500)),
        sa.Column("language", sa.String(60)),
        sa.Column("general_practitioner", sa.String(200)),
        sa.Column("allergies", sa.String(2000)),
        sa.Column("comorbidities", sa.String(2000)),
        sa.Column("death_date", sa.String(10)),
        sa.Column("cause_of_death", sa.String(9)),
        sa.Column("lost_to_follow_up", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="pk_patient"),
        sa.UniqueConstraint("mrn", name="uq_patient_mrn"),
    )


def attachment() -> None:
    belonging(
        "attachment",
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body_site", sa.String(200)),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )


def audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40)),
        sa.Column("record", sa.Uuid()),
        sa.Column("patient", sa.Uuid()),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(1000)),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit_entry"),
        reference("audit_entry", "patient", "patient"),
    )
    op.create_index("ix_audit_entry_patient", "audit_entry", ["patient"])


def blood_count() -> None:
    belonging(
        "blood_count",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("wbc", sa.Float()),
        sa.Column("lymphocytes", sa.Float()),
        sa.Column("cd4_cd26_negative", sa.Float()),
        sa.Column("cd4_cd7_negative", sa.Float()),
        sa.Column("cd4_cd8_ratio", sa.Float()),
        sa.Column("clone", sa.String(9)),
        sa.Column("sezary_percent", sa.Float()),
    )


def diagnosis() -> None:
    belonging(
        "diagnosis",
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("disease", sa.String(24), nullable=False),
        sa.Column("folliculotropism", sa.Boolean()),
        sa.Column("large_cell_transformation", sa.Boolean()),
        sa.Column("tcr_clone", sa.String(500)),
        sa.Column("cd30_percent", sa.Float()),
    )


def imaging() -> None:
    belonging(
        "imaging",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("modality", sa.String(10), nullable=False),
        sa.Column("nodes", sa.JSON(), nullable=False),
        sa.Column("viscera", sa.String(2000)),
        sa.Column("conclusion", sa.String(5000)),
    )


def lab_result() -> None:
    belonging(
        "lab_result",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("analyte", sa.String(100), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("reference_low", sa.Float()),
        sa.Column("reference_high", sa.Float()),
    )


def molecular_result() -> None:
    belonging(
        "molecular_result",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("specimen", sa.String(100), nullable=False),
        sa.Column("test", sa.String(100), nullable=False),
        sa.Column("result", sa.String(500), nullable=False),
        sa.Column("text", sa.String(20000)),
    )


def skin_score() -> None:
    belonging(
        "skin_score",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("total_stated", sa.Float()),
    )


def staging() -> None:
    belonging(
        "staging",
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("occasion", sa.String(11), nullable=False),
        sa.Column("t", sa.String(3), nullable=False),
        sa.Column("n", sa.String(3), nullable=False),
        sa.Column("m", sa.String(3), nullable=False),
        sa.Column("b", sa.String(3), nullable=False),
        sa.Column("stage_stated", sa.String(10)),
    )


def treatment_line() -> None:
    belonging(
        "treatment_line",
        sa.Column("regimen", sa.JSON(), nullable=False),
        sa.Column("category", sa.String(13), nullable=False),
        sa.Column("start", sa.String(10), nullable=False),
        sa.Column("end", sa.String(10)),
        sa.Column("protocol", sa.String(13)),
        sa.Column("given_here", sa.Boolean(), nullable=False),
        sa.Column("stop_reason", sa.String(15)),
        sa.Column("stop_detail", sa.String(1000)),
        sa.Column("cycles_stated", sa.Integer()),
        sa.Column("best_response_stated", sa.String(12)),
        sa.Column("end_stated", sa.String(10)),
        sa.Column("dose_text", sa.String(500)),
        sa.Column("trial_name", sa.String(200)),
        sa.Column("trial_arm", sa.String(200)),
        sa.Column("trial_subject", sa.String(60)),
    )


def visit() -> None:
    belonging(
        "visit",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(11), nullable=False),
        sa.Column("status", sa.String(9), nullable=False),
        sa.Column("ecog", sa.Integer()),
        sa.Column("weight_kg", sa.Float()),
        sa.Column("itch", sa.Float()),
        sa.Column("symptoms", sa.String(2000)),
        sa.Column("disease_status", sa.String(12)),
        sa.Column("plan", sa.String(2000)),
        sa.Column("next_visit", sa.Date()),
        sa.Column("seen_by", sa.String(100)),
    )


def adverse_event() -> None:
    belonging(
        "adverse_event",
        sa.Column("verbatim", sa.String(1000), nullable=False),
        sa.Column("term", sa.String(200), nullable=False),
        sa.Column("ctcae_version", sa.String(5), nullable=False),
        sa.Column("onset", sa.String(10), nullable=False),
        sa.Column("resolved", sa.String(10)),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(22)),
        sa.Column("body_site", sa.String(200)),
        sa.Column("serious", sa.Boolean()),
        sa.Column("seriousness", sa.String(16)),
        sa.Column("attribution", sa.String(9)),
        sa.Column("treatment_line", sa.Uuid()),
        sa.Column("action", sa.String(11)),
        sa.Column("treatment_given", sa.String(500)),
        points_to={"treatment_line": "treatment_line"},
    )


def assessment() -> None:
    belonging(
        "assessment",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("treatment_line", sa.Uuid()),
        sa.Column("skin", sa.String(12)),
        sa.Column("nodes", sa.String(12)),
        sa.Column("blood", sa.String(12)),
        sa.Column("viscera", sa.String(12)),
        sa.Column("judgement", sa.String(12)),
        sa.Column("judgement_reason", sa.String(1000)),
        points_to={"treatment_line": "treatment_line"},
    )


def consent() -> None:
    belonging(
        "consent",
        sa.Column("purpose", sa.String(11), nullable=False),
        sa.Column("given", sa.Date()),
        sa.Column("withdrawn", sa.Date()),
        sa.Column("document", sa.Uuid()),
        points_to={"document": "attachment"},
    )


def cycle() -> None:
    belonging(
        "cycle",
        sa.Column("treatment_line", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day_1", sa.Date(), nullable=False),
        sa.Column("weight_kg", sa.Float(), nullable=False),
        points_to={"treatment_line": "treatment_line"},
    )


def biopsy() -> None:
    belonging(
        "biopsy",
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(11), nullable=False),
        sa.Column("body_site", sa.String(200), nullable=False),
        sa.Column("side", sa.String(7)),
        sa.Column("indication", sa.String(17), nullable=False),
        sa.Column("adverse_event", sa.Uuid()),
        sa.Column("conclusion", sa.String(14)),
        sa.Column("result_on", sa.Date()),
        sa.Column("report_number", sa.String(60)),
        sa.Column("pathologist", sa.String(200)),
        sa.Column("patterns", sa.JSON(), nullable=False),
        sa.Column("cd4_cd8_epidermis", sa.Float()),
        sa.Column("cd7", sa.String(4)),
        sa.Column("cd26", sa.String(4)),
        sa.Column("cd30_percent", sa.Float()),
        sa.Column("ccr4", sa.String(100)),
        sa.Column("foxp3", sa.String(100)),
        sa.Column("large_cell_transformation", sa.Boolean()),
        sa.Column("folliculotropism", sa.Boolean()),
        sa.Column("clone", sa.String(9)),
        sa.Column("report", sa.String(20000)),
        points_to={"adverse_event": "adverse_event"},
    )


def infusion() -> None:
    belonging(
        "infusion",
        sa.Column("cycle", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(11), nullable=False),
        sa.Column("given_on", sa.Date()),
        sa.Column("dose_mg", sa.Float()),
        sa.Column("minutes", sa.Integer()),
        sa.Column("premedication", sa.String(500)),
        sa.Column("batch", sa.String(60)),
        sa.Column("reason", sa.String(1000)),
        sa.Column("given_by", sa.String(100)),
        points_to={"cycle": "cycle"},
    )


def belonging(
    table: str, *columns: sa.Column[Any], points_to: dict[str, str] | None = None
) -> None:
    """A kind of record that belongs to a patient, and may point to other records."""
    references = {"patient": "patient", **(points_to or {})}
    op.create_table(
        table,
        *bookkeeping(),
        sa.Column("patient", sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *(reference(table, column, to) for column, to in references.items()),
    )
    for column in references:
        op.create_index(f"ix_{table}_{column}", table, [column])


def reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")
