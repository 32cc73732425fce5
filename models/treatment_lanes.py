"""Of a timeline what was done: lines of treatment, and infusions, as planned and as given."""

import datetime as dt
from collections.abc import Iterator

from models.history import History
from models.lanes import Bar, Mark, Point, Track
from models.therapies import short_name
from models.treatment import Cycle, Infusion, InfusionStatus, TreatmentLine
from models.values import PartialDate
from models.words import _, ngettext

LETTERED = 5
"""Every so many cycles have their number above the first infusion."""


def line_tracks(history: History, horizon: dt.date) -> tuple[Track, ...]:
    """A bar for each line; one that goes on is open at the horizon, or ended by death."""
    death = history.patient.death_date

    def track(line: TreatmentLine) -> Track:
        bar = Bar(
            start=line.start,
            end=line.end or death or PartialDate.of(horizon),
            fill=line.category,
            open_end=line.end is None and death is None,
            elsewhere=not line.given_here,
            ended_by_death=line.end is None and death is not None,
        )
        label = " + ".join(short_name(drug) for drug in line.regimen)
        return Track((bar,), (), label, line.id)

    return tuple(track(line) for line in history.lines)


def infusion_tracks(history: History) -> tuple[Track, ...]:
    """One track of all infusions, omitted ones where they were planned."""
    points = sorted(_infusions(history), key=lambda point: point.on)
    return (Track(points=tuple(points)),) if points else ()


def infusions_note(tracks: tuple[Track, ...]) -> str:
    """`62 given`, `60 of 62 given`; empty without infusions."""
    marks = [point.mark for track in tracks for point in track.points]
    given = sum(mark is not Mark.OMITTED for mark in marks)
    if given < len(marks):
        return _("{n} of {all} given").format(n=given, all=len(marks))
    return ngettext("{n} given", "{n} given", given).format(n=given) if marks else ""


def _infusions(history: History) -> Iterator[Point]:
    for line in history.lines:
        cycles = {cycle.id: cycle for cycle in history.cycles_of(line)}
        for infusion in history.infusions_of(line):
            yield _infusion(infusion, cycles[infusion.cycle], history)


def _infusion(infusion: Infusion, cycle: Cycle, history: History) -> Point:
    planned = history.planned(infusion) or cycle.day_1
    starts = infusion.day == 1 and (cycle.number == 1 or cycle.number % LETTERED == 0)
    return Point(
        on=PartialDate.of(infusion.given_on or planned),
        mark=_mark(infusion, history),
        record=infusion.id,
        letters=_("C{number}").format(number=cycle.number) if starts else "",
        planned=planned,
    )


def _mark(infusion: Infusion, history: History) -> Mark:
    if infusion.status is InfusionStatus.OMITTED:
        return Mark.OMITTED
    if infusion.status is not InfusionStatus.GIVEN:
        return Mark.REDUCED
    return Mark.DELAYED if history.is_delayed(infusion) else Mark.GIVEN
