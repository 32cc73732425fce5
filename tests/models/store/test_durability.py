"""What was called saved is there, whatever happens to the program, the disk, the file or the clock.

Every other step is refused with a sentence.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import event

from models.base import ClinicError, revised
from models.patient import Patient
from models.store.clinic import Clinic
from models.store.places import KEYRING, STORE
from models.store.same_file import log_of
from tests.models import builders as a
from tests.models.store.conftest import PASSWORD, USER
from tests.thorough import times
from tests.torture import full_disk
from tests.torture.share import mounted_from_network

ROOT = Path(__file__).parents[3]
POSIX = pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved elsewhere")
NOBODY = 65534
SHARED = (
    "from tests.torture.share import mounted_from_network\n"
    "psutil.disk_partitions = mounted_from_network(Path(sys.argv[1]))"
)


def program(before: str, after: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Another process that does something, opens the clinic as `clinic`, and does something."""
    begin = (
        "import os, psutil, signal, sys; from pathlib import Path; from models.base import revised",
        "from models.store.clinic import Clinic",
        before,
        "clinic = Clinic.open(Path(sys.argv[1]), sys.argv[2], sys.argv[3])",
        after,
    )
    command = [sys.executable, "-c", "\n".join(begin), str(folder), USER, PASSWORD]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


def refused(words: str, act: Callable[[], Any]) -> None:
    with pytest.raises(ClinicError, match=words) as error:
        act()
    assert all(part.endswith(".") for part in error.value.args)


def noted(clinic: Clinic, notes: str) -> Patient:
    """The one patient, saved with other notes."""
    (patient,) = clinic.patients()
    return clinic.save(revised(patient, notes=notes))


def reopened(folder: Path) -> Clinic:
    return Clinic.open(folder, USER, PASSWORD)


@contextmanager
def away(path: Path) -> Iterator[Path]:
    """A file or folder that lies elsewhere for a while."""
    elsewhere = path.with_name(f"{path.name}-elsewhere")
    path.rename(elsewhere)
    yield elsewhere
    elsewhere.rename(path)


@POSIX
def test_what_was_saved_survives_a_kill(clinic: Clinic, patient: Patient) -> None:
    clinic.close()
    words = (
        "clinic.save(revised(clinic.patients()[0], notes='saved'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert program("", words, clinic.folder).returncode == -signal.SIGKILL
    assert log_of(clinic.folder / STORE).stat().st_size > 0
    with reopened(clinic.folder) as opened:
        assert [each.notes for each in opened.patients()] == ["saved"]
        assert opened.check() == []


def test_once_closed_the_file_alone_is_the_clinic(
    clinic: Clinic, patient: Patient, tmp_path: Path
) -> None:
    clinic.close()
    assert not [path.name for path in clinic.folder.glob(f"{STORE}-*")]
    (tmp_path / "copy").mkdir()
    for name in (STORE, KEYRING):
        shutil.copy(clinic.folder / name, tmp_path / "copy" / name)
    with reopened(tmp_path / "copy") as opened:
        assert opened.patients() == [patient]


@POSIX
@pytest.mark.parametrize("what", ["", STORE])
def test_a_file_that_is_gone_takes_nothing_and_goes_on_when_it_is_back(
    clinic: Clinic, patient: Patient, what: str
) -> None:
    with away(clinic.folder / what):
        refused("is gone", lambda: noted(clinic, "lost"))
        refused("is gone", lambda: clinic.save(revised(patient, notes="lost")))
    assert clinic.patients() == [patient]
    assert noted(clinic, "kept").version == 2
    assert clinic.check() == []


@POSIX
def test_a_file_that_goes_while_a_step_is_saved_took_nothing_that_counts(
    clinic: Clinic, patient: Patient
) -> None:
    elsewhere = clinic.folder.with_name("elsewhere")
    engine = clinic._store._reading
    move = lambda _connection: clinic.folder.rename(elsewhere)  # noqa: E731
    event.listen(engine, "commit", move)
    refused("is gone", lambda: clinic.save(revised(patient, notes="into nowhere")))
    event.remove(engine, "commit", move)
    elsewhere.rename(clinic.folder)
    assert clinic.check() == []


@POSIX
def test_a_folder_that_was_deleted_takes_nothing(clinic: Clinic, patient: Patient) -> None:
    shutil.rmtree(clinic.folder)
    refused("is gone", lambda: clinic.save(revised(patient, notes="lost")))
    clinic.close()
    assert not clinic.folder.exists()


@POSIX
def test_another_file_in_its_place_is_left_as_it_is(clinic: Clinic, patient: Patient) -> None:
    store = clinic.folder / STORE
    shutil.copy(store, copy := clinic.folder / "synchronised")
    noted(clinic, "after the copy")
    content = copy.read_bytes()
    copy.replace(store)
    for act in (clinic.patients, lambda: clinic.save(revised(patient, notes="lost"))):
        refused("Another file was put", act)
    clinic.close()
    assert store.read_bytes() == content


@POSIX
def test_an_older_file_in_its_place_is_not_mixed_with_what_was_saved_since(
    clinic: Clinic, patient: Patient
) -> None:
    clinic.close()
    store = clinic.folder / STORE
    shutil.copy(store, copy := clinic.folder / "synchronised")
    with reopened(clinic.folder) as opened:
        opened.save_all([a.visit("2016-04-25", patient=patient.id) for _each in range(300)])
    opened = reopened(clinic.folder)
    noted(opened, "in the log")
    copy.replace(store)
    refused("Another file was put", opened.patients)
    assert log_of(store).stat().st_size == 0
    opened.close()
    with reopened(clinic.folder) as older:
        assert older.patients() == [patient]
        assert older.check() == []


@POSIX
def test_a_file_that_was_moved_away_alone_is_complete(
    clinic: Clinic, patient: Patient, tmp_path: Path
) -> None:
    saved = noted(clinic, "in the log")
    (tmp_path / "elsewhere").mkdir()
    (clinic.folder / STORE).rename(tmp_path / "elsewhere" / STORE)
    clinic._store.close()
    shutil.copy(clinic.folder / KEYRING, tmp_path / "elsewhere" / KEYRING)
    with reopened(tmp_path / "elsewhere") as opened:
        assert opened.patients() == [saved]
        assert opened.check() == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are not listed")
def test_after_a_network_drive_was_away_the_file_is_opened_afresh(
    clinic: Clinic, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was open before stays dead, as where the server was started anew."""
    clinic.close()
    monkeypatch.setattr(psutil, "disk_partitions", mounted_from_network(clinic.folder))
    with reopened(clinic.folder) as opened:
        for link in Path("/proc/self/fd").iterdir():
            if link.is_symlink() and os.readlink(link).startswith(str(clinic.folder / STORE)):
                dead = os.open(os.devnull, os.O_WRONLY)
                os.dup2(dead, int(link.name))
                os.close(dead)
        refused("The disk", lambda: opened.save(revised(patient, notes="lost")))
        assert opened.patients() == [patient]
        assert noted(opened, "kept").version == 2
        assert opened.check() == []


@POSIX
def test_what_stands_in_a_removed_log_is_put_back_on_closing(
    clinic: Clinic, patient: Patient
) -> None:
    saved = noted(clinic, "in the log")
    log_of(clinic.folder / STORE).unlink()
    refused("clinic.db-wal", lambda: clinic.save(revised(saved, notes="lost")))
    clinic.close()
    with reopened(clinic.folder) as opened:
        assert opened.patients() == [saved]
        assert noted(opened, "again").version == 3
        assert opened.check() == []


@POSIX
@pytest.mark.parametrize("on_network", [False, True])
def test_on_a_full_disk_a_save_is_whole_or_refused(on_network: bool) -> None:
    """On a really full one where such a disk can be made, else with a limit on the file's size."""
    small_disk = not on_network and full_disk.can_mount()
    step = full_disk.NEEDED // times(28)
    figures = full_disk.run(on_network=on_network, small_disk=small_disk, step=step)
    assert figures.faults == []
    assert figures.saved > 0
    assert figures.refused > 0
    assert all("full" in sentence for sentence in figures.sentences)


@POSIX
@pytest.mark.parametrize("what", ["folder", "file", "share"])
def test_a_clinic_that_cannot_be_written_to_says_so(what: str) -> None:
    """Nobody is allowed what the file's mode forbids, but for root, who becomes nobody here."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "clinic"
        Clinic.create(folder, name="A", user=USER, password=PASSWORD)[0].close()
        root = os.geteuid() == 0
        if root:
            for path in (Path(place), folder, *folder.iterdir()):
                os.chown(path, NOBODY, NOBODY)
        content = (folder / STORE).read_bytes()
        (folder / STORE if what == "file" else folder).chmod(0o500)
        before = [SHARED] if what == "share" else []
        before += [f"os.setuid({NOBODY})"] if root else []
        done = program("\n".join(before), "", folder)
        folder.chmod(0o700)
        assert "OutOfReach: The clinic's file or its folder" in done.stderr.splitlines()[-1]
        assert (folder / STORE).read_bytes() == content
