"""Stores that former versions wrote are opened, brought up to date, and hold all they held.

Version 0002 was the first to be used; the store of 0001 is as that program left it after the first
step of its tables, before there was a search index.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.attachment import Attachment
from models.base import ClinicError
from models.demo.case import MRN
from models.store import schema
from models.store.clinic import Clinic
from models.store.places import BACKUPS, KEYRING, STORE
from tests import kept_store
from tests.conftest import PASSWORD, USER
from tests.kept_store import ABOUT, KEPT

BehindTheBack = Callable[..., Any]

VERSIONS = sorted(folder.name for folder in KEPT.iterdir() if folder.is_dir())
each_version = pytest.mark.parametrize("version", VERSIONS)
each_older_version = pytest.mark.parametrize(
    "version", [version for version in VERSIONS if version != schema.HEAD]
)


def copied(version: str, to: Path) -> Path:
    """The clinic alone: what is known about it stays where it is kept."""
    return Path(shutil.copytree(KEPT / version, to, ignore=shutil.ignore_patterns(ABOUT)))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def assert_holds_all(clinic: Clinic, about: dict[str, Any]) -> None:
    assert clinic.check() == []
    found = kept_store.described(clinic)
    assert {name: found["records"][name] for name in about["records"]} == about["records"]
    assert [change for change in about["changes"] if change not in found["changes"]] == []
    assert entered(found["case"]) == entered(about["case"])
    assert [patient.mrn for patient in clinic.find("rossi")] == [MRN]
    attached = [file for each in clinic.histories() for file in each.of(Attachment)]
    assert [clinic.content(file)[:8] for file in attached] == [b"A letter"]


def entered(case: dict[str, Any]) -> dict[str, Any]:
    """What no rule works out, and a later version therefore tells in the same way."""
    of_case = ("mrn", "disease", "diagnosed", "tnmb", "adverse_events", "biopsies")
    of_line = ("number", "regimen", "start", "end", "cycles", "infusions", "stop_reason")
    lines = [{name: line[name] for name in of_line} for line in case["lines"]]
    return {**{name: case[name] for name in of_case}, "lines": lines}


def about(version: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((KEPT / version / ABOUT).read_text(encoding="utf-8"))
    return told


def trail(folder: Path, behind_the_back: BehindTheBack) -> list[tuple[int, str]]:
    with behind_the_back(folder) as connection:
        rows = connection.execute("SELECT sequence, hash FROM audit_entry ORDER BY sequence")
        return list(rows.fetchall())


def version_of(folder: Path, behind_the_back: BehindTheBack) -> str:
    with behind_the_back(folder) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_every_former_version_is_kept() -> None:
    assert set(schema.VERSIONS[:-1]) <= set(VERSIONS) <= set(schema.VERSIONS)


@each_version
def test_a_kept_store_opens_and_holds_all_it_held(
    version: str, tmp_path: Path, behind_the_back: BehindTheBack
) -> None:
    folder = copied(version, tmp_path / "clinic")
    before = trail(folder, behind_the_back)
    assert len(before) == about(version)["audit_entries"]
    with Clinic.open(folder, USER, PASSWORD) as opened:
        assert_holds_all(opened, about(version))
    after = trail(folder, behind_the_back)
    assert after[: len(before)] == before
    assert len(after) > len(before)


@each_version
def test_a_kept_store_opens_with_its_recovery_key(version: str, tmp_path: Path) -> None:
    folder = copied(version, tmp_path / "clinic")
    known = about(version)
    new = "four other unrelated words"
    with Clinic.recover(folder, known["recovery_key"], user=USER, password=new) as opened:
        assert_holds_all(opened, known)
    with Clinic.open(folder, USER, new) as opened:
        assert opened.check() == []


@each_older_version
def test_it_is_brought_up_to_date_once_after_a_backup(
    version: str, tmp_path: Path, behind_the_back: BehindTheBack
) -> None:
    folder = copied(version, tmp_path / "clinic")
    Clinic.open(folder, USER, PASSWORD).close()
    made = sorted((folder / BACKUPS).iterdir())
    Clinic.open(folder, USER, PASSWORD).close()
    assert sorted((folder / BACKUPS).iterdir()) == made
    assert version_of(folder, behind_the_back) == schema.HEAD

    [backup] = (folder / BACKUPS).glob("before-*.db")
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(backup, restored / STORE)
    shutil.copy(backup.with_suffix(f".{KEYRING}"), restored / KEYRING)
    assert version_of(restored, behind_the_back) == version
    with Clinic.open(restored, USER, PASSWORD) as opened:
        assert_holds_all(opened, about(version))


@each_older_version
def test_a_migration_that_fails_midway_leaves_every_byte(
    version: str, tmp_path: Path, behind_the_back: BehindTheBack
) -> None:
    folder = copied(version, tmp_path / "clinic")
    in_the_way = last_table_made(version, tmp_path / "other", behind_the_back)
    with behind_the_back(folder) as connection:
        connection.execute(f"CREATE TABLE {in_the_way} (x)")
    before = files(folder)
    with pytest.raises(ClinicError):
        Clinic.open(folder, USER, PASSWORD)
    assert before.items() <= files(folder).items()
    assert version_of(folder, behind_the_back) == version
    with behind_the_back(folder) as connection:
        connection.execute(f"DROP TABLE {in_the_way}")
    with Clinic.open(folder, USER, PASSWORD) as opened:
        assert_holds_all(opened, about(version))


def last_table_made(version: str, folder: Path, behind_the_back: BehindTheBack) -> str:
    """By the last of the steps, when the others are done."""
    Clinic.open(copied(version, folder), USER, PASSWORD).close()
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid DESC"
    with behind_the_back(folder) as connection:
        return str(connection.execute(tables).fetchone()[0])


@each_version
def test_a_newer_store_is_refused_and_left_as_it_is(
    version: str, tmp_path: Path, behind_the_back: BehindTheBack
) -> None:
    folder = copied(version, tmp_path / "clinic")
    with behind_the_back(folder) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = files(folder)
    with pytest.raises(ClinicError, match="newer version of the program"):
        Clinic.open(folder, USER, PASSWORD)
    assert before.items() <= files(folder).items()
    assert not (folder / BACKUPS).exists()


def test_this_version_can_be_kept_once(tmp_path: Path) -> None:
    folder = kept_store.keep(tmp_path)
    told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    assert [name for name, number in told["records"].items() if not number] == []
    with Clinic.open(folder, USER, PASSWORD) as opened:
        assert_holds_all(opened, told)
    before = files(folder)
    with pytest.raises(FileExistsError):
        kept_store.keep(tmp_path)
    assert files(folder) == before
