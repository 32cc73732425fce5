"""Many patients taken in from tables, exported, backed up and checked.

Into an empty clinic come ten rows for each patient; the bare transaction beside it inserts the same
rows, and those of the audit trail, through the same library. What leaves, the backup and the check
are of a clinic of many years.
"""

import csv
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text

from models.exchange.arrivals import Arrival, Outlook
from models.exchange.formats import FORMATS
from models.exchange.outgoing import write_into
from models.exchange.reading import read
from models.progress import Stopped, unseen
from models.records import RECORDS
from models.store import backup
from models.store.clinic import Clinic
from models.store.places import STORE
from tests.bench.clinics import AS_OF, PASSWORD, USER, connected, copied, opened
from tests.bench.figures import Figure, Work, in_turns, median
from ui.exporting import Wanted, export

PER_SECOND = 5_000
AS_FHIR, USUAL = 100, 500
BARE, COPYING, ONE_READING = "a bare transaction", "copying the file", "one reading of the file"
PROVEN = "backup, proven"
T = TypeVar("T")
Times = defaultdict[str, list[float]]
ROWS: dict[str, list[dict[str, str]]] = {
    "diagnosis": [{"date": "2011", "disease": "Sézary syndrome"}],
    "staging": [
        {"date": "2011", "occasion": "diagnosis", "t": "T4", "n": "NX", "m": "M0", "b": "B2"}
    ],
    "treatment_line": [
        {
            "key": "moga",
            "regimen": "mogamulizumab",
            "category": "systemic",
            "start": "2015-11",
            "given_here": "yes",
        }
    ],
    "cycle": [
        {
            "key": "c1",
            "treatment_line": "moga",
            "number": "1",
            "day_1": "2015-11-02",
            "weight_kg": "70",
        }
    ],
    "infusion": [
        {"cycle": "c1", "day": str(day), "status": "given", "given_on": f"2015-11-{day + 1:02d}"}
        for day in (1, 8, 15)
    ],
    "lab_result": [{"date": "2016-02-02", "analyte": "LDH", "value": "210", "unit": "U/L"}],
    "visit": [{"date": "2016-02-02", "kind": "follow-up", "status": "done"}],
}


WHOLE, AGAIN, UNDONE, REDONE = "the whole import", "looked through again", "undone", "done again"
READ, LOOKED, TAKEN_IN = STEPS = ("tables read", "looked through", "taken in")
BESIDE = {TAKEN_IN: BARE, AGAIN: LOOKED, UNDONE: TAKEN_IN, REDONE: TAKEN_IN}


def figures(quick: bool) -> Iterator[Figure]:
    """The import once, as it takes minutes."""
    patients, size, runs = (200, 100, 1) if quick else (10_000, 10_000, 2)
    as_fhir = 20 if quick else AS_FHIR
    yield from of_an_import(patients)
    with copied(size) as folder, opened(folder) as clinic:
        yield from of_exports(clinic, folder.parent, size, as_fhir, runs)
        yield from of_backups(clinic, folder.parent / "copies", f"{size:,} patients", runs)
        yield from of_the_check(clinic, f"{size:,} patients", runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield median("most memory of all this", f"{size:,} patients", [peak], unit="MB")


def of_an_import(patients: int) -> Iterator[Figure]:
    """Into an empty clinic."""
    taken: Times = defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        tables = Path(place) / "tables"
        rows = write(tables, patients)
        _import(tables, Path(place) / "clinic", taken)
    at, at_most = f"{rows:,} rows", 1000 * rows / PER_SECOND
    taken[WHOLE] = [*map(sum, zip(*(taken[each] for each in STEPS), strict=True))]
    for what, each in taken.items():
        beside = BESIDE.get(what, "")
        reference = statistics.median(taken[beside]) if beside else None
        aim = {"at_most": at_most} if what in {TAKEN_IN, WHOLE} else {}
        words = f"{what} ({PER_SECOND:,} a second)" if aim else what
        yield median(words, at, each, beside=beside, reference=reference, **aim)


def _import(tables: Path, folder: Path, taken: Times) -> None:
    clinic, _key = Clinic.create(folder, name="Bench", user=USER, password=PASSWORD)
    with clinic:
        empty = shutil.copytree(folder, folder.with_suffix(".empty"))
        arrivals = timed(taken, READ, lambda: read(tables, unseen)).arrivals
        looked_at = timed(taken, LOOKED, lambda: clinic.look_through(arrivals))
        timed(taken, "cancelled at half", lambda: cancelled(clinic, arrivals, looked_at))
        timed(taken, TAKEN_IN, lambda: clinic.take_in(arrivals, looked_at))
        timed(taken, BARE, bare_of(clinic, empty))
        timed(taken, AGAIN, lambda: clinic.look_through(arrivals))
        timed(taken, UNDONE, clinic.undo)
        timed(taken, REDONE, clinic.redo)
    shutil.rmtree(folder)
    shutil.rmtree(empty)


def of_exports(clinic: Clinic, place: Path, size: int, as_fhir: int, runs: int) -> Iterator[Figure]:
    """As the window does it, histories and all; as FHIR some of them, from the history on."""
    at = f"{size:,} patients"
    for name in ("csv", "xlsx"):
        yield median(f"exported: {name}", at, [_exported(clinic, place, name) for _ in range(runs)])
    usual = [each for each in clinic.histories() if len(each.by_id) < USUAL]
    some = usual[:: size // as_fhir][:as_fhir]
    taken: Times = defaultdict(list)
    for run in range(runs):
        files = FORMATS["fhir"].files(some, None)
        timed(taken, "fhir", lambda: write_into(place / f"fhir {run}", files))  # noqa: B023
    yield median("exported: fhir", f"{len(some)} of {at}", taken["fhir"])


def _exported(clinic: Clinic, place: Path, name: str) -> float:
    with tempfile.TemporaryDirectory(dir=place) as folder:
        began = time.perf_counter()
        export(clinic, Wanted(Path(folder), FORMATS[name]), AS_OF, unseen)
        return 1000 * (time.perf_counter() - began)


def of_backups(clinic: Clinic, place: Path, at: str, runs: int) -> Iterator[Figure]:
    """The program's own, proven whole; what is in it; the file, as files are copied.

    What is copied as a file is a backup, as large as the store: nobody opens a store beside SQLite.
    """
    store = clinic.sitting.store
    place.mkdir()
    source = shutil.copyfile(clinic.backups.take().backup.path, place / "source")

    def plain_copy() -> None:
        with store.copying() as session:
            backup._copy(session, store.key, _emptied(place / "plain"), unseen)

    def read(check: str) -> Work:
        def whole() -> None:
            with backup._opened(source, store.key) as session:
                session.execute(text(f"PRAGMA {check}")).all()

        return whole

    def copied_file() -> None:
        shutil.copyfile(source, place / "file")
        with (place / "file").open("rb+") as file:
            os.fsync(file.fileno())

    work: dict[str, Work] = {
        PROVEN: clinic.backups.take,
        "of that, its copy": plain_copy,
        "of that, its checksums, once of twice": read("cipher_integrity_check"),
        "of that, SQLite's check of the copy": read("integrity_check"),
        COPYING: copied_file,
    }
    taken = in_turns(work, max(2 * runs - 1, 3))
    copying = median(COPYING, at, taken.pop(COPYING))
    for what, each in taken.items():
        aim = 2 if what == PROVEN else None
        yield median(what, at, each, beside=COPYING, reference=copying.value, times=aim)
    yield copying


def of_the_check(clinic: Clinic, at: str, runs: int) -> Iterator[Figure]:
    with closing(connected(clinic, clinic.sitting.store.path)) as connection:

        def one_reading() -> None:
            assert not connection.execute("PRAGMA cipher_integrity_check").fetchall()

        taken = in_turns({"checked": clinic.check, ONE_READING: one_reading}, runs, before=0)
    reading = statistics.median(taken[ONE_READING])
    yield median("checked", at, taken["checked"], beside=ONE_READING, reference=reading)


def write(folder: Path, patients: int) -> int:
    """The tables, and how many rows they have."""
    folder.mkdir()
    numbers = [f"{number:06d}" for number in range(1, patients + 1)]
    people = [
        {
            "mrn": number,
            "family_name": f"Name{number}",
            "given_name": f"Given{int(number) % 97}",
            "birth_date": f"{1930 + int(number) % 60}-{1 + int(number) % 12:02d}-11",
            "sex": "female",
        }
        for number in numbers
    ]
    tables = {"patient": people} | {
        kind: [{"patient": number, **row} for number in numbers for row in rows]
        for kind, rows in ROWS.items()
    }
    for kind, own in tables.items():
        with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*own[0]])
            writer.writeheader()
            writer.writerows(own)
    return sum(map(len, tables.values()))


def cancelled(clinic: Clinic, arrivals: Sequence[Arrival], looked_at: Sequence[Outlook]) -> None:
    def half(done: int, whole: int) -> None:
        if 2 * done >= whole:
            raise Stopped

    try:
        clinic.take_in(arrivals, looked_at, half)
    except Stopped:
        assert not clinic.patients()


def bare_of(clinic: Clinic, empty: Path) -> Callable[[], None]:
    """Inserts into an empty store, in one transaction, what was taken into this one."""
    held = {}
    with closing(connected(clinic, clinic.sitting.store.path)) as source:
        for table in (*(kind.table_name() for kind in RECORDS), "audit_entry"):
            held[table] = source.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608

    def inserted() -> None:
        with closing(connected(clinic, empty / STORE)) as into:
            into.execute("BEGIN IMMEDIATE")
            for table, rows in held.items():
                marks = ", ".join("?" * len(rows[0])) if rows else ""
                if rows:
                    into.executemany(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', rows)  # noqa: S608
            into.execute("COMMIT")

    return inserted


def timed(taken: Times, what: str, act: Callable[[], T]) -> T:
    began = time.perf_counter()
    result = act()
    taken[what].append(1000 * (time.perf_counter() - began))
    return result


def _emptied(path: Path) -> Path:
    path.write_bytes(b"")
    return path
