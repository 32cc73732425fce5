"""Who is found by what was typed: best first, with what matched, and why where it is not plain."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.patient import Patient, Sex
from models.store import search
from models.store.asking import Asked
from models.store.birth_dates import written
from models.store.search import Entry
from models.store.spelling import beginnings
from models.store.typed_letters import Span, as_written, spans
from models.words import _, day_words, listing

FEW = 8  # as many as a list shows: only where it is not full, errors are forgiven
MANY = 50  # whoever sees that many types on
AT_ONCE = 500  # ids in one query


class Distance(IntEnum):
    """How far the typed word is from the patient's nearest one."""

    WHOLE = 0
    BEGUN = 1
    WHOLE_BUT_ONE = 2
    BEGUN_BUT_ONE = 3
    BEGUN_BUT_LAST = 4
    NONE = 5


FORGIVEN = {Distance.WHOLE_BUT_ONE, Distance.BEGUN_BUT_ONE, Distance.BEGUN_BUT_LAST}
Closest = tuple[Distance, str, str]


@dataclass(frozen=True)
class Found:
    """One row of a list: who, and which letters (from, to) are those that were typed."""

    patient: uuid.UUID
    name: str
    sex: Sex
    age: int
    birth_date: dt.date
    mrn: str
    why: str = ""
    in_name: tuple[Span, ...] = ()
    in_mrn: tuple[Span, ...] = ()
    by_birth_date: bool = False

    @property
    def words(self) -> str:
        """The row as it is spoken."""
        words = _("{name}, {sex}, aged {age}, born {date}, MRN {mrn}").format(
            name=self.name,
            sex=_(self.sex.value),
            age=self.age,
            date=day_words(self.birth_date),
            mrn=self.mrn,
        )
        return f"{words}; {self.why}" if self.why else words


@dataclass(frozen=True)
class Findings:
    """The first of those found, and how many they are; `many`: that many, or more."""

    first: tuple[Found, ...] = ()
    count: int = 0
    many: bool = False


@dataclass(frozen=True)
class Matching:
    """Whom a text finds, by the bytes of their ids: as it was typed, and despite an error."""

    exact: frozenset[bytes]
    forgiven: frozenset[bytes]


def look_up(session: Session, typed: str, today: dt.date, most: int) -> Findings:
    """As one types: what is read does not grow with the number of patients."""
    asked = Asked.of(typed, today)
    entries = _entries(session, asked, MANY)
    people = _on_file(session, [entry.found for entry in entries[:most]])
    first = [
        _described(session, entry, people[entry.found], asked, typed)
        for entry in entries[:most]
        if entry.found in people
    ]
    return Findings(tuple(first), min(len(entries), MANY), len(entries) > MANY)


def everybody(session: Session, typed: str, today: dt.date) -> list[Patient]:
    """All who are found, best first."""
    entries = _entries(session, Asked.of(typed, today), None)
    people = _on_file(session, [entry.found for entry in entries])
    return [people[entry.found] for entry in entries if entry.found in people]


def matching(session: Session, typed: str, today: dt.date) -> Matching:
    """Whom a list of all patients shows."""
    asked = Asked.of(typed, today)
    exact = search.everybody_exact(session, asked)
    if len(exact) >= FEW:
        return Matching(exact, frozenset())
    return Matching(exact, search.everybody_forgiven(session, asked) - exact)


def shown(session: Session, patients: Sequence[uuid.UUID], today: dt.date) -> list[Found]:
    """These patients as they are on file now, in this order."""
    people = _on_file(session, patients)
    return [_plain(people[each], today) for each in patients if each in people]


def _entries(session: Session, asked: Asked, most: int | None) -> list[Entry]:
    number = "".join(asked.words)

    def place(entry: Entry) -> tuple[bool, int, str, str]:
        own = number == entry.mrn.rpartition(" ")[-1]
        return not own, sum(_closest(entry, word)[0] for word in asked.words), entry.name, entry.mrn

    exact, more = _exact_and_forgiven(session, asked, most)
    return [*sorted(exact, key=place), *sorted(more, key=place)]


def _exact_and_forgiven(
    session: Session, asked: Asked, most: int | None
) -> tuple[list[Entry], list[Entry]]:
    """Whoever is found only despite an error stands apart, and takes nobody's place."""
    exact = search.exact(session, asked, most)
    if len(exact) >= FEW:
        return exact, []
    known = {entry.found for entry in exact}
    more = search.forgiven(session, asked, most)
    return exact, [entry for entry in more if entry.found not in known]


def _closest(entry: Entry, typed: str) -> Closest:
    """The word of the patient that is nearest to the typed one, and as much of it as was typed."""
    names = entry.name.split()
    found = [
        (Distance.WHOLE if word == typed else Distance.BEGUN, word, typed)
        for word in (*names, *entry.mrn.split())
        if word.startswith(typed)
    ]
    if not found and typed.isalpha():
        found = [
            (_distance(name, begun, typed), name, begun)
            for name in names
            for begun in beginnings(name, typed)
        ]
    return min(found, default=(Distance.NONE, "", ""))


def _distance(name: str, begun: str, typed: str) -> Distance:
    if name == begun:
        return Distance.WHOLE_BUT_ONE
    return Distance.BEGUN_BUT_ONE if len(begun) >= len(typed) else Distance.BEGUN_BUT_LAST


def _on_file(session: Session, patients: Sequence[uuid.UUID]) -> dict[uuid.UUID, Patient]:
    people: dict[uuid.UUID, Patient] = {}
    for start in range(0, len(patients), AT_ONCE):
        some = col(Patient.id).in_(patients[start : start + AT_ONCE])
        found = session.scalars(select(Patient).where(some, col(Patient.removed_at).is_(None)))
        people |= {patient.id: patient for patient in found}
    return people


def _plain(patient: Patient, today: dt.date) -> Found:
    return Found(
        patient=patient.id,
        name=patient.name,
        sex=patient.sex,
        age=patient.age_on(today),
        birth_date=patient.birth_date,
        mrn=patient.mrn,
    )


def _described(session: Session, entry: Entry, patient: Patient, asked: Asked, typed: str) -> Found:
    closest = {word: _closest(entry, word) for word in asked.words}
    forgiven = {word: each for word, each in closest.items() if each[0] in FORGIVEN}
    dates = tuple(asked.all_dates)
    return replace(
        _plain(patient, asked.today),
        why=_former(session, entry, asked) or _for_typed(patient, forgiven, typed),
        in_name=spans(patient.name, [begun for _far, _word, begun in closest.values()]),
        in_mrn=spans(patient.mrn, asked.words),
        by_birth_date=any(date.startswith(dates) for date in written(patient.birth_date).split()),
    )


def _former(session: Session, entry: Entry, asked: Asked) -> str:
    """What is typed stood in another entry of the same person, before they were merged."""
    former = session.get(Patient, entry.record) if entry.record != entry.found else None
    if former is None:
        return ""
    if any(word.startswith(asked.words) for word in entry.mrn.split()):
        return _("former MRN {mrn}").format(mrn=former.mrn)
    return _("formerly {name}, MRN {mrn}").format(name=former.name, mrn=former.mrn)


def _for_typed(patient: Patient, forgiven: Mapping[str, Closest], typed: str) -> str:
    """`Müller for “Mülelr”`."""
    words = _("{name} for “{typed}”")
    return listing(
        [
            words.format(name=as_written(patient.name, name), typed=as_written(typed, word))
            for word, (_far, name, _begun) in forgiven.items()
        ]
    )
