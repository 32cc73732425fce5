"""Many reports in one run, on every core: a report needs a history, and no key of the store."""

import os
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from models.base import ClinicError
from models.bugs import as_told
from reports.asked import Asked, Printing
from reports.catalogue import REPORTS, Report

FEW = 4
Made = bytes | ClinicError


def build_each(
    report: Report, asked: Iterable[Asked | ClinicError], printing: Printing, workers: int
) -> Generator[Made, None, None]:
    """The PDF of each, in their order, or why there is none; what could not even be asked is passed
    on. Few are read ahead, so that memory stays flat; whoever closes it stops the rest.

    `workers`: how many processes.
    """
    waiting: deque[_Task] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        for each in asked:
            waiting.append(_Task(pool, report.kind, each, printing))
            if len(waiting) > FEW * workers:
                yield waiting.popleft().made()
        while waiting:
            yield waiting.popleft().made()
    finally:
        pool.shutdown(cancel_futures=True)


def workers_for(reports: int) -> int:
    """As many as there are cores, but none for a few reports only: to begin one takes a second."""
    cores = os.cpu_count() or 1
    return min(cores, 1 + reports // FEW)


class _Task:
    """One report on its way; where there is no other process to build it, this one does."""

    def __init__(
        self, pool: ProcessPoolExecutor, kind: str, asked: Asked | ClinicError, printing: Printing
    ) -> None:
        self.kind, self.asked, self.printing = kind, asked, printing
        self._future: Future[Made] | None = None
        if isinstance(asked, Asked):
            try:
                self._future = pool.submit(_built, kind, asked, printing)
            except BrokenProcessPool:
                self._future = None

    def made(self) -> Made:
        if isinstance(self.asked, ClinicError):
            return self.asked
        try:
            if self._future:
                return self._future.result()
        except BrokenProcessPool:
            self._future = None
        return _built(self.kind, self.asked, self.printing)


def _built(kind: str, asked: Asked, printing: Printing) -> Made:
    """An error goes from one process to another as a value."""
    try:
        return REPORTS[kind].build(asked, printing)
    except Exception as error:
        told = as_told(error)
        return ClinicError(told.happened, told.kept, told.next_step)
