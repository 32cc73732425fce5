"""The chronicle: every dated record in words, with its study day and its cycle."""

import datetime as dt
import uuid
from dataclasses import dataclass

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord
from models.history import History
from models.placement import Placement, Places, places_of
from models.records import PATIENT_RECORDS
from models.treatment import Cycle, Infusion, TreatmentLine
from models.values import PartialDate
from models.wording import particulars, what
from models.words import _


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in the chronicle."""

    when: PartialDate
    date: str
    study_day: str
    cycle: str
    what: str
    words: str
    record: uuid.UUID


def chronicle(history: History, since: dt.date | None = None) -> list[Entry]:
    """Every record that has a date, in the order of time; cycles stand with their infusions.

    `since`: without what was over by then.
    """
    left_out = (Cycle, Attachment)
    places = places_of(history)
    found = [
        (when, record)
        for kind in PATIENT_RECORDS
        if kind not in left_out
        for record in history.of(kind)
        if (when := _when(record, history)) and (since is None or _last_day(record, when) >= since)
    ]
    return [
        _entry(when, record, history, places)
        for when, record in sorted(found, key=lambda pair: (pair[0].first, pair[0].last))
    ]


def _when(record: PatientRecord, history: History) -> PartialDate | None:
    """The record's date; for an omitted infusion the day it was planned for."""
    if isinstance(record, Infusion) and record.given_on is None:
        planned = history.planned(record)
        return PartialDate.of(planned) if planned else None
    return record.when


def _last_day(record: PatientRecord, when: PartialDate) -> dt.date:
    """The last day that a record may tell of; of what goes on there is none."""
    if isinstance(record, TreatmentLine):
        return record.end.last if record.end else dt.date.max
    if isinstance(record, AdverseEvent):
        last = record.resolved or record.course[-1].date
        return dt.date.max if record.is_open(dt.date.max) else last.last
    return when.last


def _entry(when: PartialDate, record: PatientRecord, history: History, places: Places) -> Entry:
    own = history.cycle_of(record) if isinstance(record, Infusion) else None
    place = places.place(when)
    return Entry(
        when=when,
        date=when.words,
        study_day=place.study_day_words,
        cycle=_("C{number}").format(number=own.number) if own else _cycles(when, place),
        what=what(record),
        words=particulars(record, history),
        record=record.id,
    )


def _cycles(when: PartialDate, place: Placement) -> str:
    """The cycle that a day falls into, or those that a month may mean; empty for a mere year."""
    if not place.cycles or when.month is None:
        return ""
    first, last = min(place.cycles), max(place.cycles)
    if first == last:
        return _("C{number}").format(number=first)
    return _("C{first}–{last}").format(first=first, last=last)
