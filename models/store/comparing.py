"""What restoring a backup would change: what the clinic's folder holds now, beside the backup."""

import datetime as dt
import uuid
from bisect import bisect_left
from contextlib import closing, nullcontext
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import ClinicError
from models.patient import Patient
from models.records import BY_NAME
from models.store.audit import Action, Change
from models.store.changed import values_in_words
from models.store.clinic import Clinic
from models.store.engine import Store
from models.store.folder import is_clinic
from models.store.keyring import Keyring
from models.store.looking import Look, Standing, standing_of
from models.store.places import KEYRING, STORE
from models.store.tables import AUDIT_ENTRY, METADATA
from models.words import _, capitalised

FEW = 200
SHORT = 60


class Present(Enum):
    """What lies in the clinic's folder."""

    NOTHING = auto()
    THE_SAME_CLINIC = auto()
    ANOTHER_CLINIC = auto()
    CLOSED = auto()
    """What the backup's key does not open: damaged, or another clinic's."""


@dataclass(frozen=True)
class Later:
    """An entry of the audit trail that came after the backup. `patient`: by name, else empty.

    `replaced`: of a correction old and new value, where that is short.
    """

    at: dt.datetime
    user: str
    what: str
    patient: str
    replaced: str


@dataclass(frozen=True)
class Difference:
    """`now`: None where it cannot be told.

    `later`: the newest changes of records that the backup does not have, of `changes` in all;
    `others`: how many other entries came after it, such as reading and signing in. `shut_out`: the
    clinic is there and sound to read, but nobody gets in without another keyring.
    """

    present: Present
    now: Standing | None = None
    later: tuple[Later, ...] = ()
    changes: int = 0
    others: int = 0
    shut_out: bool = False

    @property
    def is_foreign(self) -> bool:
        """Whether it is, or may be, another clinic's backup."""
        return self.present in {Present.ANOTHER_CLINIC, Present.CLOSED}


def compare(look: Look, present: Clinic | None = None) -> Difference:
    """`present`: the clinic in that folder where it is open; else the backup's key is tried on it.

    It is only read.
    """
    if not is_clinic(look.folder):
        return Difference(Present.NOTHING)
    try:
        with _store(look, present) as store, store.reading() as session:
            return _difference(look, session)
    except ClinicError:
        return Difference(Present.CLOSED)


def _store(look: Look, present: Clinic | None) -> "closing[Store] | nullcontext[Store]":
    if present is not None:
        return nullcontext(present.sitting.store)
    return closing(Store(look.folder / STORE, look.key))


def _difference(look: Look, session: Session) -> Difference:
    now, then = standing_of(session), look.standing
    common = _common(look, session, now, then)
    if not common:
        return Difference(Present.ANOTHER_CLINIC, now)
    entries = AUDIT_ENTRY.c
    after = entries.sequence > common
    changes = session.scalar(select(func.count(entries.record)).where(after)) or 0
    every = session.scalar(select(func.count()).select_from(AUDIT_ENTRY).where(after)) or 0
    return Difference(
        Present.THE_SAME_CLINIC,
        now,
        _later(session, common),
        changes,
        every - changes,
        shut_out=not _has_keyring(look.folder),
    )


def _has_keyring(folder: Path) -> bool:
    try:
        Keyring.read(folder / KEYRING)
    except ClinicError:
        return False
    return True


def _common(look: Look, session: Session, now: Standing, then: Standing) -> int:
    """The number of the last entry that both trails have; each goes on from all before it."""
    entries = AUDIT_ENTRY.c
    with closing(Store(look.staging.path / STORE, look.key)) as store, store.reading() as backup:

        def differs(sequence: int) -> bool:
            one = select(entries.hash).where(entries.sequence == sequence)
            return session.scalar(one) != backup.scalar(one)

        shorter = min(now.end["sequence"], then.end["sequence"])
        return bisect_left(range(1, shorter + 1), True, key=differs)


def _later(session: Session, common: int) -> tuple[Later, ...]:
    entries = AUDIT_ENTRY.c
    found = session.execute(
        select(AUDIT_ENTRY)
        .where(entries.sequence > common, entries.record.is_not(None))
        .order_by(entries.sequence.desc())
        .limit(FEW)
    ).all()
    names = _names(session, {row.patient for row in found} - {None})
    return tuple(
        Later(
            row.at,
            row.user,
            _what(row.action, row.kind),
            names.get(row.patient, ""),
            _replaced(row),
        )
        for row in found
    )


def _replaced(row: Row[Any]) -> str:
    """`Grade: 2 → 3`; empty where it is long, or names another record."""
    if row.kind not in BY_NAME or not row.old:
        return ""
    columns = METADATA.tables[row.kind].columns
    if any(columns[name].foreign_keys for name in row.old if name in columns):
        return ""
    action = Action(row.action)
    change = Change(row.at, row.user, action, row.kind, row.record, row.old, row.new, row.reason)
    words = values_in_words(change, {})
    return words if len(words) <= SHORT else ""


def _names(session: Session, patients: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    asked = select(col(Patient.id), col(Patient.family_name), col(Patient.given_name))
    rows = session.execute(asked.where(col(Patient.id).in_(patients)))
    return {row.id: f"{row.family_name}, {row.given_name}" for row in rows}


def _what(action: str, kind: str) -> str:
    """`Visit corrected`."""
    title = BY_NAME[kind].singular if kind in BY_NAME else kind
    return capitalised(f"{_(title)} {_(Action(action).value)}")
