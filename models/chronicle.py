"""The chronicle: every dated record in words, with its study day and its cycle."""

import uuid
from dataclasses import dataclass

from models.attachment import Attachment
from models.base import PatientRecord
from models.history import History
from models.placement import Placement, Places
from models.records import PATIENT_RECORDS
from models.treatment import Cycle, Infusion
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
    places = Places(history)
    found = [
        (when, record)
        for kind in PATIENT_RECORDS
        if kind not in left_out
        for record in history.of(kind)
        if (when := _when(record, history))
    ]
    return [
        _entry(when, record, history, places)
        for when, record in sorted(found, key=lambda pair: pair[0])
    ]


def _when(record: PatientRecord, history: History) -> PartialDate | None:
    """The record's date; for an omitted infusion the day it was planned for."""
    if isinstance(record, Infusion) and record.given_on is None:
        planned = history.planned(record)
        return PartialDate.of(planned) if planned else None
    return record.when


def _entry(when: PartialDate, record: PatientRecord, history: History, places: Places) -> Entry:
    own = history.cycle_of(record) if isinstance(record, Infusion) else None
    place = places.place(when)
    return Entry(
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
