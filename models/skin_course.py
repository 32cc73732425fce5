"""Which skin scores a new one is compared with: the last, the baseline, the lowest since then."""

import datetime as dt
import uuid
from dataclasses import dataclass

from models.comparing import compared
from models.compartments import skin_scores
from models.course import began, line_on
from models.history import History
from models.skin import Regions, SkinScore, mswat_change
from models.values import earliest
from models.words import _, day_words, number_words


@dataclass(frozen=True, slots=True)
class Earlier:
    """A score that was recorded before; without regions where only its total was stated."""

    date: dt.date
    mswat: float
    regions: Regions


@dataclass(frozen=True, slots=True)
class Before:
    """What a score is compared with; None where there is none."""

    last: Earlier | None = None
    baseline: Earlier | None = None
    nadir: Earlier | None = None


def skin_before(history: History, on: dt.date, but: uuid.UUID | None = None) -> Before:
    """What a score of this day is compared with, as its response is worked out.

    `but`: the score itself, where it is on file already.
    """
    seen = [
        found
        for found in skin_scores(history)
        if earliest(found.date) < on and found.record.id != but
    ]
    line = line_on(history, on)
    baseline, _now = compared(seen, began(history, line) if line else None, on)
    since = [] if baseline is None else seen[seen.index(baseline) :]
    nadir = min(since, key=lambda found: found.what, default=None)
    last = seen[-1] if seen else None
    return Before(*(_earlier(found.record) if found else None for found in (last, baseline, nadir)))


def changes_in_words(before: Before, now: float) -> list[str]:
    """`−79 % against the baseline, 112 on 6 Jul 2015`; one and the same score is told once."""
    named = (
        (before.last, _("the last")),
        (before.baseline, _("the baseline")),
        (before.nadir, _("the nadir")),
    )
    names: dict[dt.date, list[str]] = {}
    scores: dict[dt.date, Earlier] = {}
    for score, name in named:
        if score is not None:
            names.setdefault(score.date, []).append(name)
            scores[score.date] = score
    return [
        _("{change} against {names}, {score} on {date}").format(
            change=change_words(scores[date].mswat, now),
            names=_(" and ").join(found),
            score=number_words(scores[date].mswat),
            date=day_words(date),
        )
        for date, found in names.items()
    ]


def change_words(before: float, now: float) -> str:
    """`−66 %`, `no change`; `new lesions` where there were none before."""
    percent = mswat_change(before, before, now).from_baseline
    if percent is None:
        return _("new lesions") if now else _("no change")
    return f"{percent:+.0f} %".replace("-", "−") if round(percent) else _("no change")


def _earlier(record: object) -> Earlier | None:
    if not isinstance(record, SkinScore):
        return None
    return Earlier(record.date, record.mswat, record.regions)
