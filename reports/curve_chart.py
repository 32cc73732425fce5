"""A curve of measurements: its own scale, thresholds, first value and nadir."""

from models.lanes import Curve, Value
from models.words import _, number_words
from reports.drawing import Anchor, Circle, Line, Polygon, Spot, Text
from reports.layout import Sheet


def draw_curve(curve: Curve, sheet: Sheet, top: float, height: float) -> None:
    """A curve in the lane below `top`, from zero to its peak."""
    style, palette, plane = sheet.style, sheet.style.palette, sheet.plane
    head, foot = top + style.small * 1.3, top + height - style.gap * 2
    peak = max(curve.peak, 1.0)

    def level(value: float) -> float:
        return foot - (foot - head) * value / peak

    sheet.drawing.add(Line(plane.left, foot, plane.right, foot, palette.edge, style.hairline))
    named: list[float] = []
    for name, value in reversed(curve.thresholds):
        if value < peak:
            y = level(value)
            has_room = all(abs(y - other) >= style.small for other in named)
            _threshold(name if has_room else "", y, sheet)
            named.append(y)
    points = tuple((plane.x(item.on), level(item.value)) for item in curve.values)
    if len(points) > 1:
        sheet.drawing.add(Polygon(points, None, palette.text, style.outline * 1.2, closed=False))
    for item, (x, y) in zip(curve.values, points, strict=True):
        _point(item, x, y, sheet)
    _first_value(curve.values[0], points[0], sheet)
    nadir = curve.values.index(curve.nadir)
    if nadir:
        _nadir(curve.nadir, points[nadir], sheet)


def _threshold(name: str, y: float, sheet: Sheet) -> None:
    style, palette, plane = sheet.style, sheet.style.palette, sheet.plane
    dash = (style.hairline * 5, style.hairline * 5)
    sheet.drawing.add(Line(plane.left, y, plane.right, y, palette.edge, style.hairline, dash))
    x, baseline = style.label_column - style.gap, y + style.small * 0.36
    sheet.labels.add(Text(x, baseline, name, style.small, palette.quiet, False, Anchor.END))


def _point(item: Value, x: float, y: float, sheet: Sheet) -> None:
    style, half = sheet.style, sheet.style.mark / 2
    sheet.drawing.add(Circle(x, y, style.outline * 1.4, style.palette.text))
    spot = Spot(x - half, y - half, style.mark, style.mark, item.record, item.words)
    sheet.drawing.spots.append(spot)


def _first_value(item: Value, point: tuple[float, float], sheet: Sheet) -> None:
    words = number_words(item.value)
    x = point[0] - sheet.style.gap * 1.5 - sheet.width_of(words)
    if x < sheet.plane.left:
        x = point[0] + sheet.style.gap * 1.5
    sheet.label(x, point[1], words, sheet.style.palette.text)


def _nadir(item: Value, point: tuple[float, float], sheet: Sheet) -> None:
    """A small triangle on the lowest value, with its number."""
    style, (x, y) = sheet.style, point
    half = style.mark * 0.28
    tip = y - style.gap
    triangle = ((x, tip), (x - half, tip - half * 1.5), (x + half, tip - half * 1.5))
    sheet.drawing.add(Polygon(triangle, style.palette.text))
    words = _("nadir {value}").format(value=number_words(item.value))
    start = x + half + style.gap
    if start + sheet.width_of(words) > sheet.plane.right:
        start = x - half - style.gap - sheet.width_of(words)
    sheet.label(start, tip - half * 0.75, words, style.palette.text)
