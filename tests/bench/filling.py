"""What stands in a large made-up clinic: its patients' courses, as if somebody had entered them."""

import datetime as dt
import random
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import insert

from models.base import PatientRecord, Record
from models.patient import Patient
from models.records import RECORDS
from models.store import audit, search
from models.store.audit import Action, Entry
from models.store.clinic import Clinic
from models.store.rules import references
from models.store.step import entered_values
from tests.bench.clinics import (
    AS_OF,
    ENTERED_AT,
    IN_TREATMENT,
    LONG,
    USER,
    mrn_of,
    people,
    person,
)
from tests.models import builders as a
from tests.models.long_course import long_course

AT_ONCE = 2000


def fill(clinic: Clinic, size: int) -> None:
    dice = random.Random(size + 1)  # noqa: S311
    treated = [_course(line) for line in range(28)]
    followed = [_follow_up(week) for week in range(24)]
    died = [_history_of_the_dead()]
    everybody = enumerate(people(size))
    while some := [*islice(everybody, AT_ONCE)]:
        made = []
        for number, each in some:
            kinds = treated if number < IN_TREATMENT * size else followed
            kinds = died if each.death_date else kinds
            made.append((each, dice.choice(kinds)))
        _keep(clinic, made, dice)
    for words, count in LONG.items():
        each = person(mrn_of(words), ["Long"], ["Course"], dice, alive=True)
        _keep(clinic, [(each, _templates(long_course(count)))], dice)


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
    for patient, templates in some:
        rows[Patient].append(patient.model_dump())
        entries.append(_entry(Patient, patient.id, patient.id, entered_values(patient)))
        new = {each.id: uuid.UUID(int=dice.getrandbits(128), version=4) for each in templates}
        for each in templates:
            led = {name: new[each.values[name]] for name in each.leads_to}
            own = {"id": new[each.id], "patient": patient.id, **led}
            rows[each.kind].append({**each.values, **own})
            told = {**each.entered, **{name: str(key) for name, key in led.items()}}
            entries.append(_entry(each.kind, new[each.id], patient.id, told))
    with clinic._store.writing() as session:
        for kind in RECORDS:
            if rows[kind]:
                session.execute(insert(kind), rows[kind])
        for patient, _templates_of in some:
            search.index(session, patient)
        audit.write_down(session, clinic.sitting._audit_key, entries)


def _entry(kind: type[Record], record: uuid.UUID, patient: uuid.UUID, new: dict[str, Any]) -> Entry:
    return Entry(ENTERED_AT, USER, Action.CREATED, kind.table_name(), record, patient, None, new)


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
