"""Whatever is done is written down, and whatever is done behind the program's back shows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from models.attachment import MOST_BYTES, Attachment
from models.base import ClinicError, build, revised
from models.patient import Patient
from models.store.audit import Action
from models.store.clinic import Clinic
from models.visit import Visit
from tests.models.store.asked import asked_of, plan_of

USER, PASSWORD = "anna", "three unrelated words"

BehindTheBack = Callable[..., Any]


def visit(patient: Patient, **values: Any) -> Visit:
    usual = {"date": "2016-04-25", "kind": "follow-up", "status": "done"}
    return build(Visit, {**usual, "patient": patient.id, **values})


def photograph(patient: Patient) -> Attachment:
    values = {"date": "2016-04", "kind": "photograph", "title": "Back", "media_type": "image/png"}
    return build(Attachment, {**values, "sha256": "-", "patient": patient.id})


def test_the_newest_change_stands_first(clinic: Clinic, patient: Patient) -> None:
    saved = clinic.save(visit(patient))
    corrected = clinic.save(revised(saved, date="2016-04-26", itch=3))
    clinic.remove(corrected, "never came")
    removed, changed, created, _patient = clinic.changes(patient.id)
    assert [change.action for change in (removed, changed, created)] == [
        Action.REMOVED,
        Action.CORRECTED,
        Action.CREATED,
    ]
    assert removed.at > changed.at > created.at
    assert created.new == {"date": "2016-04-25", "kind": "follow-up", "status": "done"}
    assert changed.old == {"date": "2016-04-25", "itch": None}
    assert changed.new == {"date": "2016-04-26", "itch": 3.0}


def test_a_refused_step_is_not_written_down(clinic: Clinic, patient: Patient) -> None:
    before = clinic.changes(patient.id)
    with pytest.raises(ClinicError):
        clinic.save(visit(patient, date="1900-01-01"))
    assert clinic.changes(patient.id) == before


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE audit_entry SET user = 'eve' WHERE sequence = 3",
        "UPDATE audit_entry SET at = '2001-01-01 00:00:00.000000' WHERE sequence = 3",
        "UPDATE audit_entry SET new = '{}' WHERE kind = 'patient'",
        "UPDATE audit_entry SET reason = 'because' WHERE sequence = 4",
        "DELETE FROM audit_entry WHERE sequence = 1",
        "DELETE FROM audit_entry WHERE sequence = 3",
        "DELETE FROM audit_entry WHERE sequence = (SELECT max(sequence) FROM audit_entry)",
        "DELETE FROM audit_entry",
        "DELETE FROM clinic_setting WHERE key = 'audit_end'",
        "UPDATE audit_entry SET sequence = CASE sequence WHEN 3 THEN -4 ELSE -3 END"
        " WHERE sequence IN (3, 4); UPDATE audit_entry SET sequence = -sequence WHERE sequence < 0",
        "UPDATE visit SET symptoms = 'none'",
        "UPDATE visit SET removed_at = '2020-01-01 00:00:00.000000'",
        "DELETE FROM visit",
        "UPDATE patient SET birth_date = '1951-03-07'",
        "UPDATE alembic_version SET version_num = version_num; INSERT INTO molecular_result"
        " (id, version, recorded_by, changed_by, patient, date, specimen, test, result) SELECT"
        " '0123456789abcdef0123456789abcdef', 1, '', '', id, '2016-01-01', 'x', 'x', 'x'"
        " FROM patient",
    ],
)
def test_an_edit_behind_the_programs_back_shows(
    clinic: Clinic, patient: Patient, behind_the_back: BehindTheBack, edit: str
) -> None:
    saved = clinic.save(visit(patient, symptoms="itch"))
    clinic.save(revised(saved, symptoms="pain"))
    assert clinic.check() == []
    clinic.close()
    with behind_the_back(clinic.folder) as connection:
        connection.executescript(edit)
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        found = opened.check()
    assert found
    assert all(sentence.endswith(".") for sentence in found)


def test_a_reference_to_nothing_shows(
    clinic: Clinic, patient: Patient, behind_the_back: BehindTheBack
) -> None:
    clinic.save(visit(patient))
    clinic.close()
    with behind_the_back(clinic.folder) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM patient")
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        assert "An entry in visit points to nothing." in opened.check()


def test_two_threads_save_and_read_side_by_side(clinic: Clinic, patient: Patient) -> None:
    def work(number: int) -> int:
        clinic.save(visit(patient, notes=str(number)))
        return len(clinic.history(patient.id).of(Visit))

    with ThreadPoolExecutor(2) as threads:
        counts = list(threads.map(work, range(40)))
    assert max(counts) == 40
    moments = [record.recorded_at for record in clinic.history(patient.id).of(Visit)]
    assert len(set(moments)) == 40
    assert clinic.check() == []


def test_two_windows_do_not_overwrite_each_other(clinic: Clinic, patient: Patient) -> None:
    with Clinic.open(clinic.folder, USER, PASSWORD) as other:
        corrected = other.save(revised(patient, given_name="Berta"))
        with pytest.raises(ClinicError, match="changed meanwhile"):
            clinic.save(revised(patient, given_name="Clara"))
        assert clinic.patients() == other.patients() == [corrected]
        assert clinic.check() == []


def test_two_windows_wait_for_each_other(clinic: Clinic, patient: Patient) -> None:
    with Clinic.open(clinic.folder, USER, PASSWORD) as other, ThreadPoolExecutor(2) as threads:
        windows = [clinic, other] * 20
        saved = list(threads.map(lambda window: window.save(visit(patient)), windows))
    assert set(clinic.history(patient.id).by_id) == {record.id for record in saved}
    assert clinic.check() == []


def test_a_file_is_kept_with_its_entry(clinic: Clinic, patient: Patient) -> None:
    first, second = bytes(range(256)) * 100, b"another"
    saved = clinic.attach(photograph(patient), first)
    replaced = clinic.attach(saved, second)
    assert replaced.version == 2
    assert (clinic.content(saved), clinic.content(replaced)) == (first, second)
    assert clinic.history(patient.id).of(Attachment) == (replaced,)
    assert clinic.check() == []


def test_a_file_is_not_too_large_and_not_missing(clinic: Clinic, patient: Patient) -> None:
    with pytest.raises(ClinicError, match="25 MB"):
        clinic.attach(photograph(patient), bytes(MOST_BYTES + 1))
    with pytest.raises(ClinicError, match="not in the store"):
        clinic.content(clinic.save(photograph(patient)))


def test_an_edited_file_shows(
    clinic: Clinic, patient: Patient, behind_the_back: BehindTheBack
) -> None:
    saved = clinic.attach(photograph(patient), b"as it was")
    with behind_the_back(clinic.folder) as connection:
        connection.execute("UPDATE attachment_content SET content = x'00'")
    with pytest.raises(ClinicError, match="damaged"):
        clinic.content(saved)


def test_the_history_of_changes_is_found_without_reading_through_a_table(
    clinic: Clinic, patient: Patient
) -> None:
    with asked_of(clinic) as asked:
        assert clinic.changes(patient.id)
    steps = plan_of(clinic, asked)
    assert any("ix_patient_merged_into" in step for step in steps)
    assert not any(step.startswith("SCAN") for step in steps)
