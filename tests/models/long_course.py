"""Courses of many years, dense with records, for what must stay quick for them, too."""

import datetime as dt
from itertools import cycle

from models.base import PatientRecord
from models.history import History
from tests.models import builders as a

FIRST, AS_OF = dt.date(2005, 5, 2), dt.date(2020, 4, 30)
CYCLES = 190
LABS = ("LDH", "TSH", "free T4", "haemoglobin", "creatinine")


def fifteen_years() -> History:
    """Infusions every other week, visits, scores, counts, events, biopsies and responses."""
    return a.history(*_course())


def long_course(records: int) -> list[PatientRecord]:
    """The same from its diagnosis on, of so many records: blood values make up what it lacks."""
    line, *rest = _course()
    first: list[PatientRecord] = [
        a.diagnosis("2004-11", disease="Sézary syndrome"),
        a.staging("T4 NX M0 B2", "2004-11"),
        line,
    ]
    some = [*first, *_with_what_they_lead_to(rest, records - len(first))]
    days = cycle(FIRST + dt.timedelta(days=day) for day in range(0, 5400, 3))
    for analyte, day in zip(cycle(LABS), days, strict=False):
        if len(some) >= records:
            break
        some.append(a.lab(day, analyte=analyte, value=7.1, unit="U/L"))
    return some


def _with_what_they_lead_to(rest: list[PatientRecord], count: int) -> list[PatientRecord]:
    """The first of them in time; every cycle stands before its infusions."""
    return sorted(rest, key=_in_time)[:count]


def _in_time(record: PatientRecord) -> tuple[dt.date, bool]:
    assert record.when
    return record.when.first, record.table_name() != "cycle"


def _course() -> list[PatientRecord]:
    line = a.moga(FIRST)
    records: list[PatientRecord] = [line, *a.course(line, CYCLES, FIRST)]
    responses = cycle(("PR", "SD", "CR", "PD"))
    for week in range((AS_OF - FIRST).days // 7):
        day = FIRST + dt.timedelta(weeks=week)
        if week % 6 == 0:
            records += [a.visit(day), a.skin_score(day, week * 7 % 90)]
        if week % 9 == 0:
            records.append(a.blood_count(day, week * 131 % 3000))
        if week % 7 == 0:
            over = day + dt.timedelta(days=20 + week % 90)
            records.append(a.event(day.isoformat(), 1 + week % 3, resolved=over))
        if week % 12 == 0:
            records.append(a.assessment(day, next(responses)))
        if week % 40 == 0:
            records.append(a.biopsy(day.isoformat()))
    return records
