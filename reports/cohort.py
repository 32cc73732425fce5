"""The cohort report: what the patients of a population tell together, naming none of them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from models.cohort.figure_table import FigureTable
from models.cohort.figures import CohortFigures
from models.cohort.key_figures import key_figures
from models.exchange.cohort_tables import few_words
from models.words import _, capitalised, long_day_words, ngettext
from reports.asked import Printing
from reports.catalogue import COHORT, cohort_report
from reports.chart_part import ChartPart, charted
from reports.figure_table import figure_table
from reports.flow import ABOVE_HEADING, BELOW_HEADING, Prose, opening, section
from reports.kit import MARGIN, SIZES, Page, build
from reports.safety_chart import draw_safety
from reports.survival_chart import draw_survival
from reports.swimmer_part import lanes
from reports.table import Column, Table, Words
from reports.type import BODY_BOLD, BODY_QUIET, PLAIN, QUIET
from reports.waterfall_chart import draw_waterfall

CURVE, WATERFALL, EVENTS = 250.0, 190.0, 340.0
ABOVE, BELOW = 4.0, 6.0
MOST_LANES = 100
HEADED = ABOVE_HEADING + BODY_BOLD.leading + BELOW_HEADING
METHODS = 600.0
"""Methods that are no higher stand on one page."""
ON_CHART = frozenset({"survival-at-risk"})
"""Tables that the chart above them holds."""
SHORT, LONG = 9, 27
"""Names of fewer letters take the same room each, and of more too, in several lines."""

Story = Iterator[Flowable]


def build_cohort(
    figures: CohortFigures, printing: Printing, without: Collection[str] = frozenset()
) -> bytes:
    """The report as a PDF; a function of its arguments alone.

    `without`: the keys of the sections left out.
    """
    on = long_day_words(figures.selection.today)
    what = _("Cohort report · as of {date}").format(date=on)
    report = cohort_report(by_line=figures.selection.population.by_line)
    printing = replace(printing, left_out=report.left_out(without))
    width = SIZES[printing.paper][0] - 2 * MARGIN
    told = [each.key for each in report.sections if each.key not in without]
    tables = (table for key in told if key in _TABLES for table in _TABLES[key](figures))
    page = Page(COHORT.words, what, what, note=few_words(tables))
    parts = (part for key in told for part in _PARTS[key](figures, width))
    return build(page, printing, [*_head(figures), *parts])


def _head(figures: CohortFigures) -> Story:
    """How many, of which population; and the figures that matter most."""
    selection = figures.selection
    n = selection.patients
    title = ngettext("Cohort of {n} patient", "Cohort of {n} patients", n).format(n=n)
    yield from opening(title, capitalised(selection.population.words))
    told = key_figures(figures)
    if not told:
        yield Prose(_("Nobody fits this population: there is nothing to tell."), BODY_QUIET)
        return
    shares = (max(min(len(name), LONG), len(figure), SHORT) for name, figure in told)
    columns = [Column(share=share) for share in shares]
    cells = tuple((Words(figure, BODY_BOLD), Words(name, QUIET)) for name, figure in told)
    yield Spacer(0, BELOW)
    yield _Numbers(columns, [cells])


class _Numbers(Table):
    """A figure, and below it what it is."""

    ruled = False


def _survival(figures: CohortFigures, width: float) -> Story:
    found = figures.survival
    if found.groups:
        yield from charted(_("Survival"), ChartPart(partial(draw_survival, found), CURVE), width)
    else:
        yield from section(_("Survival"), Prose(found.sentence))
    yield from _tables([each for each in found.tables if each.key not in ON_CHART], width)
    yield from _beware(found.warnings)


def _response(figures: CohortFigures, width: float) -> Story:
    found = figures.response
    if found.waterfall and found.waterfall.falls:
        chart = ChartPart(partial(draw_waterfall, found.waterfall.numbered()), WATERFALL)
        yield from charted(_("Skin score"), chart, width)
    yield from _tables(found.tables, width)
    yield from _beware(found.warnings)


def _swimmer(figures: CohortFigures, width: float) -> Story:
    """As many lanes as a few pages hold."""
    found = figures.swimmer.numbered()
    shown = min(len(found.lanes), MOST_LANES)
    if not shown:
        return
    yield from lanes(_("Course of each line"), found.part(0, shown), width)
    if shown < found.every:
        words = _("Of {all} lines the first {n} are shown, sorted by {order}.")
        order = _(figures.choices.lanes.value)
        yield Prose(words.format(all=found.every, n=shown, order=order), QUIET)


def _safety(figures: CohortFigures, width: float) -> Story:
    found = figures.safety.incidence
    if found and found.terms:
        chart = ChartPart(partial(draw_safety, found), EVENTS)
        yield from charted(_("Adverse events by worst grade"), chart, width)
    yield from _tables(figures.safety.tables, width)
    yield from _beware(figures.safety.warnings)


def _practice(figures: CohortFigures, width: float) -> Story:
    yield from _tables(figures.practice.tables, width)
    yield from _beware(figures.practice.warnings)


def _counted(figures: CohortFigures, width: float) -> Story:
    if figures.selection.units:
        yield from figure_table(figures.counted, width)


def _left_out(figures: CohortFigures, width: float) -> Story:
    yield from figure_table(figures.left_out, width)


def _methods(figures: CohortFigures, width: float) -> Story:
    """On one page where they fit on one."""
    told = [Prose(" ".join(each), PLAIN, BELOW) for each in figures.paragraphs]
    high = HEADED + sum(each.wrap(width, 0)[1] + BELOW for each in told)
    if high < METHODS:
        yield CondPageBreak(high)
    yield from section(_("Methods"), *told)


def _tables(tables: Sequence[FigureTable], width: float) -> Story:
    for table in tables:
        yield from figure_table(table, width)


def _beware(warnings: Sequence[str]) -> Story:
    """What would mislead whoever reads the figures above."""
    if warnings:
        yield Spacer(0, ABOVE)
    for words in warnings:
        yield Prose(_("Beware: {words}").format(words=words), PLAIN, 2)


_PARTS: dict[str, Callable[[CohortFigures, float], Story]] = {
    "survival": _survival,
    "response": _response,
    "swimmer": _swimmer,
    "safety": _safety,
    "practice": _practice,
    "counted": _counted,
    "left-out": _left_out,
    "methods": _methods,
}
"""By the keys of the report's sections."""
_TABLES: dict[str, Callable[[CohortFigures], Sequence[FigureTable]]] = {
    "survival": lambda figures: figures.survival.tables,
    "response": lambda figures: figures.response.tables,
    "safety": lambda figures: figures.safety.tables,
    "practice": lambda figures: figures.practice.tables,
    "counted": lambda figures: [figures.counted],
    "left-out": lambda figures: [figures.left_out],
}
"""What each section tells in tables or in their charts."""
