"""What a cohort knows of one patient: plain facts, worked out once from the history."""

import datetime as dt
import uuid
from dataclasses import dataclass

from models.at_diagnosis import at_diagnosis, staged_diagnosis
from models.biopsy import Biopsy, Conclusion
from models.cohort.dose_facts import DoseFacts, dose_facts
from models.cohort.event_facts import EventFacts, event_facts
from models.cohort.lasted import Lasted, lasted
from models.cohort.response_facts import ResponseFacts, response_facts
from models.completeness import completeness
from models.course import active_lines, began, last_dose
from models.diagnosis import STAGED_BY_TNMB, Diagnosis, Disease
from models.endpoints import Endpoints, Moment, endpoints, overall_survival
from models.history import History
from models.patient import Sex
from models.prognosis import clipi_2025, indices
from models.rules import Standing, rule, rule_of
from models.staging import Staging
from models.therapies import Category, drugs_of
from models.treatment import StopReason, TreatmentLine
from models.values import Days, age_on, earliest, latest, middle
from models.words import N_


@dataclass(frozen=True, slots=True)
class Treated:
    """One treatment line against the disease; what is counted in days is counted from its start.

    `drugs`: by their names, in alphabetical order; `regimen`: as recorded; `number`: its place
    among those lines; `start`: the first dose, or the middle of what is known of the start, `vague`
    where that is not a day; `disease`: by then; `stage`: empty where it is not known; `seen_from`:
    from which day on the patient is known to have been seen, 0 where she was before;
    `on_treatment`: up to the last dose, the end or death, or to the last contact while it goes on;
    `stop_reason`: death, too, of a line that was left without an end.
    """

    id: uuid.UUID
    drugs: tuple[str, ...]
    regimen: str
    category: Category
    number: int
    given_here: bool
    start: dt.date
    vague: bool
    age: int
    disease: Disease | None
    stage: str
    seen_from: int
    on_treatment: Lasted | None
    stop_reason: StopReason | None
    time_to_response: Lasted | None
    duration_of_response: Lasted | None
    progression_free: Lasted | None
    time_to_next_treatment: Lasted | None
    overall_survival: Lasted | None
    response: ResponseFacts
    events: tuple[EventFacts, ...]
    doses: DoseFacts


@dataclass(frozen=True, slots=True)
class Member:
    """One patient; `mrn` and `name` are for the list of those behind a figure.

    `diagnosed`: the middle of what is known of the date, `vague` where that is not a day; `stage`:
    empty where it is not known; `risk`: the group of CLIPI 2025 where it is certain; `seen_from`,
    `events`: in days since the diagnosis; `conclusions`: of biopsies, and the days of these;
    `present` of `asked`: the data of a registry on file; `lacking`: the titles of the others.
    """

    id: uuid.UUID
    mrn: str
    name: str
    sex: Sex
    deceased: bool
    disease: Disease | None
    diagnosed: dt.date | None
    vague: bool
    age: int | None
    stage: str
    risk: str
    seen_from: int
    overall_survival: Lasted | None
    events: tuple[EventFacts, ...]
    conclusions: tuple[tuple[Conclusion, dt.date], ...]
    present: int
    asked: int
    lines: tuple[Treated, ...]
    lacking: tuple[str, ...] = ()


def member_of(history: History, today: dt.date) -> Member:
    """What is known of a patient as of `today`."""
    history = history.until(today)
    patient, diagnosis, then = history.patient, staged_diagnosis(history), at_diagnosis(history)
    on = diagnosis.date if diagnosis else None
    complete, found = completeness(history, today), endpoints(history, today)
    lived = overall_survival(history, Moment(on, diagnosis)) if on else None
    return Member(
        id=patient.id,
        mrn=patient.mrn,
        name=patient.name,
        sex=patient.sex,
        deceased=patient.death_date is not None,
        disease=diagnosis.disease if diagnosis else None,
        diagnosed=on.middle if on else None,
        vague=on is not None and not on.exact,
        age=age_on(patient.birth_date, on.middle) if on else None,
        stage=(then.staging.stage if then else None) or "",
        risk=_risk(history),
        seen_from=seen_from(history, on.middle) if on else 0,
        overall_survival=lasted(lived),
        events=event_facts(history, on.middle) if on else (),
        conclusions=_conclusions(history),
        present=complete.present,
        asked=complete.asked,
        lacking=tuple(each.title for each in complete.gaps),
        lines=tuple(
            _treated(history, found, line, number)
            for number, line in enumerate(active_lines(history), start=1)
        ),
    )


def _treated(history: History, found: Endpoints, line: TreatmentLine, number: int) -> Treated:
    first, of_line = began(history, line), found.of_line(line)
    start = middle(first)
    return Treated(
        id=line.id,
        drugs=drugs_of(line.regimen),
        regimen=line.regimen_words,
        category=line.category,
        number=number,
        given_here=line.given_here,
        start=start,
        vague=earliest(first) != latest(first),
        age=age_on(history.patient.birth_date, start),
        disease=disease_at_start(history, line),
        stage=stage_at_start(history, line),
        seen_from=seen_from(history, start),
        on_treatment=_on_treatment(history, line),
        stop_reason=line.stop_reason or _death(history, line),
        time_to_response=lasted(of_line.time_to_response),
        duration_of_response=lasted(of_line.duration_of_response),
        progression_free=lasted(of_line.progression_free),
        time_to_next_treatment=lasted(of_line.time_to_next_treatment),
        overall_survival=lasted(of_line.overall_survival),
        response=response_facts(history, of_line, start),
        events=event_facts(history, start, line),
        doses=dose_facts(history, line),
    )


@rule(N_("Disease at the start of a line"), "WHO-EORTC 2018", Standing.DERIVED)
def disease_at_start(history: History, line: TreatmentLine) -> Disease | None:
    """The last diagnosis of a disease that is staged by TNMB made up to the first dose of the line,
    or up to its start where its first cycle is not recorded: mycosis fungoides may have become
    Sézary syndrome by then. A diagnosis known by its month or year counts if it may lie before.
    Where there is none by then, the disease is the one from whose diagnosis time counts: the first
    that is staged by TNMB, or else the first of all.
    """
    start = latest(began(history, line))
    staged = (each for each in history.of(Diagnosis) if each.disease in STAGED_BY_TNMB)
    before = [each for each in staged if each.date.first <= start]
    found = before[-1] if before else staged_diagnosis(history)
    return found.disease if found else None


@rule(N_("Stage at the start of a line"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
def stage_at_start(history: History, line: TreatmentLine) -> str:
    """The working stage of the last staging made up to the first dose of the line, or up to its
    start where its first cycle is not recorded. A staging known by its month or year counts if it
    may lie before. Without a staging by then the stage is not known.
    """
    start = latest(began(history, line))
    before = [each for each in history.of(Staging) if each.date.first <= start]
    return (before[-1].stage or "") if before else ""


@rule(N_("First seen"), "Klein and Moeschberger 2003: left truncation", Standing.DERIVED)
def seen_from(history: History, origin: dt.date) -> int:
    """From how many days after the origin on a patient is known to have been seen: the first visit
    that took place, or the first dose or start of a line given here. Biopsies, laboratory results
    and other examinations may have been made elsewhere and entered later: they count only where
    there is none of these. A date known by its month or year counts as its last day. Had she died
    before, nobody would have entered her; with delayed entry she counts only from then on. 0 where
    she was seen by the origin, or at no time.
    """
    first = history.first_contact
    return max((first - origin).days, 0) if first else 0


def _on_treatment(history: History, line: TreatmentLine) -> Lasted | None:
    """None where it cannot be told, as for a line that runs and after which nobody was seen."""
    start, died = began(history, line), history.patient.death_date
    until = (last_dose(history, line) or line.end) if line.end else died or history.last_contact
    if until is None or latest(until) < earliest(start):
        return None
    days = Days.between(start, until)
    return Lasted(max(days.about, 0), bool(line.end or died), not days.exact)


def _death(history: History, line: TreatmentLine) -> StopReason | None:
    """What ended a line that was left without an end."""
    return StopReason.DEATH if line.end is None and history.patient.death_date else None


def _risk(history: History) -> str:
    found = (each for each in indices(history) if each.rule is rule_of(clipi_2025))
    return next((each.group or "" for each in found if not each.only_if), "")


def _conclusions(history: History) -> tuple[tuple[Conclusion, dt.date], ...]:
    found = history.of(Biopsy)
    return tuple((each.conclusion, each.date.middle) for each in found if each.conclusion)
