"""The audit trail for those who look after it: searched, exported, and its chain checked."""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import ClinicError
from models.patient import Patient
from models.progress import Progress, unseen
from models.roles import May
from models.store import audit, chain, trail_csv, trail_search
from models.store.audit import Action
from models.store.sitting import Sitting, needs
from models.store.trail_rows import Row, rows_of
from models.store.trail_search import Asked, Page
from models.words import _

AT_ONCE = 500
AUDIT_LOG = "audit log"


class Trail:
    """Whatever takes its time tells its progress, and is ended by raising `Stopped` there."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting

    @needs(May.ADMINISTER)
    def search(self, asked: Asked, before: int | None = None, progress: Progress = unseen) -> Page:
        """The newest entries that are found, or, further back, those before entry `before`.

        Looking is itself put on record, once in a while.
        """
        self.sitting.note_once(Action.READ, what=AUDIT_LOG)
        with self.sitting.store.surveying() as session:
            return trail_search.page(session, asked, before, progress)

    @needs(May.ADMINISTER)
    def export(self, asked: Asked, progress: Progress = unseen) -> bytes:
        """All that is found as CSV, the oldest first; that it is exported goes on record first."""
        whose = [asked.patient] if asked.patient else []
        self.sitting.put_on_record(Action.EXPORTED, whose, what=AUDIT_LOG, **asked.said)
        with self.sitting.store.surveying() as session:
            sequences = trail_search.sequences_of(session, asked, progress)
            return trail_csv.table_of(_read(session, sequences, progress))

    @needs(May.ADMINISTER)
    def verify(self, progress: Progress = unseen) -> list[str]:
        """A sentence about each entry that is not as it was written; none when all are."""
        self.sitting.note_once(Action.READ, what=AUDIT_LOG)
        key = audit.audit_key(self.sitting.store.key)
        with self.sitting.store.surveying() as session:
            return [*chain.faults(session, key, progress)]

    @needs(May.ADMINISTER)
    def whose(self, mrn: str) -> uuid.UUID:
        """The patient with this number, removed or not; raises `ClinicError` for an unknown one."""
        with self.sitting.store.reading() as session:
            found = session.scalar(select(col(Patient.id)).where(col(Patient.mrn) == mrn.strip()))
        if found is None:
            raise _unknown(mrn.strip())
        return found


def _read(session: Session, sequences: Sequence[int], progress: Progress) -> Iterator[Row]:
    for first in range(0, len(sequences), AT_ONCE):
        progress(first, len(sequences))
        yield from rows_of(session, sequences[first : first + AT_ONCE])


def _unknown(mrn: str) -> ClinicError:
    return ClinicError(
        _("There is no patient with the MRN {mrn}, and there never was.").format(mrn=mrn),
        _("Nothing was changed."),
        _("Check the number."),
    )
