"""Every figure worked out for a patient, with how it was reached and from which source."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.course import best_response, cycles_given, infusions_given
from models.endpoints import Endpoint
from models.prognosis import Prognosis, group_words
from models.summary import Summary
from models.treatment import TreatmentLine
from models.values import AnyDate, PartialDate
from models.words import _, capitalised, day_words, listing


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its rule, in words; `group` is what it is about."""

    group: str
    title: str
    value: str
    rule: str


def figures(summary: Summary) -> list[Figure]:
    """Stage, response, endpoints of each line, survival and prognosis, in that order."""
    return [
        *_disease(summary),
        *_response(summary),
        *(
            figure
            for number, line in enumerate(summary.history.lines, start=1)
            for figure in _line(summary, number, line)
        ),
        *_survival(summary),
    ]


def _disease(summary: Summary) -> Iterator[Figure]:
    group = _("Disease")
    if summary.staging and summary.stage:
        yield Figure(group, _("Stage"), capitalised(summary.stage_words), summary.stage.rule)
        agrees = summary.stage.agrees_with(summary.staging.stage_stated)
        if agrees is not None:
            verdict = _("agrees") if agrees else _("does not agree")
            stated = _("stated as {stage}").format(stage=summary.staging.stage_stated)
            possible = listing(list(summary.stage.possible))
            rule = _("possible stages: {stages}").format(stages=possible)
            yield Figure(group, _("Letter"), f"{capitalised(verdict)}, {stated}", rule)
    for prognosis in summary.prognosis:
        score = (
            str(prognosis.score)
            if prognosis.score is not None
            else _("{least} to {most}").format(least=prognosis.least, most=prognosis.most)
        )
        value = _("{group} ({score} points)").format(group=group_words(prognosis), score=score)
        yield Figure(group, prognosis.index, capitalised(value), _factors(prognosis))


def _factors(prognosis: Prognosis) -> str:
    """`age over 60: no, LDH raised: not known (Scarisbrick, J Clin Oncol 2015)`."""
    answers = {True: _("yes"), False: _("no"), None: _("not known")}
    named = [f"{_(factor.name)}: {answers[factor.present]}" for factor in prognosis.factors]
    return f"{', '.join(named)} ({prognosis.source})"


def _response(summary: Summary) -> Iterator[Figure]:
    group = _("Response")
    if summary.response:
        response, since = summary.response
        value = _("{response} since {date}").format(
            response=capitalised(response.words), date=day_words(since)
        )
        rule = _("last unbroken run of assessments and visits; {source}").format(
            source="Olsen, J Clin Oncol 2011"
        )
        yield Figure(group, _("Current"), value, rule)
    off = summary.endpoints.off_treatment
    if off:
        yield _lasting(group, _("Off treatment"), off)


def _line(summary: Summary, number: int, line: TreatmentLine) -> Iterator[Figure]:
    group = _("Line {number}: {regimen}").format(number=number, regimen=line.regimen_words)
    cycles, infusions = (
        cycles_given(summary.history, line),
        infusions_given(summary.history, line),
    )
    if cycles:
        counted = _("counted from the entries") if infusions else _("as stated")
        value = str(cycles)
        if infusions:
            value = _("{cycles}, {infusions} infusions").format(cycles=cycles, infusions=infusions)
        yield Figure(group, _("Cycles"), value, counted)
    best = best_response(summary.history, line)
    if best:
        yield Figure(group, _("Best response"), capitalised(best.words), _("under this line"))
    found = summary.endpoints.of_line(line)
    for title, endpoint in (
        (_("Time to response"), found.time_to_response),
        (_("Duration of response"), found.duration_of_response),
        (_("Progression-free"), found.progression_free),
        (_("Time to next treatment"), found.time_to_next_treatment),
    ):
        if endpoint:
            yield _lasting(group, title, endpoint)


def _survival(summary: Summary) -> Iterator[Figure]:
    if summary.endpoints.overall_survival:
        group = _("Survival")
        yield _lasting(group, _("Since diagnosis"), summary.endpoints.overall_survival)


def _lasting(group: str, title: str, endpoint: Endpoint) -> Figure:
    """A length of time with its two dates, and why it ends where it does."""
    value = endpoint.days.words
    if endpoint.censored:
        value = _("{duration} or longer (censored)").format(duration=value)
    rule = _("{start} to {end}: {why}").format(
        start=_date(endpoint.start), end=_date(endpoint.end), why=endpoint.why
    )
    return Figure(group, title, value, rule)


def _date(date: AnyDate) -> str:
    return date.words if isinstance(date, PartialDate) else day_words(date)
