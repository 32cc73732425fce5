"""Finding a patient by name, MRN or birth date, in whatever way they are typed."""

import datetime as dt
import uuid

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.patient import Patient
from models.store.folding import folded, searched_words, words_of

MOST_CHARACTERS = 200
MOST_WORDS = 12

_FORGET = text("DELETE FROM patient_search WHERE patient = :patient")
_KEEP = text(
    "INSERT INTO patient_search (patient, name, mrn, birth_date)"
    " VALUES (:patient, :name, :mrn, :birth_date)"
)
_FIND = text("SELECT patient FROM patient_search WHERE patient_search MATCH :words")


def index(session: Session, patient: Patient) -> None:
    """Find the patient by the present values from now on."""
    name = f"{patient.given_name} {patient.family_name}"
    values = searched(name, patient.mrn, patient.birth_date)
    session.execute(_KEEP, {"patient": patient.id.hex, **values})


def forget(session: Session, patient: Patient) -> None:
    session.execute(_FORGET, {"patient": patient.id.hex})


def searched(name: str, mrn: str, birth_date: dt.date) -> dict[str, str]:
    """The words a patient is found by."""
    return {
        "name": " ".join(searched_words(name)),
        "mrn": " ".join(searched_words(mrn)),
        "birth_date": _as_typed(birth_date),
    }


def matching(session: Session, typed: str) -> set[uuid.UUID] | None:
    """Patients for whom every typed word begins a word of theirs; None: nothing was asked."""
    words = asked(typed)
    if not words:
        return None
    query = " ".join(f'"{word}"*' for word in words)
    return {uuid.UUID(hex=found) for found in session.scalars(_FIND, {"words": query})}


def asked(typed: str) -> list[str]:
    """The words that were typed; absurd input is cut short."""
    return words_of(typed[:MOST_CHARACTERS])[:MOST_WORDS]


def place(patient: Patient, typed: str) -> tuple[bool, int, str]:
    """Where a found patient stands: its own MRN first, then whole names before their beginnings."""
    names = set(searched_words(patient.name))
    begun = sum(word not in names for word in asked(typed))
    return (
        folded(patient.mrn) != folded(typed[:MOST_CHARACTERS].strip()),
        begun,
        folded(patient.name),
    )


def _as_typed(day: dt.date) -> str:
    """`1950-03-07` as it may be typed: apart, without zeros, or in one."""
    apart = f"{day.year:04d} {day.month:02d} {day.day:02d} {day.month} {day.day}"
    return f"{apart} {day:%Y%m%d} {day:%d%m%Y}"
