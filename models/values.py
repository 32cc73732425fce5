"""Value types that check and word themselves: partial dates, durations, grades, choices."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import lru_cache, total_ordering
from typing import Any, Self

from pydantic_core import CoreSchema, core_schema

from models.words import (
    MONTHS,
    _,
    capitalised,
    counted_days,
    counted_from,
    day_words,
    long_day_words,
    month_name,
    ngettext,
    number_words,
    short_month,
)

DAYS_PER_MONTH = 30.4375
OLDEST_TOLD = 89
DAYS_OF_A_LIFE = 2**15
EARLIEST_YEAR, LATEST_YEAR = 1880, 2200
LEAP_YEAR, MOST_BETWEEN_LEAP_YEARS = 2000, 8


class Choice(StrEnum):
    """A closed list of the field's own terms; the value is the term, as in tables and JSON."""

    @classmethod
    def named(cls, value: str) -> Self:
        """The choice of this name; raises `ValueError` naming the choices."""
        try:
            return cls(value)
        except ValueError:
            raise ValueError(
                _("{value} is none of {choices}.").format(value=value, choices=", ".join(cls))
            ) from None

    @property
    def label(self) -> str:
        return capitalised(_(self.value))


class Grade(IntEnum):
    """Severity of an adverse event (CTCAE): 1 mild to 5 death."""

    MILD = 1
    MODERATE = 2
    SEVERE = 3
    LIFE_THREATENING = 4
    DEATH = 5


def year_sentence() -> str:
    return _("Give a year from {first} to {last}.").format(first=EARLIEST_YEAR, last=LATEST_YEAR)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precisely as it was known: a year, a month or a day.

    Ordered by its first day, shown as it was entered, never turned into a false day.
    Raises `ValueError` for a date that does not exist. `first`: the first day that it may mean.
    """

    year: int
    month: int | None = None
    day: int | None = None
    first: dt.date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError(_("A day needs its month."))
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValueError(year_sentence())
        month = 1 if self.month is None else self.month
        try:
            first = dt.date(self.year, month, 1 if self.day is None else self.day)
        except (ValueError, OverflowError):
            raise ValueError(_("There is no such date.")) from None
        object.__setattr__(self, "first", first)

    @classmethod
    @lru_cache(maxsize=DAYS_OF_A_LIFE)
    def of(cls, day: dt.date) -> "PartialDate":
        """The same one for the same day: a history asks for thousands."""
        return cls(day.year, day.month, day.day)

    @classmethod
    @lru_cache(maxsize=DAYS_OF_A_LIFE)
    def parse(cls, text: str) -> "PartialDate":
        """`2011`, `2015-07` or `2015-07-20`; anything else raises `ValueError`."""
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text.strip()):
            raise ValueError(_("A date is a year, year-month or year-month-day, as 2015-07-20."))
        return cls(*(int(part) for part in text.strip().split("-")))

    @property
    def iso(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def last(self) -> dt.date:
        if self.day is not None:
            return self.first
        month = self.month or 12
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def middle(self) -> dt.date:
        """The middle of the time that it may mean."""
        return self.first + (self.last - self.first) // 2

    @property
    def exact(self) -> bool:
        return self.day is not None

    @property
    def words(self) -> str:
        """As it was entered: `2011`, `Jul 2015`, `20 Jul 2015`."""
        origin = counted_from()
        if origin:
            return counted_days(self.first, self.last, origin)
        if self.month is None:
            return str(self.year)
        if self.day is None:
            return f"{short_month(self.month)} {self.year}"
        return day_words(self.first)

    @property
    def long_words(self) -> str:
        """The same with the month's whole name: `2011`, `July 2015`, `20 July 2015`."""
        if counted_from() or self.month is None:
            return self.words
        if self.day is None:
            return f"{month_name(self.month)} {self.year}"
        return long_day_words(self.first)

    def __str__(self) -> str:
        return self.iso

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first, self.last) < (other.first, other.last)

    @classmethod
    def _checked(cls, value: Any) -> "PartialDate":
        if isinstance(value, cls):
            return value
        if isinstance(value, dt.date):
            return cls.of(value)
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError(_("This is not a date."))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._checked, serialization=core_schema.to_string_ser_schema()
        )


def read_date(text: str, today: dt.date) -> PartialDate:
    """A date the way people type it.

    `today`, `-3` (days ago), `+14`, `14 10 17`, `14.10.2017`, `14 Oct 2017`, `Oct 2017`, `2017-10`,
    `2011`; day before month, and a two-digit year lies in the hundred years before next year.
    A day without a year (`14.10.`, `14 Oct`) is the last one, today included. Raises `ValueError`
    in words.
    """
    text = text.strip().casefold()
    if text in {"today", "t", _("today").casefold()}:
        return PartialDate.of(today)
    if re.fullmatch(r"[+-]\d{1,4}", text):
        return PartialDate.of(today + dt.timedelta(days=int(text)))
    parts = re.findall(r"\d+|[^\W\d_]+", text)
    numbers = [part if part.isdecimal() else _month_number(part) for part in parts]
    if not 1 <= len(numbers) <= 3 or None in numbers:
        raise ValueError(_unread())
    if len(parts) == 2 and parts[0].isdecimal() and all(len(str(each)) <= 2 for each in numbers):
        return _last(*(int(str(number)) for number in numbers), today=today)
    return _from_parts([str(number) for number in numbers], today)


def _last(day: int, month: int, *, today: dt.date) -> PartialDate:
    """The last such day until today."""
    if month > 12:
        raise ValueError(_unread())
    _existing(LEAP_YEAR, month, day)
    years = range(today.year, today.year - MOST_BETWEEN_LEAP_YEARS - 1, -1)
    existing = (year for year in years if day <= calendar.monthrange(year, month)[1])
    dates = (PartialDate(year, month, day) for year in existing)
    return next(date for date in dates if date.first <= today)


def _existing(year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """Names a day that does not exist: `There is no 31 February.`"""
    if month and day and 1 <= month <= 12 and 1 <= day <= 31:
        if day > calendar.monthrange(LEAP_YEAR, month)[1]:
            words = _("There is no {day} {month}.")
            raise ValueError(words.format(day=day, month=month_name(month)))
        if day > calendar.monthrange(year, month)[1]:
            words = _("There is no {day} {month} {year}.")
            raise ValueError(words.format(day=day, month=month_name(month), year=year))
    return PartialDate(year, month, day)


def _from_parts(parts: list[str], today: dt.date) -> PartialDate:
    if len(parts[0]) != 4:
        parts = parts[::-1]
    if not (len(parts[0]) == 4 or (len(parts[0]) <= 2 and len(parts) == 3)):
        raise ValueError(_unread())
    year = int(parts[0])
    if len(parts[0]) <= 2:
        year += 1900 if 2000 + year > today.year + 1 else 2000
    return _existing(year, *(int(part) for part in parts[1:]))


def _month_number(word: str) -> int | None:
    for number, name in enumerate(MONTHS, start=1):
        if len(word) >= 3 and (
            _(name).casefold().startswith(word) or name.casefold().startswith(word)
        ):
            return number
    return None


def _unread() -> str:
    return _("Type a date as 14 10, 14 10 17, 14 Oct 2017, 2017-10, 2011, today or -3.")


AnyDate = PartialDate | dt.date


def is_ambiguous(number: str) -> bool:
    """`1.200`, `12,500`: whether the mark may stand before decimals or between thousands."""
    return bool(re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", number, re.ASCII))


def unambiguous(number: str) -> str:
    """A number as it was typed; raises `ValueError` in words where it can be read two ways."""
    if not is_ambiguous(number):
        return number
    many, few = re.sub(r"[.,]", "", number), number.replace(",", ".")
    few = few.rstrip("0").rstrip(".") if few.endswith("0") else f"{few}0"
    raise ValueError(
        _("{text} can be read two ways: type {many} or {few}.").format(
            text=number, many=many, few=few
        )
    )


def earliest(day: AnyDate) -> dt.date:
    return day.first if isinstance(day, PartialDate) else day


def latest(day: AnyDate) -> dt.date:
    return day.last if isinstance(day, PartialDate) else day


def middle(day: AnyDate) -> dt.date:
    """The middle of the time that a date known by its month or year may mean."""
    return day.middle if isinstance(day, PartialDate) else day


def date_words(day: AnyDate) -> str:
    """As it was entered: `2011`, `Jul 2015`, `20 Jul 2015`."""
    return day.words if isinstance(day, PartialDate) else day_words(day)


@dataclass(frozen=True, slots=True)
class Days:
    """A length of time in days, exact or between two bounds because a date is partial."""

    least: int
    most: int

    @classmethod
    def between(cls, start: AnyDate, end: AnyDate) -> Self:
        """From `start` to `end`; never below zero where the two dates may overlap."""
        least = (earliest(end) - latest(start)).days
        most = (latest(end) - earliest(start)).days
        return cls(max(least, 0) if most >= 0 else least, most)

    @property
    def about(self) -> int:
        return (self.least + self.most) // 2

    @property
    def exact(self) -> bool:
        return self.least == self.most

    def as_json(self) -> int | dict[str, int]:
        if self.exact:
            return self.least
        return {"about": self.about, "least": self.least, "most": self.most}

    @property
    def words(self) -> str:
        """`12 days`, `4.6 months`, `4 y 5 mo`; `about …` where a date is partial."""
        text = duration_words(self.about)
        return text if self.exact else _("about {duration}").format(duration=text)


def duration_words(days: int) -> str:
    if abs(days) < 60:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    months = days / DAYS_PER_MONTH
    if months < 24:
        return _("{n} months").format(n=number_words(round(months, 1)))
    years, rest = divmod(round(months), 12)
    if rest == 0:
        return _("{years} y").format(years=years)
    return _("{years} y {months} mo").format(years=years, months=rest)


def age_words(years: int) -> str:
    """`62`; de-identified, every age above 89 is the same."""
    return _("over 89") if counted_from() and years > OLDEST_TOLD else str(years)


def ages_words(birth: dt.date, on: AnyDate) -> str:
    """Completed years of life: `57`; `52 to 53` where a partial date leaves both possible."""
    ages = (str(age_on(birth, day)) for day in (earliest(on), latest(on)))
    return _(" to ").join(dict.fromkeys(ages))


def age_on(birth: dt.date, day: dt.date) -> int:
    """Completed years of life."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
