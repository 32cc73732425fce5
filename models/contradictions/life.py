"""What contradicts the patient's birth and death, and entries that contradict themselves."""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations, groupby, pairwise, takewhile

from models.adverse_event import AdverseEvent
from models.attachment import Attachment, AttachmentKind
from models.base import BOOKKEEPING, PatientRecord
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.contradictions.finding import Check, Contradiction, among, before
from models.history import History
from models.laboratory import LabResult
from models.patient import Consent
from models.records import PATIENT_RECORDS
from models.rules import Standing, rule
from models.skin import SkinScore
from models.treatment import Cycle, Infusion
from models.values import PartialDate
from models.visit import Visit, VisitStatus
from models.words import N_, _, counted_from, day_words, number_words

PAPERS_AFTER_DEATH = frozenset({AttachmentKind.LETTER, AttachmentKind.REPORT})
TOTAL_TOLERANCE = 1
MAY_STAND_TWICE = (Cycle, Infusion, Biopsy)


@rule(
    N_("Against birth, death and itself"),
    "Olsen, J Clin Oncol 2011, for the mSWAT; else the meaning of the entries",
    Standing.DERIVED,
)
def against_the_life(history: History) -> Iterator[Contradiction]:
    """An entry dated before the birth or after the death is told, and so is a line, an event or a
    consent that ends after the death. Letters and reports may come after a death, and visits that
    did not take place may lie there. A cause of death needs its date.

    An entry contradicts itself where a consent was withdrawn before it was given, a next visit is
    not after the visit, a reference range runs backwards, there are more neoplastic cells than
    lymphocytes or more lymphocytes than leucocytes, or an mSWAT as stated is more than 1 off the
    one of the regions. Two entries of a kind with the same
    date and the same values are one too many; biopsies may have been taken side by side.

    A partial date contradicts only where no reading of it agrees.
    """
    for check in CHECKS:
        yield from check(history)


def _before_birth(history: History) -> Iterator[Contradiction]:
    birth = history.patient.birth_date
    for record in _begun_before(birth, history):
        if record.when and before(record.when, birth):
            wrong = _("before the birth")
            if counted_from() is None:
                wrong = _("before the birth on {birth}").format(birth=day_words(birth))
            yield among(wrong, record, history.patient)


def _after_death(history: History) -> Iterator[Contradiction]:
    death = history.patient.death_date
    for record in _all(history) if death else ():
        if death and record.when and before(death, record.when) and not _fits_after_death(record):
            wrong = _("after the death on {death}").format(death=death.words)
            yield among(wrong, record, history.patient)


def _fits_after_death(record: PatientRecord) -> bool:
    if isinstance(record, Attachment):
        return record.kind in PAPERS_AFTER_DEATH
    return isinstance(record, Visit) and record.status is not VisitStatus.DONE


def _ends_after_death(history: History) -> Iterator[Contradiction]:
    """Where it began before: what begins after the death is told already."""
    death = history.patient.death_date
    for record, end in _ends(history):
        if death and before(death, end) and not (record.when and before(death, record.when)):
            wrong = _("ends {end}, after the death on {death}")
            yield among(wrong.format(end=end.words, death=death.words), record, history.patient)


def _ends(history: History) -> Iterator[tuple[PatientRecord, PartialDate]]:
    for line in history.lines:
        if line.end:
            yield line, line.end
    for event in history.of(AdverseEvent):
        if event.resolved:
            yield event, event.resolved
    for consent in history.of(Consent):
        if consent.withdrawn:
            yield consent, PartialDate.of(consent.withdrawn)


def _cause_of_death_without_date(history: History) -> Iterator[Contradiction]:
    patient = history.patient
    if patient.cause_of_death and not patient.death_date:
        yield among(_("a cause of death, but no date of death"), patient)


def _withdrawn_before_given(history: History) -> Iterator[Contradiction]:
    for consent in history.of(Consent):
        if consent.given and consent.withdrawn and consent.withdrawn < consent.given:
            wrong = _("withdrawn {date}, before it was given")
            yield among(wrong.format(date=day_words(consent.withdrawn)), consent)


def _next_visit_not_after(history: History) -> Iterator[Contradiction]:
    for visit in history.of(Visit):
        if visit.next_visit and visit.next_visit <= visit.date:
            wrong = _("its next visit of {date} does not come after it")
            yield among(wrong.format(date=day_words(visit.next_visit)), visit)


def _reference_backwards(history: History) -> Iterator[Contradiction]:
    for result in history.of(LabResult):
        low, high = result.reference_low, result.reference_high
        if low is not None and high is not None and low > high:
            wrong = _("its reference runs from {low} down to {high}")
            yield among(wrong.format(low=number_words(low), high=number_words(high)), result)


def _more_cells_than_hold_them(history: History) -> Iterator[Contradiction]:
    for count in history.of(BloodCount):
        sizes = (
            (_("neoplastic cells"), count.neoplastic),
            (_("lymphocytes"), count.lymphocytes),
            (_("leucocytes"), count.wbc),
        )
        known = [(name, cells) for name, cells in sizes if cells is not None]
        for (part, some), (whole, all_cells) in pairwise(known):
            if some > all_cells:
                wrong = _("{some} {part}, but {all} {whole}/µL").format(
                    some=number_words(some),
                    part=part,
                    all=number_words(all_cells),
                    whole=whole,
                )
                yield among(wrong, count)


def _total_differs(history: History) -> Iterator[Contradiction]:
    for score in history.of(SkinScore):
        stated = score.total_stated
        if score.regions and stated is not None and abs(stated - score.mswat) > TOTAL_TOLERANCE:
            wrong = _("mSWAT stated as {stated}, but the regions make {mswat}").format(
                stated=number_words(stated), mswat=number_words(score.mswat)
            )
            yield among(wrong, score)


def _entered_twice(history: History) -> Iterator[Contradiction]:
    once = [kind for kind in PATIENT_RECORDS if kind not in MAY_STAND_TWICE]
    for kind in once:
        dated = [record for record in history.of(kind) if record.when]
        for _day, same_day in groupby(dated, key=lambda record: record.when):
            for one, other in combinations(same_day, 2):
                if _same_values(one, other):
                    yield among(_("the same values, entered twice"), one, other)


def _same_values(one: PatientRecord, other: PatientRecord) -> bool:
    entered = (name for name in type(one).model_fields if name not in BOOKKEEPING)
    return all(getattr(one, name) == getattr(other, name) for name in entered)


def _begun_before(day: dt.date, history: History) -> Iterator[PatientRecord]:
    """Those that may lie before it, which come first of their kind."""
    for kind in PATIENT_RECORDS:
        yield from takewhile(lambda each: each.when and each.when.first < day, history.of(kind))


def _all(history: History) -> Iterator[PatientRecord]:
    for kind in PATIENT_RECORDS:
        yield from history.of(kind)


CHECKS: tuple[Check, ...] = (
    _before_birth,
    _after_death,
    _ends_after_death,
    _cause_of_death_without_date,
    _withdrawn_before_given,
    _next_visit_not_after,
    _reference_backwards,
    _more_cells_than_hold_them,
    _total_differs,
    _entered_twice,
)
