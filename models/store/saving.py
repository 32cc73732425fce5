"""Saving: a new record, or a correction whose former values stay in the audit trail."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Insert, Select, bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlmodel import SQLModel, col

from models.base import ClinicError, InvalidRecord, PatientRecord, Record, build
from models.patient import Patient
from models.records import PLACE_OF
from models.store import search
from models.store.audit import Action
from models.store.rules import Known, find_row, refuse_what_contradicts
from models.store.step import Step, entered_values, patient_of, plain_values
from models.words import _

AT_ONCE = 500  # ids in one query


def save_all(step: Step, records: Sequence[Record]) -> list[Record]:
    """Save in the order in which kinds may point to another; hand back in the order given."""
    checked = [build(type(record), record.model_dump()) for record in records]
    ids: defaultdict[type[Record], list[uuid.UUID]] = defaultdict(list)
    for record in checked:
        if record.version:
            ids[type(record)].append(record.id)
    look_up(step.session, ids, step.known)
    places = sorted(range(len(checked)), key=lambda place: PLACE_OF[type(checked[place])])
    saved: dict[int, Record] = {}
    for _kind, group in groupby(places, key=lambda place: type(checked[place])):
        saved |= {place: _save(step, checked[place]) for place in group}
        step.session.flush()
    return [saved[place] for place in range(len(checked))]


def look_up(
    session: Session, ids: Mapping[type[Record], Sequence[uuid.UUID]], known: Known
) -> None:
    """Which of these are on file already: one query for many, instead of one for each."""
    for kind, own in ids.items():
        known.rows.update(dict.fromkeys((kind, each) for each in own))
        for start in range(0, len(own), AT_ONCE):
            found = session.scalars(_among(kind), {"ids": own[start : start + AT_ONCE]})
            known.rows.update({(kind, row.id): row for row in found})


@cache
def _among(kind: type[Record]) -> Select[Any]:
    """Those of a kind with one of these `ids`."""
    return select(kind).where(col(kind.id).in_(bindparam("ids", expanding=True)))


@cache
def _entering(kind: type[Record]) -> Insert:
    return insert(SQLModel.metadata.tables[kind.table_name()])


def create_all(step: Step, records: Sequence[Record]) -> None:
    """Save new records that were judged within this step, those of a kind in one statement."""
    in_order = sorted(records, key=lambda record: PLACE_OF[type(record)])
    for kind, group in groupby(in_order, key=type):
        some = [*group]
        for record in some:
            _begin(step, record)
        entering = _entering(kind)
        columns = entering.table.c.keys()
        rows = [{column: vars(record)[column] for column in columns} for record in some]
        step.session.execute(entering, rows)
        if kind is Patient:
            search.index_all(step.session, cast(list[Patient], some))


def _save(step: Step, record: Record) -> Record:
    row = find_row(step.session, type(record), record.id, step.known) if record.version else None
    if row is None:
        return _create(step, record)
    _refuse_stale(row, record)
    return correct(step, row, record)


def _create(step: Step, record: Record) -> Record:
    """Whether a new one is on file already is asked only where it cannot be written."""
    try:
        refuse_what_contradicts(step.session, record, step.known, step.clock.today())
        create_all(step, [record])
    except (InvalidRecord, IntegrityError):
        row = step.session.get(type(record), record.id)
        if row is None:
            raise
        refuse_removed(row)
        raise changed_meanwhile(row) from None
    make_transient_to_detached(record)
    step.session.add(record)  # what else the step does to it is written, too
    step.known.rows[type(record), record.id] = record
    return record


def _begin(step: Step, record: Record) -> None:
    """Its first version; of no session yet, which would be told of each value by itself."""
    at = step.clock.now()
    vars(record).update(version=1, recorded_by=step.user, recorded_at=at, changed_by="")
    vars(record).update(changed_at=None, removed_at=None, removed_by=None, removed_why=None)
    step.note(Action.CREATED, record, at, new=entered_values(record))


def correct(step: Step, row: Record, record: Record) -> Record:
    """Give what is on file the values of `record`; nothing is noted where they are the same."""
    before, after = plain_values(row), plain_values(record)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return row
    refuse_what_contradicts(step.session, record, step.known, step.clock.today())
    for name in changed:
        setattr(row, name, getattr(record, name))
    at = mark_changed(step, row)
    old, new = ({name: values[name] for name in changed} for values in (before, after))
    step.note(Action.CORRECTED, row, at, old=old, new=new)
    if isinstance(row, Patient):
        search.index_anew(step.session, row)
    return row


def mark_changed(step: Step, row: Record) -> dt.datetime:
    """A new version, by whom and when."""
    row.version, row.changed_by, row.changed_at = row.version + 1, step.user, step.clock.now()
    return row.changed_at


def _refuse_stale(row: Record, record: Record) -> None:
    refuse_removed(row)
    if record.version != row.version:
        raise changed_meanwhile(row)
    if isinstance(record, PatientRecord) and record.patient != patient_of(row):
        sentence = _("A record stays with its patient: remove it here and enter it there.")
        raise InvalidRecord(_(record.singular), {"patient": sentence})


def refuse_removed(row: Record) -> None:
    if row.removed_at is not None:
        raise ClinicError(
            _("This {kind} was removed by {user}.").format(
                kind=_(row.singular), user=row.removed_by
            ),
            _("It can still be read in the history of changes."),
            _("Enter it again if it is needed after all."),
        )


def changed_meanwhile(row: Record) -> ClinicError:
    return ClinicError(
        _("This {kind} was changed meanwhile by {user}.").format(
            kind=_(row.singular), user=row.changed_by or row.recorded_by
        ),
        _("That change stands; yours was not saved."),
        _("Look at the record as it is now and make your change again."),
    )
