"""Survival curves as a journal prints them: steps, bands, those censored, numbers at risk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from models.cohort.survival_result import Group, Survival
from models.values import DAYS_PER_MONTH
from models.words import _, capitalised, within_sentence
from reports.confidence_bands import bands
from reports.drawing import Anchor, Area, Drawing, Line, Measure, Polygon, Text
from reports.layout import shortened
from reports.step_curve import Frame, levels, step_points
from reports.style import Style
from reports.survival_areas import areas
from reports.survival_labels import Free, label_curves, write_comparison

SHARES = (0, 25, 50, 75, 100)
DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (7, 3),
    (2, 2),
    (10, 3, 2, 3),
    (4, 2),
    (10, 2, 2, 2, 2, 2),
)
"""Of the groups in their order, in units of the curve's thickness."""
CENSORED_APART = 5.0
LONGEST_NAME = 0.28
"""No name takes more of the width than this."""


@dataclass(slots=True)
class Chart:
    """What every part of the chart draws on, and with; `shown`: the groups that are."""

    found: Survival
    shown: Sequence[Group]
    frame: Frame
    style: Style
    measure: Measure
    drawing: Drawing

    def write(
        self, x: float, y: float, text: str, colour: str, anchor: Anchor = Anchor.START
    ) -> None:
        """In the small size, its baseline at `y`."""
        self.drawing.add(Text(x, y, text, self.style.small, colour, anchor=anchor))


def draw_survival(
    found: Survival,
    style: Style,
    width: float,
    height: float,
    measure: Measure,
    *,
    hidden: Collection[str] = frozenset(),
) -> Drawing:
    """`hidden`: names of groups that are left away. Where there is no figure, the sentence why."""
    shown = [group for group in found.groups if group.name not in hidden]
    if not shown:
        return _sentence(found.sentence or _("Every group is hidden."), style, width)
    drawing = Drawing(width, height)
    frame = _frame(found, shown, drawing, style, measure)
    chart = Chart(found, shown, frame, style, measure, drawing)
    drawing.add(*bands(shown, frame, style.palette))
    _axes(chart)
    _median_lines(chart)
    for group in shown:
        _curve(group, chart)
        drawing.areas.extend(areas(group, frame))
    _numbers_at_risk(chart)
    free = Free(frame, [levels(group, _columns(frame)) for group in shown], style, measure)
    free.taken.extend((x - 1, frame.y(0.5), x + 1, frame.bottom) for x in _median_places(chart))
    label_curves(drawing, shown, free)
    write_comparison(drawing, found, shown, free)
    return drawing


def stroke(group: Group, style: Style, width: float, y: float) -> Line:
    """A sample of the group's curve."""
    colour, thickness, dashes = _pen(group, style)
    return Line(0, y, width, y, colour, thickness, dashes)


def _pen(group: Group, style: Style) -> tuple[str, float, tuple[float, ...]]:
    """Colour, thickness and dashes of a curve."""
    thickness = style.outline * 1.3
    dashes = tuple(each * thickness for each in DASHES[group.place])
    return style.palette.groups[group.place], thickness, dashes


def _columns(frame: Frame) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.linspace(0, frame.days, max(int(frame.width), 2))


def _sentence(words: str, style: Style, width: float) -> Drawing:
    drawing = Drawing(width, style.text * 4)
    middle = Text(
        width / 2, style.text * 2.4, words, style.text, style.palette.quiet, anchor=Anchor.MIDDLE
    )
    drawing.add(middle)
    return drawing


def _frame(
    found: Survival,
    shown: Sequence[Group],
    drawing: Drawing,
    style: Style,
    measure: Measure,
) -> Frame:
    """Beside it the scale and the groups' names, below it the axis and a row for each group."""
    names = [_("Number at risk"), *(capitalised(group.name) for group in shown)]
    widest = max(measure(name, style.small, False) for name in names)
    left = min(widest + _sample(style), drawing.width * LONGEST_NAME) + style.small * 2.2
    foot = style.small * 5.2 + _row(style) * len(shown)
    right = drawing.width - measure("000", style.small, False)
    return Frame(left, style.small * 2.6, right, drawing.height - foot, max(found.last, 1.0))


def _row(style: Style) -> float:
    return style.small * 1.45


def _sample(style: Style) -> float:
    """The room of a stroke beside a name, with what parts them."""
    return style.small * 3.6


def _axes(chart: Chart) -> None:
    frame, style, palette = chart.frame, chart.style, chart.style.palette
    for percent in SHARES:
        y = frame.y(percent / 100)
        chart.drawing.add(
            Line(frame.left, y, frame.right, y, palette.line, style.hairline)
            if percent
            else Line(frame.left, y, frame.right, y, palette.edge, style.hairline),
            Line(frame.left - style.gap, y, frame.left, y, palette.edge, style.hairline),
        )
        words = _("{percent} %").format(percent=percent)
        baseline = y + style.small * 0.36
        chart.write(frame.left - style.gap * 1.8, baseline, words, palette.quiet, Anchor.END)
    chart.drawing.add(
        Line(frame.left, frame.top, frame.left, frame.bottom, palette.edge, style.hairline)
    )
    title = capitalised(chart.found.question.words)
    chart.drawing.add(
        Text(frame.left, style.small * 1.2, title, style.small, palette.text, strong=True)
    )
    _ticks(chart)


def _ticks(chart: Chart) -> None:
    frame, style, palette = chart.frame, chart.style, chart.style.palette
    for month in _told(chart):
        x = frame.x(month * DAYS_PER_MONTH)
        foot = frame.bottom + style.gap
        chart.drawing.add(Line(x, frame.bottom, x, foot, palette.edge, style.hairline))
        words = chart.found.tick_words(month)
        chart.write(x, foot + style.small * 1.1, words, palette.quiet, Anchor.MIDDLE)
    middle = (frame.left + frame.right) / 2
    baseline = frame.bottom + style.small * 2.9
    chart.write(middle, baseline, chart.found.axis, palette.quiet, Anchor.MIDDLE)


def _told(chart: Chart) -> Sequence[int]:
    """The ticks whose numbers have room beside each other."""
    months = chart.found.ticks
    most = max(len(group.subjects) for group in chart.shown)
    wide = chart.measure(str(most), chart.style.small, False) + chart.style.small
    if len(months) < 2:
        return months
    apart = chart.frame.x(months[1] * DAYS_PER_MONTH) - chart.frame.left
    return months[:: max(1, int(np.ceil(wide / apart)))]


def _median_lines(chart: Chart) -> None:
    """Across to the latest median that is reached, and down from each."""
    frame, style, places = chart.frame, chart.style, _median_places(chart)
    if not places:
        return
    dashes, colour = (style.hairline * 3, style.hairline * 3), style.palette.edge
    half = frame.y(0.5)
    chart.drawing.add(Line(frame.left, half, max(places), half, colour, style.hairline, dashes))
    for x in places:
        chart.drawing.add(Line(x, half, x, frame.bottom, colour, style.hairline, dashes))


def _median_places(chart: Chart) -> list[float]:
    found = [group.curve.median.value for group in chart.shown]
    return [chart.frame.x(days) for days in found if days is not None]


def _curve(group: Group, chart: Chart) -> None:
    curve, frame = group.curve, chart.frame
    colour, thickness, dashes = _pen(group, chart.style)
    points = step_points(frame, curve.days, curve.survival, curve.last)
    chart.drawing.add(Polygon(points, None, colour, thickness, closed=False, dashes=dashes))
    columns = np.round((curve.censored / frame.days * frame.width) / CENSORED_APART)
    days = curve.censored[np.flatnonzero(np.diff(columns, prepend=-1))]
    half = chart.style.small * 0.32
    for day, share in zip(days.tolist(), levels(group, days).tolist(), strict=True):
        x, y = frame.x(day), frame.y(share)
        chart.drawing.add(Line(x, y - half, x, y + half, colour, chart.style.outline * 0.8))


def _numbers_at_risk(chart: Chart) -> None:
    frame, style, palette = chart.frame, chart.style, chart.style.palette
    baseline = frame.bottom + style.small * 4.2
    chart.write(0, baseline, _("Number at risk"), palette.quiet)
    months = _told(chart)
    days = [month * DAYS_PER_MONTH for month in months]
    for group in chart.shown:
        baseline += _row(style)
        _name(group, baseline, chart)
        for month, day, n in zip(months, days, group.curve.number_at_risk(days), strict=True):
            x = frame.x(day)
            chart.write(x, baseline, str(n), palette.text, Anchor.MIDDLE)
            words = _("{group}, {time} {unit}: {n} at risk").format(
                group=capitalised(group.name),
                time=chart.found.tick_words(month),
                unit=within_sentence(chart.found.unit),
                n=n,
            )
            half = chart.measure(str(n), style.small, False) / 2 + style.gap
            box = (x - half, baseline - style.small, 2 * half, _row(style))
            chart.drawing.areas.append(Area(*box, group.at_risk(day), words))


def _name(group: Group, baseline: float, chart: Chart) -> None:
    """A stroke as the curve's, and the name, cut where it is too long."""
    style = chart.style
    chart.drawing.add(stroke(group, style, style.small * 3.1, baseline - style.small * 0.36))
    room = chart.frame.left - style.small * 2.2 - _sample(style)
    name = shortened(capitalised(group.name), room, style.small, chart.measure)
    chart.write(_sample(style), baseline, name, style.palette.text)
