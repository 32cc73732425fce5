"""The quiet scale of a curve: where a value lies, and the few that are written beside it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from models.lanes import Curve
from models.words import _, number_words

LOG_FLOOR = 10.0
LOG_TOP = 1000.0
LEAST_TOP = 10.0
"""A linear scale reaches at least so far: scores near 0 are drawn near 0."""
STEPS = (1.0, 2.0, 5.0, 10.0)
MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` at `foot` to `top` at `head`, on a plane whose y runs downwards."""

    low: float
    top: float
    foot: float
    head: float
    logarithmic: bool

    def y(self, value: float) -> float:
        """Where a value lies; one below a logarithmic scale lies at its foot."""
        low, top = self._placed(self.low), self._placed(self.top)
        share = (self._placed(value) - low) / (top - low)
        return self.foot - (self.foot - self.head) * share

    def _placed(self, value: float) -> float:
        return math.log10(max(value, self.low)) if self.logarithmic else value


@dataclass(frozen=True, slots=True)
class Tick:
    """A value that is written at the scale, its words centred on `y`."""

    value: float
    words: str
    y: float


def scale_of(curve: Curve, head: float, foot: float, apart: float) -> Scale:
    """A linear scale from 0 to a whole step above the peak, or a logarithmic one from 10."""
    if curve.logarithmic:
        return Scale(LOG_FLOOR, max(curve.peak, LOG_TOP), foot, head, True)
    step = _step(curve.peak, foot - head, apart)
    return Scale(0.0, math.ceil(max(curve.peak, LEAST_TOP) / step) * step, foot, head, False)


def ticks(curve: Curve, scale: Scale, near: float, apart: float) -> list[Tick]:
    """Thresholds, moved until their words are not too `near`; others as far as there is room."""
    found = [*_thresholds(curve, scale, near)]
    for tick in _steps(curve, scale, apart):
        if all(abs(tick.y - other.y) >= near for other in found):
            found.append(tick)
    return found


def _thresholds(curve: Curve, scale: Scale, near: float) -> Iterator[Tick]:
    """From the highest down."""
    above = scale.head - near
    for name, value in reversed(curve.thresholds):
        if scale.low <= value <= scale.top:
            above = max(scale.y(value), above + near)
            words = _("{name} {value}").format(name=name, value=number_words(value))
            yield Tick(value, words, above)


def _steps(curve: Curve, scale: Scale, apart: float) -> Iterator[Tick]:
    if scale.logarithmic:
        yield Tick(scale.low, _("≤ {value}").format(value=number_words(scale.low)), scale.foot)
        values = [10.0**power for power in range(int(math.log10(scale.top)), 1, -1)]
    else:
        step = _step(curve.peak, scale.foot - scale.head, apart)
        values = [step * number for number in range(round(scale.top / step) + 1)]
    yield from (Tick(value, number_words(value), scale.y(value)) for value in values)


def _step(peak: float, height: float, apart: float) -> float:
    """The smallest round step that reaches the peak in few steps, no nearer than `apart`."""
    peak, most = max(peak, LEAST_TOP), min(max(int(height / apart), 1), MOST_STEPS)
    power = 10.0 ** math.floor(math.log10(peak / most))
    steps = (step * power for step in STEPS)
    return next(step for step in steps if math.ceil(peak / step) <= most)
