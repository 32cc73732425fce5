"""How long the patients of a population go without the event: curves, medians, comparisons."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.cohort.factors import MOST_GROUPS, SHOWN_OF_MORE, group_names, why_not_by
from models.cohort.question import Question, why_not_asked
from models.cohort.selection import Selection
from models.cohort.subjects import Dropped, Subject, subjects
from models.cohort.survival_cautions import cautions
from models.cohort.survival_methods import survival_methods
from models.cohort.survival_result import Group, Survival
from models.cohort.survival_tables import survival_tables
from models.population import Which
from models.survival.cox import hazard_ratios
from models.survival.kaplan_meier import kaplan_meier, median_follow_up
from models.survival.log_rank import log_rank
from models.survival.times import Times
from models.words import _


def survival(selection: Selection, question: Question) -> Survival:
    """What is asked, of the units of a selection."""
    found = _worked_out(selection, question)
    return replace(
        found,
        tables=survival_tables(found),
        methods=survival_methods(found),
        cautions=cautions(found),
    )


def _worked_out(selection: Selection, question: Question) -> Survival:
    population = selection.population
    refused = why_not_asked(question.endpoint, population) or why_not_by(
        question.factor, population
    )
    if refused:
        return Survival(selection, question, sentence=refused, needs_line=not population.by_line)
    counted, dropped = subjects(selection, question)
    repeated = population.by_line and population.which is Which.EVERY
    groups, smaller = _groups(counted, question, repeated=repeated)
    dropped += [Dropped(each.unit, _("not of the largest groups")) for each in smaller]
    if not groups:
        words = _("Nobody is left of whom this could be told.")
        return Survival(selection, question, dropped=tuple(dropped), sentence=words)
    times = [group.times for group in groups]
    return Survival(
        selection,
        question,
        groups=groups,
        dropped=tuple(dropped),
        follow_up=median_follow_up(_together(times)),
        test=log_rank(times) if len(times) > 1 else None,
    )


def _groups(
    counted: Sequence[Subject], question: Question, *, repeated: bool
) -> tuple[tuple[Group, ...], list[Subject]]:
    """In their order, and those of groups that are not shown."""
    members: dict[str, list[Subject]] = defaultdict(list)
    for each in counted:
        members[each.group].append(each)
    shown = set(members)
    if len(members) > MOST_GROUPS:
        sizes = Counter({name: len(found) for name, found in members.items()})
        shown = {name for name, _n in sizes.most_common(SHOWN_OF_MORE)}
    names = [name for name in group_names(question.factor, members) if name in shown]
    times = [_times(members[name]) for name in names]
    ratios = (None, *hazard_ratios(times)) if len(times) > 1 else (None,) * len(times)
    found = zip(names, times, ratios, strict=True)
    groups = tuple(
        Group(
            question.group_words(name), at, members[name], each, kaplan_meier(each), repeated, ratio
        )
        for at, (name, each, ratio) in enumerate(found)
    )
    return groups, [each for each in counted if each.group not in shown]


def _times(found: Sequence[Subject]) -> Times:
    return Times.of(
        [each.exit for each in found],
        [each.event for each in found],
        [each.entry for each in found],
    )


def _together(times: Sequence[Times]) -> Times:
    return Times(
        np.concatenate([each.entry for each in times]),
        np.concatenate([each.exit for each in times]),
        np.concatenate([each.event for each in times]),
    )
