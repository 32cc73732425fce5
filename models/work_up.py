"""The work-up of one event: what it was, what surrounded it, what was done, and what came of it."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten

from models.adverse_event import Action, AdverseEvent, emergent
from models.advising import label_says
from models.base import NoPage, PatientRecord
from models.biopsy import Biopsy
from models.course import current_response, statuses
from models.drug_or_disease import (
    Card,
    card,
    rash_of,
)
from models.event_log import LoggedEvent, event_log
from models.figures.disease import disease_figures
from models.figures.response import response_figures
from models.history import History
from models.line_table import given_words
from models.placement import line_of_event, place
from models.rash import Rash
from models.rules import Rule, rule_of
from models.summary import Summary
from models.treatment import TreatmentLine
from models.wording import particulars
from models.words import _, capitalised, day_words, listing

Fact = tuple[str, str]
MOST_NAMED = 90


@dataclass(frozen=True)
class WorkUp:
    """One event as of a day, with the records that tell whether it was the drug or the disease."""

    summary: Summary
    event: AdverseEvent

    @property
    def history(self) -> History:
        return self.summary.history

    @cached_property
    def at_onset(self) -> History:
        """As it stood when the event began."""
        return self.history.until(self.event.onset.first)

    @cached_property
    def logged(self) -> LoggedEvent:
        return next(each for each in event_log(self.summary) if each.event.id == self.event.id)

    @property
    def biopsies(self) -> tuple[Biopsy, ...]:
        return self.logged.biopsies

    @cached_property
    def rash(self) -> Rash | None:
        return rash_of(self.history, self.event)

    @cached_property
    def card(self) -> Card | None:
        return card(self.history, self.event)

    @cached_property
    def line(self) -> TreatmentLine | None:
        return line_of_event(self.history, self.event)

    @property
    def title(self) -> str:
        """`Plaque on the cheekbone · zygomatic area · grade 2`."""
        event = self.event
        named = (capitalised(event.label), event.body_site or "")
        parts = (*(shorten(each, MOST_NAMED, placeholder="…") for each in named), self.logged.worst)
        return " · ".join(filter(None, parts))

    @property
    def rules(self) -> list[Rule]:
        """The rules behind all that is told."""
        found = self.card
        findings = (*found.for_drug, *found.for_disease, *found.missing) if found else ()
        figures = (*disease_figures(self.summary), *response_figures(self.summary))
        return [
            *(rule for figure in figures for rule in figure.rules),
            *(finding.rule for finding in findings),
            rule_of(place),
            rule_of(emergent),
        ]


def work_up(summary: Summary, about: uuid.UUID | None = None) -> WorkUp:
    """Of this event, or of the latest one that a biopsy was taken to explain.

    Raises `NoPage` where there is none.
    """
    events = summary.history.of(AdverseEvent)
    if about:
        found = [event for event in events if event.id == about]
        if not found:
            raise NoPage(
                _("This adverse event is not among the patient's records as of {date}.").format(
                    date=day_words(summary.today)
                ),
                _("Nothing was printed."),
                _("Choose another event, or a later day."),
            )
        return WorkUp(summary, found[0])
    if not events:
        raise NoPage(
            _("No adverse event of this patient is recorded as of {date}.").format(
                date=day_words(summary.today)
            ),
            _("Nothing was printed."),
            _("Where there is one, enter it under Adverse events; else choose another report."),
        )
    biopsied = latest_biopsied(summary.history)
    if biopsied is None:
        raise NoPage(
            _("No adverse event of this patient has a biopsy that was taken to explain it."),
            _("Nothing was printed."),
            _("Choose an event, or enter in the biopsy which rash it is to explain."),
        )
    return WorkUp(summary, biopsied)


def latest_biopsied(history: History) -> AdverseEvent | None:
    """The latest event that a biopsy was taken to explain."""
    explained = {biopsy.adverse_event for biopsy in history.of(Biopsy)}
    biopsied = [event for event in history.of(AdverseEvent) if event.id in explained]
    return max(biopsied, key=lambda event: event.onset, default=None)


def in_short(found: WorkUp) -> str:
    """The argument in a few sentences: when, in what state, what the biopsies found, what came."""
    return " ".join(sentence for sentence in _sentences(found) if sentence)


def _sentences(found: WorkUp) -> Iterator[str]:
    yield _onset(found)
    for biopsy in found.biopsies:
        words = _("Biopsied {date} ({indication}): {conclusion}.")
        yield words.format(
            date=biopsy.date.words,
            indication=_(biopsy.indication.value),
            conclusion=_(biopsy.conclusion.value) if biopsy.conclusion else _("result awaited"),
        )
    yield _stopped(found)
    yield _end(found)
    told = statuses(found.history)[-1:]
    for last in told:
        words = _("{response} on {date}, the latest state on record.")
        yield words.format(response=capitalised(last.response.words), date=day_words(last.date))


def _onset(found: WorkUp) -> str:
    """`Began Jul 2017 (C26 day 13 to C27 day 15), in complete response.`"""
    where, state = found.logged.place.brief, _before(found)
    words = _("Began {onset}").format(onset=found.event.onset.words)
    words += f" ({where})" if where else ""
    words += ", " + _("in {response}").format(response=state) if state else ""
    return f"{words}."


def _stopped(found: WorkUp) -> str:
    """`Mogamulizumab was stopped Oct 2017 after 30 cycles, 62 infusions.`"""
    line = found.line
    if found.event.action is not Action.STOPPED or line is None or line.end is None:
        return ""
    words = _("{regimen} was stopped {date}").format(
        regimen=capitalised(line.regimen_words), date=line.end.words
    )
    given = given_words(found.summary, line)
    return (_("{words} after {given}.") if given else "{words}.").format(words=words, given=given)


def _before(found: WorkUp) -> str:
    """The state of the disease when it began; empty where none was told."""
    told = current_response(found.at_onset)
    return told[0].words if told else ""


def _end(found: WorkUp) -> str:
    """`Resolved Dec 2017, about 54 days after the last dose.`"""
    return capitalised(", ".join(filter(None, (found.logged.outcome, _after_dose(found))))) + "."


def about_event(found: WorkUp) -> list[Fact]:
    """The event as it was recorded, and where its onset lies in the treatment."""
    event, logged = found.event, found.logged
    term = _("{term}, CTCAE {version}")
    return [
        (_("As described"), event.verbatim),
        (_("Term"), term.format(term=event.term, version=event.ctcae_version.value)),
        (_("Body site"), event.body_site or ""),
        (_("Onset"), ", ".join(filter(None, (event.onset.words, logged.place.words)))),
        (_("Grades"), capitalised("; ".join(logged.grades))),
        (_("Serious"), capitalised(logged.serious)),
        (_("Attribution"), capitalised(logged.attribution)),
        (_("Emergence"), capitalised(logged.emergent_words)),
    ]


def around(found: WorkUp) -> list[Fact]:
    """The disease and the drug at that time: the last value before, and the highest near."""
    told = current_response(found.at_onset)
    state, rash = "", found.rash
    if told:
        words = _("{response} since {date}")
        state = words.format(response=capitalised(told[0].words), date=day_words(told[1]))
    scores = (rash.score_before, rash.highest_score) if rash else ()
    counts = (rash.count_before, rash.highest_count) if rash else ()
    return [
        (_("State at onset"), state),
        (_("Skin"), _measured(found, scores)),
        (_("Blood"), _measured(found, counts)),
        (_("Treatment"), _treatment(found)),
    ]


def _measured(found: WorkUp, told: Sequence[PatientRecord | None]) -> str:
    """`1 May 2017 mSWAT 0; 23 Oct 2017 mSWAT 0`: those by which the card judges; none without."""
    return "; ".join(
        f"{each.when.words}: {particulars(each, found.history)}"
        for each in told
        if each and each.when
    )


def _treatment(found: WorkUp) -> str:
    """As it stood at the onset: `Mogamulizumab, 20 Jul 2015 – ongoing, 26 cycles by then`."""
    line, onset = found.line, found.event.onset.first
    if line is None:
        return ""
    then = Summary(found.at_onset, onset)
    known = then.history.by_id.get(line.id)
    if not isinstance(known, TreatmentLine):
        words = _("{regimen}, begun later: {date}")
        words = words.format(regimen=line.regimen_words, date=line.start.words)
        return capitalised(words)
    until = known.end.words if known.end else _("ongoing")
    given = given_words(then, known)
    if given and known.end is None:
        given = _("{given} by then").format(given=given)
    parts = (known.regimen_words, f"{known.start.words} – {until}", given)
    return capitalised(", ".join(filter(None, parts)))


def conclusions(found: WorkUp) -> list[Fact]:
    """What the pathologist concluded from each biopsy, and to what the clinician attributes it."""
    concluded = ", ".join(
        f"{_(each.conclusion.value)} ({each.date.words})"
        if each.conclusion
        else _("result of {date} awaited").format(date=each.date.words)
        for each in found.biopsies
    )
    return [
        (_("Pathologist"), capitalised(concluded) or _("No biopsy")),
        (_("Clinician"), capitalised(found.logged.attribution)),
    ]


def afterwards(found: WorkUp) -> list[Fact]:
    """What was done about it, how it ended, and how the patient has been since."""
    event, line = found.event, found.line
    stopped = event.action is Action.STOPPED and line and line.stop_detail
    action = event.action.label if event.action else ""
    return [
        (_("Action taken"), f"{action}: {stopped}" if stopped else action),
        (_("Treated with"), event.treatment_given or ""),
        *_label(found),
        (_("Outcome"), _outcome(found)),
        (_("Skin since then"), _since(found)),
        (_("Where things stand"), found.summary.standing),
    ]


def _label(found: WorkUp) -> Iterator[Fact]:
    """Information, never an order; only where the label speaks of such an event."""
    said = label_says(found.history, found.event, found.summary.today)
    if said:
        yield _("The label says"), f"{said.words} {said.caveat}".strip()


def _outcome(found: WorkUp) -> str:
    """`Resolved Dec 2017, lasted about 5 months, about 54 days after the last dose`."""
    logged, event = found.logged, found.event
    told = logged.lasted and event.resolved != event.onset
    lasted = _("lasted {time}").format(time=logged.lasted) if told else ""
    return capitalised(", ".join(filter(None, (logged.outcome, lasted, _after_dose(found)))))


def _after_dose(found: WorkUp) -> str:
    after = found.card.days_to_resolution if found.card else None
    return _("{time} after the last dose").format(time=after.words) if after else ""


def _since(found: WorkUp) -> str:
    """Later events of the skin: `Eczema, Mar 2018`; or that none is recorded."""
    later = [
        event
        for event in found.history.of(AdverseEvent)
        if event.onset > found.event.onset and rash_of(found.history, event)
    ]
    words = [f"{event.label}, {event.onset.words}" for event in later]
    return capitalised(listing(words)) or _("No other event recorded")
