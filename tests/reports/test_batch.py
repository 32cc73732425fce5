"""Many reports in one run: the same pages as one by one, and what fails is told."""

import datetime as dt
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from models import ctcae, therapies
from models.base import ClinicError, NoPage
from models.course import assess
from models.ctcae_terms import CtcaeTerm, CtcaeVersion, Soc
from models.history import History
from models.response import Assessment
from models.therapies import Category
from models.values import Grade
from reports.asked import Asked, Printing
from reports.batch import FEW, _Pool, build_each, workers_for
from reports.catalogue import ADVERSE_EVENTS, TIMELINE, WORK_UP
from tests.models import builders as a
from tests.models.long_course import long_course

AS_OF = dt.date(2020, 4, 30)


@pytest.mark.parametrize("workers", [0, 2])
def test_each_is_as_if_it_were_built_alone(case: History, printing: Printing, workers: int) -> None:
    asked = [Asked(case, dt.date(year, 1, 1)) for year in range(2016, 2020)]
    made = list(build_each(TIMELINE, asked, printing, workers))
    assert made == [TIMELINE.build(each, printing) for each in asked]


def test_a_process_that_builds_loads_nothing_of_the_store() -> None:
    """It begins sooner, and what reads the encrypted file is not even there."""
    loaded = "import sys, reports.batch, reports.timeline; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    names = {*said.stdout.split()}
    assert "reports.timeline" in names
    assert not {each for each in names if each.split(".")[:2] == ["models", "store"]}
    assert not names & {"sqlcipher3", "cryptography", "alembic", "PySide6"}


@pytest.fixture
def own_words() -> Iterator[None]:
    """A clinic is open that imported a table and added a drug."""
    hiccups = CtcaeTerm("Hiccups", Soc.RESPIRATORY, {Grade.MILD: "mild symptoms"})
    ctcae.hold(own_words, {CtcaeVersion.V5_0: [hiccups]})
    therapies.hold(own_words, {"lacutamab": Category.SYSTEMIC})
    yield
    ctcae.let_go(own_words)
    therapies.let_go(own_words)


@pytest.mark.usefixtures("own_words")
def test_the_clinics_own_terms_and_drugs_hold_in_every_process(printing: Printing) -> None:
    asked = Asked(a.history(a.event(term="Hiccups", grade=1)), AS_OF)
    pool = _Pool(1)
    try:
        made = pool.build(ADVERSE_EVENTS.kind, asked, printing).result()
        drugs = pool._processes.submit(therapies.names).result()
    finally:
        pool.end()
    assert made == ADVERSE_EVENTS.build(asked, printing)
    assert drugs == therapies.names()


def test_what_fails_is_told_in_its_place(case: History, printing: Printing) -> None:
    gone = ClinicError("This patient is not on file.", "Nothing was changed.", "")
    bare = Asked(a.history(), AS_OF)
    first, second, third = build_each(WORK_UP, [gone, bare, Asked(case, AS_OF)], printing, 0)
    assert first is gone
    assert isinstance(second, NoPage)
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


def die_at(number: int) -> Callable[[ProcessPoolExecutor], None]:
    """Ends the processes of a pool when so many reports have been handed to one."""
    handed = iter(range(1, 100))

    def ended(pool: ProcessPoolExecutor) -> None:
        if next(handed) <= number:
            for pid in list(pool._processes):
                os.kill(pid, signal.SIGTERM)

    return ended


@pytest.mark.parametrize(("deaths", "made"), [(1, True), (2, False)])
def test_a_report_whose_process_dies_is_tried_once_more(
    case: History,
    printing: Printing,
    monkeypatch: pytest.MonkeyPatch,
    deaths: int,
    made: bool,
) -> None:
    begun, ended = ProcessPoolExecutor.submit, die_at(deaths)

    def submit_and_die(pool: ProcessPoolExecutor, *work: object) -> object:
        future: object = begun(pool, *work)  # type: ignore[arg-type]
        ended(pool)
        return future

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit_and_die)
    (found,) = build_each(TIMELINE, [Asked(case, AS_OF)], printing, workers=1)
    assert isinstance(found, bytes) == made


def test_what_was_worked_out_here_does_not_keep_a_history_from_going_there(case: History) -> None:
    TIMELINE.build(Asked(case, AS_OF), Printing("Clinic", "anna", dt.datetime.now(tz=dt.UTC)))
    assert assess(case, case.of(Assessment)[0])
    assert case.worked_out
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301 - our own


MANY = """
import datetime as dt, sys
from models.base import PatientRecord
from models.demo.case import published_case
from models.course import assess
from models.history import History
from models.response import Assessment
from reports.asked import Asked, Printing
from reports.batch import build_each
from reports.catalogue import TIMELINE

if __name__ == "__main__":
    patient, *records = published_case()
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    asked = Asked(history, dt.date(2020, 4, 30))
    printing = Printing("Clinic", "anna", dt.datetime(2020, 4, 30, tzinfo=dt.UTC))
    for made in build_each(TIMELINE, [asked] * 1000, printing, workers=2):
        print(len(made), flush=True)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_no_process_with_a_history_outlives_the_program(tmp_path: Path) -> None:
    script = tmp_path / "many.py"
    script.write_text(MANY, encoding="utf-8")
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=here) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        workers = children_of(program.pid)
        assert len(workers) >= 2
        program.kill()
    for worker in workers:
        while alive(worker):
            os.sched_yield()


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in found.split()]


def alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_for_a_few_reports_no_process_is_begun() -> None:
    assert workers_for(FEW) == 0
    assert 1 <= workers_for(1000) <= 61


def test_a_long_history_that_was_being_sent_to_a_process_that_died_holds_up_nothing(
    printing: Printing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of it than a pipe holds: whoever sends it waits for a reader that is gone."""
    begun, ended = ProcessPoolExecutor.submit, die_at(2)

    def submit_and_die(pool: ProcessPoolExecutor, *work: object) -> object:
        future: object = begun(pool, *work)  # type: ignore[arg-type]
        ended(pool)
        return future

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit_and_die)
    long = Asked(History.of_records(a.patient(), long_course(3000)), AS_OF)
    assert len(pickle.dumps(long)) > 2**18
    (found,) = build_each(TIMELINE, [long], printing, workers=1)
    assert isinstance(found, ClinicError)
