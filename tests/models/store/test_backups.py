"""Which backups are kept, what is told of them, and what goes on record."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from models.base import ClinicError, revised
from models.roles import Role
from models.store.audit import Action
from models.store.backup import back_up_before
from models.store.backup_files import Backup, keyring_beside
from models.store.clinic import Clinic
from models.store.restoring import ByPassword, Present, compare, look, restore
from models.store.sitting import NotAllowed
from models.store.tables import AUDIT_ENTRY
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.models.store.asked import asked_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def other_disk(tmp_path: Path) -> Path:
    folder = tmp_path / "other-disk"
    folder.mkdir()
    return folder


def aged(made: Backup, age: dt.timedelta) -> Backup:
    """The same backup, as if it had been made so long before."""
    moment = made.moment - age
    path = made.path.with_name(f"{made.series}-{moment:%Y%m%dT%H%M%SZ}.db")
    shutil.copy(made.path, path)
    shutil.copy(keyring_beside(made.path), keyring_beside(path))
    found = Backup.at(path)
    assert found
    return found


def test_only_what_the_rule_drops_of_this_clinic_is_removed(
    clinic: Clinic, other_disk: Path
) -> None:
    clinic.save(a.patient())
    made = clinic.backups.take(other_disk).backup
    former = [aged(made, n * DAY) for n in (*range(1, 40), *range(40, 500, 10))]
    ahead = aged(made, -3 * DAY)
    alone = aged(made, 500 * DAY + dt.timedelta(seconds=1))
    keyring_beside(alone.path).unlink()
    others = {
        made.path.name.replace(made.series, "ctcl-00000000"): b"another clinic's",
        f"{made.path.stem} (copy).db": b"somebody's copy",
        "before-0006-20200101T000000Z.db": b"before",
        ".ctcl-00000000-20200101T000000Z.db": b"of another clinic, being made",
        "letter.txt": b"a letter",
    }
    for name, content in others.items():
        (other_disk / name).write_bytes(content)
        if name.startswith("ctcl-0"):
            keyring_beside(other_disk / name).write_bytes(b"{}")
    taken = clinic.backups.take(other_disk)
    left = clinic.backups.listing(other_disk)
    assert {each.path for each in taken.removed} | {each.path for each in left} == {
        each.path for each in (taken.backup, made, ahead, alone, *former)
    }
    assert len(left) <= 24 + 2
    assert left[:2] == [ahead, taken.backup]
    assert {each.path for each in left if not each.complete} == {alone.path}
    assert {name: (other_disk / name).read_bytes() for name in others} == others
    assert all(each.path.exists() == keyring_beside(each.path).exists() for each in former)


def test_copies_made_before_the_tables_change_are_kept_apart(clinic: Clinic) -> None:
    ours = clinic.backups.take().backup
    made = [back_up_before(clinic.sitting.store, "0006") for _time in range(4)]
    assert {each.path for each in clinic.backups.listing()} == {
        each.path for each in (ours, *made[-3:])
    }


def noted(clinic: Clinic, action: Action, at: dt.datetime) -> None:
    """As if the newest of these entries had been written then."""
    entries = AUDIT_ENTRY.c
    with clinic.sitting.store.writing() as session:
        session.execute(update(AUDIT_ENTRY).where(entries.action == action.value).values(at=at))


def newest_entry(clinic: Clinic) -> Any:
    with clinic.sitting.store.reading() as session:
        return session.execute(
            select(AUDIT_ENTRY).order_by(AUDIT_ENTRY.c.sequence.desc()).limit(1)
        ).one()


def local(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour).astimezone()


@pytest.mark.parametrize(
    ("now", "words", "worrying"),
    [
        (local(18, 8), "backup today 08:00", False),
        (local(18, 23), "backup today 08:00", False),
        (local(19, 1), "last backup yesterday", False),
        (local(20, 9), "last backup 2 days ago", True),
        (local(30, 1), "last backup 12 days ago", True),
        (local(17, 23), "last backup 18 Nov 2026 08:00", False),
        (local(2, 8), "last backup 18 Nov 2026 08:00", True),
    ],
)
def test_how_old_the_last_backup_is(
    clinic: Clinic, now: dt.datetime, words: str, worrying: bool
) -> None:
    clinic.backups.take()
    clinic.save(a.patient())
    noted(clinic, Action.BACKED_UP, local(18, 8))
    health = clinic.backups.health(now)
    assert (health.words, health.worrying) == (words, worrying)
    assert clinic.backups.due(now) == (now.date() != local(18, 8).date())


def test_nothing_new_needs_no_backup(clinic: Clinic) -> None:
    now = dt.datetime.now(dt.UTC)
    health = clinic.backups.health(now)
    assert (health.words, health.worrying) == ("no backup in its folder", True)
    assert clinic.backups.due(now)
    assert clinic.backups.worth_it()
    clinic.backups.take()
    clinic.save(a.patient())
    assert clinic.backups.worth_it()
    clinic.backups.take()
    clinic.history(a.PATIENT)
    clinic.close()
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        month = now + 30 * DAY
        assert not opened.backups.worth_it()
        assert not opened.backups.due(month)
        assert not opened.backups.health(month).worrying
        assert opened.backups.health(month).words == "last backup 30 days ago"


def test_only_what_still_lies_in_the_folder_for_backups_counts(
    clinic: Clinic, other_disk: Path
) -> None:
    now = dt.datetime.now(dt.UTC)
    clinic.backups.take(other_disk)
    assert clinic.backups.due(now)
    made = clinic.backups.take().backup
    assert not clinic.backups.due(now)
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    assert clinic.backups.due(now)
    made = clinic.backups.take().backup
    assert not clinic.backups.due(now)
    made.keyring.unlink()
    assert clinic.backups.due(now)
    health = clinic.backups.health(now)
    assert (health.succeeded, health.worrying) == (None, True)
    clinic.save(revised(clinic.safekeeping(), backup_folder=str(other_disk)))
    assert not clinic.backups.due(now)
    shutil.rmtree(other_disk)
    assert clinic.backups.worth_it()


def test_fakes_push_out_no_copy_and_nothing_hides_a_good_one(
    clinic: Clinic, other_disk: Path
) -> None:
    made = clinic.backups.take(other_disk).backup
    former = [aged(made, n * DAY) for n in (1, 2)]
    fakes = [made.moment - n * DAY + dt.timedelta(hours=1) for n in range(1, 40)]
    for n, moment in enumerate(fakes):
        fake = other_disk / f"{made.series}-{moment:%Y%m%dT%H%M%SZ}.db"
        fake.write_bytes(b"x" * (1, 8192)[n % 2])
        keyring_beside(fake).write_text("{}")
    folder = other_disk / f"{made.series}-20200101T000000Z.db"
    folder.mkdir()
    keyring_beside(folder).write_bytes(made.keyring.read_bytes())
    taken = clinic.backups.take(other_disk)
    assert taken.removed == [made]
    assert newest_entry(clinic).new["removed"] == made.path.name
    assert all(each.path.exists() for each in former)
    assert folder.is_dir()


def test_what_cannot_be_thinned_out_does_not_fail_the_backup(
    clinic: Clinic, other_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = clinic.backups.take(other_disk).backup
    listing = Path.iterdir

    def refusing(folder: Path) -> Any:
        if folder == other_disk and len([*other_disk.glob("ctcl-*.db")]) > 1:
            raise PermissionError(13, "not to be listed")
        return listing(folder)

    monkeypatch.setattr(Path, "iterdir", refusing)
    taken = clinic.backups.take(other_disk)
    assert (taken.removed, before.path.exists()) == ([], True)
    assert "cannot be read" in taken.left
    assert newest_entry(clinic).action == Action.BACKED_UP.value


def test_two_clinics_from_one_backup_do_not_thin_out_each_other(
    clinic: Clinic, other_disk: Path, tmp_path: Path
) -> None:
    ours = clinic.backups.take(other_disk).backup
    with look(ours.path, tmp_path / "new", ByPassword(USER, PASSWORD)) as seen:
        restore(seen)
    with Clinic.open(tmp_path / "new", USER, PASSWORD) as new:
        theirs = new.backups.take(other_disk).backup
        assert clinic.backups.take(other_disk).removed == [ours]
        assert new.backups.listing(other_disk) == [theirs]
    with look(theirs.path, clinic.folder, ByPassword(USER, PASSWORD)) as seen:
        assert compare(seen, clinic).present is Present.THE_SAME_CLINIC


def test_a_failure_is_told_until_a_backup_succeeds(clinic: Clinic, tmp_path: Path) -> None:
    for _time in range(2):
        with pytest.raises(ClinicError) as error:
            clinic.backups.take(tmp_path / "nowhere")
        health = clinic.backups.health(dt.datetime.now(dt.UTC))
        assert (health.why, health.worrying) == (error.value.happened, True)
        assert health.words.startswith("backup failed: the folder for backups ")
        clinic.backups.take()
        health = clinic.backups.health(dt.datetime.now(dt.UTC))
        assert (health.why, health.worrying) == ("", False)
        assert health.words.startswith("backup today ")


def test_a_failure_is_told_although_a_backup_elsewhere_succeeds(
    clinic: Clinic, other_disk: Path, tmp_path: Path
) -> None:
    with pytest.raises(ClinicError) as error:
        clinic.backups.take(tmp_path / "nowhere")
    clinic.backups.take(other_disk)
    assert clinic.backups.health(dt.datetime.now(dt.UTC)).why == error.value.happened


def test_a_failure_that_was_made_good_is_told_no_more_whatever_folder_is_chosen_since(
    clinic: Clinic, other_disk: Path
) -> None:
    away = other_disk.with_name("away")
    other_disk.rename(away)
    with pytest.raises(ClinicError):
        clinic.backups.take(other_disk)
    away.rename(other_disk)
    clinic.backups.take(other_disk)
    clinic.save(revised(clinic.safekeeping(), backup_folder=str(other_disk.parent)))
    health = clinic.backups.health(dt.datetime.now(dt.UTC))
    assert (health.why, health.words) == ("", "no backup in its folder")


def test_a_failure_stays_told_where_a_later_one_elsewhere_was_made_good(
    clinic: Clinic, other_disk: Path
) -> None:
    gone, away = other_disk.parent / "gone", other_disk.with_name("away")
    clinic.save(revised(clinic.safekeeping(), backup_folder=str(gone)))
    with pytest.raises(ClinicError) as error:
        clinic.backups.take()
    other_disk.rename(away)
    with pytest.raises(ClinicError):
        clinic.backups.take(other_disk)
    away.rename(other_disk)
    clinic.backups.take(other_disk)
    assert clinic.backups.health(dt.datetime.now(dt.UTC)).why == error.value.happened


def test_a_failure_before_a_backup_that_is_gone_since_is_told_no_more(
    clinic: Clinic, tmp_path: Path
) -> None:
    with pytest.raises(ClinicError):
        clinic.backups.take(tmp_path / "nowhere")
    clinic.backups.take().backup.path.unlink()
    health = clinic.backups.health(dt.datetime.now(dt.UTC))
    assert (health.why, health.words) == ("", "no backup in its folder")


def test_how_all_is_with_the_backups_is_told_without_reading_the_whole_trail(
    clinic: Clinic,
) -> None:
    clinic.backups.take()
    with asked_of(clinic) as asked:
        assert clinic.backups.health(dt.datetime.now(dt.UTC)).why == ""
    of_actions = [each for each, _values in asked if "audit_entry.action IN" in each]
    assert len(of_actions) == 2
    assert all("LIMIT" in each for each in of_actions)


def test_a_reader_makes_backups_too_and_it_goes_on_record(clinic: Clinic, other_disk: Path) -> None:
    clinic.users.add("rita", Role.READER, "some other unrelated words")
    clinic.save(revised(clinic.safekeeping(), backup_folder=str(other_disk)))
    clinic.close()
    with Clinic.open(clinic.folder, "rita", "some other unrelated words") as opened:
        opened.users.change_own_password("some other unrelated words", "words of my very own")
        with pytest.raises(NotAllowed):
            opened.backups.take(other_disk.parent)
        taken = opened.backups.take()
        entry = newest_entry(opened)
    assert (entry.action, entry.user) == (Action.BACKED_UP.value, "rita")
    assert entry.new == {
        "file": taken.backup.path.name,
        "folder": str(other_disk),
        "size": taken.backup.size,
        "patients": 0,
        "entries": entry.sequence - 1,
    }


def test_the_demo_clinic_is_backed_up_by_hand_only(tmp_path: Path) -> None:
    made, _key = Clinic.create(
        tmp_path / "demo", name="Demo", user="demo", password="demo", demo=True
    )
    with made as clinic:
        now = dt.datetime.now(dt.UTC)
        assert clinic.backups.worth_it()
        assert not clinic.backups.due(now)
        assert not clinic.backups.health(now).worrying
        assert clinic.backups.take().backup.complete
