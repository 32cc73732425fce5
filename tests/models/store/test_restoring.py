"""A backup takes the place of the clinic, or nothing changes; what was there is set aside whole."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models.base import ClinicError
from models.demo.case import MRN, published_case
from models.progress import Stopped
from models.roles import Role
from models.store import schema
from models.store.clinic import Clinic
from models.store.places import KEYRING, STORE, TRAIL_END, TRIES, TRIES_LOCK
from models.store.recovery import new_recovery_key
from models.store.restoring import (
    ByPassword,
    ByRecoveryKey,
    Present,
    compare,
    look,
    restore,
    sources_in,
)
from models.store.switching import LOCK
from models.store.trail_search import Asked
from tests.kept_store import ABOUT, KEPT
from tests.models import builders as a
from tests.models.store.conftest import PASSWORD, USER
from tests.models.store.test_kept import about, assert_holds_all
from tests.thorough import some
from tests.torture.flips import flipped_at

BehindTheBack = Callable[..., Any]

POSIX = pytest.mark.skipif(os.name != "posix", reason="processes and locks of POSIX")
ANNA = ByPassword(USER, PASSWORD)
NEW_PASSWORD = "four other unrelated words"
RNG = Random(6)  # noqa: S311 - the same places every time
AT_AN_OPENING = "took the place of the clinic at an opening"
ON_RECORD = {STORE, TRAIL_END}
STAMP = "20260101T120000Z"
STORE_FILES = {STORE, KEYRING, TRAIL_END, TRIES, TRIES_LOCK}


@pytest.fixture(scope="session")
def _backed_up(_empty_clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic with the published case, its backup, and one more patient entered after that."""
    place = tmp_path_factory.mktemp("backed up")
    folder = Path(shutil.copytree(_empty_clinic, place / "clinic"))
    with Clinic.open(folder, USER, PASSWORD) as opened:
        opened.save_all(published_case())
    copied(folder, place / "usb")
    with Clinic.open(folder, USER, PASSWORD) as opened:
        later = opened.save(a.patient(mrn="later"))
        opened.save(a.visit("2020-02-03", patient=later.id))
    return place


@pytest.fixture
def folder(_backed_up: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_backed_up / "clinic", tmp_path / "clinic"))


@pytest.fixture
def backup(_backed_up: Path, tmp_path: Path) -> Path:
    """On another disk."""
    usb = Path(shutil.copytree(_backed_up / "usb", tmp_path / "usb"))
    return usb / f"ctcl-abcdef01-{STAMP}.db"


def copied(folder: Path, to: Path) -> Path:
    to.mkdir()
    made = to / f"ctcl-abcdef01-{STAMP}.db"
    shutil.copy(folder / STORE, made)
    shutil.copy(folder / KEYRING, made.with_suffix(f".{KEYRING}"))
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def beside_the_record(folder: Path) -> dict[str, bytes]:
    """All but where it is on record that somebody looked."""
    return {name: held for name, held in files(folder).items() if name not in ON_RECORD}


def mrns(folder: Path, user: str = USER, password: str = PASSWORD) -> set[str]:
    """Who is on file, in a clinic that is sound and has nothing to complain of."""
    with Clinic.open(folder, user, password) as opened:
        told = [each for each in opened.notices if AT_AN_OPENING not in each]
        assert (told, opened.check()) == ([], [])
        return {patient.mrn for patient in opened.patients()}


def refused(words: str, path: Path, folder: Path, who: Any = ANNA) -> None:
    """The backup is, and the clinic is left as it was, byte by byte."""
    before = files(folder) if folder.exists() else None
    with pytest.raises(ClinicError, match=words) as error:
        look(path, folder, who)
    assert all(part.endswith(".") for part in error.value.args)
    assert (files(folder) if folder.exists() else None) == before


def restored(path: Path, folder: Path, who: Any = ANNA) -> Path | None:
    with look(path, folder, who) as seen:
        return restore(seen)


def test_the_clinic_is_as_it_was_and_what_came_later_is_set_aside(
    folder: Path, backup: Path
) -> None:
    before = files(backup.parent)
    with look(backup, folder, ANNA) as seen:
        assert seen.standing.name == "Skin Clinic"
        assert (seen.standing.patients, seen.standing.users) == (1, (USER,))
        assert f"{seen.source.at:%Y%m%dT%H%M%SZ}" == STAMP
        assert seen.faults == []
        difference = compare(seen)
        aside = restore(seen)
    assert difference.present is Present.THE_SAME_CLINIC
    assert difference.now is not None
    assert difference.now.patients == 2
    assert [(each.what, each.patient) for each in difference.later] == [
        ("Visit created", "Weber, Karl"),
        ("Patient created", "Weber, Karl"),
    ]
    assert (difference.changes, difference.others) == (2, 3)
    assert files(backup.parent) == before
    assert mrns(folder) == {MRN}
    assert aside is not None
    assert mrns(aside) == {MRN, "later"}
    assert {path.name for path in folder.iterdir()} == {*STORE_FILES, aside.name}


def test_what_was_set_aside_can_be_restored_in_turn(folder: Path, backup: Path) -> None:
    aside = restored(backup, folder)
    assert aside is not None
    assert aside / STORE in {source.store for source in sources_in(folder)}
    with look(aside, folder, ANNA) as seen:
        difference = compare(seen)
        restore(seen)
    assert difference.present is Present.THE_SAME_CLINIC
    assert difference.changes == 0
    assert mrns(folder) == {MRN, "later"}


def test_the_restore_is_on_record(folder: Path, backup: Path, behind_the_back: Any) -> None:
    restored(backup, folder)
    with behind_the_back(folder) as connection:
        asked = "SELECT user, new FROM audit_entry WHERE action = 'backup restored'"
        [(user, new)] = connection.execute(asked).fetchall()
    assert user == USER
    assert backup.name in new
    assert str(backup.parent) not in new


def test_a_new_workstation_needs_the_two_files_and_the_recovery_key(tmp_path: Path) -> None:
    made, key = Clinic.create(tmp_path / "old", name="A", user=USER, password=PASSWORD)
    with made:
        made.save(a.patient())
    usb = copied(tmp_path / "old", tmp_path / "usb").parent
    new = tmp_path / "new" / "clinic"
    with look(usb, new, ByRecoveryKey(key.lower(), "berta", NEW_PASSWORD)) as seen:
        assert compare(seen).present is Present.NOTHING
        assert restore(seen) is None
    with Clinic.open(new, "berta", NEW_PASSWORD) as opened:
        assert opened.role is Role.ADMINISTRATOR
        assert opened.check() == []
    assert len(mrns(new)) == 1
    assert {path.name for path in new.iterdir()} == STORE_FILES


def test_a_look_leaves_nothing_behind(folder: Path, backup: Path, tmp_path: Path) -> None:
    before = beside_the_record(folder)
    look(backup, folder, ANNA).close()
    look(backup, tmp_path / "new", ANNA).close()
    assert beside_the_record(folder) == before
    assert mrns(folder) == {MRN, "later"}
    assert not (tmp_path / "new").exists()


def test_a_folder_copied_by_hand_brings_what_stands_in_its_journal(
    clinic: Clinic, tmp_path: Path
) -> None:
    clinic.save(a.patient(mrn="in the log"))
    shutil.copytree(clinic.folder, tmp_path / "by hand", ignore=shutil.ignore_patterns("*-shm"))
    assert (tmp_path / "by hand" / f"{STORE}-wal").stat().st_size
    restored(tmp_path / "by hand", tmp_path / "new")
    assert mrns(tmp_path / "new") == {"in the log"}


def test_a_damaged_clinic_is_replaced_and_kept(folder: Path, backup: Path) -> None:
    damaged = flipped_at((folder / STORE).read_bytes(), 5000, RNG) * 2
    (folder / STORE).write_bytes(damaged)
    with look(backup, folder, ANNA) as seen:
        assert compare(seen).present is Present.CLOSED
        aside = restore(seen)
    assert mrns(folder) == {MRN}
    assert aside is not None
    assert (aside / STORE).read_bytes() == damaged


@pytest.mark.parametrize("lost", [KEYRING, STORE])
def test_half_a_clinic_is_made_whole(lost: str, folder: Path, backup: Path) -> None:
    (folder / lost).unlink()
    with look(backup, folder, ANNA) as seen:
        assert compare(seen).shut_out is (lost == KEYRING)
        restore(seen)
    assert mrns(folder) == {MRN}


def test_another_clinic_is_told_apart(folder: Path, tmp_path: Path) -> None:
    made, _key = Clinic.create(tmp_path / "other", name="Other", user=USER, password=PASSWORD)
    made.close()
    with look(tmp_path / "other", folder, ANNA) as seen:
        assert compare(seen).present is Present.CLOSED
        with Clinic.open(folder, USER, PASSWORD) as opened:
            difference = compare(seen, opened)
    assert difference.present is Present.ANOTHER_CLINIC
    assert difference.is_foreign
    assert mrns(folder) == {MRN, "later"}


def test_only_an_administrator_of_the_backup_restores_it(folder: Path, tmp_path: Path) -> None:
    with Clinic.open(folder, USER, PASSWORD) as opened:
        opened.users.add("berta", Role.CLINICIAN, NEW_PASSWORD)
    backup = copied(folder, tmp_path / "usb")
    refused("is no administrator", backup, folder, ByPassword("berta", NEW_PASSWORD))


def with_two_administrators(folder: Path) -> str:
    """Both with their backup; the recovery key of then."""
    made, key = Clinic.create(folder, name="A", user=USER, password=PASSWORD)
    with made:
        made.users.add("berta", Role.ADMINISTRATOR, NEW_PASSWORD)
    copied(folder, folder.with_name("usb"))
    return key


def actions(folder: Path, password: str = PASSWORD) -> list[tuple[str, str, bool]]:
    """Who did what with backups, and whether it failed."""
    with Clinic.open(folder, USER, password) as opened:
        rows = opened.trail.search(Asked()).rows
    found = [row.change for row in rows if row.change and "backup" in row.change.action.value]
    return [(each.user, each.action.value, "failed" in each.new) for each in reversed(found)]


@pytest.mark.parametrize("disabled", [True, False])
def test_a_former_administrator_neither_looks_nor_restores(disabled: bool, tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    with_two_administrators(folder)
    with Clinic.open(folder, USER, PASSWORD) as opened:
        (berta,) = [each for each in opened.users.all() if each.name == "berta"]
        if disabled:
            opened.users.disable(berta, "left the clinic")
        else:
            opened.users.change_role(berta, Role.CLINICIAN)
    who = ByPassword("berta", NEW_PASSWORD)
    refused(
        "berta is no administrator of the clinic that is here now", tmp_path / "usb", folder, who
    )
    (folder / KEYRING).unlink()
    refused(
        "berta is no administrator of the clinic that is here now", tmp_path / "usb", folder, who
    )
    (folder / STORE).unlink()
    with look(tmp_path / "usb", folder, who) as seen:
        assert compare(seen).present is Present.NOTHING


def test_a_recovery_key_that_was_renewed_does_not_replace_the_clinic(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    former = with_two_administrators(folder)
    who = ByRecoveryKey(former, "clara", NEW_PASSWORD)
    look(tmp_path / "usb", folder, who).close()
    with Clinic.open(folder, USER, PASSWORD) as opened:
        opened.users.put_recovery_key(new_recovery_key())
    refused("opens the backup, but not the clinic", tmp_path / "usb", folder, who)


def test_what_is_set_aside_tells_who_looked_and_who_restored(folder: Path, backup: Path) -> None:
    look(backup, folder, ANNA).close()
    assert actions(folder) == [(USER, "backup looked at", False)]
    aside = restored(backup, folder)
    assert aside
    looked = (USER, "backup looked at", False)
    assert actions(aside) == [looked, looked, (USER, "backup restored", False)]
    assert actions(folder) == [(USER, "backup restored", False)]


def test_a_wrong_password_is_refused_and_counted(folder: Path, backup: Path) -> None:
    for _time in range(3):
        with pytest.raises(ClinicError, match="do not open"):
            look(backup, folder, ByPassword(USER, "another few words"))
    with pytest.raises(ClinicError, match="Too many failed tries"):
        look(backup, folder, ANNA)


def test_a_bad_new_password_is_refused_before_anything_changes(tmp_path: Path) -> None:
    made, key = Clinic.create(tmp_path / "old", name="A", user=USER, password=PASSWORD)
    made.close()
    who = ByRecoveryKey(key, USER, "password")
    refused("shorter than", tmp_path / "old", tmp_path / "new", who)


def test_a_newer_backup_is_refused_with_the_version_it_needs(
    folder: Path, backup: Path, behind_the_back: BehindTheBack, tmp_path: Path
) -> None:
    later = shutil.copytree(folder, tmp_path / "newer")
    with behind_the_back(later) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("UPDATE clinic_setting SET value = '\"12.3\"' WHERE key = 'needs'")
    with pytest.raises(ClinicError, match=r"Install version 12\.3"):
        look(later, folder, ANNA)
    refused("newer version of the program", later, folder)


@pytest.mark.parametrize("version", sorted(path.name for path in KEPT.iterdir()))
def test_a_backup_of_a_former_version_is_brought_up_to_date(version: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(KEPT / version, kept, ignore=shutil.ignore_patterns(ABOUT))
    before = files(kept)
    with look(kept, tmp_path / "new", ANNA) as seen:
        assert (seen.standing.version, seen.faults) == (version, [])
        assert seen.standing.is_older is (version != schema.HEAD)
        restore(seen)
    with Clinic.open(tmp_path / "new", USER, PASSWORD) as opened:
        assert_holds_all(opened, about(version))
    assert files(kept) == before


def test_every_flipped_byte_is_refused(folder: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    for place in RNG.sample(range(len(whole)), 20):
        backup.write_bytes(flipped_at(whole, place, RNG))
        refused("is damaged", backup, folder)


def test_a_flipped_byte_of_the_keyring_is_refused_or_does_no_harm(
    folder: Path, backup: Path
) -> None:
    keyring = backup.with_suffix(f".{KEYRING}")
    whole, before = keyring.read_bytes(), beside_the_record(folder)
    harmless = 0
    for place in RNG.sample(range(len(whole)), 20):
        keyring.write_bytes(flipped_at(whole, place, RNG))
        try:
            look(backup, folder, ANNA).close()
            harmless += 1
        except ClinicError:
            (folder / TRIES).write_bytes(before[TRIES])
        assert beside_the_record(folder) == before
    assert harmless < 20


@pytest.mark.parametrize("left", [0, 1, 100, 4096, -4096, -1])
def test_a_truncated_backup_is_refused(left: int, folder: Path, backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:left])
    refused("is damaged", backup, folder)


def test_a_backup_without_its_keyring_says_what_is_missing(folder: Path, backup: Path) -> None:
    backup.with_suffix(f".{KEYRING}").unlink()
    refused("keyring.json is missing", backup, folder)
    refused("no backup in the folder", backup.parent, folder)


def test_the_clinic_itself_is_no_backup(folder: Path) -> None:
    refused("already holds a clinic", folder / STORE, folder)


@POSIX
def test_a_full_disk_changes_nothing(folder: Path, backup: Path) -> None:
    import resource  # noqa: PLC0415 - not on every platform

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (backup.stat().st_size - 4096, limits[1]))
    try:
        refused("did not take|full", backup, folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("calls", range(1, 6))
def test_it_can_be_stopped_before_the_switch(calls: int, folder: Path, backup: Path) -> None:
    before, told = beside_the_record(folder), []

    def progress(done: int, whole: int) -> None:
        told.append((done, whole))
        if len(told) == calls:
            raise Stopped

    with pytest.raises(Stopped), look(backup, folder, ANNA, progress) as seen:
        restore(seen, progress)
    assert beside_the_record(folder) == before
    assert mrns(folder) == {MRN, "later"}


def test_one_restore_at_a_time(folder: Path, backup: Path) -> None:
    with look(backup, folder, ANNA):
        before = files(folder)
        with pytest.raises(ClinicError, match="Another window is restoring"):
            look(backup, folder, ANNA)
        assert mrns(folder) == {MRN, "later"}
        assert before.keys() <= files(folder).keys()


@POSIX
def test_a_clinic_that_is_open_elsewhere_is_not_replaced(folder: Path, backup: Path) -> None:
    ready, wait = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        opened = Clinic.open(folder, USER, PASSWORD)
        os.write(ready[1], b".")
        os.read(wait[0], 1)
        opened.close()
        os._exit(0)
    try:
        os.read(ready[0], 1)
        with pytest.raises(ClinicError, match="open in another window"):
            restored(backup, folder)
    finally:
        os.write(wait[1], b".")
        os.waitpid(child, 0)
    assert mrns(folder) == {MRN, "later"}
    assert {path.name for path in folder.iterdir()} == STORE_FILES


def test_restoring_twice_in_the_same_second_keeps_both(folder: Path, backup: Path) -> None:
    asides = [restored(backup, folder) for _time in range(3)]
    assert [mrns(aside) for aside in asides if aside] == [{MRN, "later"}, {MRN}, {MRN}]
    assert mrns(folder) == {MRN}


CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir"}


def do_and_die(n: int, work: Callable[[], object]) -> int:
    """Work in a process that is killed before the n-th change to a folder; how many it made."""
    counted, told = os.pipe()
    child = os.fork()
    if child == 0:
        made = 0

        def count(event: str, _arguments: Any) -> None:
            nonlocal made
            if event in CHANGES:
                if made == n:
                    os.kill(os.getpid(), signal.SIGKILL)
                made += 1

        sys.addaudithook(count)
        try:
            work()
            os.write(told, made.to_bytes(2, "big"))
        finally:
            os._exit(0)
    os.close(told)
    os.waitpid(child, 0)
    with os.fdopen(counted, "rb") as pipe:
        return int.from_bytes(pipe.read(), "big")


@POSIX
def test_a_kill_leaves_the_old_clinic_or_the_new_one(
    folder: Path, backup: Path, tmp_path: Path
) -> None:
    """Before each change that the switch makes to a folder, and some of those before it."""
    found = []
    there = shutil.copytree(folder, tmp_path / "whole")
    whole = do_and_die(-1, lambda: restored(backup, there))
    assert whole > 15
    for n in sorted({0, whole // 2, *some(range(whole - 18, whole))}):
        place = Path(shutil.copytree(folder, tmp_path / str(n)))
        assert do_and_die(n, partial(restored, backup, place)) == 0
        found.append(mrns(place))
        asides = [path for path in place.iterdir() if path.name.startswith("set-aside-")]
        assert [mrns(path) for path in asides] == [{MRN, "later"}] * ("later" not in found[-1])
        left = {path.name for path in place.iterdir() if path not in asides}
        half_written = {name for name in left if name.startswith(f".{TRAIL_END}.")}
        assert left - {LOCK} - half_written == STORE_FILES
    assert found == sorted(found, key=len, reverse=True)
    assert {MRN} in found
    assert {MRN, "later"} in found


@pytest.mark.parametrize("failing", [0, 1, 3])
def test_files_that_cannot_be_moved_lose_nothing(
    failing: int, folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where another program holds one open."""
    rename, before, moved = os.rename, beside_the_record(folder), []

    def refusing(old: Path, new: Path) -> None:
        if "set-aside" in str(new):
            moved.append(old)
            if len(moved) == failing + 1:
                raise PermissionError(13, "in use")
        rename(old, new)

    monkeypatch.setattr(os, "rename", refusing)
    words = "has begun" if failing else "open in another window"
    with pytest.raises(ClinicError, match=words):
        restored(backup, folder)
    if not failing:
        assert beside_the_record(folder) == before
    assert mrns(folder) == ({MRN} if failing else {MRN, "later"})


def left_alone(folder: Path, *names: str) -> Path:
    """What a restore that was decided, and then spoilt by somebody, leaves in the folder."""
    begun = folder / f"restoring-{STAMP}"
    begun.mkdir()
    for name in names:
        (begun / name).write_bytes(b"")
    return begun


@pytest.mark.parametrize("names", [(), (TRAIL_END,), (STORE,)])
def test_a_marker_without_what_it_marks_does_no_harm(names: tuple[str, ...], folder: Path) -> None:
    begun = left_alone(folder, *names)
    assert mrns(folder) == {MRN, "later"}
    assert not begun.exists()


def test_a_clinic_dropped_into_the_folder_is_noticed_and_nothing_is_deleted(
    folder: Path, backup: Path
) -> None:
    begun = left_alone(folder, "letter.txt")
    shutil.copy(backup, begun / STORE)
    shutil.copy(backup.with_suffix(f".{KEYRING}"), begun / KEYRING)
    with Clinic.open(folder, USER, PASSWORD) as opened:
        told = [each for each in opened.notices if AT_AN_OPENING in each]
    assert len(told) == 1
    aside = folder / f"set-aside-{STAMP}"
    assert aside.name in told[0]
    assert mrns(aside) == {MRN, "later"}
    assert (aside / f"left-{begun.name}" / "letter.txt").exists()
    with Clinic.open(folder, USER, PASSWORD) as opened:
        assert opened.notices == []


def test_a_backup_with_a_trigger_of_its_own_is_refused(
    folder: Path, backup: Path, behind_the_back: BehindTheBack, tmp_path: Path
) -> None:
    spoilt = shutil.copytree(folder, tmp_path / "spoilt")
    with behind_the_back(spoilt) as connection:
        connection.execute(
            "CREATE TRIGGER stolen AFTER INSERT ON draft BEGIN DELETE FROM audit_entry; END"
        )
    refused("is damaged", spoilt, folder)
    with Clinic.open(spoilt, USER, PASSWORD) as opened:
        assert opened.check() == ["The file holds a trigger that the program did not make: stolen."]
