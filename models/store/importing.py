"""What a file brings, looked through without a trace, and taken in: all of it, or none."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import ClinicError, Record
from models.exchange.arrivals import Arrival, Fate, Outlook
from models.exchange.fates import WRITTEN
from models.garbage import seldom_sought
from models.likeness import who
from models.patient import Patient
from models.progress import Progress
from models.records import PLACE_OF
from models.store import attachments, duplicates, removal, saving
from models.store.arriving import Found, OnePatient, Seen, keys_of
from models.store.audit import Action
from models.store.rules import Known
from models.store.step import Step
from models.store.twins import Twins
from models.words import _

AT_ONCE = 1000
Written = Callable[[Step], None]
Some = list[tuple[int, Arrival]]


@seldom_sought()
def look_through(
    session: Session, arrivals: Sequence[Arrival], today: dt.date, progress: Progress
) -> list[Outlook]:
    """The fate of every arrival, in their order; nothing is written."""
    outlooks: dict[int, Outlook] = {}
    seen = Seen()
    for some in _some_patients(arrivals, progress):
        found = _found(session, some, today, seen)
        _remark_who_is_alike(session, [each for _place, each in found])
        outlooks |= {place: each.outlook for place, each in found}
        session.expunge_all()
    return [outlooks[place] for place in range(len(arrivals))]


@seldom_sought()
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
    seen = Seen()
    for some in _some_patients(arrivals, progress):
        found = _found(step.session, some, step.clock.today(), seen)
        if any(each.outlook != looked_at[place] for place, each in found):
            raise _stands_otherwise_now()
        _save(step, [each for _place, each in found])
        step.session.flush()
        written(step)
        step.session.expunge_all()
        step.known = Known()
    told = Counter(each.fate for each in looked_at)
    step.say(Action.IMPORTED, **{fate.name.lower(): str(n) for fate, n in told.items()})


def _some_patients(arrivals: Sequence[Arrival], progress: Progress) -> Iterator[list[Some]]:
    """The arrivals with their places, those of one patient together, some patients at a time."""
    by_patient: defaultdict[str, Some] = defaultdict(list)
    for place, arrival in enumerate(arrivals):
        by_patient[arrival.mrn].append((place, arrival))
    done = held = 0
    some: list[Some] = []
    for own in by_patient.values():
        some.append(own)
        held += len(own)
        if held >= AT_ONCE:
            progress(done, len(arrivals))
            yield some
            some, done, held = [], done + held, 0
    progress(done, len(arrivals))
    if some:
        yield some
    progress(len(arrivals), len(arrivals))


def _found(
    session: Session, some: Sequence[Some], today: dt.date, seen: Seen
) -> list[tuple[int, Found]]:
    """The arrivals of some patients, each with the record on file that it is, or what is wrong."""
    arrivals = [arrival for own in some for _place, arrival in own]
    on_file = _on_file(session, arrivals)
    patients = [OnePatient([arrival for _place, arrival in own], on_file) for own in some]
    for arrival in arrivals:
        seen.numbers.setdefault(arrival.mrn, on_file.get(arrival.mrn))
    known = Known(numbers=seen.numbers)
    twins = Twins(session, [each.id for each in patients if each.id], arrivals)
    for patient in patients:
        patient.name(twins, seen)
    saving.look_up(session, _ids(patients), known)
    for patient in patients:
        patient.judge(session, known, today)
    places = [place for own in some for place, _arrival in own]
    return [*zip(places, [each for one in patients for each in one.found], strict=True)]


def _remark_who_is_alike(session: Session, found: Sequence[Found]) -> None:
    """A new patient may be somebody who is on file under another number."""
    for each in found:
        if isinstance(each.record, Patient) and each.fate is Fate.NEW:
            for like in duplicates.likely(session, each.record.model_dump(), each.record.id):
                if like.likely:
                    words = _("May be {who}: {why}.")
                    each.remarks.append(words.format(who=who(like.patient), why=like.why))


def _ids(patients: Sequence[OnePatient]) -> defaultdict[type[Record], list[uuid.UUID]]:
    """What is to be looked up of each kind, every patient among it."""
    ids: defaultdict[type[Record], list[uuid.UUID]] = defaultdict(list)
    ids[Patient] = [patient.id for patient in patients if patient.id]
    for patient in patients:
        for each in patient.found:
            if each.arrival.kind is not Patient and each.id:
                ids[each.arrival.kind].append(each.id)
    return ids


def _on_file(session: Session, arrivals: Sequence[Arrival]) -> dict[str, uuid.UUID]:
    """Whom the numbers and the keys of these arrivals stand for, removed ones included."""
    numbers = {arrival.mrn for arrival in arrivals}
    by_number = select(col(Patient.mrn), col(Patient.id)).where(col(Patient.mrn).in_(numbers))
    by_key = select(col(Patient.id)).where(col(Patient.id).in_(keys_of(arrivals)))
    found = {row.mrn: row.id for row in session.execute(by_number)}
    return found | {str(key): key for key in session.scalars(by_key)}


def _save(step: Step, found: Sequence[Found]) -> None:
    """What is new was judged just now; what was removed stands again before it is changed.

    Undone in reverse, every step of it fits the birth date that stands then: one that moves back
    goes first, and one that moves on goes last.
    """
    for each in found:
        if each.content is not None:
            attachments.keep_content(step.session, each.content)
    coming = [each for each in found if each.fate in WRITTEN]
    for each in sorted(coming, key=lambda found: PLACE_OF[found.arrival.kind]):
        if each.fate is Fate.COMES_BACK:
            _bring_back(step, each)
    changed = [each for each in coming if each.fate is not Fate.NEW]
    people = [each for each in changed if each.arrival.kind is Patient]
    saving.save_all(step, _records(each for each in people if not _birth_moves_on(each)))
    saving.create_all(step, _records(each for each in coming if each.fate is Fate.NEW))
    saving.save_all(step, _records(each for each in changed if each.arrival.kind is not Patient))
    saving.save_all(step, _records(each for each in people if _birth_moves_on(each)))


def _records(found: Iterable[Found]) -> list[Record]:
    return [each.record for each in found if each.record is not None]


def _bring_back(step: Step, each: Found) -> None:
    if each.row is not None and each.record is not None:
        removal.restore(step, each.row)
        each.record.version = each.row.version


def _birth_moves_on(each: Found) -> bool:
    before, after = each.changes.get("birth_date", (None, None))
    return before is not None and after > before


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
