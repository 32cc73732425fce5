"""The waterfall of a cohort: the best change of the skin score, a bar for each line."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from models.cohort.waterfall import Fall, Waterfall
from models.response import Response
from models.words import N_, _, ngettext
from reports.drawing import Anchor, Area, Drawing, Line, Measure, Polygon, Rect, Text
from reports.legend import flowing
from reports.response_fill import fill_box, pattern_gap, samples
from reports.style import Style

CUT = 100.0
"""In per cent: a bar above it is cut and marked."""
LEAST = 25.0
THRESHOLDS = {25.0: N_("progression"), -50.0: N_("response"), -100.0: N_("clear")}
SCALE = (100.0, 75.0, 50.0, 25.0, 0.0, -25.0, -50.0, -75.0, -100.0)
ORDER = (Response.CR, Response.VGPR, Response.PR, Response.SD, Response.PD, Response.NOT_ASSESSED)


@dataclass(frozen=True, slots=True)
class _Plot:
    """What the bars stand on, and where; `top` is the per cent at the upper edge."""

    drawing: Drawing
    style: Style
    measure: Measure
    left: float
    right: float
    head: float
    foot: float
    top: float

    def y(self, change: float) -> float:
        share = (self.top - min(change, self.top)) / (self.top + 100)
        return self.head + share * (self.foot - self.head)


def draw_waterfall(
    figures: Waterfall, style: Style, width: float, height: float, measure: Measure
) -> Drawing:
    """The highest bar on the left; those without a bar are counted under it."""
    used = {fall.best for fall in figures.falls}
    drawing = flowing(
        samples([each for each in ORDER if each in used], style), width, style, measure
    )
    drawing.width = width
    foot = style.small * (3.2 if figures.without else 1.2)
    scale_width = max(measure(_percent(value), style.small, False) for value in SCALE)
    plot = _Plot(
        drawing,
        style,
        measure,
        left=scale_width + style.gap * 2,
        right=width - style.gap,
        head=drawing.height + style.small * 2.8,
        foot=height - foot,
        top=_top(figures.falls),
    )
    _draw_scale(plot)
    _draw_bars(figures.falls, plot)
    if figures.without:
        words = _("Not shown: {why}.").format(why=figures.without)
        drawing.add(Text(0, height - style.small * 0.4, words, style.small, style.palette.quiet))
    drawing.height = height
    return drawing


def _top(falls: Sequence[Fall]) -> float:
    """The per cent at the upper edge: a step of the scale."""
    highest = max((fall.change for fall in falls), default=0)
    return min(max(LEAST, ceil(highest / 25) * 25), CUT)


def _draw_scale(plot: _Plot) -> None:
    drawing, style, palette = plot.drawing, plot.style, plot.style.palette
    dash = (style.hairline * 5, style.hairline * 5)
    room = (plot.foot - plot.head) / (plot.top + 100) * 25 >= style.small * 1.3
    for value in SCALE:
        if value > plot.top or (value not in {0.0, *THRESHOLDS} and not room):
            continue
        y, words = plot.y(value), _percent(value)
        x = plot.left - style.gap
        drawing.add(
            Text(x, y + style.small * 0.36, words, style.small, palette.quiet, anchor=Anchor.END)
        )
        if value in THRESHOLDS:
            drawing.add(Line(plot.left, y, plot.right, y, palette.edge, style.hairline, dash))
        else:
            ink = palette.text if value == 0 else palette.line
            drawing.add(Line(plot.left, y, plot.right, y, ink, style.hairline))
    title = _("Best change of mSWAT from baseline")
    drawing.add(Text(0, plot.head - style.small * 1.1, title, style.small, palette.text))


def _percent(value: float) -> str:
    told = f"{value:+.0f}".replace("-", "−") if value else "0"
    return _("{percent} %").format(percent=told)


def _draw_bars(falls: Sequence[Fall], plot: _Plot) -> None:
    """One for each line; where they would be too thin to see, one for some of them."""
    if not falls:
        return
    drawing, style = plot.drawing, plot.style
    each = ceil(len(falls) / max((plot.right - plot.left) / (2 * style.hairline), 1))
    columns = [falls[at : at + each] for at in range(0, len(falls), each)]
    step = min((plot.right - plot.left) / len(columns), style.row * 3)
    boxes = [_box(column, place, step, plot) for place, column in enumerate(columns)]
    gap = pattern_gap(boxes, style)
    for column, box in zip(columns, boxes, strict=True):
        fall = column[len(column) // 2]
        drawing.add(*fill_box(box, fall.best, gap, style))
        _mark_cut(fall, box, plot)
        x = box.x - (step - box.width) / 2
        who = tuple(dict.fromkeys(one for fall in column for one in fall.who))
        drawing.areas.append(Area(x, plot.head, step, plot.foot - plot.head, who, _words(column)))
    _write_letters([column[0] for column in columns], boxes, plot)


def _box(column: Sequence[Fall], place: int, step: float, plot: _Plot) -> Rect:
    style = plot.style
    change = column[len(column) // 2].change
    wide = step * 0.8 if step > style.gap * 2 else step + style.hairline / 2
    zero, end = plot.y(0), plot.y(change)
    high = max(abs(end - zero), style.outline)
    x = plot.left + place * step + (step - wide) / 2
    return Rect(x, min(zero, end), wide, high)


def _mark_cut(fall: Fall, box: Rect, plot: _Plot) -> None:
    """A bar beyond the scale ends in a point."""
    if fall.change > plot.top:
        tip, middle = box.y - plot.style.head, box.x + box.width / 2
        points = ((box.x, box.y), (middle, tip), (box.x + box.width, box.y))
        plot.drawing.add(Polygon(points, plot.style.palette.text))


def _write_letters(falls: Sequence[Fall], boxes: Sequence[Rect], plot: _Plot) -> None:
    """The response on the other side of the zero line, where every bar has room for it."""
    style, letters = plot.style, [_letters(fall.best) for fall in falls]
    widest = max(plot.measure(each, style.small, False) for each in letters)
    if widest > min(box.width for box in boxes):
        return
    for fall, box, word in zip(falls, boxes, letters, strict=True):
        y = plot.y(0) + (style.small * 1.2 if fall.change > 0 else -style.small * 0.5)
        x, colour = box.x + box.width / 2, style.palette.quiet
        plot.drawing.add(Text(x, y, word, style.small, colour, anchor=Anchor.MIDDLE))


def _letters(response: Response) -> str:
    return "–" if response is Response.NOT_ASSESSED else response.value


def _words(column: Sequence[Fall]) -> str:
    first, last = column[0], column[-1]
    if len(column) == 1:
        return f"{first.label}: {first.words}"
    words = ngettext(
        "{n} line: best change of mSWAT {first} to {last}",
        "{n} lines: best change of mSWAT {first} to {last}",
        len(column),
    )
    return words.format(n=len(column), first=_percent(first.change), last=_percent(last.change))
