"""The members of the cohort: read once, and then only those who changed."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from models.cohort.member import Member, member_of
from models.folding import folded
from models.progress import Progress
from models.store.clinic import Clinic
from models.store.trail_end import End

Occurring = Sequence[tuple[str, int]]
"""What occurs among the members and of how many, the most frequent first."""


@dataclass(frozen=True)
class Members:
    """`day`: as of when they are told of; `mark`: up to where the audit trail was followed.

    `everybody`: the very tuple of the last time where as of that day nobody is another.
    """

    day: dt.date
    mark: End | None
    everybody: tuple[Member, ...] = field(repr=False)
    drugs: Occurring = field(repr=False)
    terms: Occurring = field(repr=False)


def read_members(
    clinic: Clinic, before: Members | None, day: dt.date, progress: Progress
) -> Members:
    """As of a day; of those who are known from `before` only who changed since is read."""
    since = before.mark if before and before.day == day else None
    found = clinic.catch_up(since, partial(_first_half, progress))
    known = {} if found.whole or before is None else {each.id: each for each in before.everybody}
    whole = len(found.histories)
    for done, history in enumerate(found.histories):
        progress(whole + done, 2 * whole)
        known[history.patient.id] = member_of(history, day)
    everybody = tuple(known[each] for each in found.order)
    if before and before.day == day and before.everybody == everybody:
        return replace(before, mark=found.mark)
    drugs = (drug for each in everybody for drug in {d for line in each.lines for d in line.drugs})
    terms = (term for each in everybody for term in {event.term for event in each.events})
    return Members(day, found.mark, everybody, _most_frequent(drugs), _most_frequent(terms))


def _first_half(progress: Progress, done: int, whole: int) -> None:
    """To read them takes about as long as to work them out."""
    progress(done, 2 * whole)


def _most_frequent(found: Iterable[str]) -> Occurring:
    return sorted(Counter(found).items(), key=lambda each: (-each[1], folded(each[0])))
