"""Draws the fate of a made-up patient: where it begins, how treatment goes, how it ends."""

import datetime as dt
from dataclasses import replace

from models.demo.chance import Chance, workday
from models.demo.fate import (
    REFERENCE_DAY,
    Course,
    End,
    Fate,
    Level,
    Origin,
    Path,
    assessment_days,
    follow_up_days,
)
from models.demo.stages import classes_at_diagnosis
from models.diagnosis import Disease
from models.patient import CauseOfDeath
from models.treatment import StopReason

DIAGNOSED = dt.date(2008, 1, 1), dt.date(2024, 12, 31)
MOGAMULIZUMAB_FROM = dt.date(2018, 12, 3)
OTHERS_FROM = dt.date(2009, 9, 1)
LONGEST_TREATMENT = dt.timedelta(days=1300)
OLDEST = dt.timedelta(days=34_700)


def fate_of(chance: Chance) -> Fate:
    origin = _origin(chance)
    course = _course(chance, origin)
    end = _end(chance, origin, course)
    return Fate(origin, _as_far_as_seen(course, end), end)


def _origin(chance: Chance) -> Origin:
    disease = chance.pick(
        {
            Disease.SEZARY_SYNDROME: 40,
            Disease.MYCOSIS_FUNGOIDES: 51,
            Disease.FOLLICULOTROPIC_MF: 9,
        }
    )
    sezary = disease is Disease.SEZARY_SYNDROME
    mogamulizumab = chance.happens(0.82 if sezary else 0.68)
    at_diagnosis = classes_at_diagnosis(chance, disease, 0.6 if mogamulizumab else 0.25)
    earliest = MOGAMULIZUMAB_FROM if mogamulizumab else OTHERS_FROM
    start = workday(earliest + chance.days(0, (REFERENCE_DAY - earliest).days - 30))
    diagnosis = _diagnosed(chance, start - chance.years(2.0 if sezary else 4.0), start)
    changed = (start - diagnosis).days > 400 and chance.happens(0.15 if sezary else 0.4)
    return Origin(
        disease=disease,
        mogamulizumab=mogamulizumab,
        birth=diagnosis - dt.timedelta(days=round(_age(chance) * 365.25)),
        diagnosis=diagnosis,
        at_diagnosis=at_diagnosis,
        start=start,
        at_start=at_diagnosis.worse if changed else at_diagnosis,
    )


def _diagnosed(chance: Chance, day: dt.date, start: dt.date) -> dt.date:
    """The day, brought into the years of diagnosis and some weeks before the main line."""
    first, last = DIAGNOSED
    if day < first:
        day = first + chance.days(0, 500)
    if day > last:
        day = last - chance.days(0, 365)
    return min(day, start - dt.timedelta(days=30))


def _age(chance: Chance) -> float:
    return min(max(chance.gauss(62, 12), 24), 86)


ANSWERS = {Path.COMPLETE: 24, Path.PARTIAL: 34, Path.STABLE: 24, Path.PROGRESSIVE: 18}
REASONS: dict[Path, dict[StopReason | None, float]] = {
    Path.COMPLETE: {
        None: 30,
        StopReason.TOXICITY: 22,
        StopReason.COMPLETED: 22,
        StopReason.PROGRESSION: 14,
        StopReason.TRANSPLANT: 6,
        StopReason.PATIENTS_CHOICE: 6,
    },
    Path.PARTIAL: {
        None: 26,
        StopReason.PROGRESSION: 42,
        StopReason.TOXICITY: 16,
        StopReason.TRANSPLANT: 8,
        StopReason.PATIENTS_CHOICE: 8,
    },
    Path.STABLE: {
        None: 15,
        StopReason.NO_RESPONSE: 40,
        StopReason.PROGRESSION: 30,
        StopReason.INTOLERANCE: 8,
        StopReason.OTHER: 7,
    },
    Path.PROGRESSIVE: {StopReason.PROGRESSION: 1},
}
STOP_AFTER = {
    Path.COMPLETE: (6, 14),
    Path.PARTIAL: (4, 10),
    Path.STABLE: (3, 6),
    Path.PROGRESSIVE: (1, 2),
}
FAILS_LATER = {Path.COMPLETE: 0.3, Path.PARTIAL: 0.6, Path.STABLE: 0.6, Path.PROGRESSIVE: 0.0}
ANOTHER_LINE_AT_ONCE = {
    StopReason.NO_RESPONSE,
    StopReason.INTOLERANCE,
    StopReason.OTHER,
    StopReason.TRANSPLANT,
}


def _course(chance: Chance, origin: Origin) -> Course:
    path = chance.pick(ANSWERS)
    level = _answer(chance, origin.start, path)
    stop, reason = _stop(chance, origin.start, path)
    failure = None
    if stop and reason is StopReason.PROGRESSION:
        failure = stop
    elif stop and reason not in ANOTHER_LINE_AT_ONCE and chance.happens(FAILS_LATER[path]):
        failure = chance.choice(follow_up_days(stop)[:9])
    if failure:
        level = _failed(chance, level, failure, path)
    next_start = None
    if stop and (failure or reason in ANOTHER_LINE_AT_ONCE) and chance.happens(0.75):
        next_start = workday((failure or stop) + chance.days(14, 70))
        level = _next_answer(chance, level, next_start, reason)
    rash = _rash(chance, origin.start, stop, reason) if origin.mogamulizumab else None
    at_failure = origin.at_start.worse if chance.happens(0.4) else origin.at_start
    return Course(path, level, stop, reason, failure, at_failure, next_start, rash)


def _answer(chance: Chance, start: dt.date, path: Path) -> Level:
    days, level = assessment_days(start), Level(((start, 1.0),))
    if path is Path.COMPLETE:
        clear = chance.randint(2, 4)
        return level.turning(days[clear - 2], chance.uniform(0.3, 0.6)).turning(days[clear], 0.0)
    if path is Path.PARTIAL:
        return level.turning(days[chance.randint(0, 2)], chance.uniform(0.15, 0.38))
    if path is Path.STABLE:
        return level.turning(days[1], chance.uniform(0.65, 1.05))
    return level


def _stop(chance: Chance, start: dt.date, path: Path) -> tuple[dt.date | None, StopReason | None]:
    reason = chance.pick(REASONS[path])
    stop = assessment_days(start)[chance.randint(*STOP_AFTER[path]) - 1]
    if reason is not None:
        return stop, reason
    if start + LONGEST_TREATMENT > REFERENCE_DAY:
        return None, None
    return stop, StopReason.COMPLETED if path is Path.COMPLETE else StopReason.PATIENTS_CHOICE


def _failed(chance: Chance, level: Level, failure: dt.date, path: Path) -> Level:
    """Holds until a few weeks before the failure; after a partial response most of it is lost."""
    begun, held = failure - chance.days(40, 55), level.turns[-1][1]
    higher = {
        Path.COMPLETE: chance.uniform(0.1, 0.9),
        Path.PARTIAL: held + chance.uniform(0.68, 0.95),
    }.get(path, chance.uniform(1.4, 1.65))
    return level.turning(begun, held).turning(failure, higher)


def _next_answer(chance: Chance, level: Level, start: dt.date, reason: StopReason | None) -> Level:
    before = level.turns[-1][1]
    odds = {0.0: 6, 0.25: 4} if reason is StopReason.TRANSPLANT else {0.0: 1, 0.25: 4, 1.05: 5}
    after = before * chance.pick(odds)
    return level.turning(start, before).turning(start + chance.days(80, 170), after)


def _rash(
    chance: Chance, start: dt.date, stop: dt.date | None, reason: StopReason | None
) -> dt.date | None:
    """Median onset after 15 weeks; the one that ends the treatment precedes the end by weeks."""
    if stop and reason is StopReason.TOXICITY:
        return stop - chance.days(30, 80)
    onset = start + dt.timedelta(days=round(chance.lognormvariate(4.65, 0.7)))
    return onset if chance.happens(0.3) and (stop is None or onset < stop) else None


YEARS_TO_LIVE = {"IIB": 7.0, "IIIA": 8.0, "IIIB": 6.0, "IVA1": 7.0, "IVA2": 4.0, "IVB": 3.0}
LIVES = {Path.COMPLETE: 2.0, Path.PARTIAL: 1.0, Path.STABLE: 0.8, Path.PROGRESSIVE: 0.5}


def _end(chance: Chance, origin: Origin, course: Course) -> End:
    years = YEARS_TO_LIVE.get(origin.at_start.stage, 20.0) * LIVES[course.path]
    death = min(origin.start + chance.years(years), origin.birth + OLDEST + chance.years(1.0))
    death = max(death, origin.start + dt.timedelta(days=40))
    toxic = origin.start + chance.days(60, 250)
    if origin.mogamulizumab and chance.happens(0.04) and toxic < (course.stop or death):
        death, cause = toxic, CauseOfDeath.TREATMENT
    else:
        cause = chance.pick(_causes(origin, course, death))
    if death <= REFERENCE_DAY:
        return End(death, death, cause)
    if course.stop and chance.happens(0.16):
        seen = (REFERENCE_DAY - course.stop).days
        if seen > 450:
            return End(course.stop + chance.days(150, seen - 250), lost=True)
    return End(REFERENCE_DAY)


def _causes(origin: Origin, course: Course, death: dt.date) -> dict[CauseOfDeath, float]:
    if course.failure and course.failure < death:
        return {CauseOfDeath.DISEASE: 84, CauseOfDeath.OTHER: 10, CauseOfDeath.UNKNOWN: 6}
    of_disease = 5 if origin.at_start.early or course.path is Path.COMPLETE else 45
    return {CauseOfDeath.DISEASE: of_disease, CauseOfDeath.OTHER: 50, CauseOfDeath.UNKNOWN: 8}


def _as_far_as_seen(course: Course, end: End) -> Course:
    """The course without what would come after the patient's last day."""

    def seen(day: dt.date | None) -> dt.date | None:
        return day if day and day < end.last else None

    stop = seen(course.stop)
    return replace(
        course,
        stop=stop,
        reason=course.reason if stop else None,
        failure=seen(course.failure),
        next_start=seen(course.next_start),
        rash=seen(course.rash),
    )
