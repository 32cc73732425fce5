"""The clinic: the one way in to the records and the one way out."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from models.attachment import Attachment
from models.base import R, Record
from models.history import History
from models.patient import Patient
from models.practice import Practice, RuleConfirmation
from models.store import attachments, audit, drafts, reading, removal, saving, soundness
from models.store.audit import Action, Change
from models.store.drafts import Draft
from models.store.engine import Store
from models.store.keyring import checked_user
from models.store.opening import (
    closed_on_error,
    create_store,
    creating,
    is_clinic,
    keyring_of,
    open_store,
    usual_folder,
)
from models.store.places import KEYRING
from models.store.settings import NAME, setting
from models.store.step import Clock, Step

__all__ = ["Change", "Clinic", "Draft", "is_clinic", "is_demo", "users_of", "usual_folder"]


def users_of(folder: Path) -> list[str]:
    """Who may sign in, by name."""
    return sorted(keyring_of(folder).users, key=str.casefold)


def is_demo(folder: Path) -> bool:
    """Whether the patients of this clinic are made up."""
    return keyring_of(folder).demo


class Clinic:
    """An open clinic. Whatever comes out of it is detached and complete."""

    def __init__(self, store: Store, user: str, *, demo: bool, begun_by: Action) -> None:
        self.folder, self.user, self.demo = store.path.parent, checked_user(user), demo
        self._store = store
        self._audit_key = audit.audit_key(store.key)
        self._clock = Clock()
        with closed_on_error(store), self._step() as step:
            self.name: str = setting(step.session, NAME)
            step.entries.append(audit.Entry(self._clock.now(), self.user, begun_by))

    @classmethod
    def create(
        cls, folder: Path, *, name: str, user: str, password: str, demo: bool = False
    ) -> tuple[Self, str]:
        """A new, empty clinic and its recovery key, which is shown this once."""
        with creating(folder):
            store, recovery_key = create_store(folder, name, user, password, demo=demo)
            return cls(store, user, demo=demo, begun_by=Action.CLINIC_CREATED), recovery_key

    @classmethod
    def open(cls, folder: Path, user: str, password: str) -> Self:
        keyring = keyring_of(folder)
        store = open_store(folder, keyring.key_for(user, password))
        return cls(store, user, demo=keyring.demo, begun_by=Action.SIGNED_IN)

    @classmethod
    def recover(cls, folder: Path, recovery_key: str, *, user: str, password: str) -> Self:
        """Open with the printed key and set this user's password, whether new or known."""
        keyring = keyring_of(folder)
        key = keyring.key_by_recovery(recovery_key)
        keyring.with_user(key, user, password).write(folder / KEYRING)
        store = open_store(folder, key)
        return cls(store, user, demo=keyring.demo, begun_by=Action.RECOVERED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    def save(self, record: R, *, reason: str | None = None) -> R:
        """Enter a new record, or correct the one on file; the record as it now stands."""
        return cast(R, self.save_all([record], reason=reason)[0])

    def save_all(self, records: Sequence[Record], *, reason: str | None = None) -> list[Record]:
        """Save all of them, or, when one is refused, none."""
        with self._step(reason) as step:
            return saving.save_all(step, records)

    def remove(self, record: Record, why: str) -> None:
        """Mark a record as removed and keep it, with the reason, in the history of changes."""
        with self._step(removal.checked_reason(why)) as step:
            removal.remove(step, record)

    def attach(self, attachment: Attachment, content: bytes) -> Attachment:
        """Save a file with its entry; its checksum is worked out here."""
        attachment = attachments.with_checksum(attachment, content)
        with self._step() as step:
            attachments.keep_content(step.session, content)
            return cast(Attachment, saving.save_all(step, [attachment])[0])

    def content(self, attachment: Attachment) -> bytes:
        with self._store.reading() as session:
            return attachments.content_of(session, attachment)

    def patients(self) -> list[Patient]:
        """Every patient on file, by name."""
        with self._store.reading() as session:
            return reading.patients(session)

    def patient(self, mrn: str) -> Patient:
        with self._store.reading() as session:
            return reading.patient_by_mrn(session, mrn)

    def find(self, text: str) -> list[Patient]:
        """Patients by name, MRN or birth date, best first; all where nothing was typed."""
        with self._store.reading() as session:
            return reading.find(session, text)

    def history(self, patient_id: uuid.UUID) -> History:
        with self._store.reading() as session:
            return reading.history(session, patient_id)

    def histories(self) -> list[History]:
        """Every patient's history, by name."""
        with self._store.reading() as session:
            return reading.histories(session)

    def practice(self) -> Practice:
        """The clinic's settings; saved like any other record."""
        with self._store.reading() as session:
            return reading.practice(session)

    def confirmations(self) -> list[RuleConfirmation]:
        """Which clinician stands for which rule; one is withdrawn by removing it."""
        with self._store.reading() as session:
            return reading.confirmations(session)

    def keep_draft(self, draft: Draft) -> None:
        """Keep what is being typed, until it is saved or discarded."""
        with self._store.writing() as session:
            drafts.keep(session, self.user, draft)

    def drop_draft(self, form: str, patient_id: uuid.UUID) -> None:
        with self._store.writing() as session:
            drafts.drop(session, self.user, form, patient_id)

    def drafts(self) -> list[Draft]:
        """What this user typed and did not save, the latest first."""
        with self._store.reading() as session:
            return drafts.kept(session, self.user)

    def changes(self, patient_id: uuid.UUID) -> list[Change]:
        """Who entered, corrected or removed what about a patient, newest first."""
        with self._store.reading() as session:
            return audit.changes_of(session, patient_id)

    def check(self) -> list[str]:
        """Sentences about what is wrong with the clinic's file; none when it is sound."""
        return soundness.faults(self._store)

    @contextmanager
    def _step(self, reason: str | None = None) -> Iterator[Step]:
        """One transaction: what is done, and what the audit trail says about it."""
        with self._store.writing() as session:
            step = Step(session, self.user, self._clock, (reason or "").strip() or None)
            yield step
            session.flush()
            audit.write_down(session, self._audit_key, step.entries)
