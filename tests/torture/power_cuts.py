"""The power fails at any moment of a save, a backup or a restore; not only the program.

What a program asks of the disk is written down by `strace`, and done again as far as to that
moment: of what was not synchronised until then all is lost, or the content, or some of it.
"""

import os
import random
import shutil
import sys
from copy import deepcopy
from itertools import product
from pathlib import Path

from models.base import ClinicError, revised
from models.store import wrapping
from models.store.clinic import Clinic
from models.store.restoring import ByPassword, look, restore
from models.visit import Visit
from tests.conftest import CHEAP, PASSWORD, USER
from tests.models import builders as a
from tests.torture import disk
from tests.torture.calls import Replay, can_trace, traced
from tests.torture.disk import Lost
from tests.torture.figures import Figures
from tests.torture.kills import unexpected

ROOT = Path(__file__).parents[2]
SAVES = 3
LOST = "lost or damaged"


def cuts(work: str, scratch: Path, n: int, rng: random.Random) -> Figures:
    """At most `n` cuts; `work`: "save", "back_up" or "restore"."""
    figures = Figures()
    if not can_trace():
        figures.count("left out, for there is no strace here")
        return figures
    place = scratch / "disk"
    _prepare(place)
    states = disk.read(place)
    command = [sys.executable, "-m", __spec__.name, str(place), work]
    calls = traced(command, scratch / "calls", ROOT)
    for what in ("cuts", "acknowledged", LOST):
        figures.count(what, 0)
    replay = Replay(states, place)
    moments = []
    for call in calls:
        if replay.do(call):
            moments.append((deepcopy(states), [*replay.said]))
    figures.count("moments", len(moments))
    every = [*product(range(len(moments)), Lost)]
    for moment, lost in sorted(rng.sample(every, min(n, len(every))), key=lambda each: each[0]):
        state, said = moments[moment]
        after = scratch / "after"
        shutil.rmtree(after, ignore_errors=True)
        disk.write(state, after, lost, rng)
        figures.count("cuts")
        figures.count("acknowledged", len(said))
        faults = _found_after(work, after, said)
        figures.count(LOST, bool(faults))
        figures.faults += [f"{lost.value} lost at {moment} of {len(moments)}: {f}" for f in faults]
    return figures


def _prepare(place: Path) -> None:
    """A clinic that has a backup, and something that came later."""
    place.mkdir()
    Clinic.create(place / "clinic", name="A", user=USER, password=PASSWORD)[0].close()
    (place / "goal").mkdir()
    with _opened(place) as clinic:
        clinic.save(a.patient(mrn="THEN"))
        clinic.backups.take(place / "goal")
        clinic.save(revised(clinic.patient("THEN"), mrn="NOW"))


def _opened(place: Path) -> Clinic:
    return Clinic.open(place / "clinic", USER, PASSWORD)


def _said(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def save(place: Path) -> None:
    with _opened(place) as clinic:
        (patient,) = clinic.patients()
        for _time in range(SAVES):
            _said(clinic.save(a.visit(a.START, patient=patient.id)).id.hex)


def back_up(place: Path) -> None:
    with _opened(place) as clinic:
        _said(clinic.backups.take(place / "goal").backup.path.name)


def restore_then(place: Path) -> None:
    (backup,) = (place / "goal").glob("*.db")
    with look(backup, place / "clinic", ByPassword(USER, PASSWORD)) as looked:
        restore(looked)
        _said("THEN")


WORKS = {"save": save, "back_up": back_up, "restore": restore_then}


def _found_after(work: str, place: Path, said: list[str]) -> list[str]:
    try:
        return _faults(work, place, said)
    except ClinicError as error:
        return [str(error)]


def _faults(work: str, place: Path, said: list[str]) -> list[str]:
    """What is not as it should be: the store, and what was said to be done."""
    with _opened(place) as clinic:
        faults = [*clinic.check(), *unexpected(clinic)]
        (patient,) = clinic.patients()
        visits = {each.id.hex for each in clinic.history(patient.id).of(Visit)}
    if work == "save":
        faults += [f"{visit} is lost" for visit in said if visit not in visits]
    if work == "back_up":
        for backup in sorted((place / "goal").glob("ctcl-*.db")):
            with look(backup, place / "clinic", ByPassword(USER, PASSWORD)) as looked:
                faults += looked.faults
        faults += [f"{name} is lost" for name in said if not (place / "goal" / name).exists()]
    if work == "restore":
        allowed = said[-1:] or ["THEN", "NOW"]
        faults += [] if patient.mrn in allowed else [f"{patient.mrn} is neither"]
    return faults


if __name__ == "__main__":
    wrapping.COST = CHEAP
    WORKS[sys.argv[2]](Path(sys.argv[1]))
