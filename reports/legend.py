"""The legend of a timeline: only the marks and fills that stand on it, in flowing rows."""

from collections.abc import Callable, Iterator

from models.lanes import Bar, Fill, Mark
from models.response import Response
from models.therapies import Category
from models.timeline import Timeline
from models.values import Grade, PartialDate
from models.words import _
from reports.drawing import Drawing, Measure, Rect, Shape, Text, mixed
from reports.marks import draw_bar, draw_mark
from reports.style import Style

SAMPLE = PartialDate(2015, 1, 1)
Painter = Callable[[float, float, float], Iterator[Shape]]
ORDER: tuple[Fill, ...] = (*Category, *Response, *Grade)


def draw_legend(timeline: Timeline, width: float, style: Style, measure: Measure) -> Drawing:
    """Samples with their meaning, wrapped to the width."""
    drawing = Drawing(width)
    x, y, step = 0.0, style.small * 0.6, style.small * 1.9
    sample = style.small * 2.4
    for shapes_at, words in _entries(timeline, style):
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
        def paint(x: float, y: float, sample: float) -> Iterator[Shape]:
            yield from draw_bar(bar, x, x + sample, y, self.style)

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

    def year(self, x: float, y: float, sample: float) -> Iterator[Shape]:
        size, colour = self.style.small, self.style.palette.quiet
        yield Text(x, y + size * 0.36, "2011", size, colour)


def _entries(timeline: Timeline, style: Style) -> Iterator[tuple[Painter, str]]:
    bars = [bar for lane in timeline.lanes for track in lane.tracks for bar in track.bars]
    sample = _Sample(style)
    fills = {bar.fill for bar in bars}
    for fill in ORDER:
        if fill in fills and not isinstance(fill, Grade):
            yield sample.bar(Bar(SAMPLE, SAMPLE, fill)), _fill_words(fill)
    if any(bar.elsewhere for bar in bars):
        elsewhere = Bar(SAMPLE, SAMPLE, Category.SYSTEMIC, elsewhere=True)
        yield sample.bar(elsewhere), _("given elsewhere")
    if any(not (bar.start.exact and bar.end.exact) for bar in bars):
        vague = Bar(PartialDate(2015), PartialDate(2015), Category.SYSTEMIC)
        yield sample.bar(vague), _("soft edge: day not known")
    yield from ((sample.mark(mark), _(mark.value)) for mark in _marks(timeline))
    if any(stretch.folded for stretch in timeline.axis.stretches):
        yield sample.fold, _("years without an entry, folded")
    if any(stretch.narrowed for stretch in timeline.axis.stretches):
        yield sample.year, _("years known only as such, drawn narrower")


def _marks(timeline: Timeline) -> list[Mark]:
    found = {
        point.mark for lane in timeline.lanes for track in lane.tracks for point in track.points
    }
    return [mark for mark in Mark if mark in found]


def _fill_words(fill: Fill) -> str:
    if isinstance(fill, Response):
        return fill.words
    return _(str(fill.value)) if isinstance(fill, Category) else str(int(fill))
