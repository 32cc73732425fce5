"""Backups: the same as the clinic's file, also while others write; and every way to fail.

What they are worth shows where they are opened: as a clinic of their own.
"""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest

from models.base import ClinicError, revised
from models.progress import Stopped
from models.safekeeping import usual_safekeeping
from models.store.backup_files import Backup, found, keyring_beside
from models.store.clinic import Clinic
from models.store.engine import Store
from models.store.keyring import Keyring
from models.store.places import BACKUP_LOCK, KEYRING, STORE
from models.store.soundness import file_faults
from models.store.tables import AUDIT_ENTRY
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.torture import full_disk
from tests.torture.flips import flipped

ROOT = Path(__file__).parents[3]
POSIX = pytest.mark.skipif(os.name != "posix", reason="kills and limits of POSIX")
MB = 1024**2
DAY = dt.timedelta(days=1)


@pytest.fixture
def other_disk(tmp_path: Path) -> Path:
    """Where the clinic has its backups."""
    folder = tmp_path / "other-disk"
    folder.mkdir()
    return folder


def filled(clinic: Clinic, mb: int) -> None:
    clinic.save(a.patient())
    for n in range(mb // 10):
        file = a.attachment(title=f"File {n}", media_type="application/octet-stream")
        clinic.attach(file, os.urandom(10 * MB))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {BACKUP_LOCK}


def as_written(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        path.name: (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.name != BACKUP_LOCK
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != BACKUP_LOCK}


@contextmanager
def as_clinic(backup: Path, folder: Path) -> Iterator[Clinic]:
    """A backup put in the place of a clinic by hand."""
    folder.mkdir()
    shutil.copy(backup, folder / STORE)
    shutil.copy(keyring_beside(backup), folder / KEYRING)
    with Clinic.open(folder, USER, PASSWORD) as opened:
        yield opened
    shutil.rmtree(folder)


def refused(clinic: Clinic, folder: Path, words: str) -> None:
    """The backup is refused in these words, which go on record."""
    with pytest.raises(ClinicError, match=words) as error:
        clinic.backups.take(folder)
    assert error.value.kept
    assert error.value.next_step
    health = clinic.backups.health(dt.datetime.now(dt.UTC))
    assert health.why == error.value.happened
    assert health.worrying
    assert health.words.startswith("backup failed: ")


def test_a_backup_is_the_clinic_and_its_keyring(
    clinic: Clinic, other_disk: Path, tmp_path: Path
) -> None:
    clinic.save_all([a.patient(), a.visit("2020-02-03")])
    taken = clinic.backups.take(other_disk)
    made = taken.backup
    stem = f"{made.series}-{made.moment:%Y%m%dT%H%M%SZ}"
    assert names(other_disk) == {f"{stem}.db", f"{stem}.keyring.json"}
    assert made == Backup.at(other_disk / f"{stem}.db")
    assert made.size == sum(map(len, contents(other_disk).values()))
    assert abs(made.moment - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert taken.contents.rows["visit"] == 1
    assert b"SQLite format" not in made.path.read_bytes()
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in other_disk.iterdir()} == {0o600}
    with as_clinic(made.path, tmp_path / "restored") as opened:
        assert opened.check() == []
        assert opened.patients() == clinic.patients()


def test_without_a_choice_backups_lie_beside_the_clinic(clinic: Clinic, other_disk: Path) -> None:
    made = clinic.backups.take().backup
    assert made.path.parent == clinic.folder / "backups"
    assert clinic.backups.health(dt.datetime.now(dt.UTC)).same_disk
    clinic.save(revised(usual_safekeeping(), backup_folder=str(other_disk)))
    assert clinic.backups.take().backup.path.parent == other_disk


def test_the_clinics_folder_itself_can_be_chosen(clinic: Clinic) -> None:
    before = names(clinic.folder)
    made = clinic.backups.take(clinic.folder).backup
    assert before <= names(clinic.folder) - {made.path.name, keyring_beside(made.path).name}
    assert clinic.backups.listing(clinic.folder) == [made]
    assert clinic.check() == []


def test_a_backup_while_others_save_holds_one_moment(
    clinic: Clinic, other_disk: Path, tmp_path: Path
) -> None:
    def save() -> None:
        for n in range(200):
            clinic.save(a.patient(id=uuid.UUID(int=1000 + n), mrn=f"P-{n}"))

    saving = Thread(target=save)
    saving.start()
    taken = [clinic.backups.take(other_disk) for _time in range(5)]
    saving.join()
    assert len(clinic.patients()) == 200
    assert clinic.check() == []
    with as_clinic(taken[-1].backup.path, tmp_path / "restored") as opened:
        assert opened.check() == []
        assert len(opened.patients()) == taken[-1].contents.rows["patient"]


def test_saving_goes_on_in_the_midst_of_a_copy(
    clinic: Clinic, other_disk: Path, tmp_path: Path
) -> None:
    filled(clinic, 10)

    def save(done: int, _whole: int) -> None:
        if done % 10 == 0:
            clinic.save(a.visit("2020-02-03"))

    taken = clinic.backups.take(other_disk, save)
    assert clinic.backups.worth_it()
    with as_clinic(taken.backup.path, tmp_path / "restored") as opened:
        assert opened.check() == []
    assert taken.contents.rows["visit"] == 0


def test_progress_and_stopping_at_any_step(clinic: Clinic, other_disk: Path) -> None:
    filled(clinic, 20)
    steps: list[int] = []
    clinic.backups.take(other_disk, lambda done, whole: steps.append(done * 100 // whole))
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (20, 100)
    before, entries = as_written(other_disk), _trail(clinic)
    for stop in (0, len(steps) // 2, len(steps) - 1):
        told: list[int] = []

        def stopping(done: int, _whole: int, stop: int = stop, told: list[int] = told) -> None:
            told.append(done)
            if len(told) > stop:
                raise Stopped

        with pytest.raises(Stopped):
            clinic.backups.take(other_disk, stopping)
        assert as_written(other_disk) == before
    assert _trail(clinic) == entries


def _trail(clinic: Clinic) -> list[Any]:
    with clinic.sitting.store.reading() as session:
        return list(session.execute(AUDIT_ENTRY.select().order_by(AUDIT_ENTRY.c.sequence)))


def test_a_copy_that_is_not_the_same_is_removed(clinic: Clinic, other_disk: Path) -> None:
    before = contents(clinic.folder)[STORE]

    def spoil(done: int, _whole: int) -> None:
        (copy,) = other_disk.glob(".ctcl-*.db")
        if done == 60:
            content = copy.read_bytes()
            copy.write_bytes(next(flipped(content, Random(4), 1)))  # noqa: S311

    with pytest.raises(ClinicError, match="not the same as the clinic's file, and was removed"):
        clinic.backups.take(other_disk, spoil)
    assert names(other_disk) == set()
    assert contents(clinic.folder)[STORE] == before
    assert clinic.backups.health(dt.datetime.now(dt.UTC)).why


@pytest.mark.parametrize("place", [-5 * MB, -2000])
def test_a_damaged_clinic_is_not_backed_up_over_good_copies(
    clinic: Clinic, other_disk: Path, place: int
) -> None:
    filled(clinic, 10)
    clinic.backups.take(other_disk)
    before = contents(other_disk)
    clinic.close()
    with (clinic.folder / STORE).open("r+b") as file:
        file.seek(place, os.SEEK_END)
        file.write(bytes(100))
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        refused(opened, other_disk, "damaged")
    assert contents(other_disk) == before


def test_a_page_that_is_damaged_meanwhile_is_told_though_it_is_remembered(
    clinic: Clinic, other_disk: Path
) -> None:
    """What a connection has read before it does not read again: a copy of that is whole."""
    filled(clinic, 1)
    clinic.close()
    damage = "import sys; f = open(sys.argv[1], 'r+b'); f.seek(-2000, 2); f.write(bytes(100))"
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        opened.backups.take(other_disk)
        before = contents(other_disk)
        subprocess.run([sys.executable, "-c", damage, clinic.folder / STORE], check=True)
        refused(opened, other_disk, "damaged")
    assert contents(other_disk) == before


def test_a_folder_that_is_not_there_is_not_made(clinic: Clinic, tmp_path: Path) -> None:
    refused(clinic, tmp_path / "drive" / "backups", "is not there, or its drive is not connected")
    assert not (tmp_path / "drive").exists()
    file = tmp_path / "file"
    file.touch()
    refused(clinic, file, "is not there")


def test_a_folder_that_vanishes_meanwhile(clinic: Clinic, other_disk: Path) -> None:
    filled(clinic, 10)

    def unplug(done: int, _whole: int) -> None:
        if done > 30:
            shutil.rmtree(other_disk, ignore_errors=True)

    with pytest.raises(ClinicError, match="is not there"):
        clinic.backups.take(other_disk, unplug)
    assert not other_disk.exists()
    assert clinic.check() == []


@POSIX
def test_a_disk_that_takes_no_more(clinic: Clinic, other_disk: Path) -> None:
    import resource  # noqa: PLC0415 - not on every platform

    filled(clinic, 10)
    clinic.backups.take(other_disk)
    before = contents(other_disk)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5 * MB, limits[1]))
    try:
        with pytest.raises(ClinicError, match="could not be written to the folder"):
            clinic.backups.take(other_disk)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert contents(other_disk) == before
    assert clinic.check() == []


@pytest.mark.parametrize(
    ("options", "words"), [("size=200k", "not enough room"), ("ro", "cannot be written to")]
)
@pytest.mark.skipif(not full_disk.can_mount(), reason="mounts a small disk: Linux, as root")
def test_a_full_disk_and_one_that_is_write_protected(
    clinic: Clinic, other_disk: Path, options: str, words: str
) -> None:
    clinic.save(a.patient())
    listed = f'said=$?; ls -A -I {BACKUP_LOCK} "$0"; exit $said'
    mounted = f'mount -t tmpfs -o {options} none "$0" && "$@"; {listed}'
    command = [sys.executable, "main.py", "backup", str(other_disk), "--clinic", str(clinic.folder)]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, str(other_disk), *command],
        cwd=ROOT,
        env={**os.environ, "CTCL_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    health = clinic.backups.health(dt.datetime.now(dt.UTC))
    assert words in health.why
    assert clinic.check() == []


def test_a_second_backup_at_the_same_time_waits_its_turn(
    clinic: Clinic, other_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.backup.PATIENCE_S", 0)

    def another(done: int, _whole: int) -> None:
        if done == 60:
            with Clinic.open(clinic.folder, USER, PASSWORD) as beside:
                refused(beside, other_disk, "Another backup")

    taken = clinic.backups.take(other_disk, another)
    assert names(other_disk) == {taken.backup.path.name, keyring_beside(taken.backup.path).name}


KILLED = """
import json, os, random, signal, sys
from pathlib import Path
from models.store import wrapping
from models.store.clinic import Clinic
from models.store.engine import Store
from tests.conftest import CHEAP, PASSWORD, USER

wrapping.COST = CHEAP
clinic, folder = map(Path, sys.argv[1:])
WATCHED = ("open", "os.", "sqlite3.", "pathlib.", "sqlcipher3.")


def backed_up(moment):
    passed = 0

    def count(*_):
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    with Clinic.open(clinic, USER, PASSWORD) as opened:
        sys.addaudithook(lambda event, _: event.startswith(WATCHED) and count())
        opened.backups.take(folder, count)
    return passed


def in_a_child(moment):
    answer, said = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(said, str(backed_up(moment)).encode())
        os._exit(0)
    os.close(said)
    _, status = os.waitpid(child, 0)
    return int(os.read(answer, 100) or 0), os.waitstatus_to_exitcode(status)


whole, ended = in_a_child(None)
assert ended == 0
for moment in [*random.Random(8).sample(range(1, whole - 3), 7), *range(whole - 3, whole)]:
    _, ended = in_a_child(moment)
    files = {path.name: path.stat().st_size for path in folder.iterdir()}
    print(json.dumps([moment, ended, files]))
"""


@POSIX
def test_a_kill_at_any_moment_leaves_whole_backups_only(
    clinic: Clinic, other_disk: Path, tmp_path: Path
) -> None:
    clinic.save_all([a.patient(), a.visit("2020-02-03")])
    clinic.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, clinic.folder, other_disk],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    killed = [json.loads(line) for line in done.stdout.splitlines()]
    assert {ended for _moment, ended, _files in killed} == {-9}
    assert any(name.startswith(".ctcl-") for _moment, _ended, files in killed for name in files)
    for _moment, _ended, files in killed:
        whole = [Path(name) for name in files if name.startswith("ctcl-") and name.endswith(".db")]
        assert whole
        assert all(keyring_beside(path).name in files for path in whole)
    left = [each for each in found(other_disk) if each.complete]
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        taken = opened.backups.take(other_disk)
    for each in {*left, taken.backup} - {*taken.removed}:
        with as_clinic(each.path, tmp_path / "restored") as restored:
            assert len(restored.patients()) == 1
    kept = [each.path for each in found(other_disk)]
    assert names(other_disk) == {
        name for path in kept for name in (path.name, keyring_beside(path).name)
    }


def test_a_flipped_byte_of_a_copy_is_found(clinic: Clinic, other_disk: Path) -> None:
    clinic.save(a.patient())
    made = clinic.backups.take(other_disk).backup
    key, good = clinic.sitting.store.key, made.path.read_bytes()
    for damaged in flipped(good, Random(3), 60):  # noqa: S311
        made.path.write_bytes(damaged)
        try:
            with closing(Store(made.path, key)) as store:
                assert damaged == good or file_faults(store)
        except ClinicError:
            pass


def test_a_flipped_byte_of_its_keyring_is_refused_or_harmless(
    clinic: Clinic, other_disk: Path
) -> None:
    made = clinic.backups.take(other_disk).backup
    good, refusals = made.keyring.read_bytes(), 0
    for damaged in flipped(good, Random(3), 50):  # noqa: S311
        made.keyring.write_bytes(damaged)
        try:
            assert Keyring.read(made.keyring).key_for(USER, PASSWORD) == clinic.sitting.store.key
        except ClinicError:
            refusals += 1
    assert refusals > 20
