"""The time axis drawn: years, breaks where years are folded, months where there is room."""

import datetime as dt

from models.time_axis import Stretch
from models.words import counted_days, short_month
from reports.drawing import Anchor, Drawing, Line, Rect, Text, mixed
from reports.layout import Plane, Sheet
from reports.style import Style

MONTH_STEPS = (1, 3)
DAY_STEPS = (1, 2, 7, 14)


def draw_axis(sheet: Sheet) -> float:
    """Draw the years, months and days that have room; returns where the lanes begin.

    What lies beyond the edges of the page is left out.
    """
    plane, style = sheet.plane, sheet.style
    shown = [
        stretch
        for stretch in plane.axis.stretches
        if plane.x(stretch.after) > style.label_column and plane.x(stretch.first) < sheet.head.width
    ]
    baseline = style.text * 1.1
    for stretch in shown:
        _year(stretch, baseline, sheet)
    if plane.axis.origin or any(_month_step(each, sheet) for each in plane.axis.stretches):
        baseline += style.small * 1.25
        for stretch in shown:
            if plane.axis.origin:
                _counted_day(stretch, plane.axis.origin, baseline, sheet)
            else:
                _months_and_days(stretch, baseline, sheet)
    return baseline + style.gap * 1.5


def _year(stretch: Stretch, baseline: float, sheet: Sheet) -> None:
    """A year's name; quiet where its scale differs, short (`’12`) where there is little room."""
    style, plane, gap = sheet.style, sheet.plane, sheet.style.gap * 0.8
    begin, end = plane.x(stretch.first), plane.x(stretch.after)
    if not stretch.folded:
        colour = style.palette.quiet if stretch.narrowed else style.palette.text
        x = max(begin, style.label_column) + gap
        for name in (stretch.label, stretch.short):
            if x + sheet.measure(name, style.text, False) + gap <= end:
                sheet.head.add(Text(x, baseline, name, style.text, colour))
                return
        return
    middle, colour, size = (begin + end) / 2, style.palette.quiet, style.small
    for name in (stretch.label, stretch.short):
        if sheet.width_of(name) + style.hairline * 2 <= end - begin:
            sheet.head.add(Text(middle, baseline, name, size, colour, anchor=Anchor.MIDDLE))
            return
    _strokes(middle, baseline, sheet)


def _strokes(middle: float, baseline: float, sheet: Sheet) -> None:
    """Two slanting strokes where there is no room for a fold's years."""
    style, colour = sheet.style, sheet.style.palette.quiet
    half, y = style.gap * 0.9, baseline - style.small * 0.36
    for offset in (-half * 0.7, half * 0.7):
        x = middle + offset
        sheet.head.add(Line(x - half / 2, y + half, x + half / 2, y - half, colour, style.outline))


def _counted_day(stretch: Stretch, origin: dt.date, baseline: float, sheet: Sheet) -> None:
    """The day on which a counted year begins: `day 365`."""
    style, plane = sheet.style, sheet.plane
    words = counted_days(stretch.first, stretch.first, origin)
    x = plane.x(stretch.first) + style.gap * 0.8
    if not stretch.folded and x + sheet.width_of(words) + style.gap <= plane.x(stretch.after):
        sheet.head.add(Text(x, baseline, words, style.small, style.palette.quiet))


def _months_and_days(stretch: Stretch, baseline: float, sheet: Sheet) -> None:
    style = sheet.style
    months = _months(stretch, sheet)
    named = [(day, short_month(day.month)) for day in months]
    named += [(day, str(day.day)) for day in _days(stretch, months, sheet)]
    for day, name in named:
        x = sheet.plane.x(day) + style.gap * 0.8
        if style.label_column <= x <= sheet.head.width:
            sheet.head.add(Text(x, baseline, name, style.small, style.palette.quiet))


def _month_step(stretch: Stretch, sheet: Sheet) -> int | None:
    """How many months on the next one is named: every one, every third, or None."""
    if stretch.folded or stretch.narrowed:
        return None
    per_month = _per_day(stretch, sheet.plane) * 30.4
    return next((step for step in MONTH_STEPS if per_month * step > _widest(sheet)), None)


def _months(stretch: Stretch, sheet: Sheet) -> list[dt.date]:
    """The months that are named in a stretch."""
    step, plane = _month_step(stretch, sheet), sheet.plane
    if step is None:
        return []
    starts = (dt.date(stretch.first.year, month, 1) for month in range(1, 13, step))
    return [
        day
        for day in starts
        if stretch.first <= day < stretch.after
        and plane.x(day) + _widest(sheet) <= plane.x(stretch.after)
    ]


def _days(stretch: Stretch, months: list[dt.date], sheet: Sheet) -> list[dt.date]:
    """Where the axis is zoomed and has room: the days between the names of the months."""
    plane, per_day = sheet.plane, _per_day(stretch, sheet.plane)
    step = next((step for step in DAY_STEPS if per_day * step > _widest(sheet)), None)
    if step is None or plane.right - plane.left <= sheet.head.width:
        return []
    days = [
        (month, month + dt.timedelta(days=more))
        for month in months
        for more in range(step, 31, step)
    ]
    ahead, end = dt.timedelta(days=step - 1), plane.x(stretch.after) - _widest(sheet)
    return [
        day for month, day in days if (day + ahead).month == month.month and plane.x(day) <= end
    ]


def _per_day(stretch: Stretch, plane: Plane) -> float:
    return (plane.x(stretch.after) - plane.x(stretch.first)) / stretch.days


def _widest(sheet: Sheet) -> float:
    """What a month's name or a day's number takes."""
    return sheet.width_of("Mmm") + sheet.style.gap * 1.5


def grid(plane: Plane, height: float, style: Style) -> Drawing:
    """Year lines from top to bottom, and a shaded break through every folded stretch."""
    drawing = Drawing(plane.right, height)
    for stretch in plane.axis.stretches:
        x = plane.x(stretch.first)
        if stretch.folded:
            _break(x, plane.x(stretch.after), drawing, style)
        drawing.add(Line(x, 0, x, height, style.palette.line, style.hairline))
    drawing.add(Line(plane.right, 0, plane.right, height, style.palette.line, style.hairline))
    return drawing


def _break(begin: float, end: float, drawing: Drawing, style: Style) -> None:
    """Here years were left out: a shade from top to bottom."""
    palette = style.palette
    shade = mixed(palette.line, palette.ground, 0.55)
    drawing.add(Rect(begin, 0, end - begin, drawing.height, shade))
