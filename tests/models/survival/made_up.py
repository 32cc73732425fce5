"""Made-up cohorts of every awkward kind: ties, late comers, hardly any events, hardly anybody."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.survival.times import Times

SIZES = (1, 2, 3, 8, 25, 60, 150)
KINDS = ("days", "weeks", "to the minute", "the same for all")


@dataclass(frozen=True)
class Cohort:
    groups: list[Times]
    delayed: bool

    @property
    def all(self) -> Times:
        parts = [(g.entry, g.exit, g.event) for g in self.groups]
        return Times(*(np.concatenate(each) for each in zip(*parts, strict=True)))

    @property
    def frame(self) -> pd.DataFrame:
        """One row for each patient: `entry`, `exit`, `event`, `group`."""
        group = np.repeat(np.arange(len(self.groups)), [len(each) for each in self.groups])
        every = self.all
        return pd.DataFrame(
            {"entry": every.entry, "exit": every.exit, "event": every.event, "group": group}
        )


def cohort(seed: int) -> Cohort:
    """One to four groups; a third of the cohorts with delayed entry, many with ties."""
    dice = np.random.default_rng(seed)
    delayed = seed % 3 == 0
    kind = KINDS[seed % len(KINDS)]
    groups = [_group(dice, kind, delayed) for _number in range(int(dice.integers(1, 5)))]
    return Cohort(groups, delayed)


def _group(dice: np.random.Generator, kind: str, delayed: bool) -> Times:
    size = int(dice.choice(SIZES))
    exits = dice.exponential(dice.uniform(20, 60), size) + 1
    if kind != "to the minute":
        exits = np.ceil(exits / (7 if kind == "weeks" else 1))
    if kind == "the same for all":
        exits[:] = 7
    entry = np.zeros(size)
    if delayed:
        late = dice.random(size) < dice.choice((0.3, 0.9))
        entry[late] = np.floor(dice.random(size) * exits)[late]
    return Times.of(exits, dice.random(size) < dice.choice((0, 0.1, 0.5, 0.9, 1)), entry)
