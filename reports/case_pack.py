"""The case pack: the timeline, the course in sentences and tables, of nobody who can be named."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportlab.platypus import Flowable, PageBreak, Spacer

from models.biopsy import Biopsy
from models.biopsy_table import compared
from models.case_definitions import definitions, rules_told
from models.case_sentences import case_sentences
from models.case_tables import MeasureRow, ResponseRow, measure_rows, response_rows
from models.event_log import LoggedEvent, by_worst_grade, event_log
from models.line_table import LineRow, line_table
from models.rules import awaiting_words
from models.summary import Summary, as_of
from models.wording import specimen
from models.words import N_, _, capitalised, long_day_words, ngettext
from reports.asked import Asked, Printing
from reports.facts import ASIDE, Beside, Facts, said
from reports.flow import Prose, section
from reports.kit import Page, build
from reports.table import Cell, Column, Table, Words
from reports.timeline_page import TimelinePage
from reports.type import QUIET

LABELS = 66.0


def build_case_pack(asked: Asked, printing: Printing) -> bytes:
    """The case pack of one patient as a PDF; a function of its arguments alone."""
    summary = as_of(asked.history, asked.today)
    what = _("Case pack · as of {date}").format(date=long_day_words(asked.today))
    if printing.demo:
        what = _("Demonstration: some figures are made up.") + f" {what}"
    page = Page(_("Case pack"), what, summary.identity, wide=True)
    return build(page, printing, _story(summary, asked))


def _story(summary: Summary, asked: Asked) -> list[Flowable]:
    story = _timeline(summary, asked) if asked.has("timeline") else []
    for key, part in _PARTS.items():
        story += part(summary) if asked.has(key) else []
    awaiting = awaiting_words(rules_told(summary), summary.history.confirmed)
    if awaiting and any(map(asked.has, _PARTS)):
        story += [Spacer(0, 8), Prose(awaiting, QUIET)]
    return story


def _timeline(summary: Summary, asked: Asked) -> list[Flowable]:
    """All its lanes, on a page of their own unless there is nothing to draw."""
    page = TimelinePage(summary, replace(asked, without=frozenset()))
    if page.timeline.empty:
        page.below = lambda _width: 0.0
        return [page]
    return [page, PageBreak()]


def _sentences(summary: Summary) -> list[Flowable]:
    """The course on the left, what its words mean on the right."""
    told = [(each.title, each.words) for each in case_sentences(summary)]
    meaning = [(title, Words(words, QUIET)) for title, words in definitions(summary)]
    return [Beside([Facts(told, _("Course"), LABELS)], [Facts(meaning, _("Definitions"), LABELS)])]


def _lines(summary: Summary) -> list[Flowable]:
    columns = (
        Column("", 12),
        Column(_("Treatment")),
        Column(_("When"), 116),
        Column(_("Given"), 122),
        Column(_("Best response"), 90),
        Column(_("Why it ended"), 84),
        Column(_("How long it held"), 136),
    )
    return _table(_("Treatment lines"), columns, map(_line, line_table(summary)))


def _line(row: LineRow) -> tuple[Cell, ...]:
    amount = row.given or _("amount not known")
    if row.elsewhere:
        amount = _("elsewhere, {amount}").format(amount=amount)
    return (
        str(row.number),
        [Words(capitalised(row.regimen)), *(Words(each, QUIET) for each in row.remarks)],
        row.when,
        amount,
        said(capitalised(row.best)),
        said(capitalised(row.ended)) if row.over else Words(_("goes on"), ASIDE),
        [Words(each) for each in row.held] or Words(_("not known"), ASIDE),
    )


def _responses(summary: Summary) -> list[Flowable]:
    columns = (
        Column(_("Date"), 104),
        Column(_("Cycle"), 70),
        *(Column(_(title)) for title in (N_("Skin"), N_("Nodes"), N_("Blood"), N_("Viscera"))),
        Column(_("Global response"), share=1.6),
    )
    return _table(_("Response by compartment"), columns, map(_response, response_rows(summary)))


def _response(row: ResponseRow) -> tuple[Cell, ...]:
    visits = ngettext("told at {n} visit", "told at {n} visits", row.visits).format(n=row.visits)
    told: Sequence[Cell] = [*map(capitalised, row.parts)] or (Words(visits, ASIDE), "", "", "")
    return (row.day, row.cycle, *told, capitalised(row.response))


def _measures(summary: Summary) -> list[Flowable]:
    columns = (
        Column(_("Date"), 104),
        Column(_("Cycle"), 70),
        Column(_("mSWAT (0 to 400)"), right=True),
        Column(_("Change"), right=True),
        Column(_("Body surface"), right=True),
        Column(_("Neoplastic cells/µL"), right=True),
        Column(_("B class"), right=True),
    )
    rows = map(_measure, measure_rows(summary.history))
    return _table(_("Skin score and blood counts"), columns, rows)


def _measure(row: MeasureRow) -> tuple[Cell, ...]:
    return (row.day, row.cycle, row.mswat, row.change, row.surface, row.cells, row.b_class)


def _events(summary: Summary) -> list[Flowable]:
    columns = (
        Column(_("Worst"), 40),
        Column(_("Event")),
        Column(_("Onset"), 92),
        Column(_("Grades"), 114),
        Column(_("Outcome"), 104),
        Column(_("Attribution"), 104),
        Column(_("Action taken"), 56),
        Column(_("Serious"), 60),
    )
    rows = map(_event, by_worst_grade(event_log(summary)))
    return _table(_("Adverse events, worst grade first"), columns, rows)


def _event(logged: LoggedEvent) -> tuple[Cell, ...]:
    event = logged.event
    asides = {
        "site": event.body_site,
        "place": logged.place.cycle_words,
        "lasted": logged.lasted,
    }
    site, place, lasted = ([Words(each, QUIET)] if each else [] for each in asides.values())
    return (
        capitalised(logged.worst),
        [Words(event.label), *site],
        [Words(event.onset.words), *place],
        [Words(capitalised(each)) for each in logged.grades],
        [Words(capitalised(logged.outcome)), *lasted],
        said(capitalised(logged.attribution)),
        said(event.action.label if event.action else ""),
        said(capitalised(logged.serious)),
    )


def _biopsies(summary: Summary) -> list[Flowable]:
    columns = (
        Column(_("Date"), 84),
        Column(_("Biopsy"), 150),
        Column(_("Why it was taken"), 110),
        Column(_("What was found")),
        Column(_("Conclusion"), 110),
    )
    return _table(_("Biopsies"), columns, map(_biopsy, summary.history.of(Biopsy)))


def _biopsy(biopsy: Biopsy) -> tuple[Cell, ...]:
    found = [f"{title}: {value}" for title, (value,) in compared([biopsy]).rows]
    return (
        biopsy.date.words,
        capitalised(specimen(biopsy)),
        capitalised(_(biopsy.indication.value)),
        said("; ".join(found)),
        biopsy.conclusion_words,
    )


_PARTS = {
    "sentences": _sentences,
    "lines-table": _lines,
    "response-table": _responses,
    "measures-table": _measures,
    "events-table": _events,
    "biopsies-table": _biopsies,
}


def _table(
    title: str, columns: Sequence[Column], rows: Iterable[tuple[Cell, ...]]
) -> list[Flowable]:
    found = [*rows]
    if not found:
        return section(title, Prose(_("None recorded."), ASIDE))
    return [Table(columns, found, title)]
