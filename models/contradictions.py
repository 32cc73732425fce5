"""Entries that contradict each other, as sentences that name them; nothing is corrected here."""

from collections.abc import Callable, Iterator

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy
from models.course import assess, cycles_given
from models.diagnosis import Diagnosis
from models.history import History
from models.records import PATIENT_RECORDS
from models.response import Assessment, Response
from models.skin import SkinScore
from models.staging import Staging, stage_of
from models.treatment import InfusionStatus, dose
from models.visit import Visit
from models.words import _, capitalised, day_words, number_words

DOSE_TOLERANCE = 0.10

Check = Callable[[History], Iterator[str]]


def contradictions(history: History) -> list[str]:
    """Every contradiction found among a patient's entries, in words."""
    return [sentence for check in CHECKS for sentence in check(history)]


def _stated_end_before_start(history: History) -> Iterator[str]:
    for number, line in enumerate(history.lines, start=1):
        if line.end_stated and line.end_stated.last < line.start.first:
            yield _(
                "Line {number} ({regimen}): stated to have ended {stated}, but it began {start}."
            ).format(
                number=number,
                regimen=line.regimen_words,
                stated=line.end_stated.words,
                start=line.start.words,
            )


def _stage_disagrees(history: History) -> Iterator[str]:
    for staging in history.of(Staging):
        worked_out = stage_of(staging)
        if worked_out.agrees_with(staging.stage_stated) is False:
            yield _("Staging {date}: stated as {stated}, but {tnmb} makes {stage}.").format(
                date=staging.date.words,
                stated=staging.stage_stated,
                tnmb=staging.tnmb,
                stage=worked_out.working or _("no stage"),
            )


def _after_death(history: History) -> Iterator[str]:
    death = history.patient.death_date
    if death is None:
        return
    for kind in PATIENT_RECORDS:
        for record in history.of(kind):
            if record.when and record.when.first > death.last:
                yield _("{record} of {date}: after the death on {death}.").format(
                    record=capitalised(_(record.singular)),
                    date=record.when.words,
                    death=death.words,
                )


def _treated_before_diagnosis(history: History) -> Iterator[str]:
    diagnoses = history.of(Diagnosis)
    for number, line in enumerate(history.lines, start=1):
        if diagnoses and line.start.last < diagnoses[0].date.first:
            yield _(
                "Line {number} ({regimen}) began {start}, before the diagnosis in {date}."
            ).format(
                number=number,
                regimen=line.regimen_words,
                start=line.start.words,
                date=diagnoses[0].date.words,
            )


def _cycles_skip(history: History) -> Iterator[str]:
    for number, line in enumerate(history.lines, start=1):
        numbers = [cycle.number for cycle in history.cycles_of(line)]
        missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
        if missing:
            yield _("Line {number} ({regimen}): no entry for cycle {missing}.").format(
                number=number,
                regimen=line.regimen_words,
                missing=", ".join(map(str, missing)),
            )
        if len(numbers) != len(set(numbers)):
            yield _("Line {number} ({regimen}): a cycle number stands twice.").format(
                number=number, regimen=line.regimen_words
            )


def _cycles_differ_from_stated(history: History) -> Iterator[str]:
    for number, line in enumerate(history.lines, start=1):
        counted = cycles_given(history, line)
        if line.cycles_stated is not None and counted != line.cycles_stated:
            yield _(
                "Line {number} ({regimen}): {stated} cycles stated, {counted} recorded."
            ).format(
                number=number,
                regimen=line.regimen_words,
                stated=line.cycles_stated,
                counted=counted,
            )


def _dose_off(history: History) -> Iterator[str]:
    """A full mogamulizumab dose more than 10 % off 1 mg/kg of that day's weight."""
    for line in history.lines:
        if line.protocol is None:
            continue
        cycles = {cycle.id: cycle for cycle in history.cycles_of(line)}
        for infusion in history.infusions_of(line):
            cycle = cycles[infusion.cycle]
            if infusion.dose_mg is None or infusion.status is not InfusionStatus.GIVEN:
                continue
            expected = dose(cycle.weight_kg).mg
            if abs(infusion.dose_mg - expected) > DOSE_TOLERANCE * expected:
                yield _(
                    "Cycle {cycle} day {day}: {given} mg given; {weight} kg makes {expected} mg."
                ).format(
                    cycle=cycle.number,
                    day=infusion.day,
                    given=number_words(infusion.dose_mg),
                    expected=number_words(expected),
                    weight=number_words(cycle.weight_kg),
                )


def _given_outside_line(history: History) -> Iterator[str]:
    for number, line in enumerate(history.lines, start=1):
        for infusion in history.infusions_of(line):
            given = infusion.given_on
            if given and not line.start.first <= given <= (line.end.last if line.end else given):
                yield _("Infusion of {date}: outside line {number} ({regimen}).").format(
                    date=day_words(given), number=number, regimen=line.regimen_words
                )


def _result_before_biopsy(history: History) -> Iterator[str]:
    for biopsy in history.of(Biopsy):
        if biopsy.result_on and biopsy.result_on < biopsy.date.first:
            yield _("Biopsy {date}: its result of {result} came before it.").format(
                date=biopsy.date.words, result=day_words(biopsy.result_on)
            )


def _complete_response_with_lesions(history: History) -> Iterator[str]:
    scores = {score.date: score.mswat for score in history.of(SkinScore)}
    told = [(visit.date, visit.disease_status) for visit in history.of(Visit)]
    told += [(item.date, assess(history, item).response) for item in history.of(Assessment)]
    for date, response in told:
        if response is Response.CR and scores.get(date, 0) > 0:
            yield _("{date}: complete response, but mSWAT {score}.").format(
                date=day_words(date), score=number_words(scores[date])
            )


def _grade_outside_event(history: History) -> Iterator[str]:
    for event in history.of(AdverseEvent):
        for episode in event.grades:
            too_early = episode.date.last < event.onset.first
            too_late = event.resolved is not None and episode.date.first > event.resolved.last
            if too_early or too_late:
                yield _("{event}: grade {grade} of {date} lies outside the event.").format(
                    event=event.term, grade=int(episode.grade), date=episode.date.words
                )


CHECKS: tuple[Check, ...] = (
    _stated_end_before_start,
    _stage_disagrees,
    _treated_before_diagnosis,
    _after_death,
    _cycles_skip,
    _cycles_differ_from_stated,
    _dose_off,
    _given_outside_line,
    _result_before_biopsy,
    _complete_response_with_lesions,
    _grade_outside_event,
)
