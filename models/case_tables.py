"""The response at each assessment, and skin and blood at each measurement, in words for a table."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from models.blood import BloodCount
from models.comparing import compared
from models.compartments import skin_scores
from models.course import assess, began, line_on
from models.history import History
from models.placement import Places, places_of
from models.response import RANK, RESPONDING, Assessment
from models.skin import SkinScore
from models.skin_course import change_words
from models.summary import Summary
from models.values import PartialDate
from models.visit import Visit, VisitStatus
from models.words import _, day_words, number_words


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """`parts`: skin, nodes, blood and viscera; none where the state was told at visits."""

    day: str
    cycle: str
    parts: tuple[str, ...]
    response: str
    visits: int = 0


def response_rows(summary: Summary) -> list[ResponseRow]:
    """Every assessment, and each run of visits at which the same state of the disease was told."""
    history = summary.history
    told: list[Assessment | Visit] = [*history.of(Assessment)]
    told += [each for each in history.of(Visit) if _tells(each)]
    places, confirmed = places_of(history), _confirmed(summary)
    rows = []
    for _same, group in groupby(sorted(told, key=lambda each: each.date), key=_sameness):
        first, *others = group
        if isinstance(first, Assessment):
            rows.append(_assessed(history, places, first, confirmed))
        else:
            rows.append(_told_at_visits(places, first, [*others]))
    return rows


def _tells(visit: Visit) -> bool:
    return visit.status is VisitStatus.DONE and visit.disease_status in RANK


def _sameness(told: Assessment | Visit) -> object:
    """What a visit tells; an assessment has a row of its own."""
    return told.disease_status if isinstance(told, Visit) else told.id


def _told_at_visits(
    places: Places, first: Visit, others: Sequence[Assessment | Visit]
) -> ResponseRow:
    last = others[-1] if others else first
    days = dict.fromkeys(day_words(each.date) for each in (first, last))
    state = first.disease_status.words if first.disease_status else ""
    cycle = _cycle(places, last.date)
    return ResponseRow(" – ".join(days), cycle, (), state, visits=1 + len(others))


def _confirmed(summary: Summary) -> dict[uuid.UUID, bool | None]:
    """By record, whether the response that it tells was confirmed later."""
    seen_under = [found.seen for found in summary.endpoints.lines if found.seen]
    return {
        status.record.id: seen.confirmed(status) for seen in seen_under for status in seen.statuses
    }


def _assessed(
    history: History, places: Places, told: Assessment, confirmed: dict[uuid.UUID, bool | None]
) -> ResponseRow:
    found = assess(history, told)
    parts = tuple(
        each.response.words if each.response else _("not known") for each in found.compartments
    )
    words = [found.response.words if found.response else _("cannot be worked out")]
    if found.response in RESPONDING:
        words.append(_("confirmed") if confirmed.get(told.id) else _("not confirmed"))
    if found.judgement:
        words.append(_("the clinician's judgement"))
    return ResponseRow(day_words(told.date), _cycle(places, told.date), parts, ", ".join(words))


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A day's skin score and blood count; a text is empty where it was not measured.

    `change`: of the mSWAT, against the one before the line of its time.
    """

    day: str
    cycle: str
    mswat: str
    change: str
    surface: str
    cells: str
    b_class: str


def measure_rows(history: History) -> list[MeasureRow]:
    """Every day with a skin score or a count of neoplastic cells."""
    scores = {score.date: score for score in history.of(SkinScore)}
    counts = {count.date: count for count in history.of(BloodCount) if count.neoplastic is not None}
    places = places_of(history)
    return [
        MeasureRow(
            day_words(day),
            _cycle(places, day),
            *_skin(history, scores.get(day)),
            *_blood(counts.get(day)),
        )
        for day in sorted({*scores, *counts})
    ]


def _skin(history: History, score: SkinScore | None) -> tuple[str, str, str]:
    if score is None:
        return "", "", ""
    surface = score.body_surface
    percent = "" if surface is None else _("{percent} %").format(percent=number_words(surface))
    return number_words(score.mswat), _change(history, score), percent


def _change(history: History, score: SkinScore) -> str:
    """`−66 %`; `baseline` of the score that the others are compared with."""
    line = line_on(history, score.date)
    baseline, now = compared(
        skin_scores(history), began(history, line) if line else None, score.date
    )
    if baseline is None or now is None:
        return ""
    if baseline.record is score:
        return _("baseline")
    return change_words(baseline.what, score.mswat)


def _blood(count: BloodCount | None) -> tuple[str, str]:
    if count is None or count.neoplastic is None:
        return "", ""
    return number_words(count.neoplastic), count.b_suffixed or ""


def _cycle(places: Places, day: dt.date) -> str:
    """`C6 day 1`; empty before and without any."""
    return places.place(PartialDate.of(day)).cycle_words
