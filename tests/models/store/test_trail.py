"""The audit trail is searched and exported by those who look after it, and by nobody else."""

import csv
import datetime as dt
import io
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from models.base import ClinicError, build, revised
from models.patient import Patient
from models.progress import Stopped
from models.roles import Role
from models.store import engine, trail_search
from models.store.audit import Action, Entry
from models.store.changed import values_in_words
from models.store.clinic import FILE, Clinic
from models.store.sitting import NotAllowed
from models.store.tables import AUDIT_ENTRY
from models.store.trail_rows import Row, rows_of
from models.store.trail_search import Asked
from models.treatment import Cycle, TreatmentLine
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.ui.samples import SAMPLES

Enter = Callable[..., Patient]
BehindTheBack = Callable[..., Any]
MOMENT = dt.datetime(2020, 4, 30, 12, tzinfo=dt.UTC)


def found(clinic: Clinic, **asked: object) -> list[Row]:
    return list(clinic.trail.search(Asked(**asked)).rows)  # type: ignore[arg-type]


def deeds(rows: Sequence[Row]) -> list[Action]:
    return [row.change.action for row in rows if row.change]


def write(clinic: Clinic, *entries: Entry) -> None:
    with clinic.sitting.on_record() as step:
        step.entries += entries


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_row_is_complete_for_reading(clinic: Clinic, patient: Patient) -> None:
    clinic.save(revised(patient, phone="030 1234"), reason="she moved")
    looked, changed, *_older = found(clinic)
    assert looked.change is not None
    assert (looked.change.action, looked.change.new) == (Action.READ, {"what": "audit log"})
    assert (changed.name, changed.mrn) == (patient.name, "A-1")
    assert changed.change is not None
    assert (changed.change.user, changed.change.reason) == (clinic.user, "she moved")
    assert values_in_words(changed.change, changed.names) == "Telephone: empty → 030 1234"
    assert len(changed.hash) == len(changed.previous) == 64
    assert looked.previous == changed.hash


def test_looking_goes_on_record_once(clinic: Clinic) -> None:
    assert deeds(found(clinic)) == deeds(found(clinic))


def test_by_user_by_action_by_kind_and_by_patient(clinic: Clinic, enter: Enter) -> None:
    one, other = enter(), enter(mrn="B-2")
    write(clinic, Entry(MOMENT, "bert", Action.READ, patient=one.id))
    clinic.history(other.id)
    (row,) = found(clinic, user="bert")
    assert row.patient == one.id
    reads = found(clinic, actions=frozenset({Action.READ}), patient=other.id)
    assert [row.mrn for row in reads] == ["B-2"]
    assert {row.mrn for row in found(clinic, kinds=frozenset({"patient"}))} == {"A-1", "B-2"}


def test_who_was_merged_or_removed_is_found(clinic: Clinic, enter: Enter) -> None:
    kept, duplicate = enter(), enter(mrn="B-2", given_name="Bea")
    clinic.merge(kept, duplicate, reason="the same person")
    rows = found(clinic, patient=kept.id)
    assert {row.mrn for row in rows} == {"A-1", "B-2"}
    assert clinic.trail.whose(" B-2 ") == duplicate.id
    with pytest.raises(ClinicError, match="never was"):
        clinic.trail.whose("C-3")


def test_days_are_those_of_where_the_computer_stands(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        late = dt.datetime(2020, 4, 30, 13, tzinfo=dt.UTC)
        write(clinic, Entry(late, "bert", Action.READ))
        day = dt.date(2020, 5, 1)
        assert len(found(clinic, since=day, until=day)) == 1
        assert found(clinic, until=day - dt.timedelta(days=1)) == []
        assert len(found(clinic, since=day + dt.timedelta(days=1), user="bert")) == 0
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "text", ["1234", "MOVED house", "weiss-lukasz moved", "a-1 phone", "köln", "KOLN", "she said"]
)
def test_text_is_found_wherever_it_stands(clinic: Clinic, patient: Patient, text: str) -> None:
    values = {"phone": "030 1234", "address": 'Köln, "am Dom"'}
    clinic.save(revised(patient, **values), reason="Moved house, she said")
    clinic.save(revised(clinic.patient("A-1"), email="a@example.org"))
    assert deeds(found(clinic, text=text)) == [Action.CORRECTED]


def test_text_that_stands_nowhere(clinic: Clinic, patient: Patient) -> None:
    assert found(clinic, text="1234 nowhere") == []
    assert found(clinic, text='"') != []


def test_further_rows_follow_the_last_one(
    clinic: Clinic, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail_search, "PAGE", 10)
    write(clinic, *[Entry(MOMENT, "bert", Action.READ, patient=patient.id) for _n in range(35)])
    for asked in (Asked(user="bert"), Asked(user="bert", text="a-1")):
        page = clinic.trail.search(asked)
        assert page.found == 35
        seen = [row.sequence for row in page.rows]
        while page.rows:
            page = clinic.trail.search(asked, seen[-1])
            assert page.found is None
            seen += [row.sequence for row in page.rows]
        assert len(seen) == 35
        assert seen == sorted(seen, reverse=True)


def test_a_record_to_which_another_points_is_named(clinic: Clinic, patient: Patient) -> None:
    own = {"patient": patient.id}
    line = clinic.save(build(TreatmentLine, {**SAMPLES[TreatmentLine], **own}))
    clinic.save(build(Cycle, {**SAMPLES[Cycle], **own, "treatment_line": line.id}))
    (row,) = found(clinic, kinds=frozenset({"cycle"}))
    assert row.change is not None
    assert row.names == {line.id: f"Treatment line {line.when.words if line.when else ''}"}
    assert str(line.id) not in values_in_words(row.change, row.names)


def test_the_export_tells_the_chain_and_is_on_record_itself(
    clinic: Clinic, patient: Patient
) -> None:
    rows = table(clinic.trail.export(Asked()))
    assert [row["Entry"] for row in rows] == [str(n + 1) for n in range(len(rows))]
    assert rows[-1]["Did"] == "Exported"
    for former, row in pairwise(rows):
        assert row["Hash of the former entry"] == former["Hash"]
    of_her = table(clinic.trail.export(Asked(patient=patient.id, text="wei")))
    assert [(row["Did"], row["MRN"]) for row in of_her] == [("Created", "A-1"), ("Exported", "A-1")]
    assert "With: wei" in of_her[-1]["Changed"]


@pytest.mark.parametrize("name", ["=1+1", "+49", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(clinic: Clinic, name: str) -> None:
    write(clinic, Entry(MOMENT, name, Action.READ, new={"what": name}, reason=name))
    (row,) = table(clinic.trail.export(Asked(user=name)))
    assert (row["Who"], row["Reason"]) == (f"'{name}", f"'{name}")
    assert all(not cell.startswith(tuple("=+-@\t")) for cell in row.values())


def test_whoever_waits_no_longer_ends_it(clinic: Clinic, patient: Patient) -> None:
    def stop(done: int, whole: int) -> None:
        raise Stopped

    for work in (
        lambda: clinic.trail.verify(stop),
        lambda: clinic.trail.search(Asked(text="a"), None, stop),
        lambda: clinic.trail.export(Asked(), stop),
        lambda: clinic.check(stop),
    ):
        with pytest.raises(Stopped):
            work()
    assert clinic.check() == []


@pytest.mark.parametrize("role", [Role.READER, Role.RECORDER, Role.CLINICIAN])
def test_only_administrators_look(clinic: Clinic, role: Role) -> None:
    clinic.users.add("bert", role, "another four unrelated words")
    with Clinic.open(clinic.folder, "bert", "another four unrelated words") as opened:
        opened.users.change_own_password("another four unrelated words", "yet other plain words")
        for refused in (
            lambda: opened.trail.search(Asked()),
            lambda: opened.trail.export(Asked()),
            opened.trail.verify,
            lambda: opened.trail.whose("A-1"),
        ):
            with pytest.raises(NotAllowed):
                refused()


def test_what_leaves_the_program_is_on_record_before_it_does_and_if_it_fails(
    clinic: Clinic, patient: Patient
) -> None:
    seen: list[Action] = []
    with clinic.handing_out([patient.id], "printer Ward 3", report="timeline"):
        seen += deeds(found(clinic, patient=patient.id))
    assert seen[0] is Action.PRINTED
    error = ClinicError("It is out of paper.", "Nothing was lost.", "Put some in.")
    with pytest.raises(ClinicError), clinic.handing_out([patient.id], "file", report="timeline"):
        raise error
    failed, begun, *_older = found(clinic, patient=patient.id)
    assert failed.change is not None
    assert begun.change is not None
    assert failed.change.action is begun.change.action is Action.EXPORTED
    assert failed.change.new == {**begun.change.new, "failed": "yes"}


def test_nothing_leaves_a_clinic_that_is_closed(clinic: Clinic, patient: Patient) -> None:
    clinic.close()
    with pytest.raises(ClinicError, match="closed"), clinic.handing_out([patient.id], "file"):
        pytest.fail("it went out")


@pytest.fixture
def locked(
    clinic: Clinic,
    patient: Patient,
    behind_the_back: BehindTheBack,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Clinic, Any]]:
    """A clinic to whose file somebody else is writing, and who that is."""
    monkeypatch.setattr(engine, "PATIENCE_MS", 20)
    clinic.close()
    reopened = Clinic.open(clinic.folder, USER, PASSWORD)
    with reopened, behind_the_back(clinic.folder) as other:
        other.execute("BEGIN IMMEDIATE")
        yield reopened, other


def test_nothing_leaves_that_cannot_be_put_on_record(
    locked: tuple[Clinic, Any], patient: Patient
) -> None:
    clinic, _other = locked
    for act in (
        lambda: clinic.handing_out([patient.id], "printer Ward 3").__enter__(),
        lambda: clinic.handing_out([patient.id], FILE).__enter__(),
        lambda: clinic.exporting([patient.id], FILE).__enter__(),
        lambda: clinic.trail.export(Asked()),
    ):
        with pytest.raises(ClinicError, match="put on record first") as refused:
            act()
        assert refused.value.kept == "Nothing was printed, saved or exported."
    assert clinic.owed == ""


def test_who_reads_is_not_kept_waiting_and_is_told_what_is_not_on_record(
    locked: tuple[Clinic, Any], patient: Patient
) -> None:
    clinic, other = locked
    assert clinic.history(patient.id)
    assert clinic.owed.startswith("1 entry could not be written into the audit log")
    other.execute("ROLLBACK")
    clinic.close()
    assert clinic.owed == ""
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        assert deeds(found(opened, patient=patient.id))[0] is Action.READ


def test_what_is_owed_to_the_end_is_told_as_such(
    locked: tuple[Clinic, Any], patient: Patient
) -> None:
    clinic, _other = locked
    clinic.history(patient.id)
    clinic.close()
    assert clinic.owed.startswith("2 entries could not be written")


@pytest.mark.parametrize("way", ["find", "changes", "content", "verify"])
def test_every_way_to_read_is_on_record(clinic: Clinic, patient: Patient, way: str) -> None:
    letter = a.attachment(patient=patient.id, media_type="application/pdf")
    file = clinic.attach(letter, b"%PDF-1.4")
    ways: dict[str, tuple[Callable[[], object], Action, uuid.UUID | None]] = {
        "find": (lambda: clinic.find(" "), Action.LISTED, None),
        "changes": (lambda: clinic.changes(patient.id), Action.READ, patient.id),
        "content": (lambda: clinic.content(file), Action.READ, patient.id),
        "verify": (clinic.trail.verify, Action.READ, None),
    }
    read, did, whose = ways[way]
    for _time in range(2):
        read()
    with clinic._store.reading() as session:
        rows = rows_of(session, [*session.scalars(select(AUDIT_ENTRY.c.sequence))])
    written = [(row.change.action, row.patient) for row in rows if row.change]
    assert written.count((did, whose)) == 1
