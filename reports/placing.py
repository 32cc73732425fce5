"""Where the bars, marks and name of one track lie, before anything is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from models.lanes import Bar, Mark, Point, Track
from reports.layout import Plane, Sheet, shortened, spread
from reports.style import Style

BIOPSY_MARKS = frozenset({Mark.ACTIVE_DISEASE, Mark.DRUG_RELATED, Mark.OTHER_RESULT, Mark.AWAITED})
SPREAD = BIOPSY_MARKS | {Mark.GRADE, Mark.STAGED}
LONGEST_LABEL = 0.34
"""Of the width of the lanes."""

Span = tuple[float, float]


class Side(StrEnum):
    """Where a name stands: inside its bar, beside it, or on a plate that breaks the bar."""

    INSIDE = auto()
    BESIDE = auto()
    PLATE = auto()


@dataclass(frozen=True, slots=True)
class Placed:
    """A track with the room it takes: its bars, the middles of its marks, and its name.

    `span`: what bars and marks take, without the name.
    """

    track: Track
    bars: tuple[Span, ...]
    marks: tuple[float, ...]
    span: Span
    left: float
    right: float
    label: str = ""
    label_x: float = 0.0
    side: Side = Side.BESIDE


def place(track: Track, sheet: Sheet) -> Placed:
    """The name goes into a plain bar that has room, else to the right, else to the left of it.

    Where a bar leaves no room on either side, its name breaks it.
    """
    marks = tuple(_middles(track, sheet.plane, sheet.style))
    bars = tuple(_bars(track, marks, sheet.plane, sheet.style))
    span = _span(track, bars, marks, sheet.style)
    bare = Placed(track, bars, marks, span, *span)
    return _named(bare, sheet) if track.label else bare


def mark_width(mark: Mark, style: Style) -> float:
    if mark is Mark.GRADE:
        return 2 * style.disc
    return style.mark * 0.6 if mark is Mark.STAGED else style.mark


def _middles(track: Track, plane: Plane, style: Style) -> Iterator[float]:
    """A grade's disc begins on its day; marks that must stay readable are moved apart."""
    if not track.points:
        return
    mark = track.points[0].mark
    width = mark_width(mark, style)
    if mark not in SPREAD:
        yield from (plane.middle(point.on) for point in track.points)
        return
    low, high = plane.left, plane.right
    if track.bars:
        low += style.head if track.bars[0].cut else 0.0
        high -= style.head * 1.2 if _runs_on(track.bars[-1]) else 0.0
    wanted = [_left(point, plane, width) for point in track.points]
    yield from (left + width / 2 for left in spread(wanted, width, low, high))


def _left(point: Point, plane: Plane, width: float) -> float:
    if point.mark is Mark.GRADE:
        return plane.begin(point.on)
    return plane.middle(point.on) - width / 2


def _runs_on(bar: Bar) -> bool:
    return bar.open_end or bar.ended_by_death


def _bars(track: Track, marks: Sequence[float], plane: Plane, style: Style) -> Iterator[Span]:
    """A bar begins within its grade's disc; an arrow head keeps outside it, within the plane."""
    for place, bar in enumerate(track.bars):
        left, right = plane.begin(bar.start), plane.end(bar.end)
        if bar.open_end:
            right = min(right, plane.right - style.head)
        if not marks:
            yield left, max(right, left + style.outline * 2)
            continue
        beyond = style.disc if _runs_on(bar) else 0.0
        left = left if bar.cut else max(left, marks[place])
        yield left, max(right, marks[place] + beyond)


def _span(track: Track, bars: Sequence[Span], marks: Sequence[float], style: Style) -> Span:
    edges = [edge for bar in bars for edge in bar]
    for bar, (_begin, end) in zip(track.bars, bars, strict=True):
        edges += [end + style.head] if _runs_on(bar) else []
    for point, middle in zip(track.points, marks, strict=True):
        half = mark_width(point.mark, style) / 2
        edges += [middle - half, middle + half]
    return min(edges), max(edges)


def _named(bare: Placed, sheet: Sheet) -> Placed:
    plane, style, (left, right) = sheet.plane, sheet.style, bare.span
    most = (plane.right - plane.left) * LONGEST_LABEL
    label = shortened(bare.track.label, most, style.small, sheet.measure)
    width, gap = sheet.width_of(label), style.gap * 1.3
    if _is_plain(bare.track) and width + 2 * gap <= right - left:
        return _with(bare, label, (left + right - width) / 2, width, Side.INSIDE)
    if right + gap + width <= plane.right:
        return _with(bare, label, right + gap, width, Side.BESIDE)
    if left - gap - width >= plane.left:
        return _with(bare, label, left - gap - width, width, Side.BESIDE)
    return _squeezed(bare, label, sheet)


def _squeezed(bare: Placed, label: str, sheet: Sheet) -> Placed:
    """The name where there is most room, shortened to it: to the left, to the right, or within."""
    plane, gap, (left, right) = sheet.plane, sheet.style.gap * 1.3, bare.span
    begin, end = _widest_gap(bare, sheet.style)
    before, after = left - gap - plane.left, plane.right - right - gap
    within = end - begin - 2 * gap
    room = max(before, after, within)
    if room <= 0:
        return bare
    label = shortened(label, room, sheet.style.small, sheet.measure)
    width = sheet.width_of(label)
    if room == within:
        return _with(bare, label, begin + gap, width, Side.PLATE)
    x = right + gap if room == after else left - gap - width
    return _with(bare, label, x, width, Side.BESIDE)


def _widest_gap(placed: Placed, style: Style) -> Span:
    """The longest part of the bars on which no mark stands."""
    if not placed.bars:
        return placed.span[0], placed.span[0]
    halves = [mark_width(point.mark, style) / 2 for point in placed.track.points]
    marks = [(x - half, x + half) for x, half in zip(placed.marks, halves, strict=True)]
    begins = [placed.bars[0][0], *(end for _begin, end in marks)]
    ends = [*(begin for begin, _end in marks), placed.bars[-1][1]]
    return max(zip(begins, ends, strict=True), key=lambda pair: pair[1] - pair[0])


def _is_plain(track: Track) -> bool:
    return len(track.bars) == 1 and not track.points and not track.bars[0].elsewhere


def _with(bare: Placed, label: str, x: float, width: float, side: Side) -> Placed:
    left, right = min(bare.left, x), max(bare.right, x + width)
    return Placed(bare.track, bare.bars, bare.marks, bare.span, left, right, label, x, side)
