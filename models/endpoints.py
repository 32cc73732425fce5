"""Endpoints: from which record to which, how long, and whether it was still going on."""

import datetime as dt
from dataclasses import dataclass

from models.base import Record
from models.course import (
    PASSING,
    Status,
    Under,
    active_lines,
    doses_given,
    first_dose,
    next_line,
    under,
)
from models.diagnosis import Diagnosis
from models.history import History
from models.response import FAILING, RESPONDING, Response
from models.rules import Standing, rule
from models.therapies import Category
from models.treatment import Infusion, StopReason, TreatmentLine
from models.values import AnyDate, Days, PartialDate, earliest, latest
from models.words import N_, _


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A length of time between two dates; `censored` when its event has not been seen by `end`.

    `start_row` and `end_row`: the records from which the dates were taken; none where it is today.
    `by`: the day by which it had ended at the latest, where `end` alone would leave more open.
    """

    start: AnyDate
    end: AnyDate
    censored: bool
    why: str
    start_row: Record | None
    end_row: Record | None
    by: dt.date | None = None

    @property
    def days(self) -> Days:
        found = Days.between(self.start, self.end)
        if self.by is None:
            return found
        most = min(found.most, (self.by - earliest(self.start)).days)
        return Days(min(found.least, most), most)

    @property
    def words(self) -> str:
        """Its length."""
        return self.days.words


@dataclass(frozen=True, slots=True)
class LineEndpoints:
    """The endpoints of one treatment line; None where they cannot be worked out."""

    line: TreatmentLine
    time_to_response: Endpoint | None = None
    duration_of_response: Endpoint | None = None
    progression_free: Endpoint | None = None
    time_to_next_treatment: Endpoint | None = None
    treatment_free: Endpoint | None = None
    overall_survival: Endpoint | None = None
    seen: Under | None = None

    @property
    def best_response(self) -> Response | None:
        return self.seen.best if self.seen else None

    @property
    def best_confirmed(self) -> Response | None:
        return self.seen.best_confirmed if self.seen else None


@dataclass(frozen=True, slots=True)
class Endpoints:
    lines: tuple[LineEndpoints, ...]
    overall_survival: Endpoint | None
    off_treatment: Endpoint | None

    def of_line(self, line: TreatmentLine) -> LineEndpoints:
        """Those of a line; none of them for a line that had not begun."""
        found = (item for item in self.lines if item.line.id == line.id)
        return next(found, LineEndpoints(line))


def endpoints(history: History, today: dt.date) -> Endpoints:
    """Every endpoint of a patient as of `today`; nothing is assumed after the last contact."""
    history = history.until(today)
    return Endpoints(
        lines=tuple(_line_endpoints(history, line) for line in history.lines),
        overall_survival=_since_diagnosis(history),
        off_treatment=off_treatment(history, today),
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """When, by which record, and what it was in words."""

    on: AnyDate
    row: Record | None
    why: str = ""
    by: dt.date | None = None

    @property
    def latest(self) -> dt.date:
        return self.by or latest(self.on)


@dataclass(frozen=True, slots=True)
class Followed:
    """A line and what was seen of it: when its time starts, the disease, and the next line."""

    history: History
    start: Moment
    under: Under
    following: TreatmentLine | None

    @property
    def line(self) -> TreatmentLine:
        return self.under.line

    @property
    def response(self) -> Moment | None:
        """The first one, unless the disease had progressed or relapsed before it."""
        telling = (item for item in self.under.statuses if item.response in RESPONDING | FAILING)
        first = next(telling, None)
        return _told(first) if first and first.response in RESPONDING else None


def _told(status: Status) -> Moment:
    return Moment(status.date, status.record, status.response.words)


def _lasting(start: Moment, end: Moment | None, censored: bool) -> Endpoint | None:
    """None where the end is not known or lies before the start."""
    if end is None or end.latest < earliest(start.on):
        return None
    return Endpoint(start.on, end.on, censored, end.why, start.row, end.row, end.by)


def _line_endpoints(history: History, line: TreatmentLine) -> LineEndpoints:
    seen = under(history, line)
    if line.category is Category.SUPPORTIVE:
        return LineEndpoints(line, seen=seen)
    followed = Followed(history, _start(history, line), seen, next_line(history, line))
    return LineEndpoints(
        line=line,
        time_to_response=time_to_response(followed),
        duration_of_response=duration_of_response(followed),
        progression_free=progression_free(followed),
        time_to_next_treatment=time_to_next_treatment(followed),
        treatment_free=treatment_free_interval(followed),
        overall_survival=overall_survival(history, followed.start),
        seen=seen,
    )


def _start(history: History, line: TreatmentLine) -> Moment:
    """The first dose, or the start of the line where the first cycle is not recorded."""
    if first_dose(history, line) is None:
        return Moment(line.start, line)
    return Moment(*min(doses_given(history, line), key=_day))


def _stop(history: History, line: TreatmentLine, end: PartialDate) -> Moment:
    """The last dose, or the end of the line where no dose is recorded."""
    doses = doses_given(history, line)
    return Moment(*max(doses, key=_day)) if doses else Moment(end, line)


def _day(dose: tuple[dt.date, Infusion]) -> dt.date:
    return dose[0]


def _last_known(history: History, why: str) -> Moment | None:
    """Death, or else the last contact."""
    patient = history.patient
    if patient.death_date:
        return Moment(patient.death_date, patient, why)
    if history.last_contact is None:
        return None
    return Moment(history.last_contact, history.last_seen, why)


@rule(N_("Time to response"), "MAVORIC 2018", Standing.UNVERIFIED)
def time_to_response(followed: Followed) -> Endpoint | None:
    """From the first dose of a line, or its start where no dose of its first cycle is recorded, to
    the first CR, VGPR or PR. Only for those who responded before any progression or relapse under
    the line; whether the response was confirmed later is said beside it. Supportive lines have no
    endpoints.
    """
    return _lasting(followed.start, followed.response, censored=False)


@rule(N_("Duration of response"), "Cochrane 2020, CD008946", Standing.IN_PART)
def duration_of_response(followed: Followed) -> Endpoint | None:
    """From the first CR, VGPR or PR to progression, relapse or death, whichever comes first;
    otherwise censored.
    """
    return _until_failure(followed, followed.response) if followed.response else None


@rule(N_("Progression-free survival"), "MAVORIC 2018", Standing.IN_PART)
def progression_free(followed: Followed) -> Endpoint | None:
    """From the first dose of a line, or its start where no dose of its first cycle is recorded, to
    progression, relapse or death of any cause, whichever comes first; otherwise censored.
    """
    return _until_failure(followed, followed.start)


def _until_failure(followed: Followed, start: Moment) -> Endpoint | None:
    failed = failure(followed, start)
    return _lasting(start, failed or last_without_failure(followed, start), failed is None)


@rule(N_("What ends a response"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
def failure(followed: Followed, start: Moment) -> Moment | None:
    """The first of: PD or relapse in an assessment or at a visit; the end of a line that was
    stopped for progression; death. What comes after the start of the next systemic, radiation or
    transplant line does not count for the line before it, death included. An end known by its month
    or year is taken to lie no later than that start.
    """
    line, patient, following = followed.line, followed.history.patient, followed.following
    ends = [_told(item) for item in followed.under.statuses if item.response in FAILING]
    if line.end and line.stop_reason is StopReason.PROGRESSION:
        by = following.start.last if following and line.end.last > following.start.last else None
        stopped = Moment(line.end, line, _("stopped for progression"), by)
        if following is None or line.end.first <= following.start.last:
            ends.append(stopped)
    if patient.death_date and following is None:
        ends.append(Moment(patient.death_date, patient, _("death")))
    after = [end for end in ends if end.latest >= earliest(start.on)]
    return min(after, key=lambda end: end.latest, default=None)


@rule(N_("Censoring before progression"), "MAVORIC 2018", Standing.UNVERIFIED)
def last_without_failure(followed: Followed, start: Moment) -> Moment | None:
    """Where nothing has ended it, time is censored at the last assessment or visit that tells the
    state of the disease; at the last one up to the start of the next systemic, radiation or
    transplant line, where there is one. Missed assessments do not censor earlier.
    """
    after = [item for item in followed.under.statuses if item.date >= earliest(start.on)]
    if not after:
        return None
    why = (
        _("last assessment before the next treatment")
        if followed.following
        else _("last assessment without progression")
    )
    return Moment(after[-1].date, after[-1].record, why)


@rule(N_("Time to next treatment"), "Blood Advances 2023;7:6639", Standing.UNVERIFIED)
def time_to_next_treatment(followed: Followed) -> Endpoint | None:
    """From the first dose of a line, or its start where no dose of its first cycle is recorded, to
    the start of the next systemic, radiation or transplant line. Supportive and skin-directed lines
    do not count, nor does a line begun by that first day. Without a next line it is censored at the
    last contact, or at death; the clinic may choose that death counts as the event.
    """
    history, following = followed.history, followed.following
    if following:
        next_start = Moment(following.start, following, _("next treatment"))
        return _lasting(followed.start, next_start, censored=False)
    if history.patient.death_date and history.practice.death_ends_time_to_next_treatment:
        return _lasting(followed.start, _last_known(history, _("death")), censored=False)
    last = _last_known(history, _("no further treatment by the last contact"))
    return _lasting(followed.start, last, censored=True)


@rule(N_("Treatment-free interval"), "Blood Advances 2023;7:6639", Standing.DERIVED)
def treatment_free_interval(followed: Followed) -> Endpoint | None:
    """From the last dose of a line that has ended, or its end where no dose is recorded, to the
    start of the next systemic, radiation or transplant line; otherwise censored at the last contact
    or at death. There is none while another such line is still going on.
    """
    history, line = followed.history, followed.line
    if line.end is None:
        return None
    stopped = _stop(history, line, line.end)
    before = [item.id for item in history.lines[: history.lines.index(line)]]
    others = [item for item in history.lines if item.id != line.id and item.category not in PASSING]
    begun = [
        item for item in others if item.id in before or latest(item.start) < earliest(stopped.on)
    ]
    later = [item for item in others if item not in begun]
    if any(_runs_on(item, stopped) for item in begun):
        return None
    if later:
        next_start = Moment(later[0].start, later[0], _("next treatment"))
        return _lasting(stopped, next_start, censored=False)
    last = _last_known(history, _("no further treatment by the last contact"))
    return _lasting(stopped, last, censored=True)


def _runs_on(line: TreatmentLine, stopped: Moment) -> bool:
    return line.end is None or earliest(line.end) > latest(stopped.on)


@rule(N_("Overall survival"), "Olsen, J Clin Oncol 2011", Standing.UNVERIFIED)
def overall_survival(history: History, start: Moment) -> Endpoint | None:
    """From the diagnosis, or for a line from its first dose, to death of any cause; otherwise
    censored at the last contact.
    """
    alive = history.patient.death_date is None
    last = _last_known(history, _("alive at the last contact") if alive else _("death"))
    return _lasting(start, last, censored=alive)


def _since_diagnosis(history: History) -> Endpoint | None:
    diagnosis = next(iter(history.of(Diagnosis)), None)
    return overall_survival(history, Moment(diagnosis.date, diagnosis)) if diagnosis else None


@rule(N_("Off treatment"), "Blood Advances 2023;7:6639", Standing.DERIVED)
def off_treatment(history: History, today: dt.date) -> Endpoint | None:
    """From the last dose of the line that ended last, or its end where no dose is recorded, to the
    last contact; to today where none is recorded. There is none while any line against the disease
    goes on.
    """
    lines = active_lines(history)
    ended = [(line.end, line) for line in lines if line.end]
    if not ended or len(ended) < len(lines):
        return None
    end, last = max(ended, key=lambda pair: pair[0])
    why = _("no treatment by the last contact")
    seen = Moment(history.last_contact or today, history.last_seen, why)
    return _lasting(_stop(history, last, end), seen, censored=True)
