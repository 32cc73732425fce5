"""When a patient was last seen in person, from which the next visit is counted."""

from dataclasses import dataclass

from models.base import PatientRecord
from models.biopsy import Biopsy
from models.diagnosis import Diagnosis
from models.history import History
from models.response import Assessment
from models.skin import SkinScore
from models.staging import Staging
from models.treatment import Infusion
from models.values import PartialDate
from models.visit import Visit, VisitKind, VisitStatus
from models.words import _

IN_PERSON: tuple[type[PatientRecord], ...] = (Infusion, SkinScore, Assessment, Biopsy)


@dataclass(frozen=True, slots=True)
class Seen:
    """A date, the record that says so, and what it was in words."""

    date: PartialDate
    record: PatientRecord
    why: str

    @property
    def words(self) -> str:
        return self.why.format(date=self.date.words)


def is_in_person(visit: Visit) -> bool:
    return visit.kind is not VisitKind.TELEPHONE


def last_in_person(history: History) -> Seen | None:
    """Of a patient never seen in person, the latest staging or else the diagnosis."""
    seen: list[PatientRecord] = [
        visit
        for visit in history.of(Visit)
        if visit.status is VisitStatus.DONE and is_in_person(visit)
    ]
    for kind in IN_PERSON:
        seen += history.of(kind)
    known = [Seen(record.when, record, _("last seen {date}")) for record in seen if record.when]
    if known:
        return max(known, key=lambda each: each.date.first)
    known += [Seen(each.date, each, _("diagnosed {date}")) for each in history.of(Diagnosis)]
    known += [Seen(each.date, each, _("staged {date}")) for each in history.of(Staging)]
    return known[-1] if known else None
