"""A change of the audit trail in words: what was done to what, and field by field old and new."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from models.base import FieldWords, Record, described_fields
from models.records import BY_NAME
from models.store.audit import Change
from models.value_words import Names, in_words
from models.words import _, capitalised

EMPTY: tuple[Any, ...] = (None, [], {})


@dataclass(frozen=True)
class ChangedValue:
    """One field of a change in words; `old`: None where nothing stood there to be replaced."""

    field: str
    old: str | None
    new: str

    def __str__(self) -> str:
        values = " → ".join(value for value in (self.old, self.new) if value)
        return f"{self.field}: {values}"


def changed_values(change: Change, names: Names) -> list[ChangedValue]:
    """Field by field what was replaced by what; of a new record its values.

    `names`: what the records are called to which others refer. Of what changed no record: what
    else was said about it.
    """
    kind = BY_NAME.get(change.kind or "")
    return [*(_said(change) if kind is None else _replaced(kind, change, names))]


def values_in_words(change: Change, names: Names) -> str:
    """`Weight: 70 → 71; Notes: …`; of a new or a removed record its values."""
    found = changed_values(change, names)
    return "; ".join(map(str, found)) or (
        names.get(change.record_id, "") if change.record_id else ""
    )


def kind_in_words(change: Change) -> str:
    kind = BY_NAME.get(change.kind or "")
    return capitalised(_(kind.singular)) if kind else ""


def deed_in_words(change: Change) -> str:
    """`Visit: Corrected`; of what changed no record what was done."""
    return f"{kind_in_words(change)}: {change.action.label}".removeprefix(": ")


def _replaced(kind: type[Record], change: Change, names: Names) -> Iterator[ChangedValue]:
    for field in described_fields(kind):
        old, new = change.old.get(field.name), change.new.get(field.name)
        if field.name in change.old and field.name in change.new:
            yield ChangedValue(field.title, _shown(field, old, names), _shown(field, new, names))
        elif new not in EMPTY:
            yield ChangedValue(field.title, None, _shown(field, new, names))
        elif old not in EMPTY:
            yield ChangedValue(field.title, _shown(field, old, names), "")


def _said(change: Change) -> Iterator[ChangedValue]:
    for name, value in change.new.items():
        yield ChangedValue(capitalised(_(name.replace("_", " "))), None, str(value))


def _shown(field: FieldWords, value: Any, names: Names) -> str:
    """A value of the trail as the form would show it; as it stands where it no longer fits."""
    if value in EMPTY:
        return _("empty")
    try:
        return in_words(_adapter(field.annotation).validate_python(value), names) or str(value)
    except ValidationError:
        return str(value)


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)
