"""Entries of the audit trail to be read: whose they are, and what they refer to, by name."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.patient import Patient
from models.records import BY_NAME
from models.store.audit import Action, Change
from models.store.entries import AS_WRITTEN, values_of
from models.store.tables import AUDIT_ENTRY, METADATA
from models.value_words import Names
from models.words import _, capitalised

NOBODY = ("", "")


@dataclass(frozen=True)
class Row:
    """One entry of the trail; `change`: None where it cannot be read, for somebody edited it.

    `patient`: whose name and MRN these are, removed or not; `names`: what the records are called to
    which its values refer; `previous`, `hash`: its links in the chain.
    """

    sequence: int
    change: Change | None
    patient: uuid.UUID | None
    name: str
    mrn: str
    names: Names
    old: str
    new: str
    previous: str
    hash: str


def rows_of(session: Session, sequences: Sequence[int]) -> list[Row]:
    """These entries, in this order."""
    read = select(*AS_WRITTEN).where(AUDIT_ENTRY.c.sequence.in_(sequences))
    rows = {row["sequence"]: row for row in session.execute(read).mappings()}
    values = {sequence: values_of(row) for sequence, row in rows.items()}
    patients = patients_named(session, (each["patient"] for each in values.values() if each))
    names = _names(session, [each for each in values.values() if each])
    return [
        _row(rows[sequence], values[sequence], patients, names)
        for sequence in sequences
        if sequence in rows
    ]


def changes_of(session: Session, patients: Sequence[uuid.UUID]) -> list[Change]:
    """All that was ever done to the records of these patients and can be read, newest first."""
    entries = AUDIT_ENTRY.c
    read = select(*AS_WRITTEN).where(entries.patient.in_(patients), entries.record.is_not(None))
    rows = session.execute(read.order_by(entries.sequence.desc())).mappings()
    changes = (_change(values) for row in rows if (values := values_of(row)))
    return [change for change in changes if change]


def _row(
    row: Mapping[Any, Any],
    values: dict[str, Any] | None,
    patients: Mapping[uuid.UUID, tuple[str, str]],
    names: Names,
) -> Row:
    patient = values["patient"] if values else None
    name, mrn = patients.get(patient, NOBODY) if patient else NOBODY
    return Row(
        sequence=row["sequence"],
        change=_change(values) if values else None,
        patient=patient,
        name=name,
        mrn=mrn,
        names=names,
        old=str(row["old"]),
        new=str(row["new"]),
        previous=str(row["previous"]),
        hash=str(row["hash"]),
    )


def _change(values: dict[str, Any]) -> Change | None:
    sound = isinstance(values["old"], dict) and isinstance(values["new"], dict)
    if not sound or values["action"] not in [*Action]:
        return None
    return Change(
        at=values["at"],
        user=values["user"],
        action=Action(values["action"]),
        kind=values["kind"],
        record_id=values["record"],
        old=values["old"],
        new=values["new"],
        reason=values["reason"],
    )


def patients_named(
    session: Session, some: Iterable[uuid.UUID | None] | None = None
) -> dict[uuid.UUID, tuple[str, str]]:
    """Name and MRN of these patients, or of all, removed ones included."""
    read = select(
        col(Patient.id), col(Patient.family_name), col(Patient.given_name), col(Patient.mrn)
    )
    if some is not None:
        read = read.where(col(Patient.id).in_({each for each in some if each}))
    found = session.execute(read)
    return {key: (f"{family}, {given}", mrn) for key, family, given, mrn in found}


def _names(session: Session, entries: Sequence[Mapping[str, Any]]) -> Names:
    """What the records are called to which the values of these entries refer: kind and date."""
    asked: dict[str, set[uuid.UUID]] = {}
    for target, record in (each for entry in entries for each in _pointed_to(entry)):
        asked.setdefault(target, set()).add(record)
    return {
        record.id: " ".join(filter(None, (capitalised(_(kind.singular)), _when(record))))
        for kind, keys in ((BY_NAME[target], keys) for target, keys in asked.items())
        for record in session.scalars(select(kind).where(col(kind.id).in_(keys)))
    }


def _pointed_to(entry: Mapping[str, Any]) -> Iterator[tuple[str, uuid.UUID]]:
    for field, target in _references(entry["kind"]).items():
        for values in (entry["old"], entry["new"]):
            value = values.get(field) if isinstance(values, dict) else None
            with suppress(ValueError, TypeError, AttributeError):
                yield target, uuid.UUID(value)


def _references(kind: str | None) -> dict[str, str]:
    """Which fields of a kind point to which other one."""
    if kind not in BY_NAME:
        return {}
    columns = METADATA.tables[kind].columns
    return {
        column.name: key.column.table.name
        for column in columns
        for key in column.foreign_keys
        if column.name != "patient"
    }


def _when(record: Any) -> str:
    return record.when.words if record.when else ""
