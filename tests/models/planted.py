"""Histories with words planted into every free text, and the same ones of somebody else."""

import datetime as dt
import typing
import uuid
from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from itertools import count
from typing import Any, TypeVar

from pydantic import BaseModel

from models.base import BOOKKEEPING, Record, build
from models.deidentified import VOCABULARIES
from models.history import History
from models.values import PartialDate

R = TypeVar("R", bound=Record)

FOUR_YEARS = 1461
"""Days after which, within a century, the calendar is the same but for its weekdays."""


def is_free_text(kind: type[BaseModel], name: str) -> bool:
    """Whether a person types what she likes there, and no vocabulary looks at it."""
    about = kind.model_fields[name]
    parts = {about.annotation, *typing.get_args(about.annotation)}
    return str in parts and name not in BOOKKEEPING and (kind, name) not in VOCABULARIES


def longest(kind: type[BaseModel], name: str) -> int:
    limits = (getattr(limit, "max_length", None) for limit in kind.model_fields[name].metadata)
    return next((limit for limit in limits if limit), 1000)


def with_words(record: R, words: str) -> R:
    """The record with these words in every free text, and behind every site."""
    kind = type(record)
    texts = {name: words for name in kind.model_fields if is_free_text(kind, name)}
    site = getattr(record, "body_site", None)
    if site:
        texts["body_site"] = f"{site}, {words}"
    cut = {name: text[: longest(kind, name)] for name, text in texts.items()}
    who = {"recorded_by": words, "changed_by": words}
    return build(kind, {**_values(record), **cut, **who})


def planted(history: History, words: str) -> History:
    """The history with these words in every free text, and as name and number."""
    return _changed(history, lambda record: with_words(record, words))


def of_somebody_else(history: History) -> History:
    """The same course four years later, of records with other ids."""
    numbers = count(10**30)
    old = sorted(
        {
            value
            for record in (history.patient, *_records(history))
            for value in _values(record).values()
            if isinstance(value, uuid.UUID)
        }
    )
    ids = {each: uuid.UUID(int=next(numbers)) for each in old}
    return _changed(history, lambda record: build(type(record), _moved(_values(record), ids)))


def _changed(history: History, change: Callable[[Any], Any]) -> History:
    return replace(
        history,
        patient=change(history.patient),
        records={kind: tuple(map(change, found)) for kind, found in history.records.items()},
    )


def _records(history: History) -> list[Record]:
    return [record for found in history.records.values() for record in found]


def _values(record: BaseModel) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _moved(value: Any, ids: dict[uuid.UUID, uuid.UUID]) -> Any:
    """With every date four years later and every id exchanged."""
    if isinstance(value, uuid.UUID):
        return ids[value]
    if isinstance(value, PartialDate):
        return PartialDate(value.year + 4, value.month, value.day)
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=FOUR_YEARS)
    if isinstance(value, BaseModel):
        return type(value).model_validate(_moved(_values(value), ids))
    if isinstance(value, list):
        return [_moved(part, ids) for part in value]
    if isinstance(value, dict) and not any(isinstance(key, Enum) for key in value):
        return {key: _moved(part, ids) for key, part in value.items()}
    return value
