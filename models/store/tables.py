"""The store's own tables, beside one table for each kind of record."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
)
from sqlmodel import SQLModel

import models.records  # noqa: F401  (their tables are part of the schema)
from models.base import UtcColumn

METADATA: MetaData = SQLModel.metadata

AUDIT_ENTRY = Table(
    "audit_entry",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcColumn(), nullable=False, index=True),
    Column("user", String(100), nullable=False),
    Column("action", String(20), nullable=False),
    Column("kind", String(40)),
    Column("record", Uuid()),
    Column("patient", Uuid(), ForeignKey("patient.id"), index=True),
    Column("old", JSON(), nullable=False),
    Column("new", JSON(), nullable=False),
    Column("reason", String(1000)),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

ATTACHMENT_CONTENT = Table(
    "attachment_content",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary(), nullable=False),
)

DRAFT = Table(
    "draft",
    METADATA,
    Column("user", String(100), primary_key=True),
    Column("form", String(40), primary_key=True),
    Column("patient", Uuid(), primary_key=True),
    Column("at", UtcColumn(), nullable=False),
    Column("record", Uuid()),
    Column("version", Integer, nullable=False),
    Column("typed", JSON(), nullable=False),
)

SEARCH_WORD = Table(
    "search_word",
    METADATA,
    Column("key", String(8), primary_key=True),
    Column("word", String(200), primary_key=True),
    sqlite_with_rowid=False,
)

CLINIC_SETTING = Table(
    "clinic_setting",
    METADATA,
    Column("key", String(100), primary_key=True),
    Column("value", JSON(), nullable=False),
)

CTCAE_TERM = Table(
    "ctcae_term",
    METADATA,
    Column("version", String(4), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("soc", String(100), nullable=False),
    Column("definition", String(5000)),
    Column("grade_1", String(5000)),
    Column("grade_2", String(5000)),
    Column("grade_3", String(5000)),
    Column("grade_4", String(5000)),
    Column("grade_5", String(5000)),
    Column("meddra_code", String(20)),
    Column("ncit_code", String(20)),
)

STUDY_NUMBER = Table(
    "study_number",
    METADATA,
    Column("patient", Uuid(), ForeignKey("patient.id"), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("shift_days", Integer, nullable=False),
)
