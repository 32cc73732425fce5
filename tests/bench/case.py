"""The published case, which most measurements take."""

import datetime as dt

from models.base import PatientRecord
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from reports.asked import Printing

AS_OF = dt.date(2020, 4, 30)
PRINTING = Printing("Clinic", "bench", dt.datetime(2020, 4, 30, tzinfo=dt.UTC))


def the_case() -> History:
    patient, *records = published_case()
    if not isinstance(patient, Patient):
        raise TypeError(patient)
    return History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
