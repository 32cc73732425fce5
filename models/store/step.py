"""One step of work: who does what, when and why, on one transaction."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from models.base import BOOKKEEPING, PatientRecord, Record
from models.patient import Patient
from models.store.audit import Action, Entry
from models.store.clock import Clock
from models.store.keyring import Keyring
from models.store.rules import Known

Values = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """What a step did to one record, and what it takes to undo it.

    `version`: the record's, as the step left it; `former`: as it found it. `old`: the values that
    were replaced; what was removed still has its own.
    """

    action: Action
    kind: type[Record]
    record: uuid.UUID
    patient: uuid.UUID | None
    former: int
    version: int
    old: Values


@dataclass
class Step:
    """`keyring`: what the one beside the store is to be once the step stands; None: as it is."""

    session: Session
    user: str
    clock: Clock
    reason: str | None = None
    known: Known = field(default_factory=Known)
    entries: list[Entry] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    keyring: Keyring | None = None

    def say(self, action: Action, reason: str | None = None, **said: Any) -> None:
        """Put on record what was done to no record."""
        self.entries.append(
            Entry(self.clock.now(), self.user, action, new=said, reason=reason or self.reason)
        )

    def note(
        self,
        action: Action,
        record: Record,
        at: dt.datetime,
        *,
        old: Values | None = None,
        new: Values | None = None,
    ) -> None:
        """Remember what the audit trail is to say, and what could be undone."""
        kind, version, owner = type(record), record.version, patient_of(record)
        replaced = {} if action is Action.REMOVED else old or {}
        self.deeds.append(Deed(action, kind, record.id, owner, version - 1, version, replaced))
        self.entries.append(
            Entry(
                at=at,
                user=self.user,
                action=action,
                kind=record.table_name(),
                record=record.id,
                patient=owner,
                old=old,
                new=new,
                reason=self.reason,
            )
        )


def patient_of(record: Record) -> uuid.UUID | None:
    """Whose record it is; None where it is the clinic's own."""
    if isinstance(record, PatientRecord):
        return record.patient
    return record.id if isinstance(record, Patient) else None


def plain_values(record: Record) -> Values:
    """What a person entered, as JSON; empty fields included."""
    return record.model_dump(mode="json", exclude=set(BOOKKEEPING))


def entered_values(record: Record) -> Values:
    return {name: value for name, value in plain_values(record).items() if value is not None}
