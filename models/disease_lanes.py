"""Of a timeline what the disease did: its response, its stage, and its measurements."""

from itertools import zip_longest

from models.blood import B1_FROM, B2_FROM, BloodCount
from models.course import Status, statuses
from models.history import History
from models.lanes import Bar, Curve, Mark, Point, Track, Value
from models.response import FAILING
from models.staging import Staging
from models.values import PartialDate
from models.words import _


def response_tracks(history: History) -> tuple[Track, ...]:
    """One bar for as long as the state of the disease held, as far as it was seen."""
    runs: list[list[Status]] = []
    for status in statuses(history):
        if runs and runs[-1][0].response is status.response:
            runs[-1].append(status)
        else:
            runs.append([status])
    tracks = []
    for run, following in zip_longest(runs, runs[1:]):
        end = following[0].date if following else run[-1].date
        alive = following is None and history.patient.death_date is None
        bar = Bar(
            PartialDate.of(run[0].date),
            PartialDate.of(end),
            run[0].response,
            open_end=alive and run[0].response not in FAILING,
            letters=_(run[0].response.value),
        )
        tracks.append(Track((bar,), record=run[0].record.id))
    return tuple(tracks)


def stage_tracks(history: History) -> tuple[Track, ...]:
    """One track of all stagings: the working stage, then the classes where they are others."""
    stagings = history.of(Staging)
    points = tuple(
        Point(
            on=staging.date,
            mark=Mark.STAGED,
            record=staging.id,
            letters=staging.stage or _("no stage"),
            more=staging.tnmb if before is None or before.tnmb != staging.tnmb else "",
        )
        for before, staging in zip((None, *stagings), stagings, strict=False)
    )
    return (Track(points=points),) if points else ()


def skin_curve(history: History) -> Curve | None:
    values = tuple(Value(score.date, mswat, score.id) for score, mswat in history.mswats)
    return Curve("mSWAT", values) if values else None


def blood_curve(history: History) -> Curve | None:
    """On a logarithmic scale: counts differ by orders of magnitude, and the classes lie low."""
    values = tuple(
        Value(count.date, count.neoplastic, count.id)
        for count in history.of(BloodCount)
        if count.neoplastic is not None
    )
    thresholds = (("B1", float(B1_FROM)), ("B2", float(B2_FROM)))
    return Curve(_("Sézary cells/µL"), values, thresholds, True) if values else None
