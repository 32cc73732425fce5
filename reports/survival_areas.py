"""What is told of a survival curve under the pointer, and of whom."""

from collections.abc import Iterator

import numpy as np

from models.cohort.figure_words import months_words, percent_words
from models.cohort.survival_result import Group
from models.words import _, capitalised, ngettext
from reports.drawing import REACH, Area
from reports.step_curve import Frame, Numbers, Points, Run, levels, runs, step_points

NEAREST = 6.0
"""Areas are no narrower than this."""


def areas(group: Group, frame: Frame) -> Iterator[Area]:
    """Of its steps, each along its line, then of those censored, above the curve."""
    had = group.left(by_event=True)
    for run in runs(group, frame, NEAREST):
        path = _path(run, frame)
        (left, top), (right, bottom) = path[0], path[-1]
        width, height = right - left + 2 * REACH, bottom - top + 2 * REACH
        who, words = had.who(*run.days), step_words(run)
        yield Area(left - REACH, top - REACH, width, height, who, words, path)
    yield from _of_censored(group, frame)


def _path(run: Run, frame: Frame) -> Points:
    """From the run's first step on, up to the next run."""
    curve, steps = run.group.curve, slice(run.first, run.after)
    days, shares = curve.days[steps], curve.survival[steps]
    return step_points(frame, days, shares, frame.day(run.next_x), run.before)[1:]


def step_words(run: Run) -> str:
    """`Sézary syndrome, 14.2 months: 63 % (51 to 74), 23 at risk, 2 events`."""
    curve, last = run.group.curve, run.after - 1
    share = _("{percent} %").format(percent=percent_words(float(curve.survival[last])))
    if np.isfinite(curve.low[last]):
        low, high = (percent_words(float(line[last])) for line in (curve.low, curve.high))
        share = _("{value} ({low} to {high})").format(value=share, low=low, high=high)
    events = int(curve.events[run.first : run.after].sum())
    return _("{group}, {time}: {share}, {n} at risk, {events}").format(
        group=capitalised(run.group.name),
        time=time_words(*run.days),
        share=share,
        n=int(curve.at_risk[run.first]),
        events=ngettext("{n} event", "{n} events", events).format(n=events),
    )


def time_words(first: float, last: float) -> str:
    """`14.2 months`, `14.2 to 15.0 months`."""
    one, other = months_words(first), months_words(last)
    if one == other:
        return _("{n} months").format(n=one)
    return _("{first} to {last} months").format(first=one, last=other)


def _of_censored(group: Group, frame: Frame) -> Iterator[Area]:
    left = group.left(by_event=False)
    apart = frame.days * NEAREST / frame.width
    for first, last, n in _clusters(left.days, apart):
        y = frame.y(float(levels(group, np.array([first]))[0]))
        x, width = frame.x(first) - NEAREST / 2, frame.x(last) - frame.x(first) + NEAREST
        words = ngettext("{group}, {time}: {n} censored", "{group}, {time}: {n} censored", n)
        words = words.format(group=capitalised(group.name), time=time_words(first, last), n=n)
        yield Area(x, y - 2 * REACH, width, 2 * REACH - 1, left.who(first, last), words)


def _clusters(days: Numbers, apart: float) -> Iterator[tuple[float, float, int]]:
    """First and last day and number of those who left within that time of each other."""
    begin = 0
    while begin < len(days):
        first = float(days[begin])
        end = int(np.searchsorted(days, np.nextafter(max(first + apart, first), np.inf)))
        yield first, float(days[end - 1]), end - begin
        begin = end
