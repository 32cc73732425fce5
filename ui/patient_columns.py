"""The columns of the table of patients: for each its words, and the value it sorts by."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, Generic, TypeVar

from models.course import cycles_given
from models.folding import folded
from models.response import RANK
from models.store.roll import Listed, Roll
from models.summary import CareStatus, Summary
from models.treatment import TreatmentLine
from models.words import N_, _, capitalised, day_words, ngettext

T = TypeVar("T")


@dataclass(frozen=True)
class Column(Generic[T]):
    title: str
    width: int
    words: Callable[[T], str]
    tip: Callable[[T], str] | None = None
    number: bool = False


@dataclass(frozen=True, kw_only=True)
class OfPatient(Column[Listed]):
    """`natives`: what it sorts by, of everybody in the order of names."""

    natives: Callable[[Roll], Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class OfRecords(Column[Summary]):
    """`native` gives None where there is nothing to sort by; such rows stand last."""

    native: Callable[[Summary], Any]


@dataclass(frozen=True, slots=True)
class Worked:
    """What a row tells of a patient's records: the words, tips and keys of `OF_RECORDS`."""

    patient: uuid.UUID
    cells: tuple[str, ...]
    tips: tuple[str, ...]
    keys: tuple[Any, ...]


def worked_out(summary: Summary) -> Worked:
    """For the worker, not for the window."""
    return Worked(
        summary.history.patient.id,
        tuple(intern(column.words(summary)) for column in OF_RECORDS),
        tuple(intern((column.tip or column.words)(summary)) for column in OF_RECORDS),
        tuple(column.native(summary) for column in OF_RECORDS),
    )


def born(row: Listed) -> str:
    return _("born {date}").format(date=day_words(row.birth_date))


def diagnosis(summary: Summary) -> str:
    return summary.diagnosis.disease.label if summary.diagnosis else ""


def stage(summary: Summary) -> str:
    if summary.stage is None or summary.stage.working is None:
        return ""
    provisional = summary.stage.provisional
    words = _("{stage}, provisional") if provisional else "{stage}"
    return words.format(stage=summary.stage.working)


def treatment(summary: Summary) -> str:
    """`Mogamulizumab, cycle 12`, or since when there has been none."""
    if summary.running:
        running = "; ".join(_with_cycle(summary, line) for line in summary.running)
        return capitalised(running)
    last = summary.last_line
    if last is None or last.end is None:
        return _("None yet")
    return _("Off since {date}").format(date=last.end.words)


def treatment_order(summary: Summary) -> tuple[int, str, int] | None:
    """Running treatments by name and cycle, then those off treatment, the latest first."""
    last = summary.last_line
    if last is None:
        return None
    if summary.running:
        line = summary.running[0]
        return (0, folded(line.regimen_words), cycles_given(summary.history, line) or 0)
    return (1, "", -last.end.first.toordinal()) if last.end else None


def response(summary: Summary) -> str:
    if summary.response is None:
        return ""
    found, since = summary.response
    return _("{response} since {date}").format(response=_(found.value), date=day_words(since))


def response_order(summary: Summary) -> tuple[int, int] | None:
    if summary.response is None:
        return None
    found, since = summary.response
    return RANK[found], since.toordinal()


def next_due(summary: Summary) -> str:
    if summary.status in {CareStatus.DECEASED, CareStatus.LOST}:
        return summary.status.label
    if not summary.due:
        return ""
    due = summary.due[0]
    return _("{date} · {what}").format(date=day_words(due.on), what=due.what)


def due_order(summary: Summary) -> int | None:
    leaving = summary.status in {CareStatus.DECEASED, CareStatus.LOST}
    return None if leaving or not summary.due else summary.due[0].on.toordinal()


def all_due(summary: Summary) -> str:
    return "\n".join(f"{day_words(due.on)} · {due.what} ({due.why})" for due in summary.due)


def open_events(summary: Summary) -> str:
    """How many, and the highest grade that one of them has now."""
    order = events_order(summary)
    if order is None:
        return ""
    grade, n = order
    return ngettext("{n}, grade {grade}", "{n}, up to grade {grade}", n).format(n=n, grade=grade)


def events_order(summary: Summary) -> tuple[int, int] | None:
    open_now = summary.open_events
    grades = [int(event.grade_on(summary.today) or event.worst_grade) for event in open_now]
    return (max(grades), len(grades)) if grades else None


def all_events(summary: Summary) -> str:
    return "\n".join(event.label for event in summary.open_events)


def _with_cycle(summary: Summary, line: TreatmentLine) -> str:
    cycle = cycles_given(summary.history, line)
    words = _("{regimen}, cycle {n}") if cycle else "{regimen}"
    return words.format(regimen=line.regimen_words, n=cycle)


OF_PATIENT = (
    OfPatient(N_("Name"), 196, lambda row: row.name, born, natives=lambda roll: range(len(roll))),
    OfPatient(N_("MRN"), 88, lambda row: row.mrn, natives=lambda roll: roll.by_mrn),
    OfPatient(
        N_("Age"), 48, lambda row: str(row.age), born, number=True, natives=lambda roll: roll.ages
    ),
)
OF_RECORDS = (
    OfRecords(N_("Diagnosis"), 176, diagnosis, native=lambda summary: diagnosis(summary) or None),
    OfRecords(
        N_("Stage"),
        120,
        stage,
        lambda summary: summary.disease,
        native=lambda summary: stage(summary) or None,
    ),
    OfRecords(
        N_("Treatment"), 196, treatment, lambda summary: summary.standing, native=treatment_order
    ),
    OfRecords(N_("Response"), 152, response, native=response_order),
    OfRecords(N_("Next due"), 216, next_due, all_due, native=due_order),
    OfRecords(N_("Open events"), 120, open_events, all_events, native=events_order),
)
COLUMNS: tuple[Column[Any], ...] = (*OF_PATIENT, *OF_RECORDS)
