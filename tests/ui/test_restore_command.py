"""`restore` on the command line: what will change is told, and nothing is done unasked."""

import io
import sys
from pathlib import Path

import pytest

import main
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.models import builders as a

NEW_PASSWORD = "four other unrelated words"


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTCL_PASSWORD", PASSWORD)


@pytest.fixture
def backup(clinic: Clinic) -> Path:
    """A closed clinic's backup, after which a patient was entered."""
    made = clinic.backups.take().backup.path
    clinic.save(a.patient(mrn="later"))
    clinic.close()
    return made


def mrns(folder: Path, user: str = USER, password: str = PASSWORD) -> set[str]:
    with Clinic.open(folder, user, password) as opened:
        return {patient.mrn for patient in opened.patients()}


@pytest.mark.usefixtures("password")
def test_with_yes_it_says_what_changed(
    clinic: Clinic, backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["restore", str(backup), "--clinic", str(clinic.folder), "--yes"]) == 0
    said = capsys.readouterr().out
    assert "Patients: 1 → 0" in said
    assert "Users:" not in said, "of these there are as many"
    assert "the recovery key are those of the backup" in said
    assert "Patient created\tWeber, Karl" in said
    assert "set-aside-" in said
    assert mrns(clinic.folder) == set()


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize(("answer", "status"), [("n\n", 2), ("y\n", 0)])
def test_at_a_terminal_it_asks(
    answer: str, status: int, clinic: Clinic, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO(answer)
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", terminal)
    assert main.main(["restore", str(backup), "--clinic", str(clinic.folder)]) == status
    assert mrns(clinic.folder) == ({"later"} if status else set())


@pytest.mark.usefixtures("password")
def test_without_a_terminal_nothing_is_done_unasked(
    clinic: Clinic,
    backup: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main.main(["restore", str(backup), "--clinic", str(clinic.folder)]) == 2
    assert "--yes" in capsys.readouterr().err
    assert mrns(clinic.folder) == {"later"}


def test_with_the_recovery_key_on_a_new_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, key = Clinic.create(tmp_path / "old", name="A", user=USER, password=PASSWORD)
    with made:
        made.save(a.patient(mrn="1"))
        backup = made.backups.take().backup.path
    (tmp_path / "key").write_text(f"{key}\n")
    monkeypatch.setenv("CTCL_PASSWORD", NEW_PASSWORD)
    where = ["--clinic", str(tmp_path / "new"), "--user", "berta", "--yes"]
    with_key = ["--recovery-key-file", str(tmp_path / "key")]
    assert main.main(["restore", str(backup), *with_key, *where]) == 0
    assert mrns(tmp_path / "new", "berta", NEW_PASSWORD) == {"1"}


def test_the_refusal_says_that_a_backup_opens_with_what_held_then(
    clinic: Clinic,
    backup: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CTCL_PASSWORD", NEW_PASSWORD)
    assert main.main(["restore", str(backup), "--clinic", str(clinic.folder), "--yes"]) == 2
    told = capsys.readouterr().err
    assert "A backup opens with the password or recovery key that held when it was made" in told


@pytest.mark.usefixtures("password")
def test_what_is_no_backup_is_refused_with_a_sentence(
    clinic: Clinic, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.close()
    assert main.main(["restore", str(tmp_path / "nothing.db"), "--clinic", str(clinic.folder)]) == 2
    assert "cannot be read" in capsys.readouterr().err
