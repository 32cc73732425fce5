"""The timeline report: one landscape page that tells the course, then every event as a list."""

import datetime as dt
from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, NextPageTemplate, PageBreak, TableStyle

from models.chronicle import Entry, chronicle
from models.figures import awaiting, leading_figures
from models.history import History
from models.summary import Summary, as_of
from models.timeline import timeline
from models.words import _, long_day_words
from reports.fonts import REGULAR, STRONG, measure
from reports.kit import (
    FOOT,
    LARGE,
    MARGIN,
    SMALL,
    TEXT,
    TITLE,
    Printing,
    build,
    draw_above,
    draw_paragraph,
    fitting,
    letterhead,
    paragraph,
    printable,
    style,
)
from reports.legend import draw_legend
from reports.palette import PAPER
from reports.pdf_painter import PdfPainter
from reports.style import ON_PAPER
from reports.timeline_chart import View, draw_timeline

HEAD = 30


def build_timeline(history: History, today: dt.date, printing: Printing) -> bytes:
    """The timeline of one patient as a PDF; a function of its arguments alone."""
    summary = as_of(history, today)
    entries = chronicle(summary.history)
    what = _("Patient timeline · as of {date}").format(date=long_day_words(today))

    def first_page(canvas: Canvas, size: tuple[float, float]) -> None:
        _FirstPage(summary, canvas, size).draw(printing.clinic, what)

    def following(canvas: Canvas, size: tuple[float, float]) -> None:
        letterhead(canvas, size, printing.clinic, what)

    return build(
        _("Patient timeline"),
        summary.identity,
        printing,
        [NextPageTemplate("later"), PageBreak(), *_list(entries)],
        wide=True,
        first_page=first_page,
        following=following,
        head=HEAD,
    )


class _FirstPage:
    """Draws from the top down to where the next part begins, and from the foot up."""

    def __init__(self, summary: Summary, canvas: Canvas, size: tuple[float, float]) -> None:
        self.summary, self.canvas, self.size = summary, canvas, size
        self.left, self.width = MARGIN, size[0] - 2 * MARGIN
        self.foot = MARGIN + FOOT + 4

    def draw(self, clinic: str, what: str) -> None:
        y = letterhead(self.canvas, self.size, clinic, what)
        y = self._identity(y - 8)
        lanes = timeline(self.summary.history, self.summary.today)
        self._caveats()
        if lanes.empty:
            self._nothing_yet(y)
            return
        legend = draw_legend(lanes, self.width, ON_PAPER, measure)
        self.foot += legend.height
        PdfPainter(self.canvas, self.left, self.foot).paint(legend)
        self.foot += 12
        self._figures()
        view = View(self.width, room=y - 8 - self.foot)
        chart = draw_timeline(lanes, view, ON_PAPER, measure)
        for drawing in (chart.drawing, chart.labels, chart.head):
            PdfPainter(self.canvas, self.left, y - 8).paint(drawing)

    def _identity(self, y: float) -> float:
        """Who, what disease, where things stand."""
        canvas = self.canvas
        canvas.setFillColor(HexColor(PAPER.text))
        canvas.setFont(STRONG, TITLE)
        y -= TITLE
        canvas.drawString(self.left, y, fitting(self.summary.identity, self.width, TITLE, True))
        y = draw_paragraph(canvas, self.summary.disease, style(LARGE), y - 4)
        standing = self.summary.standing
        return draw_paragraph(canvas, standing, style(LARGE), y - 1)

    def _nothing_yet(self, y: float) -> None:
        words = _("Nothing that can be drawn on a timeline has been recorded yet.")
        draw_paragraph(self.canvas, words, style(LARGE, PAPER.quiet), y - 40)

    def _caveats(self) -> None:
        """What is to be checked, and the rules that await confirmation, just above the foot."""
        lines = [_("To be checked: {flag}").format(flag=flag) for flag in self.summary.flags[:3]]
        rules = awaiting(leading_figures(self.summary), self.summary)
        if rules:
            titles = "; ".join(rule.words for rule in rules)
            lines.append(
                _("Rules that await confirmation by a clinician: {rules}.").format(rules=titles)
            )
        for line in reversed(lines):
            self.foot = draw_above(self.canvas, line, style(SMALL, PAPER.quiet), self.foot)
        if lines:
            self.foot += 4

    def _figures(self) -> None:
        """The key figures in a row: the value, and under it what it is."""
        if not self.summary.key_figures:
            return
        x, step = self.left, self.width / max(len(self.summary.key_figures), 5)
        for title, value in self.summary.key_figures:
            self.canvas.setFillColor(HexColor(PAPER.text))
            self.canvas.setFont(STRONG, LARGE)
            self.canvas.drawString(x, self.foot + SMALL * 1.5, printable(value))
            self.canvas.setFillColor(HexColor(PAPER.quiet))
            self.canvas.setFont(REGULAR, SMALL)
            self.canvas.drawString(x, self.foot, printable(title))
            x += step
        self.foot += SMALL * 1.5 + LARGE + 10


COLUMNS = (72, 86, 52, 110)


def _list(entries: Sequence[Entry]) -> list[Flowable]:
    """Every event with its date, study day and cycle; headings repeated on every page."""
    heading = style(SMALL, PAPER.quiet)
    if not entries:
        return [paragraph(_("No events recorded yet."), style(LARGE, PAPER.quiet))]
    titles = (_("Date"), _("Day (1: first infusion)"), _("Cycle"), _("Event"), _("Particulars"))
    plain = style(TEXT)
    rows: list[list[Flowable | str]] = [[paragraph(title, heading) for title in titles]]
    for entry in entries:
        short = (entry.date, entry.study_day, entry.cycle, entry.what)
        rows.append([*map(printable, short), paragraph(entry.words, plain)])
    table = LongTable(rows, colWidths=[*COLUMNS, None], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("FONT", (0, 1), (-2, -1), REGULAR, TEXT, plain.leading),
                ("TEXTCOLOR", (0, 1), (-2, -1), HexColor(PAPER.text)),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 1.6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
                ("LINEBELOW", (0, 0), (-1, -1), 0.35, HexColor(PAPER.line)),
            ]
        )
    )
    return [table]
