"""The timeline report: one landscape page that tells the course, then every event as a list."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from models.chronicle import Entry, chronicle
from models.summary import as_of
from models.time_axis import Years
from models.words import _, counted_from, long_day_words
from reports.asked import Asked, Printing
from reports.flow import Prose, section
from reports.kit import Page, build
from reports.table import Column, Row, Table
from reports.timeline_page import TimelinePage
from reports.type import BODY_QUIET

ABOVE_LIST = 20.0
NO_LIST = 60.0


def build_timeline(asked: Asked, printing: Printing) -> bytes:
    """The timeline of one patient as a PDF; a function of its arguments alone."""
    summary = as_of(asked.history, asked.today)
    page = Page(_("Patient timeline"), _what(asked), summary.identity, wide=True)
    if not asked.has("list"):
        return build(page, printing, [TimelinePage(summary, asked)])
    entries = chronicle(summary.history, asked.since)
    if not entries:
        nothing = Prose(_("None recorded."), BODY_QUIET)
        lanes = TimelinePage(summary, asked, below=lambda _width: NO_LIST)
        return build(page, printing, [lanes, *section(_("List of events"), nothing)])
    anchors = {entry.record: f"event-{place}" for place, entry in enumerate(entries)}
    table = _list(entries)
    lanes = TimelinePage(
        summary, asked, anchors, lambda width: ABOVE_LIST + float(table.wrap(width, 0)[1])
    )
    return build(page, printing, [lanes, table, _YearsInOutline(entries)])


def _what(asked: Asked) -> str:
    today = long_day_words(asked.today)
    if asked.since is None:
        return _("Patient timeline · as of {date}").format(date=today)
    since = long_day_words(asked.since)
    return _("Patient timeline · since {since}, as of {date}").format(since=since, date=today)


def _list(entries: Sequence[Entry]) -> Table:
    """Every event with its date, study day and cycle; marks on the page before lead here."""
    columns = (
        Column(_("Date"), 64),
        Column(_("Day (1: first infusion)"), 78),
        Column(_("Cycle"), 44),
        Column(_("Event"), 102),
        Column(_("Particulars")),
    )
    rows = [
        Row((each.date, each.study_day, each.cycle, each.what, each.words), f"event-{place}")
        for place, each in enumerate(entries)
    ]
    return _List(columns, rows, _("List of events"))


class _List(Table):
    padding = (1.4, 2.4)


class _YearsInOutline(Flowable):
    """Under the list's entry in the file's outline one for each year, where it begins."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        years = Years(counted_from())
        numbered = [(years.of(each.when.middle), place) for place, each in enumerate(entries)]
        first = dict(reversed(numbered))
        self.found = [(years.label(n, n), f"event-{first[n]}") for n in sorted(first)]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, 0.0

    def draw(self) -> None:
        for label, anchor in self.found:
            self.canv.addOutlineEntry(label, anchor, level=1)
