"""Finding patients by name, MRN or birth date, in whatever way and with an error they are typed.

Nothing reads all patients: words and their beginnings are in the full-text index, and words that
lie one error apart have a key in common in `search_word`. Where very many match, the latest entered
of them are looked at, whole words first.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from struct import iter_unpack

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from models.folding import searched_words, words_of
from models.patient import Patient
from models.store.asking import Alike, Asked, Likenesses
from models.store.birth_dates import written
from models.store.spelling import SHORTEST, beginnings, has_keys, keys_for, keys_of, may_be_wrong
from models.store.tables import SEARCH_WORD

_FORGET = text(
    "DELETE FROM patient_search WHERE rowid IN"
    " (SELECT rowid FROM patient_search WHERE patient_search MATCH :own)"
)
_KEEP = text(
    "INSERT INTO patient_search (patient, name, mrn, birth_date, merged)"
    " VALUES (:patient, :name, :mrn, :birth_date, :merged)"
)
_FIND = text(
    "SELECT patient, name, mrn, merged FROM patient_search WHERE patient_search MATCH :asked"
    " ORDER BY rowid DESC LIMIT :most"
)
_WHOEVER = text(
    "SELECT group_concat(patient, '') FILTER (WHERE merged IS NOT 'merged'),"
    " group_concat(patient, '') FILTER (WHERE merged = 'merged')"
    " FROM patient_search WHERE patient_search MATCH :asked"
)
_KEEP_WORD = SEARCH_WORD.insert().prefix_with("OR IGNORE")
ALIKE = text(
    "SELECT DISTINCT substr(word, 1, :length) FROM search_word"
    " WHERE key IN :keys AND length(word) <= :longest"
).bindparams(bindparam("keys", expanding=True))
_LONGEST = 1000


@dataclass(frozen=True)
class Entry:
    """What the index knows of a patient; `found` is another one after a merger."""

    found: uuid.UUID
    record: uuid.UUID
    name: str
    mrn: str


def index(session: Session, patient: Patient) -> None:
    """Find a new patient."""
    index_all(session, [patient])


def index_all(session: Session, patients: Sequence[Patient]) -> None:
    rows = [_row_of(each) for each in patients]
    session.execute(_KEEP, rows)
    keep_words(session, {word for row in rows for word in row["name"].split()})


def _row_of(patient: Patient) -> dict[str, str]:
    values = searched(_name_of(patient), patient.mrn, patient.birth_date)
    merged = "" if patient.merged_into is None else "merged"
    return {"patient": patient.id.hex, "merged": merged, **values}


def index_anew(session: Session, patient: Patient) -> None:
    """After a change of what the patient is found by."""
    _drop(session, patient)
    index(session, patient)


def forget(session: Session, patient: Patient) -> None:
    """A removed patient is not found; by the words of a merged one, the other is."""
    _drop(session, patient)
    if patient.merged_into is not None:
        index(session, patient)


def _drop(session: Session, patient: Patient) -> None:
    session.execute(_FORGET, {"own": f'patient : "{patient.id.hex}"'})


def searched(name: str, mrn: str, birth_date: dt.date) -> dict[str, str]:
    """The words a patient is found by."""
    return {
        "name": " ".join(searched_words(name)),
        "mrn": " ".join(searched_words(mrn)),
        "birth_date": written(birth_date),
    }


def keep_words(connection: Session | Connection, words: Iterable[str]) -> None:
    """Find these words of names despite an error; they stay, also when nobody has them any more."""
    kept = [{"key": key, "word": word} for word in words if has_keys(word) for key in keys_of(word)]
    if kept:
        connection.execute(_KEEP_WORD, kept)


def exact(session: Session, asked: Asked, most: int | None = None) -> list[Entry]:
    """Those for whom every typed word begins a word of theirs, or is their birth date."""
    return _best(session, asked.questions(), most) if asked.words else []


def forgiven(session: Session, asked: Asked, most: int | None = None) -> list[Entry]:
    """Those and whoever has words that lie one error from what was typed."""
    alike = likenesses(session, asked.undated)
    return _best(session, asked.questions(alike), most) if alike else []


def everybody_exact(session: Session, asked: Asked) -> frozenset[bytes]:
    """All whom `exact` finds, by the bytes of their ids alone."""
    return _whoever(session, asked.questions()[-1]) if asked.words else frozenset()


def everybody_forgiven(session: Session, asked: Asked) -> frozenset[bytes]:
    alike = likenesses(session, asked.undated)
    return _whoever(session, asked.questions(alike)[-1]) if alike else frozenset()


def named(session: Session, name: str) -> set[uuid.UUID]:
    """Those for whom every word of this name begins a word of theirs."""
    words = words_of(name)
    question = " AND ".join(f'name : "{word}"*' for word in words)
    return {entry.record for entry in _answers(session, question, None)} if words else set()


def likenesses(session: Session, words: Sequence[str]) -> Likenesses:
    found = {word: _alike(session, word) for word in words if may_be_wrong(word)}
    return {word: alike for word, alike in found.items() if alike.begun or alike.whole}


def _alike(session: Session, typed: str) -> Alike:
    """Of three letters only a whole word of four lacks one: beginnings would be too many."""
    short = len(typed) < SHORTEST
    asked = {
        "keys": sorted(keys_for(typed)),
        "length": len(typed) + 1,
        "longest": SHORTEST if short else _LONGEST,
    }
    near = [(word, beginnings(word, typed)) for word in session.scalars(ALIKE, asked)]
    whole = frozenset(word for word, begun in near if word in begun)
    return Alike(whole, frozenset() if short else frozenset().union(*(each for _w, each in near)))


def _best(session: Session, questions: Sequence[str], most: int | None) -> list[Entry]:
    """All that answer the widest question; where there are too many, the narrowest first."""
    *narrow, widest = questions
    found = _answers(session, widest, most)
    if most is None or len(found) <= most:
        return found
    best: dict[uuid.UUID, Entry] = {}
    for question in narrow:
        if len(best) <= most:
            best |= {entry.found: entry for entry in _answers(session, question, most)}
    best |= {entry.found: entry for entry in found}
    return list(best.values())[: most + 1]


def _answers(session: Session, question: str, most: int | None) -> list[Entry]:
    rows = session.execute(_FIND, {"asked": question, "most": -1 if most is None else most + 1})
    entries = {}
    for patient, name, mrn, merged in rows:
        record = uuid.UUID(hex=patient)
        found = _remaining(session, record) if merged else record
        if found is not None and (found == record or found not in entries):
            entries[found] = Entry(found, record, name, mrn)
    return list(entries.values())


def _whoever(session: Session, widest: str) -> frozenset[bytes]:
    found, merged = session.execute(_WHOEVER, {"asked": widest}).one()
    remaining = [_remaining(session, uuid.UUID(bytes=each)) for each in _ids_in(merged or "")]
    return frozenset([*_ids_in(found or ""), *(each.bytes for each in remaining if each)])


def _ids_in(joined: str) -> Iterator[bytes]:
    """Of ids that are written in hexadecimal digits, one right after the other."""
    return (key for (key,) in iter_unpack("16s", bytes.fromhex(joined)))


def _remaining(session: Session, patient: uuid.UUID) -> uuid.UUID | None:
    """Whom a merged patient was merged into at last, if that one is on file."""
    columns = (col(Patient.merged_into), col(Patient.removed_at))
    seen: set[uuid.UUID] = set()
    into: uuid.UUID | None = patient
    while into is not None and into not in seen:
        seen.add(into)
        patient = into
        into, removed = session.execute(select(*columns).where(col(Patient.id) == patient)).one()
    return patient if into is None and removed is None else None


def _name_of(patient: Patient) -> str:
    return f"{patient.family_name} {patient.given_name}"
