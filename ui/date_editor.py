"""Dates typed the way people type them, shown in words when left."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from models.base import FieldWords
from models.values import PartialDate, date_words, read_date
from models.words import _
from ui.editor import LineEditor
from ui.read_line import ReadLine

Today = Callable[[], dt.date]


class DateEditor(LineEditor):
    """A day, or where `vague` a date as precise as it is known."""

    def __init__(
        self, words: FieldWords, today: Today, vague: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, date_line(today, vague), parent)
        self.setToolTip("\n".join(part for part in (words.help, how_to_type(vague)) if part))


def date_line(today: Today, vague: bool, parent: QWidget | None = None) -> ReadLine:
    read = read_partial if vague else read_day
    return ReadLine(partial(read, today=today), date_words, parent)


def how_to_type(vague: bool) -> str:
    days = _("Type today, -3 (three days ago), 14 10 (the last one), 14 10 17 or 14 Oct 2017.")
    return days + " " + _("A month (Oct 2017) or a year (2011) will do.") if vague else days


def read_partial(text: str, today: Today) -> PartialDate:
    return read_date(text, today())


def read_day(text: str, today: Today) -> dt.date:
    date = read_date(text, today())
    if not date.exact:
        raise ValueError(
            _("A full date is needed: {date} lacks the day.").format(date=date.words)
            if date.month
            else _("A full date is needed: {date} lacks the day and month.").format(date=date.words)
        )
    return date.first
