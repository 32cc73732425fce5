"""How much memory the window takes through rounds of a day's work, and whether that grows.

One round: a patient is found and opened, every tab looked at, a visit saved and undone, a page
previewed, what is due and everybody listed, searched and scrolled; now and then somebody locks and
comes in again. Each clinic is worked in by a program of its own, started as anybody starts it. The
cohort, which holds what it reads of everybody, is told apart.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from statistics import median as middle

from tests.bench.clinics import AS_OF, copied
from tests.bench.figures import Figure
from tests.bench.start import HERE, a_home

ROUNDS = ((1_000, 60), (100_000, 60))
QUICK = ((1_000, 2),)
"""Patients and rounds: sixty are more than an hour's work."""
LOCKED_EVERY = 10
AT_MOST, GROWTH = 300, 0.5
LONGEST_S = 1800
PROGRAM = """
import datetime as dt, os, sys, traceback
import main
from PySide6.QtWidgets import QApplication
from ui import main_window

folder, rounds, today = sys.argv[1:]
main_window.today = lambda: dt.date.fromisoformat(today)

def work(app):
    try:
        from tests.bench.day import Day
        windows = [each for each in app.topLevelWidgets() if each.inherits("QMainWindow")]
        day = Day(windows[0])
        for number in range(int(rounds)):
            print(day.round(number), flush=True)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)

QApplication.exec = work  # in the place of somebody who sits before it
main.main(["--clinic", folder])
"""


def figures(quick: bool) -> Iterator[Figure]:
    """Megabytes of the whole process, as the system counts them."""
    for size, rounds in QUICK if quick else ROUNDS:
        yield from _told(f"{size:,} patients, {rounds} rounds", _taken(size, rounds))


def _taken(size: int, rounds: int) -> list[float]:
    """After each round, told by the program itself."""
    with copied(size) as folder, a_home() as environment:
        words = [sys.executable, "-c", PROGRAM, str(folder), str(rounds), AS_OF.isoformat()]
        told = subprocess.run(
            words,
            cwd=HERE,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=LONGEST_S,
        )
    return [*map(float, told.stdout.split())]


def _told(at: str, taken: Sequence[float]) -> Iterator[Figure]:
    """Growth: from the rounds between two locks to those before the last one."""
    most, least = max(taken), min(taken)
    yield Figure("memory after the first round", at, taken[0], taken[0], taken[0], "MB")
    yield Figure("memory after the last", at, taken[-1], least, most, "MB")
    yield Figure("the most of it", at, most, least, most, "MB", at_most=AT_MOST)
    before, last = taken[-2 * LOCKED_EVERY : -LOCKED_EVERY], taken[-LOCKED_EVERY:]
    if before:
        growth = (middle(last) - middle(before)) / LOCKED_EVERY
        yield Figure("growth a round, at last", at, growth, growth, growth, "MB", at_most=GROWTH)
