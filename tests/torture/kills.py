"""A process killed at a random moment of saving, bringing up to date, backing up or restoring.

Whatever it said was saved must be on file; the store must be sound and its audit trail whole. The
moments are drawn from the time that the work takes here: a process that ends before it is killed
does not count, and the next one is killed a little earlier.
"""

import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from itertools import chain, count
from pathlib import Path

from models.base import revised
from models.store.clinic import Clinic
from models.store.places import BACKUPS
from models.store.restoring import ByPassword, look, restore
from models.visit import Visit
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.torture.figures import Figures

KEPT = Path(__file__).parents[1] / "models" / "store" / "kept"
FIRST_GUESS = 0.3  # seconds
BEGUN = "begun"
KILLS, ACKNOWLEDGED, LOST = "kills", "acknowledged", "lost"
DAMAGED, TOO_LATE = "damaged or unlinked", "ended before the kill"
CHECKED_EACH = 10  # saves go on in one store, whose check takes ever longer

Say = Callable[[str], None]
Work = Callable[[Say], None]


class Moments:
    """When to kill: any moment is as likely, from the beginning of the work until its end."""

    def __init__(self, rng: random.Random) -> None:
        self._rng, self._span = rng, FIRST_GUESS

    def draw(self) -> float:
        """Seconds after the work began."""
        return self._rng.uniform(0, self._span)

    def learn(self, *, was_killed: bool) -> None:
        self._span *= 1.05 if was_killed else 0.7


def new_figures() -> Figures:
    figures = Figures()
    for what in (KILLS, ACKNOWLEDGED, LOST, DAMAGED):
        figures.count(what, 0)
    return figures


def killed(work: Work, moment: float) -> tuple[list[str], bool]:
    """What `work` said until it was killed, `moment` seconds after it said `BEGUN`, and whether."""
    hears, says = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_end(work, says)
    os.close(says)
    said = b"".join(_heard(hears, moment))
    os.kill(child, signal.SIGKILL)
    said += b"".join(_heard(hears, None))
    os.close(hears)
    _child, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"the work failed: {said.decode()}")
    return said.decode().split()[1:], os.WIFSIGNALED(status)


def _work_and_end(work: Work, says: int) -> None:
    """In the child; what it says has arrived before it goes on."""
    try:
        work(lambda word: _say(says, word))
    except BaseException as error:
        os.write(says, f"{BEGUN}\n{error!r}".encode())
        os._exit(1)
    os._exit(0)


def _say(says: int, word: str) -> None:
    os.write(says, f"{word}\n".encode())


def _heard(hears: int, seconds: float | None) -> Iterator[bytes]:
    """What arrives within this time after the first word; without a time, all there is."""
    end = None
    while True:
        left = None if end is None or seconds is None else max(0, end - time.monotonic())
        ready, _writing, _failed = select.select([hears], [], [], left)
        if not ready:
            return
        piece = os.read(hears, 2**16)
        if not piece:
            return
        end = end or time.monotonic() + (seconds or 0)
        yield piece


def _kills(figures: Figures, kills: int, rng: random.Random, work: Work) -> Iterator[list[str]]:
    """What was said before each of so many kills; who begins anew has seen to its folder."""
    moments = Moments(rng)
    while figures.counts[KILLS] < kills:
        said, was_killed = killed(work, moments.draw())
        moments.learn(was_killed=was_killed)
        figures.count(KILLS if was_killed else TOO_LATE)
        yield said


def saving(folder: Path, kills: int, rng: random.Random) -> Figures:
    """Patients with visits and corrections, by one process after another."""
    figures = new_figures()
    with _opened(folder) as clinic:
        patient = clinic.save(a.patient())
    promised: dict[str, int] = {}

    def work(say: Say) -> None:
        clinic = _opened(folder)
        say(BEGUN)
        while True:
            visit = clinic.save(a.visit(a.START, patient=patient.id))
            say(f"{visit.id.hex}=1")
            corrected = clinic.save(revised(visit, notes="corrected"))
            say(f"{corrected.id.hex}=2")

    for said in _kills(figures, kills, rng, work):
        whole = [word.split("=") for word in said]
        promised |= {key: int(version) for key, version in whole}
        figures.count(ACKNOWLEDGED, len(whole))
        with _opened(folder) as clinic:
            there = {each.id.hex: each.version for each in clinic.history(patient.id).of(Visit)}
            last = figures.counts[KILLS] in {kills, kills // 2}
            faults = clinic.check() if last or figures.counts[KILLS] % CHECKED_EACH == 0 else []
            _enter(figures, [*clinic.notices, *faults])
        figures.count("on file before it was said", _ahead(there, promised))
        figures.count(LOST, sum(there.get(key, 0) < last for key, last in promised.items()))
        promised |= there
    return figures


def _ahead(there: dict[str, int], promised: dict[str, int]) -> int:
    """Whether the kill came between a step that stands and the word that it does."""
    return any(promised.get(key, 0) < version for key, version in there.items())


def bringing_up_to_date(scratch: Path, kills: int, rng: random.Random) -> Figures:
    """A store of a former version, opened by a process that is killed."""
    figures = new_figures()
    versions = sorted(path for path in KEPT.iterdir() if path.is_dir())[:-1]
    folder = scratch / "former"

    def work(say: Say) -> None:
        say(BEGUN)
        _opened(folder).close()

    def begin() -> list[str]:
        shutil.rmtree(folder, ignore_errors=True)
        kept = versions[figures.counts[KILLS] % len(versions)]
        shutil.copytree(kept, folder)
        with _opened(shutil.copytree(kept, scratch / kept.name, dirs_exist_ok=True)) as clinic:
            return [str(each.id) for each in clinic.patients()]

    on_file = begin()
    for _said in _kills(figures, kills, rng, work):
        figures.count(ACKNOWLEDGED, len(on_file))
        stage, copies = _stage_of_copying(folder), _copies(folder)
        with _opened(folder) as clinic:
            patients = {str(each.id) for each in clinic.patients()}
            _enter(figures, clinic.check())
        anew = len(_copies(folder)) > len(copies)
        stage = f"{stage}, tables {'former' if anew else 'new'}" if copies else stage
        figures.count(f"killed {stage}")
        figures.count(LOST, len({*on_file} - patients))
        on_file = begin()
    return figures


def _copies(folder: Path) -> list[Path]:
    return [*(folder / BACKUPS).glob("before-*.db")]


def _stage_of_copying(folder: Path) -> str:
    if _copies(folder):
        return "after the copy"
    begun = any((folder / BACKUPS).glob(".before-*"))
    return "while copying" if begun else "before the copy"


def backing_up(folder: Path, kills: int, rng: random.Random) -> Figures:
    """A process that saves and backs up; every backup it named must open and be whole."""
    figures = new_figures()
    goal = folder.parent / "goal"
    goal.mkdir()
    with _opened(folder) as clinic:
        patient = clinic.save(a.patient())

    def work(say: Say) -> None:
        clinic = _opened(folder)
        say(BEGUN)
        while True:
            clinic.save(a.visit(a.START, patient=patient.id))
            say(clinic.backups.take(goal).backup.path.name)

    for said in _kills(figures, kills, rng, work):
        figures.count(ACKNOWLEDGED, len(said))
        if any(goal.glob(".ctcl-*")):
            figures.count("killed with a copy half-made")
        figures.count(LOST, any(not (goal / name).exists() for name in said[-1:]))
        for backup in sorted(goal.glob("ctcl-*.db"))[-1:]:
            with look(backup, folder, ByPassword(USER, PASSWORD)) as looked:
                _enter(figures, looked.faults)
    with _opened(folder) as clinic:
        _enter(figures, [*clinic.notices, *clinic.check()])
    return figures


def restoring(folder: Path, kills: int, rng: random.Random) -> Figures:
    """A backup put in the place of a clinic by a process that is killed: one of the two is left.

    Half of the kills come after the last moment at which it could be stopped: the switch is short.
    """
    figures = new_figures()
    with _opened(folder) as clinic:
        clinic.save(a.patient(mrn="THEN"))
        backup = clinic.backups.take(folder.parent).backup.path
        clinic.save(revised(clinic.patient("THEN"), mrn="NOW"))
    former = shutil.copytree(folder, folder.parent / "former")

    def from_its_beginning(say: Say) -> None:
        say(BEGUN)
        with look(backup, folder, ByPassword(USER, PASSWORD)) as looked:
            restore(looked)

    def from_the_switch(say: Say) -> None:
        times = count()
        with look(backup, folder, ByPassword(USER, PASSWORD)) as looked:
            restore(looked, lambda _done, _whole: say(BEGUN) if next(times) else None)

    early = _kills(figures, kills // 2, rng, from_its_beginning)
    for _said in chain(early, _kills(figures, kills, rng, from_the_switch)):
        figures.count(ACKNOWLEDGED)
        figures.count(f"killed {_stage_of_switching(folder)}")
        with _opened(folder) as clinic:
            found = [each.mrn for each in clinic.patients()]
            figures.count(LOST, found not in (["THEN"], ["NOW"]))
            _enter(figures, [*clinic.check(), *unexpected(clinic)])
        shutil.rmtree(folder)
        shutil.copytree(former, folder)
    return figures


def unexpected(clinic: Clinic) -> list[str]:
    """What was noticed, but that a restore was finished at this opening."""
    finished = "took the place of the clinic at an opening"
    return [each for each in clinic.notices if finished not in each]


def _stage_of_switching(folder: Path) -> str:
    if any(folder.glob("restoring-*")):
        return "while switching"
    return "after the switch" if any(folder.glob("set-aside-*")) else "before the switch"


def _enter(figures: Figures, faults: list[str]) -> None:
    figures.count(DAMAGED, bool(faults))
    figures.faults += faults


def _opened(folder: Path) -> Clinic:
    return Clinic.open(folder, USER, PASSWORD)
