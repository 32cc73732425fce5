"""The figures of survival as tables: estimates, numbers at risk, comparisons, who is left out."""

from collections import defaultdict
from collections.abc import Iterator

from models.cohort.figure_table import (
    Bounds,
    Figure,
    FigureTable,
    Measured,
    Numbers,
    Row,
    Who,
    in_months,
    who,
)
from models.cohort.figure_words import (
    NOT_REACHED,
    months_interval_words,
    months_words,
    p_words,
    percent_words,
    range_words,
    ratio_words,
)
from models.cohort.selection import Unit
from models.cohort.survival_methods import vague_sentences
from models.cohort.survival_result import YEAR, Group, Survival
from models.survival.kaplan_meier import Estimate, Median
from models.values import DAYS_PER_MONTH
from models.words import _, capitalised, ngettext


def survival_tables(found: Survival) -> tuple[FigureTable, ...]:
    tables = [_estimates(found), _numbers_at_risk(found)] if found.groups else []
    if len(found.groups) > 1:
        tables.append(_comparison(found))
    if found.dropped:
        tables.append(_left_out(found))
    return tuple(tables)


def _estimates(found: Survival) -> FigureTable:
    by_line = found.selection.population.by_line
    counted = _("Lines") if by_line else _("Patients")
    return FigureTable(
        "survival-estimates",
        capitalised(found.question.words),
        (
            "",
            counted,
            _("Events"),
            _("Median, months"),
            *(_horizon(found, each) for each in found.horizons),
        ),
        tuple(_estimate_row(group, found) for group in found.groups),
        " ".join([*_notes(found), *vague_sentences(found)]),
    )


def _notes(found: Survival) -> Iterator[str]:
    yield _("In brackets: 95 % confidence intervals.")
    words = _("Median follow-up for {endpoint} in months, by reverse Kaplan–Meier: {median}.")
    endpoint = _(found.question.endpoint.value)
    yield words.format(endpoint=endpoint, median=median_words(found.follow_up))
    if found.question.landmark_days is not None:
        yield _("All times count from the landmark on.")


def _estimate_row(group: Group, found: Survival) -> Row:
    everybody = group.who()
    median = group.curve.median
    months = in_months(median.value, median.low, median.high, Bounds.CONFIDENCE)
    estimates = [(group.curve.at(day), day) for day in found.horizon_days]
    return (
        Figure(capitalised(group.name)),
        Figure(str(len(group.subjects)), everybody),
        Figure(str(group.events), group.who(group.times.event)),
        Figure(median_range_words(median), everybody, months),
        *(
            Figure(estimate_words(estimate), group.at_risk(day), _share(estimate))
            for estimate, day in estimates
        ),
    )


def _horizon(found: Survival, months: int) -> str:
    words = horizon_words(months)
    if found.question.landmark_days is None:
        return words
    return _("{time} after the landmark").format(time=words)


def horizon_words(months: int) -> str:
    if months % YEAR:
        return ngettext("{n} month", "{n} months", months).format(n=months)
    years = months // YEAR
    return ngettext("{n} year", "{n} years", years).format(n=years)


def median_range_words(median: Median) -> str:
    """`20.6 (18.1 to –)`."""
    if median.value is None and median.low is None:
        return _("not reached")
    value = _("not reached") if median.value is None else months_words(median.value)
    return range_words(value, months_words(median.low), months_words(median.high))


def _share(estimate: Estimate | None) -> Numbers | None:
    if estimate is None:
        return None
    value, low, high = estimate.value, estimate.low, estimate.high
    return Numbers(value, low, high, unit=Measured.SHARE, bounds=Bounds.CONFIDENCE)


def median_words(median: Median) -> str:
    return months_interval_words(median.value, median.low, median.high)


def estimate_words(estimate: Estimate | None) -> str:
    """`63 % (51 to 74)`; a dash after the last observation."""
    if estimate is None:
        return NOT_REACHED
    value = _("{percent} %").format(percent=percent_words(estimate.value))
    if estimate.low is None or estimate.high is None:
        return value
    return range_words(value, percent_words(estimate.low), percent_words(estimate.high))


def _numbers_at_risk(found: Survival) -> FigureTable:
    days = [month * DAYS_PER_MONTH for month in found.ticks]
    rows = []
    for group in found.groups:
        numbers = group.curve.number_at_risk(days)
        cells = [Figure(str(n), group.at_risk(day)) for n, day in zip(numbers, days, strict=True)]
        rows.append((Figure(capitalised(group.name)), *cells))
    return FigureTable(
        "survival-at-risk",
        _("Number at risk"),
        (found.axis, *map(found.tick_words, found.ticks)),
        tuple(rows),
    )


def _comparison(found: Survival) -> FigureTable:
    first = found.groups[0].name
    return FigureTable(
        "survival-comparison",
        _("Comparison of {endpoint}").format(endpoint=found.question.words),
        (_("Against {group}").format(group=first), _("Hazard ratio (95 % CI)"), _("p")),
        tuple(_comparison_rows(found)),
        _("A ratio below 1: the event comes later, or to fewer, than in “{group}”.").format(
            group=first
        ),
    )


def _comparison_rows(found: Survival) -> Iterator[Row]:
    for group in found.groups[1:]:
        name, both = capitalised(group.name), (*found.groups[0].who(), *group.who())
        if group.ratio is None:
            yield Figure(name), Figure(why_no_ratio(found.groups[0], group)), Figure(NOT_REACHED)
            continue
        ratio = group.ratio
        words = range_words(*map(ratio_words, (ratio.value, ratio.low, ratio.high)))
        numbers = Numbers(
            ratio.value, ratio.low, ratio.high, unit=Measured.RATIO, bounds=Bounds.CONFIDENCE
        )
        yield Figure(name), Figure(words, both, numbers), _p(ratio.p, both)
    everybody = _everybody(found)
    told = _p(found.test.p, everybody) if found.test else Figure(_("cannot be told"), everybody)
    yield Figure(_("All groups, log-rank test")), Figure(""), told


def _p(p: float, whose: Who) -> Figure:
    return Figure(p_words(p), whose, Numbers(p, unit=Measured.P))


def why_no_ratio(first: Group, group: Group) -> str:
    for each in (first, group):
        if not each.events:
            return _("cannot be told: no event in {group}").format(group=capitalised(each.name))
    return _("cannot be told: the groups are not at risk together")


def _everybody(found: Survival) -> Who:
    return tuple(dict.fromkeys(each for group in found.groups for each in group.who()))


def _left_out(found: Survival) -> FigureTable:
    """The commonest reason first."""
    reasons: dict[str, list[Unit]] = defaultdict(list)
    for unit, why in found.dropped:
        reasons[why].append(unit)
    listed = sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    counted = _("Lines") if found.selection.population.by_line else _("Patients")
    return FigureTable(
        "survival-left-out",
        _("Left out of this figure"),
        (_("Why"), counted),
        tuple(
            (Figure(capitalised(why)), Figure(str(len(units)), who(units))) for why, units in listed
        ),
    )
