"""What an adverse event makes: advice, place in the treatment, infusion before, biopsies."""

from collections.abc import Iterator

from models.adverse_event import AdverseEvent
from models.advising import label_says, label_words
from models.biopsy import Biopsy
from models.ctcae import grades_of
from models.explaining.rash import about_rash
from models.history import History
from models.placement import place_onset
from models.treatment import Infusion
from models.values import Days, PartialDate
from models.words import _, day_words, number_words


def about_event(event: AdverseEvent, history: History) -> Iterator[str]:
    said = label_says(history, event, event.course[-1].date.last)
    if said:
        yield " ".join((label_words(said), said.caveat)).strip()
    placed = place_onset(history, event)
    if placed.words:
        yield _("Onset: {place}.").format(place=placed.words)
    before = infusion_before(history, event.onset)
    if before:
        yield _("Infusion before: {infusion}.").format(
            infusion=_infusion_words(before, event.onset, history)
        )
    yield from about_rash(event, history)
    yield from map(_biopsy_words, history.biopsies_of(event))
    yield _grades(event)


def infusion_before(history: History, onset: PartialDate) -> Infusion | None:
    """The last infusion that was surely given on or before the onset, whichever line it was of."""
    given = [
        infusion
        for infusion in history.of(Infusion)
        if infusion.given_on and infusion.given_on <= onset.first
    ]
    return max(given, key=lambda infusion: str(infusion.given_on), default=None)


def _infusion_words(infusion: Infusion, onset: PartialDate, history: History) -> str:
    """`C1 day 8, 13 Jan 2020, 70 mg, 7 days before`."""
    cycle, given = history.cycle_of(infusion), infusion.given_on or onset.first
    days = Days.between(given, onset)
    parts = (
        _("C{number} day {day}").format(number=cycle.number, day=infusion.day) if cycle else "",
        day_words(given),
        f"{number_words(infusion.dose_mg)} mg" if infusion.dose_mg is not None else "",
        _("{time} before").format(time=days.words) if days.most else _("the same day"),
    )
    return ", ".join(part for part in parts if part)


def _biopsy_words(biopsy: Biopsy) -> str:
    """`Biopsy of 14 Aug 2017, left cheek: drug-related.`"""
    concluded = _(biopsy.conclusion.value) if biopsy.conclusion else _("result awaited")
    return _("Biopsy of {date}, {site}: {conclusion}.").format(
        date=biopsy.date.words, site=biopsy.body_site, conclusion=concluded
    )


def _grades(event: AdverseEvent) -> str:
    known = grades_of(event.term, event.ctcae_version)
    words = (
        _("{term} has the grades {grades} in CTCAE {version}.")
        if known
        else _("{term} is not in the program's list for CTCAE {version}: any grade is taken.")
    )
    return words.format(
        term=event.term,
        version=event.ctcae_version.value,
        grades=", ".join(str(int(grade)) for grade in known or ()),
    )
