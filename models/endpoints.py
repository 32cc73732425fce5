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
from models.values import AnyDate, Days, earliest, latest
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
    start: AnyDate = first_dose(history, line) or line.start
    known = [status for status in statuses_under(history, line) if status.date >= earliest(start)]
    response = next((status for status in known if status.response in RESPONDING), None)
    return LineEndpoints(
        line=line,
        time_to_response=Endpoint(start, response.date, False, response.response.words)
        if response
        else None,
        duration_of_response=_until_failure(history, line, response.date, known)
        if response
        else None,
        progression_free=_until_failure(history, line, start, known),
        time_to_next_treatment=_time_to_next(history, line, start),
    )


def _until_failure(
    history: History, line: TreatmentLine, start: AnyDate, known: list[Status]
) -> Endpoint | None:
    """Until progression, relapse or death, else censored at the last assessment.

    A line stopped for progression failed at its end; a death after the next line does not count.
    """
    after = [status for status in known if status.date >= earliest(start)]
    failed = next((status for status in after if status.response in FAILING), None)
    if failed:
        return Endpoint(start, failed.date, False, failed.response.words)
    end, death = line.end, history.patient.death_date
    if end and line.stop_reason is StopReason.PROGRESSION and end.last >= latest(start):
        return Endpoint(start, end, False, _("stopped for progression"))
    if death and next_line(history, line) is None:
        return Endpoint(start, death, False, _("death"))
    if after:
        return Endpoint(start, after[-1].date, True, _("last assessment without progression"))
    return None


def _time_to_next(history: History, line: TreatmentLine, start: AnyDate) -> Endpoint | None:
    following = next_line(history, line)
    if following:
        return Endpoint(start, following.start, False, _("next treatment"))
    last = history.patient.death_date or history.last_contact
    if last is None or latest(last) < earliest(start):
        return None
    return Endpoint(start, last, True, _("no further treatment by the last contact"))


def _overall_survival(history: History) -> Endpoint | None:
    """From diagnosis to death of any cause, else censored at the last contact."""
    diagnoses = history.of(Diagnosis)
    if not diagnoses:
        return None
    if history.patient.death_date:
        return Endpoint(diagnoses[0].date, history.patient.death_date, False, _("death"))
    if history.last_contact is None or history.last_contact < diagnoses[0].date.first:
        return None
    return Endpoint(diagnoses[0].date, history.last_contact, True, _("alive at the last contact"))


def _off_treatment(history: History, today: dt.date) -> Endpoint | None:
    """Since the last dose (or the end of the last line), until the last contact; none while on."""
    lines = active_lines(history)
    ended = [(line.end, line) for line in lines if line.end]
    if not ended or len(ended) < len(lines):
        return None
    end, last = max(ended, key=lambda pair: pair[0])
    stopped: AnyDate = last_dose(history, last) or end
    seen = min(history.last_contact or today, today)
    if seen < earliest(stopped):
        return None
    return Endpoint(stopped, seen, True, _("no treatment by the last contact"))
