"""What a registry export tells that is worked out: of each patient, and of each treatment line."""

from collections.abc import Callable, Iterator
from typing import Any

from models.at_diagnosis import at_diagnosis, staged_diagnosis
from models.course import cycles_given, infusions_given
from models.endpoints import Endpoint, LineEndpoints
from models.exchange.cells import write_cell
from models.exchange.registry.columns import (
    ANSWER,
    TEXT,
    WHOLE_NUMBER,
    YES_OR_NO,
    Entry,
    Told,
)
from models.history import History
from models.prognosis import ADVANCED_INDICES, EARLY_INDICES, Prognosis
from models.rules import rule_of
from models.treatment import TreatmentLine
from models.values import age_on
from models.words import _


def figures_of_patients() -> Iterator[Told]:
    words = _("That of the first diagnosis of a disease that is staged by TNMB, or of the first.")
    yield Told("disease", _("Disease"), TEXT, words, lambda entry, _r: disease(_history(entry)))
    words = _("Completed years.")
    yield Told("age_at_diagnosis", _("Age at diagnosis"), WHOLE_NUMBER, words, _age)
    words = _("yes: may have passed the age of 89, and is told as no older than 90.")
    title = _("Age is a least age")
    yield Told("age_is_least", title, ANSWER, words, _is_grouped, "", YES_OR_NO)
    words = _("Worked out from the TNMB nearest to the diagnosis.")
    yield Told("stage_at_diagnosis", _("Stage at diagnosis"), TEXT, words, _stage_then)
    words = _("Worked out from the last TNMB.")
    yield Told("stage_last", _("Last stage"), TEXT, words, _stage_now)
    words = _("Risk group at diagnosis; several where a factor is not known.")
    for index in (*EARLY_INDICES, *ADVANCED_INDICES):
        rule = rule_of(index)
        name = f"{rule.name.rpartition('.')[2]}_group"
        yield Told(name, rule.words, TEXT, words, _group(rule.title))
    words = _("The last response on file.")
    yield Told("response", _("Response"), TEXT, words, _response)
    survival = _("Overall survival from diagnosis")
    yield from _endpoint("overall_survival", survival, lambda entry, _r: _survival(entry))


def figures_of_lines() -> Iterator[Told]:
    counts: tuple[tuple[str, str, Callable[[History, TreatmentLine], object]], ...] = (
        ("number", _("Number of the line"), _place),
        ("cycles_given", _("Cycles given"), cycles_given),
        ("infusions_given", _("Infusions given"), infusions_given),
    )
    for name, title, count in counts:
        yield Told(name, title, WHOLE_NUMBER, "", _written(count))
    yield Told("best_response", _("Best response"), TEXT, "", _best)
    for name, title in (
        ("time_to_response", _("Time to response")),
        ("duration_of_response", _("Duration of response")),
        ("progression_free", _("Progression-free survival")),
        ("time_to_next_treatment", _("Time to next treatment")),
    ):
        yield from _endpoint(name, title, lambda e, line, of=name: getattr(_of_line(e, line), of))


def disease(history: History) -> str:
    found = staged_diagnosis(history)
    return found.disease.value if found else ""


def age_at_diagnosis(history: History) -> int | None:
    """Completed years on the day of the diagnosis, or in the middle of what is known of it."""
    found = staged_diagnosis(history)
    return age_on(history.patient.birth_date, found.date.middle) if found else None


def stage_at_diagnosis(history: History) -> str:
    found = at_diagnosis(history)
    return (found.staging.stage if found else None) or ""


def _history(entry: Entry) -> History:
    return entry.summary.history


def _age(entry: Entry, record: Any) -> str:
    return write_cell(age_at_diagnosis(_history(entry)))


def _is_grouped(entry: Entry, record: Any) -> str:
    return write_cell(entry.grouped)


def _stage_then(entry: Entry, record: Any) -> str:
    return stage_at_diagnosis(_history(entry))


def _stage_now(entry: Entry, record: Any) -> str:
    return (entry.summary.stage and entry.summary.stage.working) or ""


def _group(index: str) -> Callable[[Entry, Any], str]:
    def told(entry: Entry, record: Any) -> str:
        found: list[Prognosis] = [e for e in entry.summary.prognosis if e.index == index]
        return "; ".join(group for each in found for group in each.possible_groups)

    return told


def _response(entry: Entry, record: Any) -> str:
    return write_cell(entry.summary.response and entry.summary.response[0])


def _survival(entry: Entry) -> Endpoint | None:
    return entry.summary.endpoints.overall_survival


def _of_line(entry: Entry, line: TreatmentLine) -> LineEndpoints:
    return entry.summary.endpoints.of_line(line)


def _place(history: History, line: TreatmentLine) -> int | None:
    known = [each.id for each in history.lines]
    return known.index(line.id) + 1 if line.id in known else None


def _best(entry: Entry, line: TreatmentLine) -> str:
    return write_cell(_of_line(entry, line).best_response)


def _written(count: Callable[[History, Any], object]) -> Callable[[Entry, Any], str]:
    return lambda entry, record: write_cell(count(_history(entry), record))


def _endpoint(
    name: str, title: str, found: Callable[[Entry, Any], Endpoint | None]
) -> Iterator[Told]:
    """How long at least and at most, which are the same where every date is known to the day."""

    def told(part: Callable[[Endpoint], object]) -> Callable[[Entry, Any], str]:
        def cell(entry: Entry, record: Any) -> str:
            endpoint = found(entry, record)
            return write_cell(part(endpoint)) if endpoint else ""

        return cell

    least, most = _("At least; the same where dates are known to the day."), _("At most.")
    days = _("days")
    yield Told(f"{name}_least", title, WHOLE_NUMBER, least, told(lambda e: e.days.least), days)
    yield Told(f"{name}_most", title, WHOLE_NUMBER, most, told(lambda e: e.days.most), days)
    words = _("yes: what would end it had not been seen by then.")
    over = told(lambda e: e.censored)
    yield Told(f"{name}_censored", title, ANSWER, words, over, "", YES_OR_NO)
