"""What a file brings of one patient, beside what is on file: which record each is, and whether it
can be."""

import datetime as dt
import hashlib
import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.attachment import Attachment
from models.base import ClinicError, InvalidRecord, PatientRecord, Record, build
from models.exchange.arrivals import Arrival, Fate, Outlook, Problem, is_id, record_id
from models.patient import Patient
from models.records import RECORDS
from models.store import attachments
from models.store.rules import Known, references, refuse_what_contradicts
from models.store.step import plain_values
from models.words import _, day_words

NO_CHECKSUM = "0" * 64


@dataclass(slots=True)
class Found:
    """An arrival, the record it makes, and the one on file that it is.

    `content`: the file of an attachment, as it is kept.
    """

    arrival: Arrival
    id: uuid.UUID | None = None
    record: Record | None = None
    row: Record | None = None
    content: bytes | None = None
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def refuse(self, name: str, sentence: str) -> None:
        self.problems.append(Problem(self.arrival.place_of(name), sentence))

    @property
    def fate(self) -> Fate:
        if self.problems or self.record is None:
            return Fate.REFUSED
        if self.row is None:
            return Fate.NEW
        if self.row.removed_at is not None:
            return Fate.COMES_BACK
        return Fate.CHANGES if self.changes else Fate.SAME

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        if self.row is None or self.record is None:
            return {}
        before, after = plain_values(self.row), plain_values(self.record)
        return {
            name: (getattr(self.row, name), getattr(self.record, name))
            for name in after
            if after[name] != before[name]
        }

    @property
    def outlook(self) -> Outlook:
        arrival, fate = self.arrival, self.fate
        changes = self.changes if fate in {Fate.CHANGES, Fate.COMES_BACK} else {}
        problems, remarks = tuple(self.problems), tuple(self.remarks)
        return Outlook(arrival.kind, arrival.mrn, arrival.place, fate, changes, problems, remarks)


class OnePatient:
    """The arrivals of one patient; `id`: whose they are, None where nobody is known by the MRN."""

    def __init__(self, arrivals: Sequence[Arrival], on_file: Mapping[str, uuid.UUID]) -> None:
        """`on_file`: whom a number or a key stands for."""
        self.found = [Found(arrival) for arrival in arrivals]
        self._own = next((each for each in self.found if each.arrival.kind is Patient), None)
        self.mrn = arrivals[0].mrn
        self.id = self._whose(on_file)

    def _whose(self, on_file: Mapping[str, uuid.UUID]) -> uuid.UUID | None:
        key = self._own.arrival.key if self._own else ""
        known = on_file.get(key) or on_file.get(self.mrn)
        return known or (record_id(Patient, self.mrn, key) if self._own else None)

    def name(self, twins: "Twins") -> None:
        """Give every arrival the id of the record it is, or is to be."""
        seen: set[tuple[type[Record], str]] = set()
        alike: Counter[tuple[type[Record], str]] = Counter()
        for each in self.found:
            arrival, key = each.arrival, each.arrival.key
            if arrival.kind is Patient:
                each.id, key = self.id, self.mrn
            elif key:
                each.id = record_id(arrival.kind, self.mrn, key)
            else:
                digest = _digest(arrival)
                alike[arrival.kind, digest] += 1
                key = f"{digest} {alike[arrival.kind, digest]}"
                each.id = twins.same(each, self.id) or record_id(arrival.kind, self.mrn, key)
            if (arrival.kind, key) in seen:
                each.refuse("key", _taken_twice(arrival))
            seen.add((arrival.kind, key))

    def judge(self, session: Session, rows: Known, known: Known, today: dt.date) -> None:
        """Make the records, as they would be saved, or say why they cannot be.

        `rows`: what is on file; `known`: the same, with what arrives in its place.
        """
        named = {(each.arrival.kind, each.arrival.key): each for each in self.found}
        for each in sorted(self.found, key=_order):
            if self.id is None:
                each.refuse("patient", _nobody(self.mrn))
            elif not each.problems:
                each.row = rows.get((each.arrival.kind, cast(uuid.UUID, each.id)))
                pointed = self._pointed(each, named)
                if not each.problems:
                    _judge(session, each, pointed, known, today)

    def _pointed(
        self, each: Found, named: Mapping[tuple[type[Record], str], Found]
    ) -> dict[str, uuid.UUID | None]:
        """The ids of the records to which the arrival points by their keys.

        What points to something refused is refused with it.
        """
        pointed = {}
        for name, kind in references(each.arrival.kind).items():
            key = self.mrn if name == "patient" else each.arrival.values.get(name)
            if not key:
                continue
            other = self._own if name == "patient" else named.get((kind, key))
            if other is not None and other.problems:
                sentence = _("It belongs to what is refused: {place}.")
                each.refuse(name, sentence.format(place=other.arrival.place.words))
                return {}
            if name == "patient":
                pointed[name] = self.id
            else:
                pointed[name] = other.id if other else record_id(kind, self.mrn, key)
        return pointed


def _judge(
    session: Session,
    each: Found,
    ids: Mapping[str, uuid.UUID | None],
    known: Known,
    today: dt.date,
) -> None:
    kind, content = each.arrival.kind, each.arrival.content
    try:
        values = {**each.arrival.values, **ids, "id": each.id}
        if kind is Attachment:
            values["sha256"] = NO_CHECKSUM if content is not None else _checksum_on_file(each)
        record = build(kind, values)
        if isinstance(record, Attachment) and content is not None:
            record, each.content = attachments.checked(record, content)
        if each.row is not None:
            _take_up(each, each.row, record)
        refuse_what_contradicts(session, record, known, today)
    except InvalidRecord as error:
        for name, sentence in error.problems.items():
            each.refuse(name, sentence)
    except ClinicError as error:
        each.refuse("", error.happened)
    else:
        each.record = known[kind, record.id] = record


def _checksum_on_file(each: Found) -> str | None:
    """A table without its files still tells of those that are on file."""
    return each.row.sha256 if isinstance(each.row, Attachment) else None


def _take_up(each: Found, row: Record, record: Record) -> None:
    """Let the record be the next version of the one on file."""
    record.version = row.version
    if isinstance(row, PatientRecord) and row.patient != cast(PatientRecord, record).patient:
        each.refuse("key", _("This key belongs to a record of another patient."))
    if isinstance(row, Patient) and row.merged_into is not None:
        each.refuse("mrn", _("This patient was merged with another one: use that one's MRN."))
    elif row.removed_at is not None:
        day = day_words(row.removed_at.astimezone().date())
        sentence = _("Removed on {date} by {user}: {why}.")
        each.remarks.append(sentence.format(date=day, user=row.removed_by, why=row.removed_why))


class Twins:
    """Records on file that say the same as an arrival without a key, each for one arrival only."""

    def __init__(self, session: Session, patients: Sequence[OnePatient]) -> None:
        self._left: defaultdict[tuple[uuid.UUID, type[Record]], list[PatientRecord]] = defaultdict(
            list
        )
        whose = [each.id for each in patients if each.id]
        keyless = {
            each.arrival.kind for one in patients for each in one.found if _may_have_twin(each)
        }
        for kind in keyless:
            of_kind = cast(type[PatientRecord], kind)
            own = (col(of_kind.patient).in_(whose), col(of_kind.removed_at).is_(None))
            for row in session.scalars(select(of_kind).where(*own)):
                self._left[row.patient, kind].append(row)

    def same(self, each: Found, patient: uuid.UUID | None) -> uuid.UUID | None:
        left = self._left.get((patient, each.arrival.kind)) if patient else None
        if not left or not _may_have_twin(each):
            return None
        try:
            record = build(each.arrival.kind, {**each.arrival.values, "patient": patient})
        except InvalidRecord:
            return None
        values = plain_values(record)
        same = next((row for row in left if plain_values(row) == values), None)
        if same is not None:
            left.remove(same)
        return same.id if same else None


def _may_have_twin(each: Found) -> bool:
    """Without a key of its own, and without one of another."""
    arrival = each.arrival
    if arrival.kind is Patient or arrival.key:
        return False
    return not any(arrival.values.get(name) for name in references(arrival.kind))


def keys_of(arrivals: Sequence[Arrival]) -> set[uuid.UUID]:
    """The ids by which a file calls its patients."""
    own = (each.key for each in arrivals if each.kind is Patient)
    return {uuid.UUID(key) for key in own if is_id(key)}


def _order(each: Found) -> int:
    return RECORDS.index(each.arrival.kind)


def _digest(arrival: Arrival) -> str:
    content = hashlib.sha256(arrival.content or b"").hexdigest()
    text = json.dumps([arrival.values, content], default=str, sort_keys=True)
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()


def _taken_twice(arrival: Arrival) -> str:
    if arrival.kind is Patient:
        return _("A patient with this MRN stands in the file already.")
    return _("A row with the key {key} stands in the file already.").format(key=arrival.key)


def _nobody(mrn: str) -> str:
    sentence = _("There is no patient with the MRN {mrn}, neither on file nor in this file.")
    return sentence.format(mrn=mrn)
