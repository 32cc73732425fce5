"""Treatment lines as a table tells them: what was given, how it worked, why it ended."""

from dataclasses import dataclass

from models.course import cycles_given, infusions_given
from models.endpoints import (
    Endpoint,
    LineEndpoints,
    duration_of_response,
    failure,
    last_without_failure,
    progression_free,
    time_to_response,
)
from models.response import RESPONDING, best_confirmed, best_response
from models.rules import Rule, rule_of
from models.summary import CareStatus, Summary
from models.therapies import Category
from models.treatment import TreatmentLine
from models.values import duration_words
from models.words import N_, _, ngettext

_HELD = (
    (N_("response after {duration}"), time_to_response),
    (N_("lasting {duration}"), duration_of_response),
    (N_("progression-free {duration}"), progression_free),
)
_UNENDED = {
    CareStatus.DECEASED: N_("death"),
    CareStatus.LOST: N_("ongoing when last seen"),
}
LINE_RULES: tuple[Rule, ...] = (
    *(rule_of(defined) for _words, defined in _HELD),
    rule_of(failure),
    rule_of(last_without_failure),
    rule_of(best_response),
    rule_of(best_confirmed),
)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line in words; a text is empty where nothing was recorded or it does not apply.

    `remarks`: how it was given; `held`: time to response, its duration and the time
    without progression, as far as they can be worked out.
    """

    number: int
    regimen: str
    remarks: tuple[str, ...]
    elsewhere: bool
    when: str
    given: str
    best: str
    ended: str
    over: bool
    held: tuple[str, ...]


def line_table(summary: Summary) -> list[LineRow]:
    """Every line, numbered in the order of time."""
    return [_row(summary, number, line) for number, line in enumerate(summary.history.lines, 1)]


def _row(summary: Summary, number: int, line: TreatmentLine) -> LineRow:
    found = summary.endpoints.of_line(line)
    supportive = _("supportive") if line.category is Category.SUPPORTIVE else ""
    remarks = (supportive, line.dose_text or "", line.trial_name or "")
    return LineRow(
        number=number,
        regimen=line.regimen_words,
        remarks=tuple(each for each in remarks if each),
        elsewhere=not line.given_here,
        when=_when(summary, line),
        given=given_words(summary, line),
        best=_best(found),
        ended=_ended(summary, line),
        over=line.end is not None or summary.status in _UNENDED,
        held=_held(found),
    )


def _when(summary: Summary, line: TreatmentLine) -> str:
    """`2011`, `20 Jul 2015 – Oct 2017`, `12 Jan 2026 – ongoing`."""
    end = line.end.words if line.end else _(_UNENDED.get(summary.status, N_("ongoing")))
    return line.start.words if end == line.start.words else f"{line.start.words} – {end}"


def given_words(summary: Summary, line: TreatmentLine) -> str:
    """`30 cycles, 62 infusions`, `11 cycles as stated`; empty where none is known."""
    cycles, infusions = cycles_given(summary.history, line), infusions_given(summary.history, line)
    if not cycles:
        return ""
    words = ngettext("{n} cycle", "{n} cycles", cycles).format(n=cycles)
    if not summary.history.cycles_of(line):
        return _("{cycles} as stated").format(cycles=words)
    if infusions is None:
        return words
    each = ngettext("{n} infusion", "{n} infusions", infusions).format(n=infusions)
    return f"{words}, {each}"


def _best(found: LineEndpoints) -> str:
    """The best response, and whether it was confirmed or is only what a letter says."""
    best = found.best_response
    if best is None or found.seen is None:
        return ""
    if not found.seen.statuses:
        return _("{response}, as stated").format(response=best.words)
    if best not in RESPONDING:
        return best.words
    confirmed = found.best_confirmed
    if confirmed is best:
        return _("{response}, confirmed").format(response=best.words)
    if confirmed in RESPONDING:
        return _("{response}, confirmed as {other}").format(
            response=best.words, other=confirmed.words
        )
    return _("{response}, not confirmed").format(response=best.words)


def _ended(summary: Summary, line: TreatmentLine) -> str:
    """`toxicity: fever`; what was said in more words alone where it names the reason. Of a line
    without an end, that the patient died or was lost to follow-up.
    """
    if line.end is None and summary.status in _UNENDED:
        return _(summary.status.value) if summary.status is CareStatus.LOST else _("death")
    reason, detail = _(line.stop_reason.value) if line.stop_reason else "", line.stop_detail or ""
    if reason and reason in detail.casefold():
        return detail
    return ": ".join(part for part in (reason, detail) if part)


def _held(found: LineEndpoints) -> tuple[str, ...]:
    lasted = (found.time_to_response, found.duration_of_response, found.progression_free)
    return tuple(
        _(words).format(duration=_duration(endpoint))
        for (words, _rule), endpoint in zip(_HELD, lasted, strict=True)
        if endpoint
    )


def _duration(endpoint: Endpoint) -> str:
    """`up to 12 months` where two dates known by their year may be one day."""
    days, words = endpoint.days, endpoint.words
    if days.least <= 0 < days.most:
        words = _("up to {duration}").format(duration=duration_words(days.most))
    return _("{duration} until last seen").format(duration=words) if endpoint.censored else words
