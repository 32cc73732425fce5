"""Many reports in one run: the same pages as one by one, and what fails is told."""

import datetime as dt
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from models.base import ClinicError
from models.history import History
from reports.asked import Asked, Printing
from reports.batch import FEW, build_each
from reports.catalogue import TIMELINE, WORK_UP
from tests.models import builders as a

AS_OF = dt.date(2020, 4, 30)


def test_each_is_as_if_it_were_built_alone(case: History, printing: Printing) -> None:
    asked = [Asked(case, dt.date(year, 1, 1)) for year in range(2016, 2020)]
    made = list(build_each(TIMELINE, asked, printing, workers=2))
    assert made == [TIMELINE.build(each, printing) for each in asked]


def test_what_fails_is_told_in_its_place(case: History, printing: Printing) -> None:
    gone = ClinicError("This patient is not on file.", "Nothing was changed.", "")
    bare = Asked(a.history(), AS_OF)
    first, second, third = build_each(WORK_UP, [gone, bare, Asked(case, AS_OF)], printing, 1)
    assert first is gone
    assert isinstance(second, ClinicError)
    assert second.next_step
    assert isinstance(third, bytes)


def test_few_are_read_ahead_and_the_rest_is_left_when_it_is_closed(
    case: History, printing: Printing
) -> None:
    read: list[int] = []

    def asked() -> Iterator[Asked]:
        for number in range(1000):
            read.append(number)
            yield Asked(case, AS_OF)

    made = build_each(TIMELINE, asked(), printing, workers=1)
    next(made)
    made.close()
    assert len(read) <= FEW + 2


def test_where_the_other_process_dies_this_one_goes_on(
    case: History, printing: Printing, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = ProcessPoolExecutor.submit

    def submit_and_die(pool: ProcessPoolExecutor, *work: object) -> object:
        future: object = begun(pool, *work)  # type: ignore[arg-type]
        for pid in list(pool._processes):
            os.kill(pid, signal.SIGTERM)
        return future

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit_and_die)
    asked = Asked(case, AS_OF)
    made = list(build_each(TIMELINE, [asked, asked, asked], printing, workers=1))
    assert made == [TIMELINE.build(asked, printing)] * 3
