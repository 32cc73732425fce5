"""Many reports in one run, on every core: a report needs a history, and no key of the store."""

import os
import sys
from collections import deque
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

from models import ctcae, therapies
from models.base import ClinicError
from models.bugs import as_told
from models.ctcae_terms import Terms
from models.therapies import Category
from models.words import _
from reports.asked import Asked, Printing
from reports.catalogue import REPORTS, Report

FEW = 4
MOST_WORKERS = 61
"""More are refused by Windows."""

Made = bytes | ClinicError


def build_each(
    report: Report, asked: Iterable[Asked | ClinicError], printing: Printing, workers: int
) -> Generator[Made, None, None]:
    """The PDF of each, in their order, or why there is none; what could not even be asked is passed
    on. Few are read ahead, so that memory stays flat; whoever closes it stops the rest.

    `workers`: how many processes build them; with 0 this one does.
    """
    if not workers:
        for each in asked:
            yield each if isinstance(each, ClinicError) else _built(report.kind, each, printing)
        return
    waiting: deque[_Task] = deque()
    pool = _Pool(workers)
    try:
        for each in asked:
            waiting.append(_Task(pool, report.kind, each, printing))
            if len(waiting) > FEW * workers:
                yield waiting.popleft().made()
        while waiting:
            yield waiting.popleft().made()
    finally:
        pool.end()


def workers_for(reports: int) -> int:
    """As many as there are cores, but none for a few reports only: to begin one takes a second."""
    if reports <= FEW:
        return 0
    return min(os.cpu_count() or 1, 1 + reports // FEW, MOST_WORKERS)


class _Pool:
    """Processes that build; where they died, the next report begins new ones."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._processes = self._begun()

    def build(self, kind: str, asked: Asked, printing: Printing) -> Future[Made]:
        try:
            return self._processes.submit(_built, kind, asked, printing)
        except BrokenProcessPool:
            self.end()
            self._processes = self._begun()
            return self._processes.submit(_built, kind, asked, printing)

    def end(self) -> None:
        _send_no_more(self._processes)
        self._processes.shutdown(cancel_futures=True)

    def _begun(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers, get_context("spawn"), _begin, (ctcae.terms(), therapies.own())
        )


def _send_no_more(processes: ProcessPoolExecutor) -> None:
    """Where processes died while a long history was sent to them, the first releases of Python 3.11
    wait without end for somebody to read it (Python's issue 94777).
    """
    sent = getattr(processes, "_call_queue", None)
    if sys.version_info < (3, 11, 5) and getattr(processes, "_broken", False) and sent is not None:
        sent._reader.close()  # noqa: SLF001 - there is no other way to refuse it


class _Task:
    """One report on its way; where its process died it is tried once more, alone."""

    def __init__(
        self, pool: _Pool, kind: str, asked: Asked | ClinicError, printing: Printing
    ) -> None:
        self._pool, self._kind, self._asked, self._printing = pool, kind, asked, printing
        self._begun = None if isinstance(asked, ClinicError) else self._begin(asked)

    def made(self) -> Made:
        if isinstance(self._asked, ClinicError):
            return self._asked
        for begun in (self._begun, None):
            try:
                return (begun or self._begin(self._asked)).result()
            except BrokenProcessPool:
                continue
        return _died()

    def _begin(self, asked: Asked) -> Future[Made]:
        return self._pool.build(self._kind, asked, self._printing)


def _built(kind: str, asked: Asked, printing: Printing) -> Made:
    """An error goes from one process to another as a value."""
    try:
        return REPORTS[kind].build(asked, printing)
    except Exception as error:
        return as_told(error)


def _begin(terms: Terms, drugs: Mapping[str, Category]) -> None:
    """The clinic's terms and drugs hold here too. No process that holds a patient's history
    outlives the program, however that ends.
    """
    parent = parent_process()
    ctcae.hold(parent, terms)
    therapies.hold(parent, drugs)
    if parent is not None:
        Thread(target=_wait_for_end, args=(parent.sentinel,), daemon=True).start()


def _wait_for_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _died() -> ClinicError:
    return ClinicError(
        _("This page could not be made: what makes it ended unexpectedly, twice."),
        _("The clinic's records are not touched, and the other pages are made."),
        _("Print it alone; if it happens again, tell who looks after the program."),
    )
