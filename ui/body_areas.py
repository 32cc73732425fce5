"""What can be pointed at on the body, as Qt's paths, and where each view has its place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPainterPath, QTransform

from reports.body_figure import Part, View, figure
from reports.outline import Curve, stretches

Key = Any
KeyOf = Callable[[Part], Key]
TITLE_HEIGHT, GUTTER = 20, 12
ENLARGED = {View.FRONT: 1.0, View.BACK: 1.0, View.FACE: 1.1, View.SOLES: 0.9}
SMALLEST = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """What is chosen as one, as one view shows it, in the figure's own lengths."""

    view: View
    key: Key
    path: QPainterPath

    @property
    def centre(self) -> QPointF:
        return self.path.boundingRect().center()


@cache
def areas_of(view: View, key_of: KeyOf) -> tuple[Area, ...]:
    """The visible part of each area; a later part lies over those before it."""
    found: dict[Key, QPainterPath] = {}
    for part in figure(view).parts:
        path, key = painter_path(part.outline), key_of(part)
        for other, below in found.items():
            if other != key and below.intersects(path):
                found[other] = below.subtracted(path)
        found[key] = found[key].united(path) if key in found else path
    return tuple(Area(view, key, path) for key, path in found.items())


@cache
def features_of(view: View) -> QPainterPath:
    """The lines that only help the eye."""
    path = QPainterPath()
    for line in figure(view).lines:
        path.addPath(painter_path(line))
    return path


@cache
def silhouette_of(view: View) -> QPainterPath:
    path = QPainterPath()
    for part in figure(view).parts:
        path = path.united(painter_path(part.outline))
    return path


def painter_path(curve: Curve) -> QPainterPath:
    path = QPainterPath(QPointF(*curve[0]))
    for first, second, end in stretches(curve):
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    return path


def inside(path: QPainterPath) -> QPointF:
    """The middle of a path's widest stretch at half its height."""
    box = path.boundingRect()
    y = box.center().y()
    hits = [box.left() + box.width() * step / 40 for step in range(41)]
    hits = [x for x in hits if path.contains(QPointF(x, y))]
    return QPointF(hits[len(hits) // 2] if hits else box.center().x(), y)


def placed(columns: Sequence[Sequence[View]], room: QSizeF) -> Iterator[tuple[View, QTransform]]:
    """Each view below its title, all to one scale, as large as there is room."""
    widths = [max(_width(view) for view in column) for column in columns]
    across = room.width() - GUTTER * (len(widths) - 1)
    heights = [
        (room.height() - TITLE_HEIGHT * len(column) - 2) / sum(map(_height, column))
        for column in columns
    ]
    scale = max(min(across / sum(widths), *heights), SMALLEST)
    x = (across - scale * sum(widths)) / 2
    for column, width in zip(columns, widths, strict=True):
        y = 0.0
        for view in column:
            drawn, size = figure(view), scale * ENLARGED[view]
            y += TITLE_HEIGHT
            place = QTransform.fromTranslate(x + scale * width / 2, y)
            place.scale(size, size)
            yield view, place.translate(-(drawn.left + drawn.width / 2), -drawn.top)
            y += size * drawn.height
        x += scale * width + GUTTER


def _width(view: View) -> float:
    return figure(view).width * ENLARGED[view]


def _height(view: View) -> float:
    return figure(view).height * ENLARGED[view]
