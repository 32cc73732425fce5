"""Removing: a record is marked and explained, never deleted."""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlmodel import col

from models.base import ClinicError, PatientRecord, Record
from models.patient import Patient
from models.practice import THE_ONE
from models.records import PATIENT_RECORDS
from models.store import search
from models.store.audit import Action
from models.store.rules import references, refuse_what_contradicts, standing
from models.store.saving import changed_meanwhile, look_up, refuse_removed
from models.store.step import Step, Values, entered_values
from models.words import _, listing

LONGEST_REASON = 1000


def checked_reason(why: str) -> str:
    why = why.strip()
    if not why or len(why) > LONGEST_REASON:
        raise ClinicError(
            _("A removal needs a reason of at most {n} characters.").format(n=LONGEST_REASON),
            _("Nothing was changed."),
            _("Say in a few words why the record is to be removed."),
        )
    return why


def remove(step: Step, record: Record) -> None:
    row = step.session.get(type(record), record.id)
    if row is None:
        raise _never_saved(record)
    refuse_removed(row)
    if row.version != record.version:
        raise changed_meanwhile(row)
    mark_removed(step, row)


def mark_removed(step: Step, row: Record) -> None:
    if row.id == THE_ONE:
        raise _always_there(row)
    _refuse_while_needed(step, row)
    at = step.clock.now()
    row.version, row.removed_at, row.removed_by = row.version + 1, at, step.user
    row.removed_why = step.reason
    step.note(Action.REMOVED, row, at, old=entered_values(row))
    if isinstance(row, Patient):
        search.forget(step.session, row)


def restore(step: Step, row: Record) -> None:
    """Let a removed record stand again, where what it points to still stands."""
    row.version, row.removed_at, row.removed_by, row.removed_why = row.version + 1, None, None, None
    refuse_what_contradicts(step.session, row, step.known, step.clock.today())
    old = _find_again(step, row) if isinstance(row, Patient) else {}
    step.note(Action.RESTORED, row, step.clock.now(), old=old)


def look_up_needed(step: Step, kind: type[Record], keys: Sequence[uuid.UUID]) -> None:
    """Before many of a kind are removed: which of them nothing points to."""
    needed: set[uuid.UUID] = set()
    for other, name in _pointing(kind):
        field = col(getattr(other, name))
        pointing = select(field).distinct().where(field.in_(keys), col(other.removed_at).is_(None))
        needed.update(step.session.scalars(pointing))
    step.known.unneeded = {(kind, key) for key in keys if key not in needed}


def look_up_targets(step: Step, rows: Sequence[Record]) -> None:
    """Before many of a kind are restored or corrected: what they point to."""
    for name, kind in references(type(rows[0])).items():
        keys = {getattr(row, name) for row in rows} - {None}
        look_up(step.session, {kind: [*keys]}, step.known)


def look_up_people(step: Step, patients: Sequence[Patient]) -> None:
    """Before many are restored: whose their numbers are, and what is on file of them."""
    step.known.numbers = {each.mrn: each.id for each in patients}
    step.known.standing = standing(step.session, [each.id for each in patients])


def _find_again(step: Step, patient: Patient) -> Values:
    """By its own words; who was found by them since a merger is so no longer."""
    merged_into, patient.merged_into = patient.merged_into, None
    search.index_anew(step.session, patient)
    other = step.session.get(Patient, merged_into) if merged_into else None
    if other is None:
        return {}
    if other.removed_at is None:
        search.index_anew(step.session, other)
    return {"merged_into": other.id.hex}


def _refuse_while_needed(step: Step, row: Record) -> None:
    """A patient may leave with all records; any other record goes after what points to it."""
    needed_by = [] if isinstance(row, Patient) else _pointing_to(step, row)
    if needed_by:
        raise ClinicError(
            _("This {kind} is needed by {others}.").format(
                kind=_(row.singular), others=listing(needed_by)
            ),
            _("Nothing was changed."),
            _("Remove those first, or let them point elsewhere."),
        )


def _pointing_to(step: Step, row: Record) -> list[str]:
    """`2 cycles`, `1 biopsy`: how many records of each kind point to this one."""
    found: list[str] = []
    if (type(row), row.id) in step.known.unneeded:
        return found
    for kind, name in _pointing(type(row)):
        pointing = (col(getattr(kind, name)) == row.id, col(kind.removed_at).is_(None))
        count = select(func.count()).select_from(kind).where(*pointing)
        n = step.session.scalar(count) or 0
        found += [f"{n} {_(kind.singular if n == 1 else kind.plural)}"] if n else []
    return found


def _pointing(kind: type[Record]) -> Iterator[tuple[type[PatientRecord], str]]:
    """Which fields of which kinds may point to one of this kind."""
    for other in PATIENT_RECORDS:
        for name, target in references(other).items():
            if target is kind:
                yield other, name


def _always_there(record: Record) -> ClinicError:
    return ClinicError(
        _("The {kind} cannot be removed: there is always one.").format(kind=_(record.singular)),
        _("Nothing was changed."),
        _("Correct it instead."),
    )


def _never_saved(record: Record) -> ClinicError:
    return ClinicError(
        _("This {kind} is not on file.").format(kind=_(record.singular)),
        _("Nothing was changed."),
        _("Save it first, or choose another one."),
    )
