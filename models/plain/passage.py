"""A passage of plain text, and the words for times in it."""

from dataclasses import dataclass

from models.treatment import TreatmentLine
from models.values import AnyDate, PartialDate
from models.words import _, long_day_words


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences, and points in a list under them."""

    text: str = ""
    points: tuple[str, ...] = ()


def long_words(date: AnyDate) -> str:
    """`2011`, `July 2015`, `20 July 2015`."""
    return date.long_words if isinstance(date, PartialDate) else long_day_words(date)


def at(date: AnyDate) -> str:
    """`in 2011`, `in July 2015`, `on 20 July 2015`."""
    exact = date.exact if isinstance(date, PartialDate) else True
    return (_("on {date}") if exact else _("in {date}")).format(date=long_words(date))


def period(start: AnyDate, end: AnyDate) -> str:
    """`in 2011`, `from July 2015 to October 2017`."""
    if long_words(start) == long_words(end):
        return at(start)
    words = _("from {start} to {end}")
    return words.format(start=long_words(start), end=long_words(end))


def period_of(line: TreatmentLine) -> str:
    if line.end is None:
        return _("since {date}").format(date=long_words(line.start))
    return period(line.start, line.end)


def ask_your_doctor() -> str:
    return _("Your doctor will tell you.")
