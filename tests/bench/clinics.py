"""Large made-up clinics, kept in build/ from one measurement to the next.

Of 100 patients 2 are in treatment with mogamulizumab, 3 come for follow-up, and the others have
died. Two more have long courses. All stand in the store as if somebody had entered them: with
their audit trail and the words they are found by.
"""

import datetime as dt
import random
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlcipher3.dbapi2 as sqlcipher

from models.patient import Patient, Sex
from models.store import engine, schema
from models.store.clinic import Clinic
from models.values import PartialDate

USER, PASSWORD = "bench", "lamp river cotton"
AS_OF = dt.date(2020, 4, 30)
KEPT = Path(__file__).parents[2] / "build" / "clinics"
IN_TREATMENT, IN_FOLLOW_UP = 0.02, 0.03
LONG = {"of 600 records": 600, "of 5,000 records": 5000}
ENTERED_AT = dt.datetime(2020, 4, 30, 9, tzinfo=dt.UTC)
CONSONANTS, VOWELS = "bdfghklmnprstvwz", "aeiou"


def clinic_of(size: int) -> Path:
    """The folder of a clinic with so many patients; made where it is not there yet."""
    folder = KEPT / f"{size}-{schema.HEAD}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        print(f"A clinic with {size:,} patients is made, once", file=sys.stderr, flush=True)
        from tests.bench.filling import fill  # noqa: PLC0415 - it brings much that is not measured

        clinic, _key = Clinic.create(folder, name="Clinic", user=USER, password=PASSWORD)
        with clinic:
            fill(clinic, size)
        (folder / "made").touch()
    return folder


@contextmanager
def copied(size: int) -> Iterator[Path]:
    """The folder of such a clinic that may be changed."""
    kept = clinic_of(size)
    with TemporaryDirectory(dir=KEPT.parent) as place:
        yield Path(shutil.copytree(kept, Path(place) / "clinic"))


def opened(folder: Path) -> Clinic:
    return Clinic.open(folder, USER, PASSWORD)


def connected(clinic: Clinic, path: Path) -> sqlcipher.Connection:
    """The library alone, set up as it is under the program."""
    connection = sqlcipher.connect(path, isolation_level=None)
    engine._prepare(connection, clinic.sitting.store.key, on_network=False)
    return connection


def mrn_of(words: str) -> str:
    """The number of the patient with a long course."""
    return f"L{LONG[words]}"


def people(size: int) -> Iterator[Patient]:
    """The patients of such a clinic, the same each time."""
    dice = random.Random(size)  # noqa: S311 - no secret is made of it
    families = ["".join(_syllables(dice)).capitalize() for _ in range(size)]
    given = ["".join(_syllables(dice)).capitalize() for _ in range(400)]
    for number in range(size):
        alive = number < (IN_TREATMENT + IN_FOLLOW_UP) * size
        yield person(f"{number:06d}", families, given, dice, alive=alive)


def person(
    mrn: str, families: list[str], given: list[str], dice: random.Random, *, alive: bool
) -> Patient:
    """A few names are many people's, as everywhere."""
    died = None if alive else dt.date(2012, 1, 1) + dt.timedelta(days=dice.randrange(2900))
    return Patient(
        id=uuid.UUID(int=dice.getrandbits(128), version=4),
        mrn=mrn,
        family_name=families[int(len(families) * dice.random() ** 3)],
        given_name=given[int(len(given) * dice.random() ** 2)],
        birth_date=dt.date(1930, 1, 1) + dt.timedelta(days=dice.randrange(25_000)),
        sex=dice.choice((Sex.FEMALE, Sex.MALE)),
        death_date=PartialDate.of(died) if died else None,
        version=1,
        recorded_by=USER,
        recorded_at=ENTERED_AT,
        changed_by="",
    )


def _syllables(dice: random.Random) -> Iterator[str]:
    for _number in range(dice.choice((2, 2, 3))):
        yield dice.choice(CONSONANTS) + dice.choice(VOWELS) + dice.choice(("", *"nrlst"))


if __name__ == "__main__":
    for wanted in map(int, sys.argv[1:]):
        clinic_of(wanted)
