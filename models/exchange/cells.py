"""A value of a record as the text of one cell, and back: exact, and safe in a spreadsheet."""

import datetime as dt
import re
import types
from typing import Any, Union, get_args, get_origin

from models.adverse_event import GradeEpisode
from models.imaging import Node
from models.protocol import Protocol
from models.value_words import typed_text
from models.values import Choice, PartialDate, read_date, unambiguous
from models.words import _

NONE = "none"
YES, NO = frozenset({"yes", "y", "true"}), frozenset({"no", "n", "false"})
_STARTS_A_FORMULA = "=+-@\t\r\n'"
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before what could be."""
    return f"'{text}" if text[:1] and text[0] in _STARTS_A_FORMULA else text


def unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _STARTS_A_FORMULA else text


def write_cell(value: Any) -> str:
    """Empty for None, `none` for an empty list; dates as ISO, lists as `a; b`."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Choice():
            return value.value
        case int() | float():
            return typed_text(value)
        case list():
            return guarded("; ".join(str(item) for item in value)) if value else NONE
    return guarded(str(value))


def read_cell(annotation: Any, text: str, *, month_first: bool = False) -> Any:
    """The value of a cell that is not empty, of a field so annotated.

    `month_first`: whether `3/4/2017` is the 4th of March. Raises `ValueError` in a sentence.
    """
    kind, text = value_type(annotation), unguarded(text.strip())
    if get_origin(kind) is list:
        return _read_list(get_args(kind)[0], text)
    if kind is bool:
        return _read_answer(text)
    if kind in {int, float}:
        return _read_number(text)
    if kind in {dt.date, PartialDate}:
        day = read_day(text, month_first=month_first)
        return day.first if kind is dt.date and day.exact else day
    if kind is Protocol:
        return Protocol.parse(text)
    if isinstance(kind, type) and issubclass(kind, Choice):
        return _read_choice(kind, text)
    return text


def value_type(annotation: Any) -> Any:
    """What a field holds when it is not empty."""
    if get_origin(annotation) in {types.UnionType, Union}:
        return next(part for part in get_args(annotation) if part is not types.NoneType)
    return annotation


def read_day(text: str, *, month_first: bool = False) -> PartialDate:
    """A date as files have them: ISO, `14.10.2017`, `14 Oct 2017`, `Oct 2017`, `2017`."""
    text = re.sub(r"[T ]00:00(:00)?(\.0+)?Z?$", "", text)
    parts = re.split(r"[./-]", text)
    if not any(len(part) == 4 for part in re.findall(r"\d+", text)) and len(parts) != 3:
        raise ValueError(_("A date in a file needs its year, as 2017-10-14 or 14.10.2017."))
    if month_first and len(parts) == 3 and len(parts[0]) <= 2 and parts[1].isdecimal():
        text = ".".join((parts[1], parts[0], parts[2]))
    return read_date(text, dt.datetime.now(dt.UTC).date())


def _read_list(item: Any, text: str) -> list[Any]:
    if text.casefold() == NONE and item is not str:
        return []
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if item in {GradeEpisode, Node}:
        return [item.parse(part) for part in parts]
    return parts if item is str else [_read_choice(item, part) for part in parts]


def _read_answer(text: str) -> bool:
    word = text.casefold()
    if word in YES or word == _("Yes").casefold():
        return True
    if word in NO or word == _("No").casefold():
        return False
    raise ValueError(_("Answer yes or no."))


def _read_number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(_("Give a number."))
    return float(unambiguous(text).replace(",", "."))


def _read_choice(kind: type[Choice], text: str) -> Choice:
    by_word = {word.casefold(): each for each in kind for word in (each.label, each.value)}
    found = by_word.get(text.casefold())
    if found is None:
        raise ValueError(_("Choose one of: {expected}.").format(expected=", ".join(kind)))
    return found
