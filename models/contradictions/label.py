"""What goes against mogamulizumab's label: it goes on after a stop, or a transplant comes soon."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from models.adverse_event import AdverseEvent
from models.advising import Held, held_by
from models.contradictions.finding import Check, Contradiction, among
from models.course import doses_given, last_dose
from models.history import History
from models.label import EU, US
from models.rules import Standing, rule
from models.therapies import AUTOLOGOUS, Category
from models.treatment import StopReason, TreatmentLine
from models.words import N_, _, day_words, ngettext

WASHOUT_DAYS = 42
EBMT = "EBMT 2025 (doi 10.1111/jdv.70042)"


@rule(N_("Against mogamulizumab's label"), f"{US}; {EU}; {EBMT}", Standing.DERIVED)
def against_the_label(history: History) -> Iterator[Contradiction]:
    """After an event for which the label says to stop for good, whatever its outcome, no dose of
    mogamulizumab is given and no line of it goes on; an event called unrelated or unlikely does not
    count.

    After mogamulizumab an allogeneic transplant may bring severe acute graft-versus-host disease,
    also such as steroids do not control, and deaths (US label); EBMT asks for 6 weeks between the
    last dose and the transplant. Told where a transplant is planned: entered for a later day, or as
    the reason for stopping; and where it was done within 42 days of the last dose, or of the end of
    the line where no dose is on file. A transplant not called autologous counts as allogeneic. What
    goes by a date that is known by its month or year counts as its first day.
    """
    for check in CHECKS:
        yield from check(history)


def with_transplants_ahead(known: History, entered: History) -> History:
    """What is known on a day, and the transplants entered for later days."""
    ahead = [
        line
        for line in entered.lines
        if line.category is Category.TRANSPLANT and line.start.first > known.known_until
    ]
    if not ahead:
        return known
    lines = (*known.lines, *ahead)
    return replace(known, records={**known.records, TreatmentLine: lines})


def _goes_on_after_a_stop(history: History) -> Iterator[Contradiction]:
    for line in _mogamulizumab(history):
        for held in held_by(history, line, dt.date.max):
            if held.stops and _goes_on(history, line, held):
                wrong = _("{drugs} goes on after it; the label says stop for good ({source})")
                told = wrong.format(drugs=line.regimen_words, source=held.advice.sources)
                yield among(told, held.event, line)


def _goes_on(history: History, line: TreatmentLine, held: Held) -> bool:
    """A dose was given after the grade for which to stop, or the line has no end."""
    since = _day_of_worst_grade(held.event)
    given_later = any(day > since for day, _infusion in doses_given(history, line))
    return given_later or (line.end is None and not history.patient.death_date)


def _day_of_worst_grade(event: AdverseEvent) -> dt.date:
    return next(each.date.last for each in event.course if each.grade is event.worst_grade)


def _transplanted_soon(history: History) -> Iterator[Contradiction]:
    """The transplant after the last mogamulizumab, or the plan of one."""
    given = _mogamulizumab(history)
    if not given or history.patient.death_date:
        return
    line = max(given, key=lambda each: (_last_on(each, history), each.id))
    transplant = _transplant_after(line, history)
    if transplant is None:
        if line.end and line.stop_reason is StopReason.TRANSPLANT:
            yield among(_("a transplant is planned; {warning}").format(warning=_warning()), line)
        return
    last = _last_on(line, history)
    days = (transplant.start.first - last).days
    if days < WASHOUT_DAYS or transplant.start.first > history.known_until:
        wrong = ngettext(
            "{n} day from mogamulizumab, last {last}, to the transplant; {warning}",
            "{n} days from mogamulizumab, last {last}, to the transplant; {warning}",
            days,
        )
        told = wrong.format(n=days, last=day_words(last), warning=_warning())
        yield among(told, line, transplant)


def _last_on(line: TreatmentLine, history: History) -> dt.date:
    return last_dose(history, line) or (line.end or line.start).last


def _transplant_after(line: TreatmentLine, history: History) -> TreatmentLine | None:
    later = [
        each
        for each in history.lines
        if each.category is Category.TRANSPLANT
        and AUTOLOGOUS not in each.regimen
        and each.start.last >= line.start.first
    ]
    return later[0] if later else None


def _warning() -> str:
    return _(
        "US label: severe or steroid-refractory acute GVHD and deaths after an allogeneic "
        "transplant; EBMT 2025: {weeks} weeks in between"
    ).format(weeks=WASHOUT_DAYS // 7)


def _mogamulizumab(history: History) -> list[TreatmentLine]:
    return [line for line in history.lines if line.has_mogamulizumab]


CHECKS: tuple[Check, ...] = (_goes_on_after_a_stop, _transplanted_soon)
