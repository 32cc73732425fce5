"""What is to be looked at before an infusion, as it was last known."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.adverse_event import AdverseEvent
from models.advising import Held, label_says, label_words
from models.base import described_fields
from models.blood import BloodCount
from models.drug_or_disease import last_concluded
from models.history import History
from models.label import Step
from models.laboratory import LabResult
from models.preparing import OLD_DAYS, is_old
from models.skin import SkinScore
from models.visit import Visit
from models.wording import particulars
from models.words import _, day_words, number_words


@dataclass(frozen=True)
class Check:
    """Something to look at before an infusion.

    `known`: what is, each with a remark or an empty text; empty where nothing is.
    """

    what: str
    known: tuple[tuple[str, str], ...]


def to_look_at(history: History, today: dt.date, held: Iterable[Held]) -> list[Check]:
    """`held`: what the label holds the infusion back for; of it those that are over are told."""
    over = tuple(_over(held, today))
    return [
        Check(_("Open adverse events"), tuple(_open_events(history, today))),
        *([Check(_("Earlier events, for which the label stops"), over)] if over else []),
        _check(_("Blood counts"), _last_count(history, today)),
        _check(_("Laboratory"), _last_values(history, today)),
        _check(_("Skin score"), _last_score(history, today)),
        _check(_("General condition"), _last_condition(history, today)),
        _check(_("Allergies"), filter(None, [history.patient.allergies])),
    ]


def _check(what: str, known: Iterable[str]) -> Check:
    return Check(what, tuple((each, "") for each in known))


def _over(held: Iterable[Held], day: dt.date) -> Iterator[tuple[str, str]]:
    for each in held:
        if not each.event.is_open(day):
            yield each.words, label_words(each.advice)


def _open_events(history: History, day: dt.date) -> Iterator[tuple[str, str]]:
    """Each with what the pathologist concluded and what the label says of it."""
    for event in history.of(AdverseEvent):
        if event.is_open(day):
            grade = int(event.grade_on(day) or event.worst_grade)
            words = _("{event}, grade {grade}, since {date}")
            told = words.format(event=event.label, grade=grade, date=event.onset.words)
            said = label_says(history, event, day)
            remarks = [*_concluded(history, event), *([label_words(said)] if said else [])]
            if said and said.step is Step.DECIDE:
                remarks.append(said.caveat)
            yield told, " ".join(filter(None, remarks))


def _concluded(history: History, event: AdverseEvent) -> Iterator[str]:
    biopsy = last_concluded(history, event)
    if biopsy:
        words = _("Biopsy of {date}: {conclusion}, by the pathologist.")
        yield words.format(date=biopsy.date.words, conclusion=biopsy.conclusion_words)


def _last_count(history: History, today: dt.date) -> Iterator[str]:
    """The last one, with every figure of it."""
    for count in history.of(BloodCount)[-1:]:
        values = [(field, getattr(count, field.name)) for field in described_fields(BloodCount)]
        told = [
            f"{field.title} {number_words(value)} {field.unit}".strip()
            for field, value in values
            if isinstance(value, float)
        ]
        yield f"{_of(count.date, today)}: {', '.join([*told, *filter(None, [count.b])])}"


def _last_values(history: History, today: dt.date) -> Iterator[str]:
    """The last value of every analyte, the latest day first."""
    last = {each.analyte: each for each in history.of(LabResult)}
    for day in sorted({each.date for each in last.values()}, reverse=True):
        told = [particulars(each, history) for each in last.values() if each.date == day]
        yield f"{_of(day, today)}: {'; '.join(told)}"


def _last_score(history: History, today: dt.date) -> Iterator[str]:
    for score in history.of(SkinScore)[-1:]:
        yield f"{_of(score.date, today)}: {particulars(score, history)}"


def _last_condition(history: History, today: dt.date) -> Iterator[str]:
    """ECOG of the last visit that tells it."""
    told = [visit for visit in history.of(Visit) if visit.ecog is not None]
    for visit in told[-1:]:
        yield f"{_of(visit.date, today)}: ECOG {visit.ecog}"


def _of(day: dt.date, today: dt.date) -> str:
    """`10 Feb 2020`; of what is old that it is."""
    return f"{day_words(day)}, {old_words()}" if is_old((today - day).days) else day_words(day)


def old_words() -> str:
    return _("older than {n} days").format(n=OLD_DAYS)
