"""What a file brings, looked through without a trace, and taken in: all of it, or none."""

import datetime as dt
import hashlib
import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from models.store import attachments, removal, saving
from models.store.audit import Action
from models.store.progress import Progress
from models.store.rules import Known, references, refuse_what_contradicts
from models.store.step import Step, plain_values
from models.words import _, day_words

NO_CHECKSUM = "0" * 64
Written = Callable[[Step], None]


@dataclass(slots=True)
class _Found:
    """An arrival, the record it makes, and the one on file that it is."""

    arrival: Arrival
    id: uuid.UUID
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
        return Outlook(
            arrival.kind,
            arrival.mrn,
            arrival.place,
            fate,
            changes,
            tuple(self.problems),
            tuple(self.remarks),
        )


def look_through(
    session: Session, arrivals: Sequence[Arrival], today: dt.date, progress: Progress
) -> list[Outlook]:
    """The fate of every arrival, in their order; nothing is written."""
    outlooks: dict[int, Outlook] = {}
    for places, some in _by_patient(arrivals, progress):
        found = _found(session, some, today)
        outlooks |= zip(places, (each.outlook for each in found), strict=True)
        session.expunge_all()
    return [outlooks[place] for place in range(len(arrivals))]


def take_in(
    step: Step,
    arrivals: Sequence[Arrival],
    looked_at: Sequence[Outlook],
    written: Written,
    progress: Progress,
) -> None:
    """Save every arrival as it was looked at; raises `ClinicError` where one has another fate now.

    `written`: puts on record what the step has noted so far, so that it need not be held.
    """
    for places, some in _by_patient(arrivals, progress):
        found = _found(step.session, some, step.clock.today())
        if any(each.outlook != looked_at[place] for each, place in zip(found, places, strict=True)):
            raise _stands_otherwise_now()
        _save(step, found)
        step.session.flush()
        written(step)
        step.session.expunge_all()
        step.known.clear()
    told = Counter(each.fate for each in looked_at)
    step.say(Action.IMPORTED, **{fate.name.lower(): str(n) for fate, n in told.items()})


def _by_patient(
    arrivals: Sequence[Arrival], progress: Progress
) -> Iterator[tuple[list[int], list[Arrival]]]:
    """Each patient's arrivals with their places, as many at once as one patient has."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, arrival in enumerate(arrivals):
        places[arrival.mrn].append(place)
    done = 0
    for own in places.values():
        progress(done, len(arrivals))
        yield own, [arrivals[place] for place in own]
        done += len(own)
    progress(done, len(arrivals))


def _save(step: Step, found: Sequence[_Found]) -> None:
    """In the order in which kinds may point to another: what comes back first, then the others."""
    for kind in RECORDS:
        own = [each for each in found if each.arrival.kind is kind]
        back = [each for each in own if each.fate is Fate.COMES_BACK]
        coming = [each for each in own if each.fate in {Fate.NEW, Fate.CHANGES}]
        for each in (*back, *coming):
            if each.content is not None:
                attachments.keep_content(step.session, each.content)
        for each in back:
            _bring_back(step, each)
        saving.save_all(step, [each.record for each in coming if each.record])


def _bring_back(step: Step, each: _Found) -> None:
    if each.row is not None and each.record is not None:
        removal.restore(step, each.row)
        saving.correct(step, each.row, each.record)


def _found(session: Session, arrivals: Sequence[Arrival], today: dt.date) -> list[_Found]:
    """One patient's arrivals, each with the record on file that it is, or what is wrong."""
    found = [_Found(arrival, uuid.UUID(int=0)) for arrival in arrivals]
    patient = _patient_id(session, found)
    _name(session, found, patient)
    known: Known = {}
    if patient is not None:
        known[Patient, patient] = session.get(Patient, patient)
    named = {(each.arrival.kind, each.arrival.key): each for each in found}
    for each in sorted(found, key=lambda each: RECORDS.index(each.arrival.kind)):
        if patient is None:
            sentence = _(
                "There is no patient with the MRN {mrn}, neither on file nor in this file."
            )
            each.refuse("patient", sentence.format(mrn=each.arrival.mrn))
        elif not each.problems:
            each.row = session.get(each.arrival.kind, each.id)
            _judge(session, each, _pointed(each, named, patient), known, today)
    return found


def _patient_id(session: Session, found: Sequence[_Found]) -> uuid.UUID | None:
    """Whose records these are: on file by number, or named in the file; None where nobody is."""
    mrn = found[0].arrival.mrn
    on_file = session.scalar(select(Patient).where(col(Patient.mrn) == mrn))
    named = next((each.arrival for each in found if each.arrival.kind is Patient), None)
    if named and is_id(named.key) and session.get(Patient, uuid.UUID(named.key)):
        return uuid.UUID(named.key)
    if on_file:
        return on_file.id
    return record_id(Patient, mrn, named.key) if named else None


def _name(session: Session, found: Sequence[_Found], patient: uuid.UUID | None) -> None:
    """Give every arrival the id of the record it is, or is to be."""
    seen: set[tuple[type[Record], str]] = set()
    alike: Counter[tuple[type[Record], str]] = Counter()
    taken = _Twins(session, patient)
    for each in found:
        arrival = each.arrival
        if arrival.kind is Patient:
            each.id, key = patient or each.id, arrival.mrn
        elif arrival.key:
            each.id, key = record_id(arrival.kind, arrival.mrn, arrival.key), arrival.key
        else:
            digest = _digest(arrival)
            alike[arrival.kind, digest] += 1
            key = f"{digest} {alike[arrival.kind, digest]}"
            each.id = record_id(arrival.kind, arrival.mrn, key)
            each.id = taken.same(each) or each.id
        if (arrival.kind, key) in seen:
            each.refuse("key", _taken_twice(arrival))
        seen.add((arrival.kind, key))


def _taken_twice(arrival: Arrival) -> str:
    if arrival.kind is Patient:
        return _("A patient with this MRN stands in the file already.")
    return _("A row with the key {key} stands in the file already.").format(key=arrival.key)


class _Twins:
    """Records on file that say the same as an arrival without a key, each for one arrival only."""

    def __init__(self, session: Session, patient: uuid.UUID | None) -> None:
        self._session, self._patient = session, patient
        self._left: dict[type[Record], list[Record]] = {}

    def same(self, found: _Found) -> uuid.UUID | None:
        kind = found.arrival.kind
        try:
            record = build(kind, {**found.arrival.values, "patient": self._patient})
        except InvalidRecord:
            return None
        values = plain_values(record)
        left = self._of(kind)
        same = next((row for row in left if plain_values(row) == values), None)
        if same is not None:
            left.remove(same)
        return same.id if same else None

    def _of(self, kind: type[Record]) -> list[Record]:
        if kind not in self._left:
            of_kind = cast(type[PatientRecord], kind)
            own = (col(of_kind.patient) == self._patient, col(of_kind.removed_at).is_(None))
            self._left[kind] = [*self._session.scalars(select(of_kind).where(*own))]
        return self._left[kind]


def _digest(arrival: Arrival) -> str:
    text = json.dumps(
        [arrival.values, hashlib.sha256(arrival.content or b"").hexdigest()],
        default=str,
        sort_keys=True,
    )
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()


def _judge(
    session: Session, each: _Found, ids: Mapping[str, uuid.UUID], known: Known, today: dt.date
) -> None:
    """Make the record of an arrival, as it would be saved, or say why it cannot be."""
    if each.problems:
        return
    kind, content = each.arrival.kind, each.arrival.content
    try:
        values = {**each.arrival.values, **ids, "id": each.id}
        if kind is Attachment:
            values["sha256"] = NO_CHECKSUM if content is not None else _checksum_on_file(each)
        record = build(kind, values)
        if isinstance(record, Attachment) and content is not None:
            record, each.content = attachments.checked(record, content)
        refuse_what_contradicts(session, record, known, today)
    except InvalidRecord as error:
        for name, sentence in error.problems.items():
            each.refuse(name, sentence)
    except ClinicError as error:
        each.refuse("", error.happened)
    else:
        each.record = known[kind, each.id] = record
        _take_up(each, record)


def _checksum_on_file(each: _Found) -> str | None:
    """A table without its files still tells of those that are on file."""
    return each.row.sha256 if isinstance(each.row, Attachment) else None


def _take_up(each: _Found, record: Record) -> None:
    """Let the record be the next version of the one on file."""
    row = each.row
    if row is None:
        return
    record.version = row.version
    if isinstance(row, PatientRecord) and row.patient != cast(PatientRecord, record).patient:
        each.refuse("key", _("This key belongs to a record of another patient."))
    if isinstance(row, Patient) and row.merged_into is not None:
        each.refuse("mrn", _("This patient was merged with another one: use that one's MRN."))
    elif row.removed_at is not None:
        sentence = _("Removed on {date} by {user}: {why}.")
        at = row.removed_at.astimezone().date()
        each.remarks.append(
            sentence.format(date=day_words(at), user=row.removed_by, why=row.removed_why)
        )


def _pointed(
    each: _Found, named: Mapping[tuple[type[Record], str], _Found], patient: uuid.UUID
) -> dict[str, uuid.UUID]:
    """The ids of the records to which the arrival points by their keys; those refused refuse it."""
    pointed = {}
    for name, kind in references(each.arrival.kind).items():
        key = each.arrival.mrn if name == "patient" else each.arrival.values.get(name)
        if not key:
            continue
        other = _patient_named(named) if name == "patient" else named.get((kind, key))
        if other is not None and other.problems:
            sentence = _("It belongs to what is refused: {place}.")
            each.refuse(name, sentence.format(place=other.arrival.place.words))
            return {}
        usual = patient if name == "patient" else record_id(kind, each.arrival.mrn, key)
        pointed[name] = other.id if other is not None else usual
    return pointed


def _patient_named(named: Mapping[tuple[type[Record], str], _Found]) -> _Found | None:
    return next((each for (kind, _key), each in named.items() if kind is Patient), None)


def refused(looked_at: Sequence[Outlook]) -> ClinicError:
    """What is said where something of a file cannot come in."""
    problems = [problem for each in looked_at for problem in each.problems]
    return ClinicError(
        _("{n} rows cannot come in. The first: {first}").format(
            n=sum(each.fate is Fate.REFUSED for each in looked_at), first=problems[0].words
        ),
        _("Nothing was imported."),
        _("Correct them in the file and read it again."),
    )


def _stands_otherwise_now() -> ClinicError:
    return ClinicError(
        _("Records were changed since the file was looked through."),
        _("Nothing was imported."),
        _("Look through the file again."),
    )
