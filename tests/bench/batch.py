"""How long the timelines of many patients take on one core and on two, and what memory they take.

They are made as the window makes them: read, drawn in processes of their own, put on record and
saved in a folder. The patients are the living ones of a clinic, over and over: of five two are in
treatment, with some 60 records each, and three come for follow-up, with some 25.
"""

import datetime as dt
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from threading import Event
from unittest.mock import patch

import psutil

from models.store.clinic import Clinic
from reports.catalogue import TIMELINE
from reports.wanted import Wanted
from tests.bench.clinics import AS_OF, copied, opened, people
from tests.bench.figures import Figure, median
from ui.batch_run import BatchRun, IntoFolder, Outcome, Tally

CLINIC, PATIENTS = 10_000, 1_000
QUICK_CLINIC, QUICK_PATIENTS = 1_000, 60
AT = dt.datetime(2020, 4, 30, 9, tzinfo=dt.UTC)
SEEN_EVERY = 5
MB = 2**20


def figures(quick: bool) -> Iterator[Figure]:
    """The same run on one core and on two, in turns; a short one mostly begins its processes."""
    size, count = (QUICK_CLINIC, QUICK_PATIENTS) if quick else (CLINIC, PATIENTS)
    turns = 1 if quick else 3
    at = f"{count:,} patients"
    with copied(size) as folder, opened(folder) as clinic:
        patients = [*islice(cycle(living(size)), count)]
        runs = [[Run.of(clinic, patients, cores) for cores in (1, 2)] for _turn in range(turns)]
    one, two = ([run.seconds for run in turn] for turn in zip(*runs, strict=True))
    told = {"unit": "s", "beside": "one core", "reference": statistics.median(one)}
    aim = None if quick else 0.6
    yield median("timeline PDFs, on two cores", at, two, **told, times=aim)
    yield median("one of them, on one core", at, [1000 * seconds / count for seconds in one])
    before, after = runs[-1][-1].halves
    told = {"unit": "MB", "beside": "its first half", "reference": max(before), "times": 1.1}
    yield median("most memory in the second half of the run", at, [max(after)], **told)


def living(size: int) -> Iterator[uuid.UUID]:
    return (each.id for each in people(size) if each.death_date is None)


@dataclass
class Run:
    """How long a run took, and the memory of its processes as it went on, in MB."""

    seconds: float = 0.0
    memory: list[float] = field(default_factory=list)
    _pages: int = 0

    @classmethod
    def of(cls, clinic: Clinic, patients: Sequence[uuid.UUID], cores: int) -> "Run":
        found, wanted = cls(), Wanted(TIMELINE.kind, AS_OF)
        with tempfile.TemporaryDirectory() as place, on_cores(cores):
            folder = IntoFolder(Path(place), wanted, AS_OF)
            tally = Tally(len(patients))
            batch = BatchRun(clinic, wanted, patients, AT, folder, found.tell, Event(), tally)
            began = time.perf_counter()
            batch()
            found.seconds = time.perf_counter() - began
        assert tally.done == len(patients)
        return found

    def tell(self, outcome: Outcome) -> None:
        self._pages += 1
        if self._pages % SEEN_EVERY == 0:
            own = psutil.Process()
            processes = [own, *own.children(recursive=True)]
            self.memory.append(sum(each.memory_info().rss for each in processes) / MB)

    @property
    def halves(self) -> tuple[list[float], list[float]]:
        middle = len(self.memory) // 2
        return self.memory[:middle], self.memory[middle:]


@contextmanager
def on_cores(count: int) -> Iterator[None]:
    """As on a machine with so many; where no process can be kept to some, with as many workers."""
    with patch("os.cpu_count", lambda: count):
        if not hasattr(os, "sched_setaffinity"):
            yield
            return
        every = os.sched_getaffinity(0)
        os.sched_setaffinity(0, sorted(every)[:count])
        try:
            yield
        finally:
            os.sched_setaffinity(0, every)
