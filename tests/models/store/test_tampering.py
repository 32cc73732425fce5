"""Whoever changes the audit trail behind the program's back is found, and the entry is named."""

import json
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base import revised
from models.patient import Patient
from models.store import audit
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.entries import values_of
from models.store.places import STORE, TRAIL_END
from models.store.trail_search import Asked
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.thorough import times

BehindTheBack = Callable[..., Any]
Connection = Any

MOMENTS = st.datetimes().map(lambda moment: moment.isoformat(sep=" ", timespec="microseconds"))
JSON_VALUES = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), min_size=1)
TEXTS = st.text(min_size=1, max_size=20) | st.binary(min_size=1, max_size=20)
EDITS: dict[str, st.SearchStrategy[Any]] = {
    "sequence": st.integers(min_value=-1000, max_value=1000),
    "at": MOMENTS | TEXTS,
    "user": TEXTS,
    "action": st.sampled_from([each.value for each in Action]) | TEXTS,
    "kind": st.none() | TEXTS,
    "record": st.none() | st.uuids().map(lambda key: key.hex) | TEXTS,
    "patient": st.none() | st.uuids().map(lambda key: key.hex) | TEXTS,
    "old": JSON_VALUES.map(json.dumps) | TEXTS,
    "new": JSON_VALUES.map(json.dumps) | TEXTS,
    "reason": st.none() | TEXTS,
    "previous": st.text("0123456789abcdef", min_size=64, max_size=64) | TEXTS,
    "hash": st.text("0123456789abcdef", min_size=64, max_size=64) | TEXTS,
}


@pytest.fixture
def busy(clinic: Clinic, patient: Patient) -> Clinic:
    """A clinic in which something was entered, corrected, removed, printed, read and checked."""
    saved = clinic.save(revised(patient, phone="030 1234"), reason="she moved")
    clinic.history(saved.id)
    with clinic.handing_out([saved.id], "printer Ward 3", report="timeline"):
        pass
    assert clinic.trail.verify() == []
    clinic.remove(saved, "entered by mistake")
    return clinic


@contextmanager
def left_as_it_was(connection: Connection) -> Iterator[None]:
    rows = connection.execute("SELECT * FROM audit_entry").fetchall()
    try:
        yield
    finally:
        connection.execute("DELETE FROM audit_entry")
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO audit_entry VALUES ({places})", rows)  # noqa: S608


def numbers(connection: Connection) -> list[int]:
    rows = connection.execute("SELECT sequence FROM audit_entry ORDER BY sequence")
    return [sequence for (sequence,) in rows]


def named(faults: list[str]) -> set[int]:
    """The entries that the sentences name, and those between two of them that are missing."""
    found: set[int] = set()
    for fault in faults:
        told = [int(number) for number in re.findall(r"-?\d+", fault)]
        found |= {*range(told[0], told[-1] + 1)}
    return found


def test_every_single_entry_that_is_edited_is_named(
    busy: Clinic, behind_the_back: BehindTheBack
) -> None:
    with behind_the_back(busy.folder) as connection:
        assert len(numbers(connection)) > 6
        for n in numbers(connection):
            with left_as_it_was(connection):
                connection.execute("UPDATE audit_entry SET user = 'eve' WHERE sequence = ?", [n])
                assert named(busy.trail.verify()) == {n}
    assert busy.trail.verify() == []


def test_every_single_entry_that_is_removed_is_named(
    busy: Clinic, behind_the_back: BehindTheBack
) -> None:
    with behind_the_back(busy.folder) as connection:
        for n in numbers(connection):
            with left_as_it_was(connection):
                connection.execute("DELETE FROM audit_entry WHERE sequence = ?", [n])
                assert busy.trail.verify() == [f"Entry {n} of the audit log is missing."]


def test_every_two_entries_that_changed_places_are_named(
    busy: Clinic, behind_the_back: BehindTheBack
) -> None:
    with behind_the_back(busy.folder) as connection:
        for n in numbers(connection)[:-1]:
            with left_as_it_was(connection):
                for old, new in ((n, -1), (n + 1, n), (-1, n + 1)):
                    move = "UPDATE audit_entry SET sequence = ? WHERE sequence = ?"
                    connection.execute(move, [new, old])
                assert {n, n + 1} <= named(busy.trail.verify())


def test_an_end_that_is_cut_off_is_named_however_much_it_is(
    busy: Clinic, behind_the_back: BehindTheBack
) -> None:
    with behind_the_back(busy.folder) as connection:
        last = max(numbers(connection))
        for n in numbers(connection):
            with left_as_it_was(connection):
                connection.execute("DELETE FROM audit_entry WHERE sequence >= ?", [n])
                assert named(busy.trail.verify()) == {*range(n, last + 1)}


def test_what_was_cut_off_goes_on_showing_after_others_were_written(
    busy: Clinic, behind_the_back: BehindTheBack
) -> None:
    busy.close()
    with behind_the_back(busy.folder) as connection:
        last = max(numbers(connection))
        connection.execute("DELETE FROM audit_entry WHERE sequence >= ?", [last - 1])
    for _time in range(2):
        with Clinic.open(busy.folder, USER, PASSWORD) as opened:
            words = f"Entries {last - 1} to {last} of the audit log are missing."
            assert words in opened.check()


def rows_of(connection: Connection) -> list[dict[str, Any]]:
    found = connection.execute("SELECT * FROM audit_entry ORDER BY sequence")
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found]


def rewrite_with_key(connection: Connection, key: bytes, first: int) -> None:
    """Chain all from this entry on anew, and say so at the end: what only the key makes possible.

    This is what an administrator of the computer could do who also has a password.
    """
    previous = ""
    for row in rows_of(connection):
        if row["sequence"] >= first:
            row["previous"] = previous or row["previous"]
            values = values_of(row)
            assert values is not None
            row["hash"] = audit.hash_of(key, values)
            update = "UPDATE audit_entry SET previous = ?, hash = ? WHERE sequence = ?"
            connection.execute(update, [row["previous"], row["hash"], row["sequence"]])
        previous = row["hash"]
    end = json.dumps({"sequence": max(numbers(connection)), "hash": previous})
    connection.execute("UPDATE clinic_setting SET value = ? WHERE key = 'audit_end'", [end])


def test_one_entry_chained_anew_by_whoever_has_the_key_does_not_fit_the_next(
    busy: Clinic, behind_the_back: BehindTheBack
) -> None:
    key = audit.audit_key(busy.sitting.store.key)
    with behind_the_back(busy.folder) as connection:
        connection.execute("UPDATE audit_entry SET user = 'eve' WHERE sequence = 3")
        values = values_of(rows_of(connection)[2])
        assert values is not None
        forged = audit.hash_of(key, values)
        connection.execute("UPDATE audit_entry SET hash = ? WHERE sequence = 3", [forged])
    assert busy.trail.verify() == [
        "Entry 4 of the audit log does not go on from the one before it."
    ]


@pytest.mark.parametrize(
    "forge", ["DELETE FROM audit_entry WHERE sequence > 4", "UPDATE audit_entry SET user = 'eve'"]
)
def test_a_trail_made_anew_by_whoever_has_the_key_does_not_fit_what_was_kept_beside_it(
    busy: Clinic, behind_the_back: BehindTheBack, forge: str
) -> None:
    key = audit.audit_key(busy.sitting.store.key)
    busy.close()
    with behind_the_back(busy.folder) as connection:
        last = max(numbers(connection))
        connection.execute(forge)
        rewrite_with_key(connection, key, 1)
    with Clinic.open(busy.folder, USER, PASSWORD) as opened:
        assert opened.trail.verify() == []
        (notice,) = opened.notices
        assert f"entry {last}" in notice


def test_an_older_copy_of_the_store_in_its_place_is_noticed(clinic: Clinic) -> None:
    clinic.close()
    older = shutil.copy(clinic.folder / STORE, clinic.folder / "older")
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        assert opened.notices == []
        with opened.handing_out([], "printer Ward 3", report="timeline"):
            pass
    Path(older).replace(clinic.folder / STORE)
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        (notice,) = opened.notices
        assert "older than it was" in notice
        noticed = [row.change for row in opened.trail.search(Asked()).rows if row.change]
        assert Action.NOTICED in {change.action for change in noticed}


def test_an_end_before_the_first_entry_fits_no_store(clinic: Clinic) -> None:
    clinic.close()
    (clinic.folder / TRAIL_END).write_text('{"sequence": 0, "hash": ""}')
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        assert any("entry 0" in notice for notice in opened.notices)


@pytest.mark.parametrize(("column", "value"), [("old", "[1"), ("at", "x"), ("user", b"\xff")])
def test_an_entry_that_cannot_be_read_hinders_no_history_of_a_patient(
    busy: Clinic, patient: Patient, behind_the_back: BehindTheBack, column: str, value: str | bytes
) -> None:
    whole = busy.changes(patient.id)
    edit = f"UPDATE audit_entry SET {column} = ? WHERE action = 'corrected'"  # noqa: S608
    with behind_the_back(busy.folder) as connection:
        connection.execute(edit, [value])
    assert busy.changes(patient.id) == [each for each in whole if each.action != "corrected"]
    assert b"This entry cannot be read" in busy.trail.export(Asked())


def test_an_entry_that_was_added_is_named(busy: Clinic, behind_the_back: BehindTheBack) -> None:
    with behind_the_back(busy.folder) as connection:
        last = max(numbers(connection))
        connection.execute(
            "INSERT INTO audit_entry SELECT sequence + 1, at, user, action, kind, record, patient,"
            " old, new, reason, previous, hash FROM audit_entry WHERE sequence = ?",
            [last],
        )
    assert last + 1 in named(busy.trail.verify())


@settings(max_examples=times(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edit_of_any_column_of_any_entry_is_found_and_hinders_nobody(
    busy: Clinic, behind_the_back: BehindTheBack, data: st.DataObject
) -> None:
    with behind_the_back(busy.folder) as connection, left_as_it_was(connection):
        n = data.draw(st.sampled_from(numbers(connection)))
        column = data.draw(st.sampled_from(sorted(EDITS)))
        before = {row["sequence"]: row[column] for row in rows_of(connection)}
        taken = {*before} if column == "sequence" else {before[n], str(before[n])}
        value = data.draw(EDITS[column].filter(lambda drawn: drawn not in taken))
        edit = f"UPDATE audit_entry SET {column} = ? WHERE sequence = ?"  # noqa: S608
        connection.execute(edit, [value, n])
        assert n in named(busy.trail.verify())
        assert len(busy.trail.search(Asked()).rows) >= len(before)


def test_a_made_up_key_makes_up_nothing(busy: Clinic, behind_the_back: BehindTheBack) -> None:
    with behind_the_back(busy.folder) as connection:
        rewrite_with_key(connection, uuid.uuid4().bytes * 2, 1)
        assert named(busy.trail.verify()) == {*numbers(connection)}


@pytest.mark.parametrize("column", ["at", "record", "patient", "old", "new"])
def test_a_value_that_can_be_none_hinders_neither_the_check_nor_the_next_opening(
    busy: Clinic, behind_the_back: BehindTheBack, column: str
) -> None:
    busy.close()
    with behind_the_back(busy.folder) as connection:
        last = max(numbers(connection))
        connection.execute(f"UPDATE audit_entry SET {column} = 'no such value'")  # noqa: S608
    with Clinic.open(busy.folder, USER, PASSWORD) as opened:
        assert {*range(1, last + 1)} <= named(opened.trail.verify())
        assert {*opened.trail.verify()} <= {*opened.check()}
        rows = opened.trail.search(Asked()).rows
        assert {row.sequence for row in rows if row.change is None} == {*range(1, last + 1)}


def test_what_another_window_changed_is_not_taken_for_damage(clinic: Clinic) -> None:
    """The search index, as a connection remembers it, may be older than the file."""
    with Clinic.open(clinic.folder, USER, PASSWORD) as other:
        for number in range(3):
            clinic.save(a.patient(id=uuid.uuid4(), mrn=f"A{number}", family_name="Rosso"))
            twice = other.save(a.patient(id=uuid.uuid4(), mrn=f"B{number}", family_name="Rosso"))
            assert len(clinic.find("rosso")) == number + 2
            other.remove(twice, "entered twice")
            assert clinic.check() == []
