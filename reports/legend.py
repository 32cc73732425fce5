"""The legend of a timeline: only the marks and fills that stand on it, in flowing rows."""

from collections.abc import Callable, Iterable, Iterator

from models.lanes import Bar, Mark, Point
from models.response import Response
from models.therapies import Category
from models.timeline import Timeline
from models.values import PartialDate
from models.words import _
from reports.drawing import Drawing, Line, Measure, Rect, Shape, Text, mixed
from reports.marks import draw_bar, draw_mark, draw_ring
from reports.style import Style

SAMPLE = PartialDate(2015, 1, 1)
Painter = Callable[[float, float, float], Iterator[Shape]]
INFUSED = frozenset({Mark.GIVEN, Mark.REDUCED, Mark.DELAYED, Mark.OMITTED})
TOLD = frozenset({Mark.STAGED})
"""Marks whose meaning is written beside them."""
ORDER: tuple[Category | Response, ...] = (*Category, *Response)


def draw_legend(timeline: Timeline, width: float, style: Style, measure: Measure) -> Drawing:
    """Samples with their meaning, wrapped to the width."""
    return flowing(_entries(timeline, style), width, style, measure)


def flowing(
    entries: Iterable[tuple[Painter, str]], width: float, style: Style, measure: Measure
) -> Drawing:
    """Each sample with its words, in rows of this width."""
    drawing = Drawing(width)
    x, y, step = 0.0, style.small * 0.6, style.small * 1.9
    sample = style.small * 2.4
    for shapes_at, words in entries:
        wide = sample + measure(words, style.small, False) + style.gap
        if x and x + wide > width:
            x, y = 0.0, y + step
        drawing.add(*shapes_at(x, y, sample))
        text_x, baseline = x + sample + style.gap, y + style.small * 0.36
        drawing.add(Text(text_x, baseline, words, style.small, style.palette.quiet))
        x += wide + style.gap * 5
    drawing.height = y + style.small
    return drawing


class _Sample:
    """Draws one sample of the legend in a box `sample` wide."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def bar(self, bar: Bar) -> Painter:
        head = self.style.head if bar.open_end or bar.ended_by_death else 0.0

        def paint(x: float, y: float, sample: float) -> Iterator[Shape]:
            yield from draw_bar(bar, x, x + sample - head, y, self.style)

        return paint

    def mark(self, mark: Mark) -> Painter:
        letters = "2" if mark is Mark.GRADE else ""

        def paint(x: float, y: float, sample: float) -> Iterator[Shape]:
            yield from draw_mark(mark, x + sample / 2, y, self.style, letters)

        return paint

    def fold(self, x: float, y: float, sample: float) -> Iterator[Shape]:
        palette = self.style.palette
        height = self.style.small * 1.2
        shade = mixed(palette.line, palette.ground, 0.55)
        yield Rect(x, y - height / 2, sample, height, shade)

    def year(self, name: str) -> Painter:
        def paint(x: float, y: float, sample: float) -> Iterator[Shape]:
            size, colour = self.style.small, self.style.palette.quiet
            yield Text(x, y + size * 0.36, name, size, colour)

        return paint

    def planned(self, x: float, y: float, sample: float) -> Iterator[Shape]:
        style, middle, half = self.style, x + sample / 2, self.style.mark * 0.14
        yield Line(middle, y - half, middle, y + half, style.palette.edge, style.hairline * 1.5)

    def serious(self, x: float, y: float, sample: float) -> Iterator[Shape]:
        yield from draw_mark(Mark.GRADE, x + sample / 2, y, self.style, "3")
        yield draw_ring(x + sample / 2, y, self.style)

    def link(self, x: float, y: float, sample: float) -> Iterator[Shape]:
        style, middle, half = self.style, x + sample / 2, self.style.small * 0.6
        edge = style.palette.edge
        yield Line(middle, y - half, middle, y + half, edge, style.outline * 0.75)


def _entries(timeline: Timeline, style: Style) -> Iterator[tuple[Painter, str]]:
    bars = [bar for lane in timeline.lanes for track in lane.tracks for bar in track.bars]
    sample = _Sample(style)
    yield from _bars(bars, sample)
    marks = _marks(timeline)
    yield from ((sample.mark(mark), _(mark.value)) for mark in marks if mark in INFUSED)
    if any(point.planned for point in _points(timeline)):
        yield sample.planned, _("planned day")
    yield from ((sample.mark(mark), _(mark.value)) for mark in marks if mark not in INFUSED)
    if any(bar.serious for bar in bars):
        yield sample.serious, _("serious")
    if _explains(timeline):
        yield sample.link, _("biopsy that explains an event")
    narrowed = [stretch for stretch in timeline.axis.stretches if stretch.narrowed]
    if any(stretch.folded for stretch in timeline.axis.stretches):
        yield sample.fold, _("years without an entry, folded")
    if narrowed:
        words = _("years known only as such, drawn narrower")
        yield sample.year(narrowed[0].short), words


def _bars(bars: list[Bar], sample: _Sample) -> Iterator[tuple[Painter, str]]:
    """Fills, and how a bar begins and ends."""
    fills = {bar.fill for bar in bars}
    yield from (
        (sample.bar(Bar(SAMPLE, SAMPLE, fill)), _fill_words(fill))
        for fill in ORDER
        if fill in fills
    )
    plain = Category.SYSTEMIC
    goes_on = next((bar for bar in bars if bar.open_end), None)
    if any(bar.elsewhere for bar in bars):
        yield sample.bar(Bar(SAMPLE, SAMPLE, plain, elsewhere=True)), _("given elsewhere")
    if any(not (bar.start.exact and bar.end.exact) for bar in bars):
        vague = PartialDate(SAMPLE.year)
        yield sample.bar(Bar(vague, vague, plain)), _("soft edge: day not known")
    if any(bar.cut for bar in bars):
        yield sample.bar(Bar(SAMPLE, SAMPLE, plain, cut=True)), _("began earlier")
    if goes_on:
        yield sample.bar(Bar(SAMPLE, SAMPLE, goes_on.fill, open_end=True)), _("goes on")
    if any(bar.ended_by_death for bar in bars):
        yield sample.bar(Bar(SAMPLE, SAMPLE, plain, ended_by_death=True)), _("until death")


def _points(timeline: Timeline) -> Iterator[Point]:
    for lane in timeline.lanes:
        for track in lane.tracks:
            yield from track.points


def _explains(timeline: Timeline) -> bool:
    """Whether biopsies are joined to an event that is drawn."""
    tracks = [track for lane in timeline.lanes for track in lane.tracks]
    drawn = {track.record for track in tracks if track.bars}
    return any(track.explains in drawn for track in tracks if track.explains)


def _marks(timeline: Timeline) -> list[Mark]:
    found = {point.mark for point in _points(timeline)}
    return [mark for mark in Mark if mark in found and mark not in TOLD]


def _fill_words(fill: Category | Response) -> str:
    return fill.words if isinstance(fill, Response) else _(fill.value)
