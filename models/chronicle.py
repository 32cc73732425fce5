"""The chronicle: every dated record in words, with its study day and its cycle."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from models.attachment import Attachment
from models.base import PatientRecord
from models.course import active_lines, first_dose
from models.history import History
from models.records import PATIENT_RECORDS
from models.treatment import CYCLE_DAYS, Cycle, Infusion
from models.values import PartialDate
from models.wording import particulars, what
from models.words import _


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in the chronicle."""

    date: str
    study_day: str
    cycle: str
    what: str
    words: str
    record: uuid.UUID


def chronicle(history: History) -> list[Entry]:
    """Every record that has a date, in the order of time; cycles stand with their infusions."""
    left_out = (Cycle, Attachment)
    first = study_day_one(history)
    cycles = history.of(Cycle)
    found = [
        (when, record)
        for kind in PATIENT_RECORDS
        if kind not in left_out
        for record in history.of(kind)
        if (when := _when(record, history))
    ]
    return [
        _entry(when, record, history, first, cycles)
        for when, record in sorted(found, key=lambda pair: pair[0])
    ]


def _when(record: PatientRecord, history: History) -> PartialDate | None:
    """The record's date; for an omitted infusion the day it was planned for."""
    if isinstance(record, Infusion) and record.given_on is None:
        planned = history.planned(record)
        return PartialDate.of(planned) if planned else None
    return record.when


def _entry(
    when: PartialDate,
    record: PatientRecord,
    history: History,
    first: dt.date | None,
    cycles: Sequence[Cycle],
) -> Entry:
    own = history.cycle_of(record) if isinstance(record, Infusion) else None
    return Entry(
        date=when.words,
        study_day=study_day(when, first),
        cycle=_("C{number}").format(number=own.number) if own else cycle_words(when, cycles),
        what=what(record),
        words=particulars(record, history),
        record=record.id,
    )


def study_day_one(history: History) -> dt.date | None:
    """The day of the first infusion recorded here."""
    doses = (first_dose(history, line) for line in active_lines(history))
    return min((dose for dose in doses if dose), default=None)


def study_day(when: PartialDate, first: dt.date | None) -> str:
    """Days from the first infusion, which is day 1 (no day 0); `about` for a partial date."""
    if first is None:
        return ""
    least, most = (when.first - first).days, (when.last - first).days
    middle = (least + most) // 2
    number = str(middle + 1 if middle >= 0 else middle).replace("-", "−")
    return number if least == most else _("about {number}").format(number=number)


def cycle_words(when: PartialDate, cycles: Sequence[Cycle]) -> str:
    """The cycle that a day falls into, or those that a month may mean; empty for a mere year."""
    numbers = [cycle.number for cycle in cycles if _overlaps(cycle, when)]
    if not numbers or when.month is None:
        return ""
    if min(numbers) == max(numbers):
        return _("C{number}").format(number=numbers[0])
    return _("C{first}–{last}").format(first=min(numbers), last=max(numbers))


def _overlaps(cycle: Cycle, when: PartialDate) -> bool:
    last = cycle.day_1 + dt.timedelta(days=CYCLE_DAYS - 1)
    return cycle.day_1 <= when.last and when.first <= last
