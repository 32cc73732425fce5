"""The timeline report: one landscape page that tells the course, then every event as a list."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak

from models.chronicle import Entry, chronicle
from models.figures import awaiting, leading_figures
from models.summary import Summary, as_of
from models.timeline import timeline
from models.words import _, long_day_words
from reports.asked import Asked, Printing
from reports.flow import Prose
from reports.fonts import measure
from reports.kit import Page, build
from reports.legend import draw_legend
from reports.pdf_painter import PdfPainter
from reports.style import ON_PAPER
from reports.table import Column, Table
from reports.timeline_chart import View, draw_timeline
from reports.type import (
    BODY,
    BODY_BOLD,
    BODY_QUIET,
    HEADLINE,
    QUIET,
    fitting,
    wrapped,
    write,
)


def build_timeline(asked: Asked, printing: Printing) -> bytes:
    """The timeline of one patient as a PDF; a function of its arguments alone."""
    summary = as_of(asked.history, asked.today)
    what = _("Patient timeline · as of {date}").format(date=long_day_words(asked.today))
    page = Page(_("Patient timeline"), what, summary.identity, wide=True)
    return build(page, printing, [_Chart(summary), PageBreak(), *_list(chronicle(summary.history))])


class _Chart(Flowable):
    """The whole first page: from the top down to the lanes, and from the foot up."""

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self.summary = summary

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, height
        return width, height

    def draw(self) -> None:
        y, self.foot = self._identity(), 4.0
        lanes = timeline(self.summary.history, self.summary.today)
        self._caveats()
        if lanes.empty:
            words = _("Nothing that can be drawn on a timeline has been recorded yet.")
            write(self.canv, 0, y - 50, words, BODY_QUIET)
            return
        legend = draw_legend(lanes, self.width, ON_PAPER, measure)
        self.foot += legend.height
        PdfPainter(self.canv, 0, self.foot).paint(legend)
        self.foot += 12
        self._figures()
        view = View(self.width, room=y - 8 - self.foot)
        chart = draw_timeline(lanes, view, ON_PAPER, measure)
        for drawing in (chart.drawing, chart.labels, chart.head):
            PdfPainter(self.canv, 0, y - 8).paint(drawing)

    def _identity(self) -> float:
        """Who, what disease, where things stand; returns the y of its foot."""
        summary, y = self.summary, self.height - HEADLINE.size
        write(self.canv, 0, y, fitting(summary.identity, self.width, HEADLINE), HEADLINE)
        y -= 4
        for text in (summary.disease, summary.standing):
            for line in wrapped(text, self.width, BODY):
                write(self.canv, 0, y - BODY.drop, line, BODY)
                y -= BODY.leading
        return y

    def _caveats(self) -> None:
        """What is to be checked, and the rules that await confirmation, just above the foot."""
        told = [_("To be checked: {flag}").format(flag=flag) for flag in self.summary.flags[:3]]
        rules = awaiting(leading_figures(self.summary), self.summary)
        if rules:
            titles = "; ".join(rule.words for rule in rules)
            told.append(
                _("Rules that await confirmation by a clinician: {rules}.").format(rules=titles)
            )
        lines = [line for text in told for line in wrapped(text, self.width, QUIET)]
        for line in reversed(lines):
            write(self.canv, 0, self.foot + QUIET.leading - QUIET.drop, line, QUIET)
            self.foot += QUIET.leading
        if lines:
            self.foot += 4

    def _figures(self) -> None:
        """The key figures in a row: the value, and under it what it is."""
        if not self.summary.key_figures:
            return
        x, step = 0.0, self.width / max(len(self.summary.key_figures), 5)
        for title, value in self.summary.key_figures:
            write(self.canv, x, self.foot + QUIET.size * 1.5, value, BODY_BOLD)
            write(self.canv, x, self.foot, title, QUIET)
            x += step
        self.foot += QUIET.size * 1.5 + BODY.size + 10


def _list(entries: Sequence[Entry]) -> list[Flowable]:
    """Every event with its date, study day and cycle."""
    if not entries:
        return [Prose(_("No events recorded yet."), BODY_QUIET)]
    columns = (
        Column(_("Date"), 64),
        Column(_("Day (1: first infusion)"), 78),
        Column(_("Cycle"), 44),
        Column(_("Event"), 102),
        Column(_("Particulars")),
    )
    rows = [(each.date, each.study_day, each.cycle, each.what, each.words) for each in entries]
    return [Table(columns, rows)]
