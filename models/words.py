"""The words a person reads: gettext, and dates and numbers in the clinic's own form."""

import datetime as dt
import gettext
import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_translations: gettext.NullTranslations = gettext.NullTranslations()


def speak(translations: gettext.NullTranslations) -> None:
    """Use these translations from now on, on screen and on paper alike."""
    global _translations
    _translations = translations


def _(message: str) -> str:
    return _translations.gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    return _translations.ngettext(one, many, n)


def N_(message: str) -> str:
    """Mark a message for translation where it is declared; it is translated where it is shown."""
    return message


MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def month_name(month: int) -> str:
    return _(MONTHS[month - 1])


def short_month(month: int) -> str:
    return month_name(month)[:3]


_origin: ContextVar[dt.date | None] = ContextVar("origin", default=None)


@contextmanager
def days_counted_from(origin: dt.date) -> Iterator[None]:
    """Within it, on this thread, every date is worded as days since the origin, which is day 0."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def counted_from() -> dt.date | None:
    """From which day dates are being counted; None where they are worded as they are."""
    return _origin.get()


def weekday_name(day: dt.date) -> str:
    """Empty where days are counted: beside the count it would narrow down the date."""
    if counted_from():
        return ""
    return _(WEEKDAYS[day.weekday()])


def short_weekday(day: dt.date) -> str:
    return weekday_name(day)[:3]


def counted_days(first: dt.date, last: dt.date, origin: dt.date) -> str:
    """`day 1204`, `day −7`; `about day 1219`, the middle, where it may be one of several."""
    passed = ((first - origin).days + (last - origin).days) // 2
    number = str(passed).replace("-", "−")
    return (_("day {n}") if first == last else _("about day {n}")).format(n=number)


def day_words(day: dt.date) -> str:
    """`2016-04-25` as `25 Apr 2016`."""
    origin = counted_from()
    if origin:
        return counted_days(day, day, origin)
    return f"{day.day} {short_month(day.month)} {day.year}"


def long_day_words(day: dt.date) -> str:
    """`2016-04-25` as `25 April 2016`."""
    if counted_from():
        return day_words(day)
    return f"{day.day} {month_name(day.month)} {day.year}"


def moment_words(at: dt.datetime) -> str:
    """`30 Apr 2020 14:02`, by the clock of where this computer stands."""
    local = at.astimezone()
    return f"{day_words(local.date())} {local:%H:%M}"


def number_words(value: float) -> str:
    """A number without trailing zeros: `70`, `17.5`; a small one to two digits: `0.004`."""
    small = 0 < abs(value) < 0.1
    places = 1 - math.floor(math.log10(abs(value))) if small else 2
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def listing(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return _("{these} and {last}").format(these=", ".join(items[:-1]), last=items[-1])


def within_sentence(title: str) -> str:
    """`Adverse events` as `adverse events`, but `CD7`, `ECOG` and `Ki-67` as they are."""
    named = any(map(str.isdigit, title.partition(" ")[0]))
    return title[:1].lower() + title[1:] if title[1:2].islower() and not named else title


def capitalised(text: str) -> str:
    """A sentence's first letter, leaving the rest as written (`Sézary syndrome`, `CR`, `mSWAT`)."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]
