"""The time of one event, drawn to scale: the infusions around it, its grades, its biopsies."""

import datetime as dt
from collections.abc import Iterator

from reportlab.platypus import Flowable

from models.event_lanes import biopsy_tracks, event_tracks
from models.lanes import Bar, Mark, Point
from models.treatment import Infusion
from models.treatment_lanes import infusion_tracks
from models.values import PartialDate
from models.words import _
from models.work_up import WorkUp
from reports.drawing import Anchor, Drawing, Line, Rect, Shape, Text
from reports.facts import ASIDE, LABEL_WIDTH
from reports.marks import draw_bar, draw_mark
from reports.pdf_painter import PdfPainter
from reports.style import ON_PAPER
from reports.table import GAP
from reports.type import QUIET, width_of

BEFORE, AFTER, LEAST = dt.timedelta(56), dt.timedelta(42), dt.timedelta(150)
ROW, AXIS, BELOW = 17.0, 12.0, 4.0
MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120)
ROOM, BESIDE = 46.0, 6.0


class EventStrip(Flowable):
    """From eight weeks before the onset to six weeks after the last thing told about the event."""

    def __init__(self, found: WorkUp) -> None:
        super().__init__()
        self.history = found.history
        tracks = event_tracks(self.history, found.summary.today)
        self.event = next(each for each in tracks if each.record == found.event.id)
        tracks = biopsy_tracks(self.history)
        explaining = [each for each in tracks if each.explains == found.event.id]
        self.biopsies = [point for each in explaining for point in each.points]
        self.conclusions = ", ".join(each.label for each in explaining)
        told = [*self.event.dates, *(point.on for point in self.biopsies)]
        self.first = min(date.first for date in told) - BEFORE
        self.last = max(max(date.last for date in told) + AFTER, self.first + LEAST)
        self.infusions = [
            point
            for each in infusion_tracks(self.history)
            for point in each.points
            if self.first <= point.on.first and point.on.last <= self.last
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, AXIS + 3 * ROW + BELOW
        return width, self.height

    def draw(self) -> None:
        drawing = Drawing(self.width, self.height)
        drawing.add(*self._axis())
        titles = (_("Infusions"), _("Grade"), _("Biopsies"))
        for place, title in enumerate(titles):
            drawing.add(Text(0, _row(place) + 3, title, ASIDE.size, ASIDE.colour))
        drawing.add(*self._cycles(_row(0)))
        for bar in self.event.bars:
            drawing.add(*draw_bar(bar, *self._ends(bar), _row(1), ON_PAPER))
        for place, points in enumerate((self.infusions, self._grades(), self.biopsies)):
            for point in points:
                drawing.add(*self._mark(point, _row(place)))
        drawing.add(*self._concluded(_row(2)))
        PdfPainter(self.canv, 0, self.height).paint(drawing)

    def _at(self, day: dt.date) -> float:
        left = LABEL_WIDTH + GAP
        share = (day - self.first).days / (self.last - self.first).days
        return left + (self.width - left) * share

    def _middle(self, date: PartialDate) -> float:
        return (self._at(date.first) + self._at(date.last)) / 2

    def _ends(self, bar: Bar) -> tuple[float, float]:
        return self._at(bar.start.first), self._at(bar.end.last)

    def _mark(self, point: Point, y: float) -> Iterator[Shape]:
        """A grade at the beginning of its bar; what is known by its month in the middle of it."""
        if point.mark is Mark.GRADE:
            x = self._at(point.on.first) + ON_PAPER.disc
            return draw_mark(point.mark, x, y, ON_PAPER, point.letters)
        return draw_mark(point.mark, self._middle(point.on), y, ON_PAPER)

    def _grades(self) -> list[Point]:
        """Of grades that follow each other more closely than their discs are wide the worst."""
        shown: list[Point] = []
        for point in sorted(self.event.points, key=lambda point: point.on):
            near = shown and self._between(shown[-1], point) < 2 * ON_PAPER.disc + 1
            if not near:
                shown.append(point)
            elif point.letters > shown[-1].letters:
                shown[-1] = point
        return shown

    def _between(self, one: Point, other: Point) -> float:
        return self._at(other.on.first) - self._at(one.on.first)

    def _concluded(self, y: float) -> Iterator[Shape]:
        """What the biopsies found, beside the last one, or before the first where that is full."""
        if self.biopsies:
            middles = [self._middle(point.on) for point in self.biopsies]
            after, before = max(middles) + BESIDE, min(middles) - BESIDE
            fits = after + width_of(self.conclusions, QUIET) <= self.width
            x, anchor = (after, Anchor.START) if fits else (before, Anchor.END)
            yield from _words(x, y, self.conclusions, anchor)

    def _axis(self) -> Iterator[Shape]:
        """A hairline at the beginning of a month, with its name above."""
        for day in self._months():
            x = self._at(day)
            yield Line(x, AXIS, x, self.height - BELOW, ON_PAPER.palette.line, ON_PAPER.hairline)
            words = PartialDate(day.year, day.month).words
            if x + width_of(words, QUIET) <= self.width:
                yield Text(x, QUIET.drop, words, QUIET.size, QUIET.colour, anchor=Anchor.START)

    def _months(self) -> Iterator[dt.date]:
        """As many as there is room for, in even steps from January on."""
        months = (self.last - self.first).days / 30.4
        room = (self.width - LABEL_WIDTH - GAP) / months
        step = next((each for each in MONTHS_APART if each * room >= ROOM), MONTHS_APART[-1])
        number = self.first.year * 12 + self.first.month
        for each in range(number, self.last.year * 12 + self.last.month):
            if each % step == 0:
                yield dt.date(each // 12, each % 12 + 1, 1)

    def _cycles(self, y: float) -> Iterator[Shape]:
        """The number of each cycle beside its first infusion, where there is room."""
        free = 0.0
        for point in self.infusions:
            infusion = self.history.by_id[point.record]
            cycle = self.history.cycle_of(infusion) if isinstance(infusion, Infusion) else None
            x = self._at(point.on.first) + BESIDE
            if cycle and isinstance(infusion, Infusion) and infusion.day == 1 and x >= free:
                words = _("C{number}").format(number=cycle.number)
                end = x + width_of(words, QUIET)
                if end <= self.width:
                    yield from _words(x, y, words)
                    free = end + BESIDE


def _words(x: float, y: float, words: str, anchor: Anchor = Anchor.START) -> Iterator[Shape]:
    """Beside a mark, on white where a hairline would run through them."""
    wide = width_of(words, QUIET)
    left = x if anchor is Anchor.START else x - wide
    yield Rect(left - 1, y - 4, wide + 2, 8, ON_PAPER.palette.ground)
    yield Text(x, y + 2.5, words, QUIET.size, QUIET.colour, anchor=anchor)


def _row(place: int) -> float:
    return AXIS + (place + 0.5) * ROW
