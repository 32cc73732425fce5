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
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from models.base import PatientRecord, Record
from models.patient import Patient, Sex
from models.records import RECORDS
from models.store import audit, schema, search
from models.store.audit import Action, Entry
from models.store.clinic import Clinic
from models.store.rules import references
from models.store.step import entered_values
from models.values import PartialDate
from tests.bench.long_course import long_course
from tests.models import builders as a

USER, PASSWORD = "bench", "lamp river cotton"
AS_OF = dt.date(2020, 4, 30)
KEPT = Path(__file__).parents[2] / "build" / "clinics"
IN_TREATMENT, IN_FOLLOW_UP = 0.02, 0.03
LONG = {"of 600 records": 600, "of 5,000 records": 5000}
AT_ONCE = 2000
ENTERED_AT = dt.datetime(2020, 4, 30, 9, tzinfo=dt.UTC)
CONSONANTS, VOWELS = "bdfghklmnprstvwz", "aeiou"


def clinic_of(size: int) -> Path:
    """The folder of a clinic with so many patients; made where it is not there yet."""
    folder = KEPT / f"{size}-{schema.HEAD}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        print(f"A clinic with {size:,} patients is made, once", file=sys.stderr, flush=True)
        clinic, _key = Clinic.create(folder, name="Clinic", user=USER, password=PASSWORD)
        with clinic:
            _fill(clinic, size)
        (folder / "made").touch()
    return folder


@contextmanager
def copied(size: int) -> Iterator[Path]:
    """The folder of such a clinic that may be changed."""
    with TemporaryDirectory(dir=KEPT.parent) as place:
        yield Path(shutil.copytree(clinic_of(size), Path(place) / "clinic"))


def opened(folder: Path) -> Clinic:
    return Clinic.open(folder, USER, PASSWORD)


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
        yield _person(f"{number:06d}", families, given, dice, alive=alive)


def _fill(clinic: Clinic, size: int) -> None:
    dice = random.Random(size + 1)  # noqa: S311
    treated = [_course(line) for line in range(28)]
    followed = [_follow_up(week) for week in range(24)]
    died = [_history_of_the_dead()]
    everybody = enumerate(people(size))
    while some := [*islice(everybody, AT_ONCE)]:
        made = []
        for number, person in some:
            kinds = treated if number < IN_TREATMENT * size else followed
            kinds = died if person.death_date else kinds
            made.append((person, dice.choice(kinds)))
        _keep(clinic, made, dice)
    for words, count in LONG.items():
        person = _person(mrn_of(words), ["Long"], ["Course"], dice, alive=True)
        _keep(clinic, [(person, _templates(long_course(count)))], dice)


@dataclass(frozen=True)
class Template:
    """A record to be entered for many patients: its values, as they are kept and as JSON."""

    kind: type[Record]
    id: uuid.UUID
    values: dict[str, Any]
    entered: dict[str, Any]
    leads_to: tuple[str, ...]


def _templates(records: Sequence[PatientRecord]) -> list[Template]:
    made = []
    for record in sorted(records, key=lambda each: RECORDS.index(type(each))):
        leads_to = tuple(
            name
            for name in references(type(record))
            if name != "patient" and getattr(record, name) is not None
        )
        values = {name: getattr(record, name) for name in type(record).model_fields}
        values |= {"version": 1, "recorded_by": USER, "recorded_at": ENTERED_AT, "changed_by": ""}
        made.append(Template(type(record), record.id, values, entered_values(record), leads_to))
    return made


def _keep(
    clinic: Clinic, some: Sequence[tuple[Patient, Sequence[Template]]], dice: random.Random
) -> None:
    """One transaction, with what the audit trail says of it."""
    rows: defaultdict[type[Record], list[dict[str, Any]]] = defaultdict(list)
    entries = []
    for person, templates in some:
        rows[Patient].append(person.model_dump())
        entries.append(_entry(Patient, person.id, person.id, entered_values(person)))
        new = {each.id: uuid.UUID(int=dice.getrandbits(128), version=4) for each in templates}
        for each in templates:
            led = {name: new[each.values[name]] for name in each.leads_to}
            own = {"id": new[each.id], "patient": person.id, **led}
            rows[each.kind].append({**each.values, **own})
            told = {**each.entered, **{name: str(key) for name, key in led.items()}}
            entries.append(_entry(each.kind, new[each.id], person.id, told))
    with clinic._store.writing() as session:
        for kind in RECORDS:
            if rows[kind]:
                session.execute(insert(kind), rows[kind])
        for person, _templates_of in some:
            search.index(session, person)
        audit.write_down(session, clinic.sitting._audit_key, entries)


def _entry(kind: type[Record], record: uuid.UUID, patient: uuid.UUID, new: dict[str, Any]) -> Entry:
    return Entry(ENTERED_AT, USER, Action.CREATED, kind.table_name(), record, patient, None, new)


def _person(
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


def _course(started: int) -> list[Template]:
    """On mogamulizumab since so many days and two months: some 60 records."""
    first = AS_OF - dt.timedelta(days=260 + started)
    line = a.moga(first)
    records: list[PatientRecord] = [
        a.diagnosis("2018-03", disease="Sézary syndrome"),
        a.staging("T4 NX M0 B2", "2018-03"),
        line,
        *a.course(line, 9, first),
    ]
    for week in range(0, 36, 4):
        day = first + dt.timedelta(weeks=week)
        records += [
            a.visit(day),
            a.skin_score(day, 80 - 2 * week),
            a.blood_count(day, 900 - 20 * week),
        ]
    for week in (8, 16, 24, 32):
        records.append(a.assessment(first + dt.timedelta(weeks=week), "PR", treatment_line=line.id))
    event = a.event((first + dt.timedelta(days=40)).isoformat(), 2)
    records += [
        event,
        a.biopsy((first + dt.timedelta(days=50)).isoformat(), adverse_event=event.id),
    ]
    return _templates(records)


def _follow_up(week: int) -> list[Template]:
    """Mogamulizumab two years ago, seen every three months since: some 25 records."""
    first = dt.date(2018, 1, 8) + dt.timedelta(weeks=week)
    line = a.moga(first, first + dt.timedelta(days=110), stop_reason="completed")
    records: list[PatientRecord] = [
        a.diagnosis("2016"),
        a.staging("T2b N0 M0 B0", "2016"),
        line,
        *a.course(line, 4, first),
        a.assessment(first + dt.timedelta(days=100), "CR", treatment_line=line.id),
    ]
    last = AS_OF - dt.timedelta(weeks=week % 12)
    records += [a.visit(last - dt.timedelta(days=91 * number)) for number in range(6)]
    return _templates(records)


def _history_of_the_dead() -> list[Template]:
    line = a.line("2009-03", "2009-11", stop_reason="progression")
    return _templates(
        [
            a.diagnosis("2007"),
            a.staging("T3 N1 M0 B0a", "2007"),
            line,
            a.visit(dt.date(2009, 3, 2)),
            a.visit(dt.date(2009, 9, 7)),
        ]
    )


def _syllables(dice: random.Random) -> Iterator[str]:
    for _number in range(dice.choice((2, 2, 3))):
        yield dice.choice(CONSONANTS) + dice.choice(VOWELS) + dice.choice(("", *"nrlst"))


if __name__ == "__main__":
    for wanted in map(int, sys.argv[1:]):
        clinic_of(wanted)
