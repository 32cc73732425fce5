"""Birth dates in the search index, and how they are typed: `2.3.1958`, `March 2 1958`, `580302`.

A date is kept year first and day first (`~19580302 ~~02031958`), under marks that no name has. What
was typed is read as beginnings of these: a date is found while it is being typed.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from models.folding import folded
from models.words import MONTHS, _

YEAR_FIRST, DAY_FIRST = "~", "~~"
SHORTEST_MONTH = 3
LONGEST_NUMBER = 8
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")


def written(day: dt.date) -> str:
    return f"{YEAR_FIRST}{day:%Y%m%d} {DAY_FIRST}{day:%d%m%Y}"


def date_among(words: Sequence[str], today: dt.date) -> tuple[int, int, set[str]] | None:
    """Where a date stands among the words (from, to) and how it reads; the longest one counts.

    A month's name alone is a name, and a number alone is left to `number_readings`.
    """
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            found = date_readings(words[start : start + length], today)
            if found:
                return start, start + length, found
    return None


def date_readings(words: Sequence[str], today: dt.date) -> set[str]:
    """Beginnings of the dates that two or three pieces may mean, the day or the month first."""
    pieces = [piece for word in words for piece in _pieces(word)]
    months = [_month_number(piece) for piece in pieces]
    named = [at for at, month in enumerate(months) if month]
    numbers = [piece for piece in pieces if piece.isdecimal()]
    if len(pieces) not in {2, 3} or len(numbers) + len(named) < len(pieces) or len(named) > 1:
        return set()
    if named:
        return set(_with_month(f"{months[named[0]]:02d}", numbers, today))
    if len(numbers) == 2:
        return set(_of_two(numbers[0], numbers[1], today))
    return set(_of_three(numbers[0], numbers[1], numbers[2], today))


def number_readings(number: str, today: dt.date, *, alone: bool) -> set[str]:
    """Beginnings of the dates that one number may mean: `58`, `1958`, `0203`, `580302`.

    One or two digits begin a date only where nothing else was typed: they may be an MRN's.
    """
    if len(number) > LONGEST_NUMBER:
        return set()
    begun = alone or len(number) > 2
    found = {f"{YEAR_FIRST}{number}", f"{DAY_FIRST}{number}"} if begun else set()
    if begun:
        found |= {f"{DAY_FIRST}{day}" for day in _number(number, 31)}
    if len(number) == 2:
        found.add(f"{YEAR_FIRST}{_past_year(int(number), 1, 1, today)}")
    if len(number) == 8:
        found |= set(_day_month(number[:2], number[2:4], (number[4:],)))
    if len(number) == 6:
        found |= set(_of_three(number[:2], number[2:4], number[4:], today, begun=False))
    return found


def _of_two(one: str, other: str, today: dt.date) -> Iterator[str]:
    """A year with its month, or a day with its month."""
    if _is_year(one):
        yield from (f"{YEAR_FIRST}{one}{month}" for month in _begun(other, 12))
    elif _is_year(other):
        yield from (f"{YEAR_FIRST}{other}{month}" for month in _number(one, 12))
    else:
        for month, year in ((one, other), (other, one)):
            if len(year) == 2 and int(year) > 31:
                past = _past_year(int(year), 1, 1, today)
                yield from (f"{YEAR_FIRST}{past}{number}" for number in _number(month, 12))
        for day in _number(one, 31):
            yield from (f"{DAY_FIRST}{day}{month}" for month in _begun(other, 12))
        yield from _day_month(other, one, ("",))


def _of_three(
    one: str, two: str, three: str, today: dt.date, *, begun: bool = True
) -> Iterator[str]:
    if _is_year(one):
        for month in _number(two, 12):
            yield from (f"{YEAR_FIRST}{one}{month}{day}" for day in _begun(three, 31))
        return
    if all(len(each) == 2 for each in (one, two, three)):
        yield from _whole(three, two, one, today)
    yield from _whole(one, two, three, today)
    yield from _whole(two, one, three, today)
    if begun and len(three) <= 4:
        yield from _day_month(one, two, (three,))


def _with_month(month: str, numbers: Sequence[str], today: dt.date) -> Iterator[str]:
    if len(numbers) == 1:
        (number,) = numbers
        if _is_year(number) or (len(number) == 2 and int(number) > 31):
            year = number if _is_year(number) else _past_year(int(number), int(month), 1, today)
            yield f"{YEAR_FIRST}{year}{month}"
        yield from (f"{DAY_FIRST}{day}{month}" for day in _number(number, 31))
        return
    one, other = numbers
    if _is_year(one):
        yield from (f"{YEAR_FIRST}{one}{month}{day}" for day in _begun(other, 31))
        return
    yield from _whole(one, month, other, today)
    if len(other) <= 4:
        yield from (f"{DAY_FIRST}{day}{month}{other}" for day in _number(one, 31))


def _day_month(one: str, other: str, years: Sequence[str]) -> Iterator[str]:
    """Day and month in both orders, and the year as far as it was typed."""
    for day, month in ((one, other), (other, one)):
        for whole_day in _number(day, 31):
            for whole_month in _number(month, 12):
                yield from (f"{DAY_FIRST}{whole_day}{whole_month}{year[:4]}" for year in years)


def _whole(day: str, month: str, year: str, today: dt.date) -> Iterator[str]:
    """With a year of two digits, the last that is not ahead."""
    if len(year) == 2 and len(day) <= 2 and len(month) <= 2:
        with suppress(ValueError):
            past = _past_year(int(year), int(month), int(day), today)
            yield f"{YEAR_FIRST}{dt.date(past, int(month), int(day)):%Y%m%d}"


def _past_year(two_digits: int, month: int, day: int, today: dt.date) -> int:
    year = today.year - today.year % 100 + two_digits
    return year - 100 if (year, month, day) > (today.year, today.month, today.day) else year


def _is_year(piece: str) -> bool:
    return len(piece) == 4


def _number(piece: str, most: int) -> list[str]:
    """A day or a month, in two digits; none where it is neither."""
    return [f"{int(piece):02d}"] if len(piece) <= 2 and 1 <= int(piece) <= most else []


def _begun(piece: str, most: int) -> list[str]:
    """The same where a second digit may follow."""
    return [*_number(piece, most), *([piece] if len(piece) == 1 else [])]


def _pieces(word: str) -> list[str]:
    """`02mar1958` in three; `2nd` as 2."""
    ordinal = _ORDINAL.fullmatch(word)
    return [ordinal[1]] if ordinal else re.findall(r"\d+|[^\W\d_]+", word)


def _month_number(piece: str) -> int:
    """The month whose name begins so; 0 for anything else."""
    if len(piece) < SHORTEST_MONTH or piece.isdecimal():
        return 0
    names = enumerate(MONTHS, start=1)
    return next((at for at, name in names if _begins(name, piece) or _begins(_(name), piece)), 0)


def _begins(name: str, piece: str) -> bool:
    return folded(name).startswith(piece)
