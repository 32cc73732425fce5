"""A figure: a value, what it was worked out from, and by which rules."""

from dataclasses import dataclass

from models.base import Record
from models.course import assess
from models.endpoints import Endpoint
from models.history import History
from models.response import Assessment
from models.rules import Rule
from models.treatment import TreatmentLine
from models.values import AnyDate, Days, date_words, duration_words
from models.words import _


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in words; `group`: what it is about; `remark`: what is not known or was overruled."""

    group: str
    title: str
    value: str
    inputs: str
    rules: tuple[Rule, ...]
    remark: str = ""


def lasting(group: str, title: str, endpoint: Endpoint, history: History, *rules: Rule) -> Figure:
    """A length of time with the two records it runs between, and why it ends where it does."""
    value = endpoint.words
    if endpoint.censored:
        value = _("{duration} (censored)").format(duration=value)
    inputs = _("{start} to {end}: {why}").format(
        start=_row(endpoint.start_row, endpoint.start, history),
        end=_row(endpoint.end_row, endpoint.end, history),
        why=endpoint.why,
    )
    behind = resting_on(history, endpoint.start_row, endpoint.end_row)
    return Figure(group, title, value, inputs, (*rules, *behind), _bounds(endpoint.days))


def resting_on(history: History, *rows: Record | None) -> tuple[Rule, ...]:
    """The rules by which the assessments among these records were worked out, each once."""
    worked_out = (
        assess(history, row).rules
        for row in rows
        if isinstance(row, Assessment) and not row.judgement
    )
    return tuple(dict.fromkeys(rule for rules in worked_out for rule in rules))


def _row(row: Record | None, date: AnyDate, history: History) -> str:
    """`20 Jul 2015 (infusion)`, `2011 (line 2)`."""
    if row is None:
        return date_words(date)
    what = _(row.singular)
    if isinstance(row, TreatmentLine):
        places = [line.id for line in history.lines]
        what = _("line {number}").format(number=places.index(row.id) + 1)
    return _("{date} ({row})").format(date=date_words(date), row=what)


def _bounds(days: Days) -> str:
    """What a date known only by month or year leaves open."""
    if days.exact:
        return ""
    return _("between {least} and {most}: a date is known by month or year only").format(
        least=duration_words(days.least), most=duration_words(days.most)
    )
