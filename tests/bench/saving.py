"""How long it takes to save a record, durable and with its audit entry, beside a bare transaction.

The bare one writes the very same rows through the same library into a copy of the same file: the
record, its audit entry, the end of the trail. What keeping that end outside the store, too, costs
stands beside it: no bare transaction has it. In the window: from Ctrl+Enter in a form until the
table, the timeline and the figures are painted with the record in them.
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.base import PatientRecord, build, revised
from models.patient import Patient
from models.store import trail_end
from models.store.clinic import Clinic
from models.store.places import STORE
from models.treatment import Infusion
from models.visit import Visit
from tests.bench.clinics import connected, copied, mrn_of, opened
from tests.bench.figures import Figure, in_turns, median
from tests.bench.patient import signed_in, until_painted
from ui.main_window import MainWindow

FIRST = dt.date(2010, 1, 1)
BARE = "a bare transaction"
RUNS, QUICK_RUNS = 60, 20
PAINTED_WITHIN = 100
Saved = Callable[[], PatientRecord]
Row = dict[str, Any]


def figures(quick: bool) -> Iterator[Figure]:
    """A new visit, a correction and an infusion."""
    for size in (1_000,) if quick else (1_000, 100_000):
        with (
            copied(size) as folder,
            copied(size) as beside,
            opened(folder) as clinic,
            closing(connected(clinic, beside / STORE)) as other,
        ):
            patient = clinic.patient(mrn_of("of 600 records"))
            for what, save in saves(clinic, patient).items():
                bare = bare_of(clinic, save, other)
                work = {what: save, BARE: bare, "of that, its end kept": kept(clinic)}
                taken = in_turns(work, QUICK_RUNS if quick else RUNS)
                yield from told(taken, f"{size:,} patients")
            at, times = f"of 600 records, {size:,} patients", 5 if quick else 20
            with signed_in(clinic) as window:
                taken_in_window = [*in_the_window(window, patient, times)]
            yield median("in the window, painted", at, taken_in_window, at_most=PAINTED_WITHIN)


def told(taken: dict[str, list[float]], at: str) -> Iterator[Figure]:
    (what, mine), (_bare, floor), (end, kept_in) = taken.items()
    reference = median(BARE, at, floor).value
    yield median(what, at, mine, beside=BARE, reference=reference, times=2)
    yield median(end, at, kept_in)


def saves(clinic: Clinic, patient: Patient) -> dict[str, Saved]:
    """Each saves a record more, or corrects one again."""
    given = clinic.history(patient.id).of(Infusion)[-1]
    days = (FIRST + dt.timedelta(days=number) for number in itertools.count())
    of_a_visit = {"patient": patient.id, "date": FIRST, "kind": "follow-up", "status": "done"}
    corrected = [clinic.save(build(Visit, of_a_visit))]

    def visit() -> PatientRecord:
        return clinic.save(build(Visit, {**of_a_visit, "date": next(days)}))

    def correction() -> PatientRecord:
        corrected[0] = clinic.save(revised(corrected[0], notes=f"seen on {next(days)}"))
        return corrected[0]

    def infusion() -> PatientRecord:
        return clinic.save(revised(given, id=uuid.uuid4(), version=0, given_on=next(days)))

    return {"a visit saved": visit, "a visit corrected": correction, "an infusion saved": infusion}


def in_the_window(window: MainWindow, patient: Patient, times: int) -> Iterator[float]:
    """A visit more, each time; milliseconds."""
    window.open_patient(patient.id)
    tab, page = window.patient.record_tabs[Visit], window.patient
    window.patient.tabs.bring_kind_forward(Visit)
    for number in range(times + 1):
        day = FIRST - dt.timedelta(days=1 + number)
        tab.start_new({"date": day, "kind": "follow-up", "status": "done"})
        QApplication.processEvents()
        keys = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        taken = until_painted(lambda: QTest.keyClick(tab.form.editors["date"], *keys))  # noqa: B023
        assert page.history
        assert day in {each.date for each in page.history.of(Visit)}
        if number:
            yield taken


def kept(clinic: Clinic) -> Callable[[], None]:
    """The end of the trail beside the store, as every save keeps it."""
    end = trail_end.kept(clinic.folder)
    assert end
    return lambda: trail_end.keep(clinic.folder, end)


def bare_of(clinic: Clinic, save: Saved, other: sqlcipher.Connection) -> Callable[[], None]:
    """Writes what this save writes, under ids of its own."""
    saved = save()
    table = saved.table_name()
    with closing(connected(clinic, clinic.folder / STORE)) as store:
        store.row_factory = sqlcipher.Row
        record = _row(store, f"SELECT * FROM {table} WHERE id = ?", saved.id.hex)  # noqa: S608
        entry = _row(store, "SELECT * FROM audit_entry ORDER BY sequence DESC LIMIT 1")
        (end,) = store.execute(
            "SELECT value FROM clinic_setting WHERE key = 'audit_end'"
        ).fetchone()
    (last,) = other.execute("SELECT max(sequence) FROM audit_entry").fetchone()
    sequences = itertools.count(last + 1)
    new = entry["action"] == "created"
    if not new:
        _insert(other, table, record)
    changed = "UPDATE visit SET notes = ?, version = ?, changed_by = ?, changed_at = ? WHERE id = ?"
    values = [record[each] for each in ("notes", "version", "changed_by", "changed_at", "id")]

    def transaction() -> None:
        other.execute("BEGIN IMMEDIATE")
        if new:
            _insert(other, table, {**record, "id": uuid.uuid4().hex})
        else:
            other.execute(changed, values)
        _insert(other, "audit_entry", {**entry, "sequence": next(sequences)})
        other.execute("UPDATE clinic_setting SET value = ? WHERE key = 'audit_end'", (end,))
        other.execute("COMMIT")

    return transaction


def _row(store: sqlcipher.Connection, asked: str, *values: Any) -> Row:
    found = store.execute(asked, values).fetchone()
    return {name: found[name] for name in found.keys()}  # noqa: SIM118 - it is no mapping


def _insert(store: sqlcipher.Connection, table: str, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    store.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", [*row.values()])  # noqa: S608
