"""A keyring changes with the store or not at all, and another one in its place is noticed."""

import errno
import os
import shutil
import signal
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from models.base import ClinicError
from models.roles import Role
from models.store import restoring
from models.store.accounts import NameTaken
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.places import KEYRING, STORE
from models.store.recovery import new_recovery_key
from models.store.trail_search import Asked
from tests.conftest import PASSWORD, USER
from tests.kept_store import ABOUT, KEPT
from tests.models.store.test_restoring import do_and_die
from tests.staff import GIVEN, OWN, account

ANOTHER = "not the one that belongs to these records"

CHANGES: dict[str, Callable[[Clinic], object]] = {
    "add": lambda clinic: clinic.users.add("carla", Role.READER, GIVEN),
    "disable": lambda clinic: clinic.users.disable(account(clinic, "berta"), "left"),
    "give": lambda clinic: clinic.users.give_password(account(clinic, "berta"), OWN),
    "own": lambda clinic: clinic.users.change_own_password(PASSWORD, OWN),
    "recovery": lambda clinic: clinic.users.put_recovery_key(new_recovery_key()),
}


@pytest.fixture
def staffed(clinic: Clinic) -> Clinic:
    clinic.users.add("berta", Role.ADMINISTRATOR, GIVEN)
    return clinic


def reopened(folder: Path, password: str = PASSWORD) -> Clinic:
    return Clinic.open(folder, USER, password)


def notices(folder: Path, password: str = PASSWORD) -> list[str]:
    with reopened(folder, password) as opened:
        return opened.notices


def disk_full(_connection: Connection) -> None:
    raise OSError(errno.ENOSPC, "no room")


@pytest.mark.parametrize("change", CHANGES)
def test_a_step_that_cannot_be_committed_leaves_the_keyring(staffed: Clinic, change: str) -> None:
    before = {path.name: path.read_bytes() for path in staffed.folder.glob("*keyring*")}
    event.listen(staffed._store._reading, "commit", disk_full)
    with pytest.raises(ClinicError, match="disk is full"):
        CHANGES[change](staffed)
    event.remove(staffed._store._reading, "commit", disk_full)
    assert {path.name: path.read_bytes() for path in staffed.folder.glob("*keyring*")} == before
    assert staffed.check() == []
    staffed.close()
    assert notices(staffed.folder) == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_keyring_that_is_changed_belongs_to_the_records(staffed: Clinic, change: str) -> None:
    former = (staffed.folder / KEYRING).read_bytes()
    CHANGES[change](staffed)
    assert (staffed.folder / KEYRING).read_bytes() != former
    assert [path.name for path in staffed.folder.glob("*keyring*")] == [KEYRING]
    assert staffed.check() == []


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_kill_between_keyring_and_store_locks_nobody_out_and_is_told(clinic: Clinic) -> None:
    clinic.close()

    def begin() -> None:
        opened = reopened(clinic.folder)
        kill = lambda _connection: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
        event.listen(opened._store._reading, "commit", kill)
        opened.users.change_own_password(PASSWORD, OWN)

    assert do_and_die(-1, begin) == 0
    with pytest.raises(ClinicError, match="do not open"):
        reopened(clinic.folder)
    with reopened(clinic.folder, OWN) as opened:
        (notice,) = opened.notices
        assert ANOTHER in notice
        opened.users.change_own_password(OWN, PASSWORD)
        assert opened.check() == []
    assert notices(clinic.folder) == []


def test_an_older_keyring_in_its_place_is_noticed(clinic: Clinic) -> None:
    older = shutil.copy(clinic.folder / KEYRING, clinic.folder / "older")
    clinic.users.change_own_password(PASSWORD, OWN)
    clinic.close()
    Path(older).replace(clinic.folder / KEYRING)
    for _again in range(2):
        with reopened(clinic.folder) as opened:
            (notice,) = opened.notices
            assert ANOTHER in notice
            assert opened.check() == [notice]
            told = [row.change for row in opened.trail.search(Asked()).rows if row.change]
            assert (Action.NOTICED, notice) in {(each.action, each.reason) for each in told}


def test_a_former_recovery_key_is_noticed(clinic_and_key: tuple[Clinic, str]) -> None:
    clinic, former = clinic_and_key
    older = shutil.copy(clinic.folder / KEYRING, clinic.folder / "older")
    clinic.users.put_recovery_key(new_recovery_key())
    clinic.close()
    Path(older).replace(clinic.folder / KEYRING)
    with Clinic.recover(clinic.folder, former, user="mallory", password=OWN) as opened:
        assert any(ANOTHER in notice for notice in opened.notices)


@pytest.fixture
def clinic_and_key(tmp_path: Path) -> tuple[Clinic, str]:
    return Clinic.create(tmp_path / "own", name="A", user=USER, password=PASSWORD)


def test_a_restored_backup_brings_the_keyring_that_belongs_to_it(
    clinic: Clinic, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    made = clinic.backups.take(tmp_path / "usb").backup.path
    clinic.users.change_own_password(PASSWORD, OWN)
    clinic.close()
    who = restoring.ByPassword(USER, PASSWORD)
    with restoring.look(made, clinic.folder, who) as look:
        assert look.faults == []
        restoring.restore(look)
    assert notices(clinic.folder) == []


def test_a_store_of_before_takes_the_keyring_beside_it_for_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    shutil.copytree(KEPT / "0005", folder, ignore=shutil.ignore_patterns(ABOUT))
    assert (folder / STORE).exists()
    assert notices(folder) == notices(folder) == []


@pytest.mark.parametrize("name", ["Berta", "BERTA", "ｂerta"])
def test_no_two_users_look_the_same(staffed: Clinic, name: str) -> None:
    with pytest.raises(NameTaken, match="a user berta"):
        staffed.users.add(name, Role.READER, GIVEN)
    staffed.users.add("ann lee", Role.READER, GIVEN)
    with pytest.raises(NameTaken):
        staffed.users.add("ann  lee", Role.READER, GIVEN)


def test_whoever_recovers_is_no_look_alike(
    clinic_and_key: tuple[Clinic, str], tmp_path: Path
) -> None:
    clinic, key = clinic_and_key
    clinic.close()
    before = (clinic.folder / KEYRING).read_bytes()
    with pytest.raises(NameTaken, match=f"a user {USER}"):
        Clinic.recover(clinic.folder, key, user=USER.upper(), password=OWN)
    assert (clinic.folder / KEYRING).read_bytes() == before
    who = restoring.ByRecoveryKey(key, USER.upper(), OWN)
    with pytest.raises(NameTaken):
        restoring.look(clinic.folder / STORE, tmp_path / "new", who)


def test_a_password_in_another_spelling_is_the_same(staffed: Clinic) -> None:
    given = "blu\u00e9 kettle gard\u00e9n 71"
    staffed.users.give_password(account(staffed, "berta"), given)
    with Clinic.open(staffed.folder, "berta", given) as opened:
        with pytest.raises(ClinicError, match="the password you have"):
            opened.users.change_own_password(given, unicodedata.normalize("NFD", given))
        assert opened.new_password_due
