"""What a summary leaves open: contradictions, events, results awaited, figures not known."""

import datetime as dt
from collections.abc import Iterator

from models.biopsy import Biopsy, awaited_in_words
from models.course import assess, statuses
from models.history import History
from models.patient import CauseOfDeath
from models.response import Assessment
from models.staging import provisional_because
from models.summary import Summary
from models.words import _, capitalised, day_words, listing

Question = tuple[str, str]


def open_questions(summary: Summary) -> list[Question]:
    """Each with what it is about: `("stage", "provisional: nodes not biopsied; IVA2 if N3")`."""
    return [
        *((_("To be checked"), flag) for flag in summary.flags),
        *_death(summary),
        *_stage(summary),
        *_response(summary),
        *_prognosis(summary),
        *_events(summary),
        *_biopsies(summary.history, summary.today),
    ]


def died_of_disease_in_response(summary: Summary) -> bool:
    """Whether a response lasted until death, by what is recorded, and death came of the disease."""
    patient, line = summary.history.patient, summary.leading_line
    lasted = summary.endpoints.of_line(line).duration_of_response if line else None
    until_death = lasted is not None and lasted.end_row is patient
    return until_death and patient.cause_of_death is CauseOfDeath.DISEASE


def _death(summary: Summary) -> Iterator[Question]:
    if died_of_disease_in_response(summary):
        last = statuses(summary.history)[-1]
        words = _("Died of the disease, but the last state recorded is {response}, {date}")
        told = words.format(response=last.response.words, date=day_words(last.date))
        yield _("To be checked"), told


def _stage(summary: Summary) -> Iterator[Question]:
    if summary.staging and summary.stage and summary.stage.provisional:
        others = "; ".join(each.words for each in summary.stage.alternatives)
        words = _("Provisional, {because}: {others}").format(
            because=provisional_because(summary.staging), others=others
        )
        yield _("Stage"), words


def _response(summary: Summary) -> Iterator[Question]:
    """Compartments that could not be worked out when the response was last assessed, and why."""
    for last in summary.history.of(Assessment)[-1:]:
        lacking = [
            f"{_(each.name)} ({each.how})"
            for each in assess(summary.history, last).compartments
            if each.response is None
        ]
        if lacking:
            words = _("On {date} not known: {compartments}")
            told = words.format(date=day_words(last.date), compartments=listing(lacking))
            yield _("Response"), told


def _prognosis(summary: Summary) -> Iterator[Question]:
    """What the indices at diagnosis lack, each factor once."""
    lacking = dict.fromkeys(
        _(factor.name)
        for found in summary.prognosis
        for factor in found.factors
        if factor.present is None
    )
    if lacking:
        yield _("Prognosis"), _("Not known: {factors}").format(factors=listing([*lacking]))


def _events(summary: Summary) -> Iterator[Question]:
    for event in summary.open_events:
        grade = event.grade_on(summary.today) or event.last_grade
        words = _("{event}, grade {grade} now, since {onset}").format(
            event=event.label, grade=int(grade), onset=event.onset.words
        )
        yield _("Ongoing event"), capitalised(words)


def _biopsies(history: History, today: dt.date) -> Iterator[Question]:
    for biopsy in history.of(Biopsy):
        if biopsy.awaited:
            words = _("{date}, {site}: {awaited}").format(
                date=biopsy.date.words,
                site=biopsy.body_site,
                awaited=awaited_in_words(biopsy, today),
            )
            yield _("Biopsy"), words
