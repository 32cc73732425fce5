"""Endpoints: from which event to which, how long, and whether it was still going on."""

import datetime as dt
from dataclasses import dataclass

from models.course import (
    Status,
    active_lines,
    first_dose,
    last_dose,
    next_line,
    statuses_under,
)
from models.diagnosis import Diagnosis
from models.history import History
from models.response import FAILING, RESPONDING
from models.treatment import StopReason, TreatmentLine
from models.values import AnyDate, Days, PartialDate, earliest
from models.words import _


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A length of time between two dates; `censored` when its event has not been seen by `end`."""

    start: AnyDate
    end: AnyDate
    censored: bool
    why: str

    @property
    def days(self) -> Days:
        return Days.between(self.start, self.end)


@dataclass(frozen=True, slots=True)
class LineEndpoints:
    """The endpoints of one treatment line; None where they cannot be worked out."""

    line: TreatmentLine
    time_to_response: Endpoint | None
    duration_of_response: Endpoint | None
    progression_free: Endpoint | None
    time_to_next_treatment: Endpoint | None


@dataclass(frozen=True, slots=True)
class Endpoints:
    lines: tuple[LineEndpoints, ...]
    overall_survival: Endpoint | None
    off_treatment: Endpoint | None

    def of_line(self, line: TreatmentLine) -> LineEndpoints:
        return next(found for found in self.lines if found.line is line)


def endpoints(history: History, today: dt.date) -> Endpoints:
    """Every endpoint of a patient as of `today`.

    Definitions: Olsen, J Clin Oncol 2011; time to next treatment as in Blood Advances 2023 (178
    patients with Sézary syndrome). Nothing is assumed after the last contact.
    """
    return Endpoints(
        lines=tuple(_line_endpoints(history, line) for line in history.lines),
        overall_survival=_overall_survival(history),
        off_treatment=_off_treatment(history, today),
    )


def _line_endpoints(history: History, line: TreatmentLine) -> LineEndpoints:
    known = statuses_under(history, line)
    response = next((status for status in known if status.response in RESPONDING), None)
    start: AnyDate = first_dose(history, line) or line.start
    failure = _failure(history, line, known)
    death = history.patient.death_date
    return LineEndpoints(
        line=line,
        time_to_response=Endpoint(start, response.date, False, response.response.words)
        if response
        else None,
        duration_of_response=_until(response.date, failure, known, death) if response else None,
        progression_free=_until(start, failure, known, death),
        time_to_next_treatment=_time_to_next(history, line, start),
    )


Failure = tuple[AnyDate, str]


def _failure(history: History, line: TreatmentLine, known: list[Status]) -> Failure | None:
    """Progression or relapse under a line, or its end where it was stopped for progression."""
    seen = next((status for status in known if status.response in FAILING), None)
    if seen:
        return seen.date, seen.response.words
    if line.stop_reason is StopReason.PROGRESSION and line.end:
        return line.end, _("stopped for progression")
    return None


def _until(
    start: AnyDate, failure: Failure | None, known: list[Status], death: PartialDate | None
) -> Endpoint | None:
    """Until failure or death, else censored at the last assessment."""
    if failure and earliest(failure[0]) >= earliest(start):
        return Endpoint(start, failure[0], False, failure[1])
    if death and known:
        return Endpoint(start, death, False, _("death"))
    if known:
        return Endpoint(start, known[-1].date, True, _("last assessment without progression"))
    return None


def _time_to_next(history: History, line: TreatmentLine, start: AnyDate) -> Endpoint | None:
    following = next_line(history, line)
    if following:
        return Endpoint(start, following.start, False, _("next treatment"))
    last = history.patient.death_date or history.last_contact
    if last is None or earliest(last) < earliest(start):
        return None
    return Endpoint(start, last, True, _("no further treatment by the last contact"))


def _overall_survival(history: History) -> Endpoint | None:
    """From diagnosis to death of any cause, else censored at the last contact."""
    diagnoses = history.of(Diagnosis)
    if not diagnoses:
        return None
    if history.patient.death_date:
        return Endpoint(diagnoses[0].date, history.patient.death_date, False, _("death"))
    if history.last_contact is None:
        return None
    return Endpoint(diagnoses[0].date, history.last_contact, True, _("alive at the last contact"))


def _off_treatment(history: History, today: dt.date) -> Endpoint | None:
    """Since the last dose (or the end of the last line), until the last contact; none while on."""
    lines = active_lines(history)
    if not lines or any(line.end is None for line in lines):
        return None
    last = max(lines, key=lambda line: line.end or line.start)
    stopped: AnyDate = last_dose(history, last) or last.end or last.start
    seen = min(history.last_contact or today, today)
    if seen < earliest(stopped):
        return None
    return Endpoint(stopped, seen, True, _("no treatment by the last contact"))
