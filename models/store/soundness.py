"""Whether the store is sound: its pages, its references, its audit trail, and its records."""

import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import JSON, Connection, select, text, type_coerce
from sqlalchemy.orm import Session, defer
from sqlmodel import SQLModel

from models.base import ClinicError, JsonColumn, Record
from models.garbage import seldom_sought
from models.progress import Progress, Stopped, unseen
from models.records import RECORDS
from models.store import audit, chain, keys
from models.store.engine import Store
from models.store.entries import AS_WRITTEN, values_of
from models.store.step import entered_values, patient_of
from models.store.tables import AUDIT_ENTRY
from models.words import _

Key = tuple[str, uuid.UUID]


@seldom_sought()
def faults(store: Store, progress: Progress = unseen) -> list[str]:
    """Sentences about what is wrong; none when the store is sound."""
    found = []
    for check in (file_faults, partial(_contents, progress=progress), _keyring):
        try:
            found += check(store)
        except Stopped:
            raise
        except ClinicError as error:
            found.append(error.happened)
    return found


def file_faults(store: Store) -> list[str]:
    """Whatever version its tables are of."""
    with store.outside_transactions() as connection:
        connection.execute(text("PRAGMA wal_checkpoint"))  # a page torn there is whole in the log
        broken = list(connection.scalars(text("PRAGMA cipher_integrity_check")))
        if broken:
            return [_("{n} pages of the file are damaged.").format(n=len(broken))]
        _look_at_search(connection)
        said = connection.scalars(text("PRAGMA integrity_check")).all()
        wrong = [_("The file is damaged: {words}.").format(words=w) for w in said if w != "ok"]
        return [*wrong, *_strangers(connection)]


def _look_at_search(connection: Connection) -> None:
    """SQLite checks the search index as the connection remembers it: it must not be outdated."""
    named = "SELECT 1 FROM sqlite_master WHERE name = 'patient_search'"
    if connection.scalar(text(named)) is not None:
        connection.execute(text("SELECT 1 FROM patient_search LIMIT 1")).all()


def _strangers(connection: Connection) -> Iterator[str]:
    """No version of the program makes any; each acts by itself, whoever writes or reads."""
    asked = text("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')")
    for kind, name in connection.execute(asked):
        words = _("The file holds a {kind} that the program did not make: {name}.")
        yield words.format(kind=kind, name=name)


def _contents(store: Store, progress: Progress) -> list[str]:
    with store.reading() as session:
        return [
            *_references(session),
            *chain.faults(session, audit.audit_key(store.key), progress),
            *_records(session),
        ]


def _keyring(store: Store) -> list[str]:
    """Asked while nobody changes it."""
    with store.writing() as session:
        return [*keys.faults(session, store.path.parent)]


def _references(session: Session) -> Iterator[str]:
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield _("An entry in {table} points to nothing.").format(table=row[0])


def _records(session: Session) -> Iterator[str]:
    """Every record must be what the audit trail says it became."""
    told = _as_told(session)
    for kind in RECORDS:
        for record, found in _on_file(session, kind):
            said = told.pop((kind.table_name(), record.id), None)
            if said != found:
                sentence = _("A {kind} was changed behind the program's back (entry {id}).")
                yield sentence.format(kind=_(kind.singular), id=record.id)
    for name, key in told:
        yield _("An entry in {table} has disappeared ({id}).").format(table=name, id=key)


def _as_told(session: Session) -> dict[Key, dict[str, Any]]:
    told: dict[Key, dict[str, Any]] = {}
    written = select(*AS_WRITTEN).where(AUDIT_ENTRY.c.record.is_not(None))
    for row in session.execute(written.order_by(AUDIT_ENTRY.c.sequence)).mappings():
        entry = values_of(row)
        if entry is None or not isinstance(entry["new"], dict):
            continue  # what was edited is told by the chain
        state = told.setdefault((entry["kind"], entry["record"]), {"": (None, False)})
        removed = entry["action"] == audit.Action.REMOVED
        if entry["action"] == audit.Action.MOVED:
            _former, removed = state[""]
        state |= {**entry["new"], "": (entry["patient"], removed)}
    return {key: _filled(state) for key, state in told.items()}


def _on_file(session: Session, kind: type[Record]) -> Iterator[tuple[Record, dict[str, Any]]]:
    """With its values as they are written: a later version may put more into one than is known."""
    table = SQLModel.metadata.tables[kind.table_name()]
    unread = [column.name for column in table.c if isinstance(column.type, JsonColumn)]
    plain = [type_coerce(table.c[name], JSON).label(name) for name in unread]
    as_read = (defer(getattr(kind, name)) for name in unread)
    for record, *written in session.execute(select(kind, *plain).options(*as_read)):
        owner = (patient_of(record), record.removed_at is not None)
        values = _filled(dict(zip(unread, written, strict=True)))
        yield record, {**entered_values(record), **values, "": owner}


def _filled(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if value is not None}
