"""What contradicts a response."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypeVar

from models.blood import B1_FROM, BloodCount
from models.contradictions.finding import (
    Check,
    Contradiction,
    among,
    before,
    cells_in_words,
    line_named,
    not_of_the_clone,
)
from models.course import Status, assess, under
from models.history import History
from models.measured_near import NEAR_DAYS
from models.response import RANK, RESPONDING, Assessment, Response
from models.rules import Standing, rule
from models.skin import SkinScore
from models.staging import Staging
from models.treatment import TreatmentLine
from models.visit import Visit, VisitStatus
from models.words import N_, _, number_words

INVOLVED = {
    "skin": ("t", {"T1", "T2", "T3", "T4"}),
    "nodes": ("n", {"N2", "N3"}),
    "blood": ("b", {"B2"}),
    "viscera": ("m", {"M1"}),
}


@rule(
    N_("Against the response"),
    "Olsen, J Clin Oncol 2011; tolerances of this program",
    Standing.DERIVED,
)
def against_the_response(history: History) -> Iterator[Contradiction]:
    """A complete response, of an assessment or a visit, is contradicted by an mSWAT above zero and
    by a B1 or B2 blood count, the last of the 14 days up to that day; by the count not where there
    is no clone or another one, and by the mSWAT not where a clinician judged it to be complete on
    that day and said why. A relapse needs a complete response before it: one told or stated
    earlier, or an earlier mSWAT of zero.

    A compartment is not called uninvolved where the last staging has T1 to T4, N2 or N3, B2 or M1.
    An assessment does not lie before the line that it names began.

    A best response as stated is not worse than one recorded under its line; nor is it a partial or
    complete response where a line given here was assessed and nothing as good was recorded.
    """
    for check in CHECKS:
        yield from check(history)


def _complete_with_lesions(history: History) -> Iterator[Contradiction]:
    judged = {each.date for each in history.of(Assessment) if each.judgement is Response.CR}
    for told in _complete(history, skin_is_enough=True):
        score = _last_measured(history.of(SkinScore), told.date)
        if score and score.mswat > 0 and told.date not in judged:
            wrong = _("complete response, but mSWAT {score}")
            yield among(wrong.format(score=number_words(score.mswat)), told, score)


def _complete_with_cells(history: History) -> Iterator[Contradiction]:
    counted = [count for count in history.of(BloodCount) if count.neoplastic is not None]
    for told in _complete(history):
        count = _last_measured(counted, told.date)
        if count and (count.neoplastic or 0) >= B1_FROM and not not_of_the_clone(count):
            wrong = _("complete response, but {cells}")
            yield among(wrong.format(cells=cells_in_words(count)), told, count)


def _complete(history: History, *, skin_is_enough: bool = False) -> Iterator[Visit | Assessment]:
    """The visits and assessments that tell of a complete response."""
    for visit in history.of(Visit):
        if visit.status is VisitStatus.DONE and visit.disease_status is Response.CR:
            yield visit
    for assessment in history.of(Assessment):
        of_the_skin = skin_is_enough and assessment.skin is Response.CR
        if of_the_skin or assess(history, assessment).response is Response.CR:
            yield assessment


Measured = TypeVar("Measured", SkinScore, BloodCount)


def _last_measured(measured: Sequence[Measured], day: dt.date) -> Measured | None:
    recent = [found for found in measured if 0 <= (day - found.date).days <= NEAR_DAYS]
    return max(recent, key=lambda found: (found.date, found.id), default=None)


def _relapse_without_complete(history: History) -> Iterator[Contradiction]:
    relapses = [*_told_relapse(history)]
    if not relapses or any(line.best_response_stated is Response.CR for line in history.lines):
        return
    cleared = [score.date for score in history.of(SkinScore) if score.mswat <= 0]
    cleared += [told.date for told in _complete(history, skin_is_enough=True)]
    for record in relapses:
        if not any(day < record.date for day in cleared):
            yield among(_("relapse, but no complete response before it"), record)


def _told_relapse(history: History) -> Iterator[Visit | Assessment]:
    for visit in history.of(Visit):
        if visit.status is VisitStatus.DONE and visit.disease_status is Response.RELAPSE:
            yield visit
    for assessment in history.of(Assessment):
        if Response.RELAPSE in {assessment.skin, assessment.judgement}:
            yield assessment


def _uninvolved_but_staged(history: History) -> Iterator[Contradiction]:
    for assessment in history.of(Assessment):
        before_it = [s for s in history.of(Staging) if s.date.last <= assessment.date]
        if not before_it:
            continue
        staging = max(before_it, key=lambda found: (found.date, found.id))
        for name, (letter, classes) in INVOLVED.items():
            found = getattr(staging, letter)
            if getattr(assessment, name) is Response.NOT_INVOLVED and found[:2] in classes:
                title = _(Assessment.model_fields[name].title or "")
                wrong = _("{compartment} not involved, but {found}")
                yield among(wrong.format(compartment=title, found=found), assessment, staging)


def _assessed_before_its_line(history: History) -> Iterator[Contradiction]:
    for assessment in history.of(Assessment):
        line = line_named(assessment, history)
        if line and before(assessment.date, line.start):
            yield among(_("assessed before the line began"), assessment, line)


def _better_than_stated(history: History) -> Iterator[Contradiction]:
    for line, stated, told in _stated(history):
        better = [status for status in told if RANK[status.response] < RANK[stated]]
        if better:
            wrong = _("stated to have brought {stated} at best, but {told} was recorded").format(
                stated=stated.words, told=better[0].response.words
            )
            yield among(wrong, line, better[0].record)


def _stated_but_not_recorded(history: History) -> Iterator[Contradiction]:
    for line, stated, told in _stated(history):
        if not line.given_here or stated not in RESPONDING:
            continue
        best = min(told, key=lambda status: RANK[status.response])
        if RANK[best.response] > RANK[stated]:
            wrong = _("stated to have brought {stated}, but {told} was the best recorded").format(
                stated=stated.words, told=best.response.words
            )
            yield among(wrong, line, best.record)


def _stated(history: History) -> Iterator[tuple[TreatmentLine, Response, list[Status]]]:
    """Lines with the best response as stated and all that was told under them before their end."""
    for line in history.lines:
        stated = line.best_response_stated
        if stated not in RANK:
            continue
        found = under(history, line).until_failed
        told = [each for each in found if line.end is None or each.date <= line.end.last]
        if stated and told:
            yield line, stated, told


CHECKS: tuple[Check, ...] = (
    _complete_with_lesions,
    _complete_with_cells,
    _relapse_without_complete,
    _uninvolved_but_staged,
    _assessed_before_its_line,
    _better_than_stated,
    _stated_but_not_recorded,
)
