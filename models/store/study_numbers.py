"""Study numbers, the days by which dates are shifted and the secret of which keys are made: given
once, kept here and nowhere else.
"""

import secrets
import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from models.base import ClinicError
from models.exchange.registry.studied import MOST_SHIFT, StudyNumber
from models.patient import Patient
from models.store import reading
from models.store.settings import set_setting, setting
from models.store.tables import STUDY_NUMBER
from models.words import N_, _

FEWEST_NUMBERS = 9999
LEAST_SHIFT = 30
SECRET, SECRET_BYTES = "study_secret", 32
LOOKED_UP = N_("study number looked up")


def given(session: Session, patients: Sequence[uuid.UUID]) -> dict[uuid.UUID, StudyNumber]:
    """The numbers of these patients; who has none gets one, which tells nothing of the others.

    A patient kept in a merger keeps her own, and has that of the other where she had none.
    """
    secret = _secret(session)
    known = _known(session, secret)
    new = [patient for patient in dict.fromkeys(patients) if patient not in known]
    free = _free(session, len(known) + len(new))
    for patient in new:
        merged = reading.merged_into(session, patient)
        inherited = next((known[each] for each in merged if each in known), None)
        known[patient] = inherited or StudyNumber(next(free), _shift(), secret)
        if inherited is None:
            values = {"number": known[patient].number, "shift_days": known[patient].shift_days}
            session.execute(insert(STUDY_NUMBER).values(patient=patient, **values))
    return {patient: known[patient] for patient in patients}


def whose(session: Session, number: int) -> Patient:
    """Who has this number; of one who was merged, who was kept. Raises `ClinicError` for nobody."""
    asked = select(STUDY_NUMBER.c.patient).where(STUDY_NUMBER.c.number == number)
    patient = session.get(Patient, session.scalar(asked) or uuid.UUID(int=0))
    while patient is not None and patient.merged_into is not None:
        patient = session.get(Patient, patient.merged_into)
    if patient is None or patient.removed_at is not None:
        raise ClinicError(
            _("No patient on file has this study number."),
            _("Nothing was changed."),
            _("Check the number, as S-0042."),
        )
    return patient


def _known(session: Session, secret: bytes) -> dict[uuid.UUID, StudyNumber]:
    rows = session.execute(select(STUDY_NUMBER)).all()
    return {row.patient: StudyNumber(row.number, row.shift_days, secret) for row in rows}


def _secret(session: Session) -> bytes:
    """The clinic's, made when it is first asked for."""
    if setting(session, SECRET) is None:
        set_setting(session, SECRET, secrets.token_hex(SECRET_BYTES))
    return bytes.fromhex(setting(session, SECRET))


def _free(session: Session, wanted: int) -> Iterator[int]:
    """Numbers that nobody has, each as likely as any other; at most half of all are given."""
    taken = set(session.scalars(select(STUDY_NUMBER.c.number)))
    highest = max(FEWEST_NUMBERS, session.scalar(select(func.max(STUDY_NUMBER.c.number))) or 0)
    while highest < 2 * wanted:
        highest = highest * 10 + 9
    while True:
        number = secrets.randbelow(highest) + 1
        if number not in taken:
            taken.add(number)
            yield number


def _shift() -> int:
    """From 30 to 365 days, earlier or later."""
    days = LEAST_SHIFT + secrets.randbelow(MOST_SHIFT.days - LEAST_SHIFT + 1)
    return secrets.choice((days, -days))
