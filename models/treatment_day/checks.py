"""What is to be looked at before an infusion, as it was last known."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.adverse_event import AdverseEvent
from models.advising import Held, label_says, label_words
from models.base import described_fields
from models.biopsy import Biopsy, awaited_in_words
from models.blood import BloodCount
from models.drug_or_disease import last_concluded
from models.history import History
from models.label import Step
from models.laboratory import LabResult
from models.patient import Patient
from models.preparing import OLD_DAYS, is_old
from models.skin import SkinScore
from models.visit import Visit
from models.wording import particulars, site_words
from models.words import N_, _, capitalised, day_words, number_words


@dataclass(frozen=True)
class Check:
    """Something to look at before an infusion.

    `known`: what is, each with a remark or an empty text; empty where nothing is, which `nothing`
    words.
    """

    what: str
    known: tuple[tuple[str, str], ...]
    nothing: str = N_("none recorded")


def to_look_at(history: History, today: dt.date, held: Iterable[Held]) -> list[Check]:
    """`held`: what the label holds the infusion back for; of it those that are over are told."""
    over = tuple(_over(held, today))
    return [
        Check(_("Open adverse events"), tuple(_open_events(history, today))),
        *([Check(_("Earlier events, for which the label stops"), over)] if over else []),
        _biopsies(history, today),
        _check(_("Blood counts"), _last_count(history, today)),
        _check(_("Laboratory"), _last_values(history, today)),
        _check(_("Skin score"), _last_score(history, today)),
        _check(_("General condition"), _last_condition(history, today)),
        _check(_("Allergies, comorbidities"), _background(history.patient)),
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


def _biopsies(history: History, today: dt.date) -> Check:
    """Those whose result is awaited, then those concluded of late, in each the latest first."""
    latest = [*reversed(history.of(Biopsy))]
    awaited = [(_awaited(each, today), "") for each in latest if each.awaited]
    concluded = [_result(each) for each in latest if _is_new(each, today)]
    return Check(_("Biopsies"), (*awaited, *concluded), N_("no result awaited, none of late"))


def _awaited(biopsy: Biopsy, today: dt.date) -> str:
    """`Left cheek, 10 Feb 2020, rash: result awaited for 10 days; ask the doctor before …`."""
    words = _("{biopsy}: {awaited}; ask the doctor before the infusion")
    return words.format(biopsy=_taken(biopsy), awaited=awaited_in_words(biopsy, today))


def _result(biopsy: Biopsy) -> tuple[str, str]:
    words = _("{biopsy}: {conclusion}, by the pathologist")
    told = words.format(biopsy=_taken(biopsy), conclusion=biopsy.conclusion_words.casefold())
    on = biopsy.result_on
    return told, _("Result of {date}.").format(date=day_words(on)) if on else ""


def _taken(biopsy: Biopsy) -> str:
    site = capitalised(site_words(biopsy))
    return f"{site}, {biopsy.date.words}, {_(biopsy.indication.value)}"


def _is_new(biopsy: Biopsy, today: dt.date) -> bool:
    told = biopsy.result_on or biopsy.date.last
    return not biopsy.awaited and not is_old((today - told).days)


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


def _background(patient: Patient) -> Iterator[str]:
    """Both, each said where it is blank; nothing where both are."""
    known = ((_("Allergies"), patient.allergies), (_("Comorbidities"), patient.comorbidities))
    if any(text for _title, text in known):
        told = [f"{title}: {_in_a_line(text) or _('none recorded')}" for title, text in known]
        yield ". ".join(told)


def _in_a_line(text: str | None) -> str:
    return "; ".join(filter(None, (line.strip(" .;") for line in (text or "").splitlines())))


def _of(day: dt.date, today: dt.date) -> str:
    """`10 Feb 2020`; of what is old that it is."""
    return f"{day_words(day)}, {old_words()}" if is_old((today - day).days) else day_words(day)


def old_words() -> str:
    return _("older than {n} days").format(n=OLD_DAYS)
