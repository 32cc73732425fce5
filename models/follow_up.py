"""What is due next for a patient, when, and why."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace

from models.adverse_event import AdverseEvent
from models.advising import held_by, held_words
from models.arranged_visits import arranged, is_for_an_infusion, is_treatment
from models.at_diagnosis import at_diagnosis
from models.attachment import Attachment
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.course import PASSING, first_dose
from models.diagnosis import STAGED_BY_TNMB, Diagnosis
from models.due import Due, DueKind
from models.history import History
from models.imaging import Imaging
from models.in_person import is_in_person, last_in_person
from models.laboratory import LabResult, MolecularResult
from models.patient import Consent
from models.practice import Practice
from models.protocol import BY_LABEL
from models.response import Assessment
from models.rules import Standing, rule, rule_of
from models.skin import SkinScore
from models.snooze import Snooze
from models.staging import Staging, is_advanced
from models.therapies import Category
from models.treatment import Infusion, TreatmentLine, next_infusion
from models.values import Grade, PartialDate
from models.visit import Visit, VisitStatus
from models.words import N_, _, day_words, ngettext

ONLY_THE_LAST = frozenset(
    {Attachment, BloodCount, Consent, Imaging, LabResult, MolecularResult, SkinScore}
)
"""Kinds of which `next_due` asks nothing but when the patient was last seen, and whether there is
any: of each the last one up to the day, and the last one after it, tell it as well as all."""

MONTHS_LATE_AFTER_MOGAMULIZUMAB = 6
YEARS_CLOSE_AFTER_MOGAMULIZUMAB = 2
PROPOSED = "No consensus (Turk J Dermatol 2024); proposed for this program"


def next_due(history: History, today: dt.date) -> list[Due]:
    """What is due next, by what was known on `today` and what was entered ahead.

    In time, what is missing from the records last. Nothing after death; only a contact once a
    patient is lost to follow-up; nothing before a patient's first entry.
    """
    until = history.until(today)
    known = _with_what_lies_ahead(until, history, today)
    if known.patient.death_date or (_has_entries(history) and not _has_entries(known)):
        return []
    contact = _contact(until)
    if known.patient.lost_to_follow_up:
        return [contact] if contact else []
    infusions = _infusions(known, today)
    visits = _visits_or_contact(known, today, contact, treated_here=bool(infusions))
    due = [
        *infusions,
        *(visit for visit in visits if not is_for_an_infusion(visit, infusions)),
        *_assessments(known),
        *_biopsies(known),
        *_events(known, today),
        *_not_recorded(known, today),
    ]
    return sorted(due, key=lambda item: (item.kind is DueKind.STAGING, item.on))


def _has_entries(history: History) -> bool:
    """Whether anything but what was put off is on file."""
    return bool(history.records.keys() - {Snooze})


def known_on(history: History, today: dt.date) -> History:
    """The history until `today`, with the visits planned for later and the lines to begin later.

    When a visit was planned is not recorded: what lies beyond the next time that the patient was
    seen is taken to have been planned then.
    """
    return _with_what_lies_ahead(history.until(today), history, today)


def _with_what_lies_ahead(until: History, history: History, today: dt.date) -> History:
    visits = [
        visit
        for visit in history.of(Visit)
        if visit.date > today and visit.status is VisitStatus.PLANNED
    ]
    if visits:
        seen_next = seen_after(history, today)
        visits = [visit for visit in visits if visit.date <= seen_next]
    lines = [
        line
        for line in history.lines
        if line.start.first > today and line.protocol and not history.cycles_of(line)
    ]
    if not visits and not lines:
        return until
    ahead = {Visit: (*until.of(Visit), *visits), TreatmentLine: (*until.lines, *lines)}
    records = {**until.records, **{kind: found for kind, found in ahead.items() if found}}
    return replace(until, records=records, known_until=dt.date.max)


def seen_after(history: History, today: dt.date) -> dt.date:
    """The first day after `today` of a visit, no call, or of a dose; the last of all days where
    there is none.
    """
    done = [visit for visit in history.of(Visit) if visit.status is VisitStatus.DONE]
    seen = [visit.date for visit in done if is_in_person(visit)]
    seen += [each.given_on for each in history.of(Infusion) if each.given_on]
    return min((day for day in seen if day > today), default=dt.date.max)


def arranged_for(infusion: Due, history: History, today: dt.date) -> dt.date | None:
    """The day, not gone by, of a treatment visit arranged for an infusion that is due: so near its
    day that no other dose is due between.
    """
    line = infusion.record
    if infusion.kind is not DueKind.INFUSION or not isinstance(line, TreatmentLine):
        return None
    apart = line.protocol.shortest_interval if line.protocol else 0
    visits = [each for each in arranged(known_on(history, today)) if is_treatment(each)]
    ahead = [each.on for each in visits if each.on >= today]
    return next((on for on in ahead if abs((on - infusion.on).days) < apart), None)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _infusions(history: History, today: dt.date) -> list[Due]:
    """What the label holds back stays due, to be decided: with that as its reason."""
    found = []
    for line in history.lines:
        planned = history.next_infusion(line)
        if planned:
            what = _("infusion, cycle {cycle} day {day}").format(
                cycle=planned.cycle, day=planned.day
            )
            why = _("calendar of the label")
            if line.protocol != BY_LABEL:
                why = _("calendar of the protocol: {protocol}").format(protocol=line.protocol)
            by = rule_of(next_infusion)
            why = held_words(held_by(history, line, today)) or why
            found.append(Due(DueKind.INFUSION, what, planned.on, why, line, by))
    return found


def _visits_or_contact(
    history: History, today: dt.date, contact: Due | None, *, treated_here: bool
) -> list[Due]:
    """A visit ahead stands for the contact; once that is due, it stands for visits gone by.

    Who comes for infusions needs no other visit than those arranged.
    """
    visits = arranged(history) or ([] if treated_here else _by_interval(history))
    if contact is None or any(not visit.overdue(today) for visit in visits):
        return visits
    too_early = contact.on > today
    return visits if too_early and (visits or treated_here) else [contact]


def _by_interval(history: History) -> list[Due]:
    seen = last_in_person(history)
    interval = visit_interval(history, seen.date.last) if seen else None
    if seen is None or interval is None:
        return []
    why = f"{interval.words}; {seen.words}"
    on = months_later(seen.date.last, interval.months)
    what = _("follow-up visit")
    return [Due(DueKind.VISIT, what, on, why, seen.record, rule_of(visit_interval))]


@dataclass(frozen=True, slots=True)
class Interval:
    """So many months, and the reason why so many."""

    months: int
    reason: str

    @property
    def words(self) -> str:
        every = ngettext("every {n} month", "every {n} months", self.months)
        return f"{every.format(n=self.months)} {self.reason}"


@rule(
    N_("Interval between visits"),
    "ESMO 2018; intervals proposed for this program",
    Standing.UNVERIFIED,
)
def visit_interval(history: History, seen: dt.date) -> Interval | None:
    """Where no visit is arranged, the next one is due so long after the patient was last seen in
    person: at a visit that was no call, an infusion, a skin score, an assessment or a biopsy; where
    there is none of these, after the latest staging, or else the diagnosis. A date known by its
    month or year counts as its last day.

    On a systemic treatment every 3 months, as in advanced stages, but with its infusions where
    these follow a calendar; after mogamulizumab, until another systemic treatment, radiation or
    transplant begins, every 3 months for two years from its end and then every 6 months; otherwise
    every 6 months in stage IA to IIA, and every 3 months in stage IIB and above.

    The clinic may change these intervals, save the last one after mogamulizumab. The stage is that
    of the last staging that makes one, NX, MX and BX taken as for the working stage. Without a
    stage no interval is given.
    """
    practice = history.practice
    lines = [line for line in history.lines if line.category not in PASSING]
    if any(line.category is Category.SYSTEMIC and line.end is None for line in lines):
        return Interval(practice.visit_months_advanced, _("on systemic treatment"))
    if lines and lines[-1].has_mogamulizumab and lines[-1].end:
        return _after_mogamulizumab(practice, lines[-1].end, seen)
    stages = [staging.stage for staging in history.of(Staging) if staging.stage]
    if not stages:
        return None
    if is_advanced(stages[-1]):
        return Interval(practice.visit_months_advanced, _("from stage IIB on"))
    return Interval(practice.visit_months_early, _("in stage IA to IIA"))


def _after_mogamulizumab(practice: Practice, end: PartialDate, seen: dt.date) -> Interval:
    if seen < months_later(end.last, 12 * YEARS_CLOSE_AFTER_MOGAMULIZUMAB):
        months = practice.visit_months_after_mogamulizumab
        return Interval(months, _("for two years after mogamulizumab"))
    return Interval(MONTHS_LATE_AFTER_MOGAMULIZUMAB, _("two years and more after mogamulizumab"))


def _contact(history: History) -> Due | None:
    seen, day, months = history.last_seen, history.last_contact, history.practice.contact_months
    if seen is None or day is None:
        return None
    why = ngettext(
        "{n} month without contact; last seen {date}",
        "{n} months without contact; last seen {date}",
        months,
    ).format(n=months, date=day_words(day))
    on, by = contact_due_on(day, months), rule_of(contact_due_on)
    return Due(DueKind.CONTACT, _("contact"), on, why, seen, by)


@rule(N_("Contact with a patient not seen"), PROPOSED, Standing.UNVERIFIED)
def contact_due_on(seen: dt.date, months: int) -> dt.date:
    """A patient who was last seen 12 months ago, or as long as the clinic's settings say, is asked
    after, unless a visit lies ahead; so is one who is lost to follow-up, of whom nothing else is
    due. The last time is that of any visit or call, dose, measurement, assessment or biopsy, of the
    start of a line given here, or of an event, its grades and its resolution.
    """
    return months_later(seen, months)


def _assessments(history: History) -> list[Due]:
    """Of the systemic line that was begun last and still runs."""
    running = [
        line for line in history.lines if line.category is Category.SYSTEMIC and line.end is None
    ]
    return [_assessment_of(running[-1], history)] if running else []


def _assessment_of(line: TreatmentLine, history: History) -> Due:
    dose = first_dose(history, line)
    began = PartialDate.of(dose) if dose else line.start
    assessed = [
        found
        for found in history.of(Assessment)
        if found.date >= began.first and found.treatment_line in {line.id, None}
    ]
    last = assessed[-1] if assessed else None
    on, weeks = assessment_due_on(began.last, last.date if last else None, history.practice)
    every = ngettext("every {n} week", "every {n} weeks", weeks).format(n=weeks)
    counted = _("the line began {date}").format(date=line.start.words)
    if dose:
        counted = _("first dose {date}").format(date=day_words(dose))
    if last:
        counted = _("last assessed {date}").format(date=day_words(last.date))
    what, why = _("response assessment"), f"{every}; {counted}"
    return Due(DueKind.ASSESSMENT, what, on, why, last or line, rule_of(assessment_due_on))


@rule(N_("Response assessment due"), "MAVORIC (NCT01728805)", Standing.UNVERIFIED)
def assessment_due_on(
    began: dt.date, assessed: dt.date | None, practice: Practice
) -> tuple[dt.date, int]:
    """While a systemic line runs, the response is assessed every 8 weeks in its first year and
    every 16 weeks later, or as the clinic's settings say; counted from the last assessment under
    the line, or else from its first dose, or else from its start. An assessment that lies less than
    12 months after the start counts as one of the first year. A start known only by its month or
    year is taken at its end.
    """
    counted = assessed or began
    first_year = counted < months_later(began, 12)
    weeks = practice.assess_weeks_first_year if first_year else practice.assess_weeks_later
    return counted + dt.timedelta(weeks=weeks), weeks


def _biopsies(history: History) -> list[Due]:
    days = history.practice.result_days
    why = ngettext(
        "result awaited; expected within {n} day", "result awaited; expected within {n} days", days
    ).format(n=days)
    return [
        Due(
            DueKind.BIOPSY_RESULT,
            _("biopsy result ({site})").format(site=biopsy.body_site),
            result_due_on(biopsy, days),
            why,
            biopsy,
            rule_of(result_due_on),
        )
        for biopsy in history.of(Biopsy)
        if biopsy.awaited
    ]


@rule(N_("Biopsy result awaited"), PROPOSED, Standing.UNVERIFIED)
def result_due_on(biopsy: Biopsy, days: int) -> dt.date:
    """A biopsy without a conclusion is awaited. Its result is due 14 days after the biopsy, or as
    many as the clinic's settings say. Where only the month or year is known, they are counted from
    its end.
    """
    return biopsy.date.last + dt.timedelta(days=days)


def _events(history: History, today: dt.date) -> list[Due]:
    days, found = history.practice.review_days, []
    for event in history.of(AdverseEvent):
        grade = event.grade_on(today)
        if event.is_open(today) and grade and grade >= Grade.MODERATE:
            looked = _looked_at(event, history)
            on = review_due_on(looked, days)
            what = _("{event}, grade {grade}").format(event=event.label, grade=int(grade))
            why = ngettext(
                "open, every {n} day; last looked at {date}",
                "open, every {n} days; last looked at {date}",
                days,
            ).format(n=days, date=looked.words)
            by = rule_of(review_due_on)
            found.append(Due(DueKind.ADVERSE_EVENT, what, on, why, event, by))
    return found


def _looked_at(event: AdverseEvent, history: History) -> PartialDate:
    """The last visit or call since the onset, or the last grade, whichever is later."""
    looked = [
        PartialDate.of(visit.date)
        for visit in history.of(Visit)
        if visit.status is VisitStatus.DONE and visit.date >= event.onset.first
    ]
    looked += [episode.date for episode in event.grades]
    return max(looked, key=lambda date: date.last)


@rule(N_("Review of an open event"), PROPOSED, Standing.UNVERIFIED)
def review_due_on(looked_at: PartialDate, days: int) -> dt.date:
    """An event that is open and has grade 2 or more now is looked at again every 28 days, or as
    many as the clinic's settings say: counted from the last visit or call since its onset or from
    its last grade, whichever is later. Where only the month or year is known, they are counted
    from its end.
    """
    return looked_at.last + dt.timedelta(days=days)


def _not_recorded(history: History, today: dt.date) -> list[Due]:
    """Diagnosis and stage, due at the first visit; the stage where TNMB has one.

    Each comes from another record: what is left once a stage was entered is another item.
    """
    visits = [visit.date for visit in history.of(Visit)]
    diagnosis = next(iter(history.of(Diagnosis)), None)
    staged = history.of(Staging)
    if diagnosis is None:
        what = _("diagnosis") if staged else _("diagnosis and stage")
        on = min(visits, default=today)
        record = staged[0] if staged else history.patient
        return [Due(DueKind.STAGING, what, on, _("none recorded"), record)]
    if diagnosis.disease not in STAGED_BY_TNMB or at_diagnosis(history):
        return []
    on = max(diagnosis.date.last, min(visits, default=dt.date.min))
    what = _("stage at diagnosis") if staged else _("stage")
    why = _("none recorded; diagnosed {date}").format(date=diagnosis.date.words)
    return [Due(DueKind.STAGING, what, on, why, staged[0] if staged else diagnosis)]
