"""What would mislead whoever reads a survival curve, each with its remedy where there is one."""

from collections.abc import Iterator

from models.cohort.counting import LATE_DAYS, joined_late
from models.cohort.factors import OF_TREATMENT
from models.cohort.figure_words import months_words
from models.cohort.question import Outcome, Remedy
from models.cohort.survival_result import Caution, Group, Survival
from models.population import Which
from models.words import _, capitalised, listing, ngettext

FEW_EVENTS, FEW_AT_RISK = 10, 10


def cautions(found: Survival) -> tuple[Caution, ...]:
    """The gravest first."""
    if not found.groups:
        return ()
    about = (
        _last_lines,
        _immortal_groups,
        _immortal_population,
        _seen_late,
        _thin_start,
        _several_lines,
        _few_events,
        _not_randomised,
    )
    return tuple(caution for each in about for caution in each(found))


def _immortal_groups(found: Survival) -> Iterator[Caution]:
    if found.question.landmark_days is not None:
        return
    for group in found.groups:
        late = joined_late(each.group_since for each in group.subjects)
        if late:
            words = _(
                "Immortal time: {n} of “{group}” joined that group only after the start, and could"
                " not have had the event before. Its curve looks better than it is. Remedy: count"
                " from a landmark on."
            )
            yield Caution(words.format(n=late, group=group.name), Remedy.LANDMARK)


def _immortal_population(found: Survival) -> Iterator[Caution]:
    if found.selection.population.looks_ahead and found.question.landmark_days is None:
        words = _(
            "Immortal time: these patients were chosen by what came after the start, as a response,"
            " an event, a biopsy or a treatment. Whoever had the event before could not be chosen,"
            " so the curve looks better than it is. Remedy: count from a landmark on."
        )
        yield Caution(words, Remedy.LANDMARK)


def _seen_late(found: Survival) -> Iterator[Caution]:
    if found.question.delayed_entry:
        return
    late = sum(each.late > LATE_DAYS for group in found.groups for each in group.subjects)
    if late:
        words = ngettext(
            "{n} was first seen here more than {days} days after the start: whoever had the event"
            " before never came, so the curve looks better than it is. Remedy: delayed entry.",
            "{n} were first seen here more than {days} days after the start: whoever had the event"
            " before never came, so the curve looks better than it is. Remedy: delayed entry.",
            late,
        )
        yield Caution(words.format(n=late, days=LATE_DAYS), Remedy.DELAYED_ENTRY)


def _thin_start(found: Survival) -> Iterator[Caution]:
    """With delayed entry few are at risk early on, and each event then weighs much."""
    if not found.question.delayed_entry:
        return
    for group in found.groups:
        name, curve = capitalised(group.name), group.curve
        if curve.emptied is not None:
            words = _(
                "{group}: all who were at risk had the event {months} months after the start, while"
                " others were first seen later. The curve stays at 0 and must not be believed."
            )
            yield Caution(words.format(group=name, months=months_words(curve.emptied)))
        elif curve.unwatched:
            first, last = map(months_words, curve.unwatched[0])
            words = _(
                "{group}: nobody was under observation from month {first} to month {last}. What"
                " the curve says of that time is not known."
            )
            yield Caution(words.format(group=name, first=first, last=last))
        elif _is_thin(group):
            words = _(
                "{group}: fewer than {n} were at risk at some event before the median, as most were"
                " first seen later. The curve hangs on few."
            )
            yield Caution(words.format(group=name, n=FEW_AT_RISK))


def _is_thin(group: Group) -> bool:
    """Whether few were at risk early on who are not few for having left."""
    curve, times = group.curve, group.times
    half = curve.median.value
    early = curve.days if half is None else curve.days[curve.days < half]
    few = early[curve.at_risk[: len(early)] < FEW_AT_RISK]
    return bool(len(few)) and bool((times.entry >= few[0]).any())


def _last_lines(found: Survival) -> Iterator[Caution]:
    population = found.selection.population
    if not (population.by_line and population.which is Which.LAST):
        return
    words = _(
        "Which line is the last that fits is known only in the end: lines that others followed do"
        " not count, nor does how they ended, so the curve looks other than it is. Remedy: the"
        " first line that fits, or every one."
    )
    if found.question.endpoint is Outcome.TTNT:
        words = _(
            "Do not believe this curve: a next treatment that fits this population as well takes"
            " its line out of the figure, as only the last that fits counts. What is left are next"
            " treatments of another kind. Remedy: the first line that fits, or every one."
        )
    yield Caution(words)


def _several_lines(found: Survival) -> Iterator[Caution]:
    if len(found.selection.units) > found.selection.patients:
        yield Caution(
            _(
                "Several lines of one patient count here. They are not independent: intervals are"
                " too narrow, and the test does not hold exactly."
            )
        )


def _few_events(found: Survival) -> Iterator[Caution]:
    few = [group for group in found.groups if group.events < FEW_EVENTS]
    if not any(group.events for group in found.groups):
        yield Caution(_("Nobody had the event so far: how long it takes cannot be told yet."))
    elif len(found.groups) == 1 and few:
        words = ngettext(
            "Only {n} event: one patient more or less changes much.",
            "Only {n} events: one patient more or less changes much.",
            few[0].events,
        )
        yield Caution(words.format(n=few[0].events))
    elif few:
        each = [_("{group}: {n}").format(group=group.name, n=group.events) for group in few]
        words = _("Few events ({groups}): one patient more or less changes much.")
        yield Caution(words.format(groups=listing(each)))


def _not_randomised(found: Survival) -> Iterator[Caution]:
    if found.question.factor in OF_TREATMENT and len(found.groups) > 1:
        yield Caution(_("Not randomised: groups differ in more than their name."))
