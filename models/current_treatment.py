"""The treatment that goes on, or the last one, in detail: doses planned and given, the next one."""

from collections.abc import Iterator

from models.course import active_lines, doses_given
from models.due import DueKind
from models.figures.figure import Figure
from models.figures.lines import given_figures
from models.history import History
from models.intensity import dose_intensity
from models.protocol import BY_LABEL
from models.summary import Summary
from models.treatment import Infusion, InfusionStatus, TreatmentLine, delay
from models.values import Days
from models.visit import Visit, VisitStatus
from models.words import _, capitalised, day_words, ngettext, number_words

MOST_TOLD = 4


def current_treatments(summary: Summary) -> list[TreatmentLine]:
    """The lines against the disease that go on; where none does, the last one."""
    last = [summary.last_line] if summary.last_line else []
    return summary.running or last


def treatment_figures(summary: Summary, line: TreatmentLine) -> Iterator[Figure]:
    """Protocol, cycles, dose intensity, what was not given as planned, the last dose, the next."""
    group = line.regimen_words
    if line.protocol and line.protocol != BY_LABEL:
        yield Figure(group, _("Protocol"), str(line.protocol), "", ())
    yield from given_figures(group, summary, line)
    history = summary.history
    if not history.infusions_of(line):
        yield Figure(group, _("Dose"), line.dose_text or "", "", ())
        return
    if dose_intensity(history, line) is None:
        words = _("cannot be worked out")
        yield Figure(group, _("Dose intensity"), capitalised(words), _no_intensity(line), ())
    yield from _not_as_planned(group, history, line)
    yield from _last_dose(group, summary, line)
    yield from _next(group, summary, line)


def noted_plan(history: History) -> Visit | None:
    """The newest visit that took place, where it notes a plan and no line has ended since then."""
    done = [visit for visit in history.of(Visit) if visit.status is VisitStatus.DONE]
    newest = done[-1] if done else None
    ended = [line.end.last for line in active_lines(history) if line.end]
    if newest is None or not newest.plan or any(newest.date < end for end in ended):
        return None
    return newest


def _no_intensity(line: TreatmentLine) -> str:
    if line.protocol is None:
        return _("the line has no protocol")
    return _("a cycle is missing between those entered, or the height for a dose in mg/m²")


def _not_as_planned(group: str, history: History, line: TreatmentLine) -> Iterator[Figure]:
    """The latest doses that were late, reduced, interrupted or omitted, each with its reason."""
    told = [words for each in history.infusions_of(line) if (words := _departure(history, each))]
    earlier = len(told) - MOST_TOLD
    shown = [*reversed(told)][:MOST_TOLD]
    if earlier > 0:
        shown.append(_("and {n} earlier").format(n=earlier))
    if shown:
        yield Figure(group, _("Not as planned"), "; ".join(shown), "", ())


def _departure(history: History, infusion: Infusion) -> str:
    """`C3 day 15: omitted (fever)`, `C5 day 1: 9 days late`; empty where all went as planned."""
    parts = []
    if infusion.status is not InfusionStatus.GIVEN:
        parts.append(_(infusion.status.value))
    planned = history.planned(infusion)
    if planned and history.is_delayed(infusion):
        late = delay(infusion, planned) or 0
        parts.append(ngettext("{n} day late", "{n} days late", late).format(n=late))
    if not parts:
        return ""
    reason = f" ({infusion.reason})" if infusion.reason else ""
    return f"{_slot(history, infusion)}: {', '.join(parts)}{reason}"


def _slot(history: History, infusion: Infusion) -> str:
    cycle = history.cycle_of(infusion)
    return _("C{cycle} day {day}").format(cycle=cycle.number if cycle else "", day=infusion.day)


def _last_dose(group: str, summary: Summary, line: TreatmentLine) -> Iterator[Figure]:
    doses = doses_given(summary.history, line)
    if not doses:
        return
    day, infusion = max(doses, key=lambda dose: dose[0])
    mg = infusion.dose_mg
    parts = (
        day_words(day),
        _slot(summary.history, infusion),
        "" if mg is None else f"{number_words(mg)} mg",
    )
    ago = _("{time} ago").format(time=Days.between(day, summary.today).words)
    value = ", ".join(part for part in parts if part)
    yield Figure(group, _("Last dose"), value, ago if day < summary.today else "", ())


def _next(group: str, summary: Summary, line: TreatmentLine) -> Iterator[Figure]:
    for due in summary.due:
        if due.kind is DueKind.INFUSION and due.record.id == line.id:
            value = f"{day_words(due.on)}, {due.what}"
            late = _("overdue") if due.overdue(summary.today) else ""
            yield Figure(group, _("Next dose"), value, late, (due.rule,) if due.rule else ())
