"""`make bench`: a folder of tables with many patients read, looked through, taken in and undone."""

import csv
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from models.exchange.arrivals import Arrival, Outlook
from models.exchange.reading import read
from models.progress import Stopped, unseen
from models.store.clinic import Clinic

PATIENTS = 10_000
T = TypeVar("T")
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


def main(patients: int = PATIENTS) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "tables"
        rows = write(folder, patients)
        clinic, _key = Clinic.create(
            Path(place) / "clinic", name="Bench", user="bench", password="rowan-kettle-41-pebble"
        )
        with clinic:
            print(f"{patients} patients with {rows} rows in all, CSV:")
            arrivals = timed("read", lambda: read(folder, unseen)).arrivals
            looked_at = timed("looked through", lambda: clinic.look_through(arrivals))
            timed("cancelled at half", lambda: cancelled(clinic, arrivals, looked_at))
            timed("taken in", lambda: clinic.take_in(arrivals, looked_at))
            timed("looked through again", lambda: clinic.look_through(arrivals))
            timed("undone", clinic.undo)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  most memory {peak:.0f} MB")


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


def timed(what: str, act: Callable[[], T]) -> T:
    start = time.perf_counter()
    result = act()
    print(f"  {what:22} {time.perf_counter() - start:6.1f} s")
    return result


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
