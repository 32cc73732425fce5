"""Who on file may be the person that is being entered, found without reading everybody."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from models.likeness import Likeness, alike, near_dates, near_numbers
from models.patient import Patient
from models.store import search
from models.store.birth_dates import YEAR_FIRST

MOST = 250

_MEANT = select(Patient).where(
    col(Patient.id).in_(bindparam("ids")) | col(Patient.mrn).in_(bindparam("numbers")),
    col(Patient.removed_at).is_(None),
)
_BORN = text("SELECT patient FROM patient_search WHERE patient_search MATCH :dates")


def likely(
    session: Session, values: Mapping[str, Any], besides: uuid.UUID | None
) -> list[Likeness]:
    """Those on file who are like what was typed, the most alike first."""
    ids = [*dict.fromkeys((*_born(session, values), *_named(session, values)))][:MOST]
    numbers = near_numbers(values["mrn"]) if values.get("mrn") else set()
    on_file = session.scalars(_MEANT, {"ids": ids, "numbers": [*numbers]})
    found = [alike(values, each) for each in on_file if each.id != besides]
    return sorted(filter(None, found), key=lambda likeness: likeness.order)


def _born(session: Session, values: Mapping[str, Any]) -> set[uuid.UUID]:
    """On this day, or on one that an error makes of it."""
    birth = values.get("birth_date")
    if birth is None:
        return set()
    dates = " OR ".join(f'"{YEAR_FIRST}{day:%Y%m%d}"' for day in sorted(near_dates(birth)))
    found = session.scalars(_BORN, {"dates": f"birth_date : ({dates})"})
    return {uuid.UUID(hex=patient) for patient in found}


def _named(session: Session, values: Mapping[str, Any]) -> set[uuid.UUID]:
    """By the words of a whole name; a part alone is many people's."""
    family, given = values.get("family_name"), values.get("given_name")
    if not family or not given:
        return set()
    return search.named(session, f"{family} {given}")
