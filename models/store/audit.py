"""The audit trail: who did what, when and why, chained so that an edit behind its back shows."""

import datetime as dt
import hmac
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from models.store.entries import AS_WRITTEN, values_of
from models.store.settings import AUDIT_END, VALUE, set_setting
from models.store.tables import AUDIT_ENTRY
from models.store.trail_end import End
from models.values import Choice
from models.words import N_

BEGINNING = "0" * 64
_as_text = json.JSONEncoder(default=str, sort_keys=True, ensure_ascii=False).encode
_END = select(func.max(AUDIT_ENTRY.c.sequence), VALUE.scalar_subquery())
_ENTER = insert(AUDIT_ENTRY)


class Action(Choice):
    CLINIC_CREATED = N_("clinic created")
    SIGNED_IN = N_("signed in")
    SIGN_IN_FAILED = N_("sign-in failed")
    SIGNED_OUT = N_("signed out")
    RECOVERED = N_("password set anew")
    PASSWORD_SET = N_("password set")
    RECOVERY_RENEWED = N_("recovery key renewed")
    NOTICED = N_("noticed")
    LISTED = N_("patients listed")
    READ = N_("read")
    PRINTED = N_("printed")
    EXPORTED = N_("exported")
    IMPORTED = N_("imported")
    BACKED_UP = N_("backed up")
    BACKUP_FAILED = N_("backup failed")
    BACKUP_LOOKED_AT = N_("backup looked at")
    BACKUP_RESTORED = N_("backup restored")
    CREATED = N_("created")
    CORRECTED = N_("corrected")
    REMOVED = N_("removed")
    RESTORED = N_("restored")
    MOVED = N_("moved here")


CAME_IN = (Action.CLINIC_CREATED, Action.SIGNED_IN, Action.RECOVERED)


@dataclass(frozen=True)
class Change:
    """One entry as a person reads it; `old` and `new` hold only the fields that changed."""

    at: dt.datetime
    user: str
    action: Action
    kind: str | None
    record_id: uuid.UUID | None
    old: dict[str, Any]
    new: dict[str, Any]
    reason: str | None


@dataclass(frozen=True)
class Entry:
    """What is to be written down."""

    at: dt.datetime
    user: str
    action: Action
    kind: str | None = None
    record: uuid.UUID | None = None
    patient: uuid.UUID | None = None
    old: dict[str, Any] | None = None
    new: dict[str, Any] | None = None
    reason: str | None = None


def audit_key(store_key: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"audit trail").derive(store_key)


def write_down(session: Session, key: bytes, entries: Sequence[Entry]) -> End:
    """Chain the entries to the newest one, in the transaction of the change; the new end."""
    sequence, previous = _end(session)
    if not entries:
        return {"sequence": sequence, "hash": previous}
    rows = []
    for entry in entries:
        sequence += 1
        row = _row(entry, sequence, previous)
        previous = row["hash"] = hash_of(key, row)
        rows.append(row)
    session.execute(_ENTER, rows)
    end = {"sequence": sequence, "hash": previous}
    set_setting(session, AUDIT_END, end)
    return end


def _end(session: Session) -> tuple[int, str]:
    """Where to go on; after an end that was tampered with, so that the gap goes on showing."""
    newest, kept = session.execute(_END, {"asked": AUDIT_END}).one()
    end = kept or {"sequence": 0, "hash": BEGINNING}
    return max(newest or 0, end["sequence"]), end["hash"]


def newest(session: Session) -> dt.datetime | None:
    """When the last entry was written, by the clock of then; None where that cannot be read."""
    last = select(*AS_WRITTEN).order_by(AUDIT_ENTRY.c.sequence.desc()).limit(1)
    row = session.execute(last).mappings().first()
    values = values_of(row) if row else None
    return values["at"] if values else None


def goes_on_from(session: Session, end: End) -> bool:
    """Whether the trail still holds the entry at which it ended when it was last seen."""
    entries = AUDIT_ENTRY.c
    found = select(entries.hash).where(entries.sequence == end["sequence"])
    return bool(session.scalar(found) == end["hash"])


def _row(entry: Entry, sequence: int, previous: str) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "at": entry.at,
        "user": entry.user,
        "action": entry.action.value,
        "kind": entry.kind,
        "record": entry.record,
        "patient": entry.patient,
        "old": entry.old or {},
        "new": entry.new or {},
        "reason": entry.reason,
        "previous": previous,
    }


def hash_of(key: bytes, row: dict[str, Any]) -> str:
    """Over every value of the entry, the former entry's hash among them."""
    chained = {name: value for name, value in row.items() if name != "hash"}
    text = _as_text(chained)
    return hmac.digest(key, text.encode(errors="backslashreplace"), "sha256").hex()
