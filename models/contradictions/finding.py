"""A contradiction, and the words that name the entries it is about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import PatientRecord
from models.biopsy import Biopsy
from models.blood import BloodCount, Clone
from models.diagnosis import Diagnosis
from models.history import History
from models.laboratory import LabResult
from models.patient import Consent, Patient
from models.response import Assessment
from models.treatment import Cycle, TreatmentLine
from models.values import AnyDate, earliest, latest
from models.words import _, capitalised, listing, number_words


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not go together, in a sentence, and the records it is about."""

    sentence: str
    records: tuple[PatientRecord | Patient, ...]


Check = Callable[[History], Iterator[Contradiction]]


def among(wrong: str, *records: PatientRecord | Patient) -> Contradiction:
    """The records by kind and date, and then what is wrong; the patient needs no name."""
    names = [named(record) for record in records if isinstance(record, PatientRecord)]
    entries = capitalised(listing(names or [_("patient")]))
    return Contradiction(_("{entries}: {wrong}.").format(entries=entries, wrong=wrong), records)


def named(record: PatientRecord) -> str:
    """`visit of 3 Jan 2020`, `cycle 2 of 3 Feb 2020`, `treatment line of 2015 (CHOP)`."""
    kind = _(record.singular)
    if isinstance(record, Cycle):
        kind = f"{kind} {record.number}"
    words = (
        _("{kind} of {date}").format(kind=kind, date=record.when.words)
        if record.when
        else _("{kind} without a date").format(kind=kind)
    )
    particular = _PARTICULARS.get(type(record))
    return f"{words} ({particular(record)})" if particular else words


_PARTICULARS: dict[type[PatientRecord], Callable[[Any], str]] = {
    AdverseEvent: lambda event: event.label,
    Attachment: lambda attachment: attachment.title,
    Biopsy: lambda biopsy: biopsy.body_site,
    Consent: lambda consent: _(consent.purpose.value),
    Diagnosis: lambda diagnosis: _(diagnosis.disease.value),
    LabResult: lambda result: result.analyte,
    TreatmentLine: lambda line: line.regimen_words,
}


def line_named(record: Assessment | AdverseEvent, history: History) -> TreatmentLine | None:
    """The line that a record says it belongs to."""
    line = history.by_id.get(record.treatment_line) if record.treatment_line else None
    return line if isinstance(line, TreatmentLine) else None


def before(one: AnyDate, other: AnyDate) -> bool:
    """Whether the one lies before the other however partial dates are read."""
    return latest(one) < earliest(other)


def cells_in_words(count: BloodCount) -> str:
    return _("{cells} neoplastic cells/µL").format(cells=number_words(count.neoplastic or 0))


def not_of_the_clone(count: BloodCount) -> bool:
    """Whether the cells counted are known not to be the lymphoma's."""
    return count.clone in {Clone.NONE, Clone.DIFFERENT}
