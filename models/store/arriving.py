"""What a file brings of one patient, beside what is on file: which record each is, and whether it
can be."""

import datetime as dt
import hashlib
import json
import unicodedata
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy.orm import Session

from models.attachment import Attachment
from models.base import BOOKKEEPING, ClinicError, InvalidRecord, PatientRecord, Record, build
from models.exchange.arrivals import Arrival, Fate, Outlook, Place, Problem, is_id, record_id
from models.exchange.columns import FILE
from models.likeness import may_be, who
from models.patient import Patient
from models.records import PLACE_OF
from models.store import attachments
from models.store.rules import Known, references, refuse_what_contradicts
from models.store.step import plain_values
from models.store.twins import Twins
from models.words import _, day_words

NO_CHECKSUM = "0" * 64
WHO = ("family_name", "given_name", "birth_date")


@dataclass
class Seen:
    """What stands in the file already, whosever it is: where each record does, and whose numbers
    are, None where they are nobody's.
    """

    places: dict[uuid.UUID, Place] = field(default_factory=dict)
    numbers: dict[str, uuid.UUID | None] = field(default_factory=dict)


@dataclass(slots=True)
class Found:
    """An arrival, the record it makes, and the one on file that it is.

    `content`: the file of an attachment, as it is kept; `leads_to`: what else of the file it points
    to, by field; `changes`: by field, as it is on file and as it would be.
    """

    arrival: Arrival
    id: uuid.UUID | None = None
    record: Record | None = None
    row: Record | None = None
    content: bytes | None = None
    leads_to: "dict[str, Found]" = field(default_factory=dict)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def refuse(self, name: str, sentence: str) -> None:
        """What cannot be read was told by whoever read the file."""
        if name not in self.arrival.unread:
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
    def rests_on_unread(self) -> bool:
        """Whether it, or what it points to, stands in a row that cannot be read: once that can be,
        it may fit or not.
        """
        others = self.leads_to.values()
        return bool(self.arrival.unread) or any(each.rests_on_unread for each in others)

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
        self.found = [Found(each, remarks=[*each.remarks]) for each in arrivals]
        self._own = next((each for each in self.found if each.arrival.kind is Patient), None)
        self.mrn = arrivals[0].mrn
        self.id = self._whose(on_file)

    def _whose(self, on_file: Mapping[str, uuid.UUID]) -> uuid.UUID | None:
        """Who is on file by the file's own id, else by the MRN; else somebody new."""
        own = self._own.arrival if self._own else None
        if own is None:
            return on_file.get(self.mrn)
        if is_id(own.key):
            new = uuid.UUID(own.key)
            return on_file.get(str(new)) or on_file.get(self.mrn) or new
        person = (own.key, *(str(own.values.get(name)) for name in WHO))
        return on_file.get(self.mrn) or record_id(Patient, self.mrn, "\n".join(person))

    def name(self, twins: Twins, seen: Seen) -> None:
        """Give every arrival the id of the record it is, or is to be.

        `seen`: where in the file a record stands already, whosever it is.
        """
        if self.id is None:
            return
        alike: Counter[tuple[type[Record], str]] = Counter()
        for each in self.found:
            arrival, key = each.arrival, each.arrival.key
            if arrival.kind is Patient:
                each.id = self.id
            elif key:
                each.id = record_id(arrival.kind, str(self.id), key)
            else:
                digest = _digest(arrival)
                alike[arrival.kind, digest] += 1
                key = f"{digest} {alike[arrival.kind, digest]}"
                same = twins.same(arrival, self.id)
                each.id = same or record_id(arrival.kind, str(self.id), key)
            if each.id in seen.places:
                each.refuse("key", _taken_twice(arrival, seen.places[each.id]))
            seen.places.setdefault(each.id, arrival.place)

    def judge(self, session: Session, known: Known, today: dt.date) -> None:
        """Make the records, as they would be saved, or say why they cannot be.

        `known`: what is on file; here it becomes known, too, what arrives in its place.
        """
        named = {(each.arrival.kind, each.arrival.key): each for each in self.found}
        in_order = sorted(self.found, key=_order)
        for each in in_order:
            if self.id is None:
                each.refuse("patient", _nobody(self.mrn))
            elif not each.problems:
                each.row = known.rows.get((each.arrival.kind, cast(uuid.UUID, each.id)))
                _make(each, self._pointed(each, named), known)
        for each in in_order:
            if each.record is not None and not each.problems:
                _judge(session, each, known, today)

    def _pointed(
        self, each: Found, named: Mapping[tuple[type[Record], str], Found]
    ) -> dict[str, uuid.UUID | None]:
        """The ids of the records to which the arrival points by their keys."""
        pointed = {}
        for name, kind in references(each.arrival.kind).items():
            key = self.mrn if name == "patient" else each.arrival.values.get(name)
            if not key:
                continue
            other = self._own if name == "patient" else named.get((kind, key))
            if other is not None:
                each.leads_to[name] = other
            if name == "patient":
                pointed[name] = self.id
            else:
                pointed[name] = other.id if other else record_id(kind, str(self.id), key)
        return pointed


def _make(each: Found, ids: Mapping[str, uuid.UUID | None], known: Known) -> None:
    kind, content = each.arrival.kind, each.arrival.content
    try:
        values = {**_with_what_is_not_told(each), **ids, "id": each.id}
        if kind is Attachment:
            if content is None and each.row is None:
                each.refuse(FILE, _("Its file did not come along, and none is on file here."))
                return
            values["sha256"] = NO_CHECKSUM if content is not None else _checksum_on_file(each)
        record = build(kind, values)
        if isinstance(record, Attachment) and content is not None:
            record, each.content = attachments.checked(record, content)
    except InvalidRecord as error:
        _refuse_all(each, error)
    except ClinicError as error:
        each.refuse("", error.happened)
    else:
        if each.arrival.unread:
            return
        each.record = known.coming[kind, record.id] = record
        if each.row is not None:
            _take_up(each, each.row, record)
        elif any(unicodedata.category(sign) == "Cf" for sign in each.arrival.mrn):
            each.refuse("mrn", _("This holds a character that nobody sees: type it again."))


def _with_what_is_not_told(each: Found) -> dict[str, Any]:
    """What the arrival says; where the file does not tell of a field, it stays as it is on file."""
    values, told = each.arrival.values, each.arrival.told
    if told is None or each.row is None:
        return dict(values)
    kept = each.row.model_dump(exclude={*BOOKKEEPING, *told})
    return {**kept, **{name: _over(kept.get(name), value) for name, value in values.items()}}


def _over(old: Any, new: Any) -> Any:
    """Of the regions of the body too, those that are not told stay as they are."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return {**old, **{name: _over(old.get(name), value) for name, value in new.items()}}
    return new


def _judge(session: Session, each: Found, known: Known, today: dt.date) -> None:
    """What points to something refused is refused with it."""
    for name, other in each.leads_to.items():
        if other.problems and not other.rests_on_unread:
            sentence = _("It belongs to what is refused: {place}.")
            each.refuse(name, sentence.format(place=other.arrival.place.words))
            return
    record, row = cast(Record, each.record), each.row
    try:
        if not each.rests_on_unread:
            refuse_what_contradicts(session, record, known, today)
            if isinstance(record, Patient) and known.numbers.get(record.mrn) is None:
                known.numbers[record.mrn] = record.id
    except InvalidRecord as error:
        _refuse_all(each, error)
    each.changes = _changes(row, record) if row is not None else {}
    if each.changes and row is not None and row.changed_at is not None:
        day = day_words(row.changed_at.astimezone().date())
        sentence = _("Corrected here on {date} by {user}.")
        each.remarks.append(sentence.format(date=day, user=row.changed_by))


def _refuse_all(each: Found, error: InvalidRecord) -> None:
    for name, sentence in error.problems.items():
        each.refuse(name, sentence)


def _changes(row: Record, record: Record) -> dict[str, tuple[Any, Any]]:
    before, after = plain_values(row), plain_values(record)
    return {
        name: (getattr(row, name), getattr(record, name))
        for name in after
        if after[name] != before[name]
    }


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
        return
    if isinstance(row, Patient) and each.arrival.key.lower() != str(row.id):
        _compare(each, row, record)
    if row.removed_at is not None:
        day = day_words(row.removed_at.astimezone().date())
        sentence = _("Removed on {date} by {user}: {why}.")
        each.remarks.append(sentence.format(date=day, user=row.removed_by, why=row.removed_why))


def _compare(each: Found, row: Patient, record: Record) -> None:
    """Whom the number alone stands for may be somebody else."""
    typed = {name: getattr(record, name) for name in WHO if name in each.arrival.values}
    if typed and not may_be(typed, row):
        sentence = _(
            "Under this number somebody else is on file: neither the birth date nor the name is"
            " the same. Give this patient another number, or correct what is wrong here or there."
        )
        each.refuse("mrn", sentence)
        each.remarks.append(_("On file: {who}.").format(who=who(row)))
    elif any(typed[name] != getattr(row, name) for name in typed):
        sentence = _("Goes by the MRN alone, and another name or birth date is on file.")
        each.remarks.append(sentence)


def keys_of(arrivals: Sequence[Arrival]) -> set[uuid.UUID]:
    """The ids by which a file calls its patients."""
    own = (each.key for each in arrivals if each.kind is Patient)
    return {uuid.UUID(key) for key in own if is_id(key)}


def _order(each: Found) -> int:
    return PLACE_OF[each.arrival.kind]


def _digest(arrival: Arrival) -> str:
    content = hashlib.sha256(arrival.content or b"").hexdigest()
    text = json.dumps([arrival.values, content], default=str, sort_keys=True)
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()


def _taken_twice(arrival: Arrival, place: Place) -> str:
    if arrival.kind is Patient:
        sentence = _("This patient stands in the file already: {place}.")
    else:
        sentence = _("A row with the key {key} stands in the file already: {place}.")
    return sentence.format(key=arrival.key, place=place.words)


def _nobody(mrn: str) -> str:
    sentence = _("There is no patient with the MRN {mrn}, neither on file nor in this file.")
    return sentence.format(mrn=mrn)
