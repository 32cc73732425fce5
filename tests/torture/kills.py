"""A process killed at a random moment of saving, bringing up to date, backing up or restoring.

Whatever it said was saved must be on file; the store must be sound and its audit trail whole.
"""

import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models.base import revised
from models.store.clinic import Clinic
from models.store.restoring import ByPassword, look, restore
from models.visit import Visit
from tests.conftest import PASSWORD, USER
from tests.models import builders as a

KEPT = Path(__file__).parents[1] / "models" / "store" / "kept"
LATEST = 0.3  # seconds: by then about half of these are over

Say = Callable[[str], None]


@dataclass
class Figures:
    """`acknowledged`: what was said to be saved before the kill; `lost`: and was not on file.

    `faults`: sentences about stores that were damaged, or neither the former nor the later one.
    """

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    faults: list[str] = field(default_factory=list)


def killed(work: Callable[[Say], None], moment: float) -> tuple[list[str], bool]:
    """What `work` said until it was killed, `moment` seconds after it began, and whether it was."""
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
    return said.decode().split(), os.WIFSIGNALED(status)


def _work_and_end(work: Callable[[Say], None], says: int) -> None:
    """In the child; what it says has arrived before it goes on."""
    try:
        os.write(says, b"begun\n")
        work(lambda word: os.write(says, f"{word}\n".encode()) and None)
    except BaseException as error:
        os.write(says, repr(error).encode())
        os._exit(1)
    os._exit(0)


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


def saving(folder: Path, kills: int, rng: random.Random) -> Figures:
    """Patients with visits, corrections and drafts, by one process after another."""
    figures = Figures()
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        patient = clinic.save(a.patient())
    on_file: dict[str, str] = {}

    def work(say: Say) -> None:
        clinic = Clinic.open(folder, USER, PASSWORD)
        while True:
            visit = clinic.save(a.visit(a.START, patient=patient.id))
            say(f"{visit.id.hex}=1")
            corrected = clinic.save(revised(visit, notes="corrected"))
            say(f"{corrected.id.hex}=2")

    for _kill in range(kills):
        said, _was_killed = killed(work, rng.uniform(0, 2 * LATEST))
        on_file |= dict(word.split("=") for word in said if "=" in word)
        figures.kills += 1
        with Clinic.open(folder, USER, PASSWORD) as clinic:
            found = clinic.history(patient.id).of(Visit)
            figures.faults += clinic.notices
            figures.faults += clinic.check() if figures.kills % 20 in (0, kills) else []
        there = {visit.id.hex: visit.version for visit in found}
        lost = [key for key, version in on_file.items() if there.get(key, 0) < int(version)]
        figures.lost += len(lost)
    figures.acknowledged = len(on_file)
    figures.faults += _faults(folder)
    return figures


def bringing_up_to_date(scratch: Path, kills: int, rng: random.Random) -> Figures:
    """A store of a former version, opened by a process that is killed."""
    figures = Figures()
    versions = sorted(path for path in KEPT.iterdir() if path.is_dir())[:-1]
    for kill in range(kills):
        kept = versions[kill % len(versions)]
        folder = scratch / f"{kill}"
        shutil.copytree(kept, folder)

        def work(_say: Say, folder: Path = folder) -> None:
            Clinic.open(folder, USER, PASSWORD).close()

        _said, was_killed = killed(work, rng.uniform(0, 3 * LATEST))
        figures.kills += was_killed
        figures.acknowledged += 1
        with Clinic.open(folder, USER, PASSWORD) as clinic:
            figures.lost += not clinic.patients()
            figures.faults += clinic.check()
        shutil.rmtree(folder)
    return figures


def backing_up(folder: Path, kills: int, rng: random.Random) -> Figures:
    """A process that saves and backs up; every backup it named must open and be whole."""
    figures = Figures()
    goal = folder.parent / "goal"
    goal.mkdir()
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        patient = clinic.save(a.patient())

    def work(say: Say) -> None:
        clinic = Clinic.open(folder, USER, PASSWORD)
        while True:
            clinic.save(a.visit(a.START, patient=patient.id))
            say(clinic.backups.take(goal).backup.path.name)

    for _kill in range(kills):
        said, _was_killed = killed(work, rng.uniform(0, 2 * LATEST))
        figures.kills += 1
        figures.acknowledged += len(said) - 1
        figures.lost += bool(said[1:]) and not (goal / said[-1]).exists()
        for backup in sorted(goal.glob("ctcl-*.db"))[-1:]:
            with look(backup, folder, ByPassword(USER, PASSWORD)) as looked:
                figures.faults += looked.faults
    figures.faults += _faults(folder)
    return figures


def restoring(folder: Path, kills: int, rng: random.Random) -> Figures:
    """A backup put in the place of a clinic by a process that is killed: one of the two is left."""
    figures = Figures()
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        clinic.save(a.patient(mrn="THEN"))
        backup = clinic.backups.take(folder.parent).backup.path
        clinic.save(revised(clinic.patient("THEN"), mrn="NOW"))
    former = shutil.copytree(folder, folder.parent / "former")

    def work(_say: Say) -> None:
        with look(backup, folder, ByPassword(USER, PASSWORD)) as looked:
            restore(looked)

    for _kill in range(kills):
        shutil.rmtree(folder)
        shutil.copytree(former, folder)
        _said, was_killed = killed(work, rng.uniform(0, LATEST))
        figures.kills += was_killed
        figures.acknowledged += 1
        with Clinic.open(folder, USER, PASSWORD) as clinic:
            figures.lost += [each.mrn for each in clinic.patients()] not in (["THEN"], ["NOW"])
            figures.faults += clinic.check() + clinic.notices
    return figures


def _faults(folder: Path) -> list[str]:
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        return clinic.check()
