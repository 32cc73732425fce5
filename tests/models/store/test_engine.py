"""How the file is opened: its settings, its journal, and what is different on a network drive."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import text

from models.base import ClinicError, revised
from models.patient import Patient
from models.store import engine
from models.store.clinic import Clinic
from models.store.places import STORE
from models.store.same_file import log_of
from tests.models.store.conftest import PASSWORD, USER, BehindTheBack
from tests.models.store.test_turns import SOON, LongReading
from tests.torture.share import mounted_from_network

SETTINGS = {
    "foreign_keys": 1,
    "synchronous": 2,
    "temp_store": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "locking_mode": "normal",
    "cipher_log_level": "NONE",
}


def settings(clinic: Clinic, names: list[str]) -> list[dict[str, Any]]:
    """As they are on each of the three connections."""
    store = clinic._store
    with store.reading() as one, store.glancing() as two, store.surveying() as three:
        return [
            {name: each.scalar(text(f"PRAGMA {name}")) for name in names}
            for each in (one, two, three)
        ]


def reopened(clinic: Clinic) -> Clinic:
    clinic.close()
    return Clinic.open(clinic.folder, USER, PASSWORD)


@pytest.fixture
def share(clinic: Clinic, patient: Patient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    """The clinic with its patient, opened again, now from a network drive."""
    monkeypatch.setattr(psutil, "disk_partitions", mounted_from_network(clinic.folder))
    with reopened(clinic) as opened:
        yield opened


def test_every_connection_is_set_alike(clinic: Clinic) -> None:
    wanted = {**SETTINGS, "journal_mode": "wal"}
    assert settings(clinic, [*wanted]) == [wanted] * 3
    assert clinic._store.warnings == []


def test_a_network_drive_has_a_journal_and_a_warning(share: Clinic, patient: Patient) -> None:
    wanted = {**SETTINGS, "journal_mode": "truncate"}
    assert settings(share, [*wanted]) == [wanted] * 3
    assert not log_of(share.folder / STORE).exists()
    (sentence,) = share._store.warnings
    assert "network drive" in sentence


def test_all_is_read_and_saved_on_a_network_drive(share: Clinic, patient: Patient) -> None:
    saved = share.save(revised(patient, notes="from afar"))
    assert share.patients() == share.find("weiss") == [saved]
    assert [found.patient for found in share.likely_duplicates(patient.model_dump())] == [saved]
    assert [history.patient for history in share.histories()] == [saved]
    assert share.check() == []


def test_a_clinic_moves_to_a_network_drive_and_back(
    share: Clinic, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = share.save(revised(patient, notes="from afar"))
    monkeypatch.undo()
    with reopened(share) as back:
        assert settings(back, ["journal_mode"]) == [{"journal_mode": "wal"}] * 3
        assert back.patients() == [saved]
        assert back.check() == []


def test_on_a_network_drive_a_save_waits_for_a_long_survey(
    share: Clinic, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE_ON_NETWORK_MS", 10)
    with reopened(share) as clinic, ThreadPoolExecutor(1, "who saves") as others:
        survey = LongReading(clinic)
        saving = others.submit(clinic.save, revised(patient, notes="meanwhile"))
        with pytest.raises(TimeoutError):
            saving.result(0.2)
        assert [history.patient for history in survey.result()] == [patient]
        assert saving.result(SOON).notes == "meanwhile"
        survey.others.shutdown()


def test_a_lock_on_a_network_drive_asks_for_patience(
    share: Clinic, patient: Patient, behind_the_back: BehindTheBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE_ON_NETWORK_MS", 10)
    with reopened(share) as waiting, behind_the_back(share.folder) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act in (waiting.patients, lambda: waiting.save(revised(patient, notes="x"))):
            with pytest.raises(ClinicError, match="Another program is writing"):
                act()
        other.execute("ROLLBACK")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM patient").fetchone()
        with pytest.raises(ClinicError, match="Another program is writing"):
            waiting.save(revised(patient, notes="x"))
        other.execute("COMMIT")
        assert waiting.save(revised(patient, notes="x")).version == 2


def test_a_clinic_in_use_is_not_switched_over(
    clinic: Clinic, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One computer has the folder on its disk, and lends it to another one."""
    monkeypatch.setattr(engine, "PATIENCE_ON_NETWORK_MS", 10)
    with monkeypatch.context() as away:
        away.setattr(psutil, "disk_partitions", mounted_from_network(clinic.folder))
        with pytest.raises(ClinicError, match="Another program is writing"):
            Clinic.open(clinic.folder, USER, PASSWORD)
        clinic.close()
        distant = Clinic.open(clinic.folder, USER, PASSWORD)
    with distant, Clinic.open(clinic.folder, USER, PASSWORD) as near:
        for act in (distant.patients, lambda: distant.save(revised(patient, notes="x"))):
            with pytest.raises(ClinicError, match="Another computer"):
                act()
        assert near.save(revised(patient, notes="near")).version == 2
        near.close()
        assert [each.notes for each in distant.patients()] == ["near"]
        assert distant.check() == []


def test_a_log_left_behind_is_taken_over_on_a_network_drive(
    clinic: Clinic, patient: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "share"
    copy.mkdir()
    for path in clinic.folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    assert log_of(copy / STORE).stat().st_size > 0
    monkeypatch.setattr(psutil, "disk_partitions", mounted_from_network(copy))
    with Clinic.open(copy, USER, PASSWORD) as opened:
        assert opened.patients() == [patient]
        assert not log_of(copy / STORE).exists()
