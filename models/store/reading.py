"""Reading: patients and their histories, complete, and of no session."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import ClinicError, PatientRecord
from models.folding import folded
from models.garbage import seldom_sought
from models.history import History
from models.letterhead import Letterhead, usual_letterhead
from models.patient import Patient
from models.practice import THE_ONE, Practice, RuleConfirmation, usual_practice
from models.progress import Progress, unseen
from models.records import OF_A_PATIENT
from models.safekeeping import Safekeeping, usual_safekeeping
from models.store import finding
from models.store.rows import IN_ORDER_OF_ENTRY, of_all, of_people, untracked
from models.words import _


def patients(session: Session) -> list[Patient]:
    found = untracked(session, Patient, select(Patient).where(col(Patient.removed_at).is_(None)))
    return sorted(found, key=_by_name)


def patient_by_mrn(session: Session, mrn: str) -> Patient:
    asked = (col(Patient.mrn) == mrn.strip(), col(Patient.removed_at).is_(None))
    found = session.scalar(select(Patient).where(*asked))
    if found is None:
        raise _unknown(_("There is no patient with the MRN {mrn}.").format(mrn=mrn.strip()))
    return found


def merged_into(session: Session, patient_id: uuid.UUID) -> list[uuid.UUID]:
    """Those who were merged into this patient, and into those, and so on."""
    found: list[uuid.UUID] = []
    asked = [patient_id]
    while asked:
        into = select(col(Patient.id)).where(col(Patient.merged_into).in_(asked))
        asked = [each for each in session.scalars(into) if each not in (patient_id, *found)]
        found += asked
    return found


def history(session: Session, patient_id: uuid.UUID) -> History:
    patient = session.get(Patient, patient_id)
    if patient is None or patient.removed_at is not None:
        raise _unknown(_("This patient is not on file."))
    records: list[PatientRecord] = []
    for kind in OF_A_PATIENT:
        records += of_people(session, kind, [patient_id])
    return History.of_records(patient, records, practice(session), confirmed(session))


def histories(
    session: Session, people: Sequence[Patient], progress: Progress = unseen, *, few: bool = False
) -> list[History]:
    """Their histories in this order, with one query for each kind of record.

    `progress`: of the kinds of record, and then of the patients; `few`: others are on file.
    """
    if not people:
        return []
    with seldom_sought():
        return _all_at_once(session, people, progress, few)


def _all_at_once(
    session: Session, people: Sequence[Patient], progress: Progress, few: bool
) -> list[History]:
    whole = len(OF_A_PATIENT) + len(people)
    records: defaultdict[uuid.UUID, list[PatientRecord]] = defaultdict(list)
    ids = [each.id for each in people]
    for done, kind in enumerate(OF_A_PATIENT):
        progress(done, whole)
        for record in of_people(session, kind, ids) if few else of_all(session, kind):
            records[record.patient].append(record)
    ways, names = practice(session), confirmed(session)
    made = []
    for done, patient in enumerate(people, start=len(OF_A_PATIENT)):
        progress(done, whole)
        made.append(History.of_records(patient, records[patient.id], ways, names))
    return made


def practice(session: Session) -> Practice:
    """The clinic's settings; the usual ones until some were chosen."""
    return session.get(Practice, THE_ONE) or usual_practice()


def letterhead(session: Session) -> Letterhead:
    """The clinic's letterhead; an empty one until it was entered."""
    return session.get(Letterhead, THE_ONE) or usual_letterhead()


def safekeeping(session: Session) -> Safekeeping:
    """How the clinic keeps its records safe; the usual way until it chose another."""
    return session.get(Safekeeping, THE_ONE) or usual_safekeeping()


def confirmations(session: Session) -> list[RuleConfirmation]:
    """The confirmations that stand, those of former wordings included, in the order of entry."""
    stands = select(RuleConfirmation).where(col(RuleConfirmation.removed_at).is_(None))
    return list(session.scalars(stands.order_by(IN_ORDER_OF_ENTRY)))


def confirmed(session: Session) -> frozenset[str]:
    """The names of the rules that a clinician has confirmed as they are worded now."""
    from models import rule_book  # noqa: PLC0415  (it brings every rule, which few commands need)

    return rule_book.confirmed(confirmations(session))


def find(session: Session, typed: str, today: dt.date) -> list[Patient]:
    """Patients who match, best first; all by name where nothing was typed."""
    return finding.everybody(session, typed, today) if typed.strip() else patients(session)


def _by_name(patient: Patient) -> tuple[str, str, str]:
    return folded(patient.family_name), folded(patient.given_name), patient.mrn


def _unknown(happened: str) -> ClinicError:
    return ClinicError(
        happened,
        _("Nothing was changed."),
        _("Check the number, or look the patient up in the list of patients."),
    )
