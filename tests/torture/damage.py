"""One byte of a clinic's files, or of a backup's, is another: harmless, told, or refused.

What is read afterwards is what was saved, or there is a sentence: never another exception, and
never other records without a word.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.attachment import Attachment
from models.base import ClinicError
from models.store.clinic import Clinic
from models.store.places import KEYRING, STORE, TRAIL_END, TRIES
from models.store.restoring import ByPassword, look, restore
from models.store.same_file import log_of
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.torture.figures import Figures
from tests.torture.flips import flipped

LOG = log_of(Path(STORE)).name
BACKUP, ITS_KEYRING = "backup.db", "backup.keyring.json"
SHARES = {STORE: 35, LOG: 15, KEYRING: 15, TRAIL_END: 3, TRIES: 2, BACKUP: 20, ITS_KEYRING: 10}
REFUSED, TOLD, FOUND, HARMLESS = "refused", "told on opening", "found by the check", "harmless"

Files = dict[str, bytes]
Content = dict[str, Any]
Opener = Callable[[Path], AbstractContextManager[Clinic]]


@dataclass(frozen=True)
class State:
    """Files as they lie in a folder, how they are opened, and what is read then."""

    files: Files
    opener: Opener
    content: Content


def flips(scratch: Path, n: int, rng: random.Random) -> Figures:
    """`n` bytes, of each file about as many in a hundred as `SHARES` says."""
    figures = Figures()
    for outcome in ("flips", REFUSED, TOLD, FOUND, HARMLESS):
        figures.count(outcome, 0)
    shares = Counter(rng.choices([*SHARES], [*SHARES.values()], k=n))
    for names, state in _states(scratch):
        for name in names:
            for damaged in flipped(state.files[name], rng, shares[name]):
                outcome = _outcome(state, state.files | {name: damaged}, scratch / "damaged")
                figures.count("flips")
                figures.count(outcome, outcome in (REFUSED, TOLD, FOUND, HARMLESS))
                if outcome not in figures.counts:
                    figures.faults.append(f"{name}: {outcome}")
    return figures


def _states(scratch: Path) -> Iterator[tuple[tuple[str, ...], State]]:
    """A closed clinic, one whose computer went off, and a backup; and which of their files count.

    Somebody failed to sign in before.
    """
    folder = scratch / "clinic"
    Clinic.create(folder, name="A", user=USER, password=PASSWORD)[0].close()
    with _opened(folder) as clinic:
        patient = clinic.save(a.patient(notes="word " * 500))
        photograph = a.attachment(patient=patient.id, media_type="application/pdf")
        clinic.attach(photograph, b"%PDF-1.7\n" + random.Random(1).randbytes(20_000))
        made = clinic.backups.take(scratch).backup
        backup = {BACKUP: made.path.read_bytes(), ITS_KEYRING: made.keyring.read_bytes()}
    for password in ("wrong", "wrong again"):
        with suppress(ClinicError):
            Clinic.open(folder, USER, password)
    closed = _read(folder)
    with _opened(folder) as clinic:
        for number in range(5):
            clinic.save(a.visit(a.START, patient=patient.id, notes=str(number)))
        crashed = _read(folder)
    restored = _restored_into(scratch / "restored")
    yield (STORE, KEYRING, TRAIL_END, TRIES), _state(closed, _opened, scratch)
    yield (LOG,), _state(crashed, _opened, scratch)
    yield (BACKUP, ITS_KEYRING), _state(backup, restored, scratch)


def _state(files: Files, opener: Opener, scratch: Path) -> State:
    _write(files, scratch / "whole")
    with opener(scratch / "whole") as clinic:
        content = _content(clinic)
        assert content["patients"]
        return State(files, opener, content)


def _outcome(state: State, files: Files, folder: Path) -> str:
    _write(files, folder)
    try:
        with state.opener(folder) as clinic:
            same, faults = _content(clinic) == state.content, clinic.check()
            if clinic.notices:
                return TOLD
            if not same:
                return f"other records without a word ({faults})"
            return FOUND if faults else HARMLESS
    except ClinicError:
        return REFUSED
    except Exception as error:  # what must not be
        return repr(error)


def _content(clinic: Clinic) -> Content:
    """All that people can read, the files included."""
    histories = clinic.histories()
    records = [record for each in histories for record in (each.patient, *each.by_id.values())]
    files = [clinic.content(file) for each in histories for file in each.of(Attachment)]
    own = [clinic.practice(), clinic.letterhead(), clinic.safekeeping(), *clinic.users.all()]
    return {
        "patients": sorted(repr(each.model_dump()) for each in records),
        "files": files,
        "own": [repr(each.model_dump()) for each in own],
    }


def _opened(folder: Path) -> Clinic:
    return Clinic.open(folder, USER, PASSWORD)


def _restored_into(folder: Path) -> Opener:
    """By way of an empty folder: the backup's own is left as it is."""

    @contextmanager
    def opener(place: Path) -> Iterator[Clinic]:
        shutil.rmtree(folder, ignore_errors=True)
        with look(place / BACKUP, folder, ByPassword(USER, PASSWORD)) as looked:
            restore(looked)
        with _opened(folder) as clinic:
            yield clinic

    return opener


def _read(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _write(files: Files, folder: Path) -> None:
    """None but these."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
