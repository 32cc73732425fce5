"""The demo clinic: made twice, and never in the place of a real one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.base import ClinicError
from models.demo.case import MRN
from models.demo.clinic import PASSWORD, USER, create_demo
from models.store.clinic import Clinic
from models.store.folder import is_demo

Files = Callable[[Path], dict[str, bytes]]


def numbers(folder: Path) -> list[str]:
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        return sorted(patient.mrn for patient in clinic.patients())


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def demo_of(folder: Path, patients: int = 0) -> Path | None:
    made = create_demo(folder, patients)
    made.clinic.close()
    return made.former


def test_a_demo_clinic_opens_with_the_known_password(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert demo_of(folder, patients=3) is None
    assert is_demo(folder)
    assert numbers(folder) == [MRN, "M00001", "M00002", "M00003"]


def test_what_was_entered_is_sound_and_complete(tmp_path: Path) -> None:
    made = create_demo(tmp_path / "demo", patients=12, seed=5)
    with made.clinic as clinic:
        assert clinic.demo
        assert clinic.check() == []
        found = {history.patient.mrn: len(history.by_id) for history in clinic.histories()}
    assert found[MRN] > 100
    assert len(found) == 13


def test_a_former_demo_clinic_is_set_aside_and_one_is_kept(tmp_path: Path) -> None:
    folder, former = tmp_path / "demo", tmp_path / "demo.former"
    demo_of(folder, patients=1)
    assert demo_of(folder, patients=2) == former
    assert numbers(former) == [MRN, "M00001"]
    assert demo_of(folder) == former
    assert numbers(former) == [MRN, "M00001", "M00002"]
    assert numbers(folder) == [MRN]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "demo.former"]


def test_a_real_clinic_is_refused_and_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    made, _key = Clinic.create(folder, name="Skin Clinic", user="anna", password="tea lamp river")
    made.close()
    before = files(folder)
    with pytest.raises(ClinicError, match="already holds a clinic"):
        create_demo(folder)
    assert files(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["clinic"]


@pytest.mark.parametrize("real_clinic", [True, False])
def test_nothing_but_a_former_demo_clinic_is_replaced(tmp_path: Path, real_clinic: bool) -> None:
    folder, former = tmp_path / "demo", tmp_path / "demo.former"
    demo_of(folder)
    if real_clinic:
        Clinic.create(former, name="Skin Clinic", user="anna", password="tea lamp river")[0].close()
    else:
        former.mkdir()
        (former / "letter.txt").write_text("kept", encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(ClinicError, match="holds other things"):
        create_demo(folder)
    assert files(tmp_path) == before


def test_a_folder_that_cannot_be_moved_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a system that keeps the folder of an open file in its place."""

    def held(_folder: Path, _target: Path) -> Path:
        raise PermissionError

    folder = tmp_path / "demo"
    demo_of(folder)
    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(ClinicError, match="could not be set aside"):
        create_demo(folder)
    assert numbers(folder) == [MRN]


def test_progress_is_told_after_each_patient(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = create_demo(
        tmp_path / "demo", patients=2, progress=lambda done, of: told.append((done, of))
    )
    made.clinic.close()
    assert told == [(1, 3), (2, 3), (3, 3)]
