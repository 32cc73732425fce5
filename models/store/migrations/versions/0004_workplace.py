"""Snoozed items, drafts, merged patients, turned photographs, and words found despite an error.

How a patient was found in this version stands here: the search may change, this step may not.
"""

import datetime as dt
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

from models.store.migrations.bookkeeping import bookkeeping

revision = "0004"
down_revision = "0003"

PATIENT_SEARCH = """
    CREATE VIRTUAL TABLE patient_search
    USING fts5(
        patient, name, mrn, birth_date, merged UNINDEXED,
        prefix = '1 2 3 4', tokenize = "unicode61 tokenchars '~'"
    )
"""
ON_FILE = sa.text(
    "SELECT id, mrn, family_name, given_name, birth_date FROM patient WHERE removed_at IS NULL"
)
KEEP = sa.text(
    "INSERT INTO patient_search (patient, name, mrn, birth_date, merged)"
    " VALUES (:patient, :name, :mrn, :birth_date, '')"
)
KEEP_WORD = sa.text("INSERT OR IGNORE INTO search_word (key, word) VALUES (:key, :word)")
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def upgrade() -> None:
    snooze()
    draft()
    search_word()
    patient_search()
    op.add_column("patient", sa.Column("merged_into", sa.Uuid()))
    op.create_index("ix_patient_merged_into", "patient", ["merged_into"])
    op.add_column("attachment", sa.Column("quarter_turns", sa.Integer()))
    op.add_column("staging", sa.Column("judgement_reason", sa.String(1000)))


def snooze() -> None:
    op.create_table(
        "snooze",
        *bookkeeping(),
        sa.Column("patient", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(13), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("about", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        sa.ForeignKeyConstraint(["patient"], ["patient.id"], name="fk_snooze_patient_patient"),
    )
    op.create_index("ix_snooze_patient", "snooze", ["patient"])


def draft() -> None:
    op.create_table(
        "draft",
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("patient", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("record", sa.Uuid()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("user", "form", "patient", name="pk_draft"),
    )


def search_word() -> None:
    op.create_table(
        "search_word",
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("word", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("key", "word", name="pk_search_word"),
        sqlite_with_rowid=False,
    )


def patient_search() -> None:
    """Made anew, so that a beginning of a word is found at once however many patients there are."""
    connection = op.get_bind()
    op.execute("DROP TABLE patient_search")
    op.execute(PATIENT_SEARCH)
    for row in connection.execute(ON_FILE).all():
        names = searched_words(f"{row.family_name} {row.given_name}")
        born = dt.date.fromisoformat(row.birth_date)
        values = {
            "patient": row.id,
            "name": " ".join(names),
            "mrn": " ".join(searched_words(row.mrn)),
            "birth_date": f"~{born:%Y%m%d} ~~{born:%d%m%Y}",
        }
        connection.execute(KEEP, values)
        for word in names:
            for key in keys_of(word):
                connection.execute(KEEP_WORD, {"key": key, "word": word})


def searched_words(text: str) -> list[str]:
    """Each word without case and accents, and a compound also as one."""
    words = []
    for part in text.split():
        plain = unicodedata.normalize("NFKD", part.casefold()).translate(LETTERS)
        letters = "".join(each for each in plain if not unicodedata.combining(each))
        pieces = re.findall(r"[^\W_]+", letters)
        words += pieces if len(pieces) < 2 else [*pieces, "".join(pieces)]
    return words


def keys_of(word: str) -> set[str]:
    """Its beginnings of four and five letters, each with one left out."""
    if not word.isalpha() or len(word) < 4:
        return set()
    begun = [word[:length] for length in (4, 5) if length <= len(word)]
    keys = {each[:at] + each[at + 1 :] for each in begun for at in range(len(each))}
    return keys | {word} if len(word) == 4 else keys
