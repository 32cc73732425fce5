"""The entries of the audit trail as they stand in the file, where somebody may have edited them."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Label, String, type_coerce

from models.store.tables import AUDIT_ENTRY

Values = dict[str, Any]


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def _text(written: Any) -> str:
    """SQLite keeps bytes, too, where a text should stand."""
    if not isinstance(written, str):
        raise TypeError
    return written


_READ: dict[str, Callable[[str], Any]] = {
    "at": _moment,
    "user": _text,
    "action": _text,
    "kind": _text,
    "record": uuid.UUID,
    "patient": uuid.UUID,
    "old": json.loads,
    "new": json.loads,
    "reason": _text,
}
AS_WRITTEN: tuple[Label[Any], ...] = tuple(
    (type_coerce(column, String) if column.name in _READ else column).label(column.name)
    for column in AUDIT_ENTRY.c
)
"""Every column, none of them read: an entry that cannot be is found, and hinders no other."""


def values_of(row: Mapping[Any, Any]) -> Values | None:
    """The values of an entry; None where one of them can be no such value."""
    try:
        return {name: _value(name, row[name]) for name in AUDIT_ENTRY.c.keys()}  # noqa: SIM118
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _value(name: str, written: Any) -> Any:
    return _READ[name](written) if name in _READ and written is not None else written
