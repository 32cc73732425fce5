"""The body painted with Qt: areas to point at, to walk through with the arrow keys, to choose."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QToolTip, QWidget

from models.words import _, capitalised
from reports.body_figure import View, figure
from reports.drawing import mixed
from reports.palette import on
from ui.body_areas import (
    TITLE_HEIGHT,
    Area,
    Key,
    KeyOf,
    areas_of,
    features_of,
    inside,
    placed,
    silhouette_of,
)
from ui.theme import SMALL, colours, font

LEGIBLE = 0.3  # a body drawn smaller than this bears no writing
SIDES_AT = {View.FRONT: (74, 78), View.BACK: (74, 78), View.FACE: (70, 20), View.SOLES: (42, 80)}


class BodyView(QWidget):
    """Views in columns. `key_of` says what a part belongs to, `name_of` how that is called.

    `picked`: what was clicked, or chosen with Enter or Space; `pointed`: what is under the pointer
    or the arrow keys, None where nothing is.
    """

    picked = Signal(object)
    pointed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Sequence[View]],
        key_of: KeyOf,
        name_of: Callable[[Key], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._name_of = columns, name_of
        views = [view for column in columns for view in column]
        self.areas = [area for view in views for area in areas_of(view, key_of)]
        self._marked: Collection[Key] = ()
        self._fills: Mapping[Key, QColor] = {}
        self._notes: Mapping[Key, str] = {}
        self._current: Area | None = None
        self._hovered: Area | None = None
        self._places: dict[View, QTransform] = {}
        self._drawn: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name_for_reader()

    # What is shown

    def mark(self, keys: Collection[Key]) -> None:
        """Outline these; the arrow keys go on from the first of them."""
        self._marked = keys
        first = next((area for area in self.areas if area.key in keys), None)
        self._go_to(first or self._current)

    def fill(self, fills: Mapping[Key, QColor], notes: Mapping[Key, str]) -> None:
        """Colour areas and write into them."""
        self._fills, self._notes, self._drawn = fills, notes, None
        self.update()

    @property
    def current(self) -> Key:
        return self._current.key if self._current else None

    def area_at(self, point: QPointF) -> Area | None:
        for area in self.areas:
            place = self._places.get(area.view)
            if place and area.path.contains(place.inverted()[0].map(point)):
                return area
        return None

    # Pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.area_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        area = self.area_at(event.position())
        if area and event.button() is Qt.MouseButton.LeftButton:
            self._go_to(area)
            self.picked.emit(area.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go_to(self._next(*step) if self._current else self.areas[0])
        elif event.key() in _CHOOSE and self._current and not event.modifiers():
            self.picked.emit(self._current.key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._go_to(self._current or self.areas[0])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            area = self.area_at(QPointF(event.pos()))
            text = self._name_of(area.key) if area else ""
            QToolTip.showText(event.globalPos(), capitalised(text), self)
            return True
        return super().event(event)

    def _next(self, dx: int, dy: int) -> Area | None:
        """The nearest area in that direction; what lies aside counts as farther away."""
        here = self._centre(self._current)

        def effort(area: Area) -> float:
            way = self._centre(area) - here
            along, aside = way.x() * dx + way.y() * dy, way.x() * dy + way.y() * dx
            return along + 2 * abs(aside) if along > 1 else float("inf")

        nearest = min(self.areas, key=effort)
        return nearest if effort(nearest) < float("inf") else self._current

    def _centre(self, area: Area | None) -> QPointF:
        return self._places[area.view].map(area.centre) if area else QPointF()

    def _hover(self, area: Area | None) -> None:
        if area is not self._hovered:
            self._hovered = area
            self._tell()

    def _go_to(self, area: Area | None) -> None:
        self._current = area
        self._name_for_reader()
        self._tell()

    def _tell(self) -> None:
        shown = self._hovered or (self._current if self.hasFocus() else None)
        self.pointed.emit(shown.key if shown else None)
        self.update()

    def _name_for_reader(self) -> None:
        name = self._name_of(self._current.key) if self._current else ""
        self.setAccessibleName(_("Body: {area}").format(area=name) if name else _("Body"))

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(480, 340)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._places = dict(placed(self._columns, QSizeF(self.size())))
        self._drawn = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._drawn = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None or self._drawn.devicePixelRatio() != self.devicePixelRatioF():
            self._drawn = self._draw()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._drawn)
        for view, place in self._places.items():
            own = [area for area in self.areas if area.view is view]
            painter.save()
            painter.setTransform(place, combine=True)
            self._paint_chosen(painter, own, 1 / place.m11())
            painter.restore()
            self._write(painter, own, place)

    def _draw(self) -> QPixmap:
        """What stays the same while the pointer or the keys move."""
        drawn = QPixmap(self.size() * self.devicePixelRatioF())
        drawn.setDevicePixelRatio(self.devicePixelRatioF())
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for view, place in self._places.items():
            self._paint_view(painter, view, place)
        painter.end()
        return drawn

    def _paint_view(self, painter: QPainter, view: View, place: QTransform) -> None:
        palette = colours()
        own = [area for area in self.areas if area.view is view]
        painter.save()
        painter.setTransform(place, combine=True)
        painter.setPen(_pen(mixed(palette.edge, palette.surface, 0.5), 0.8 / place.m11()))
        for area in own:
            painter.setBrush(self._fills.get(area.key, QColor(palette.surface)))
            painter.drawPath(area.path)
        painter.strokePath(features_of(view), _pen(palette.edge, 0.9 / place.m11()))
        painter.strokePath(silhouette_of(view), _pen(palette.quiet, 1.2 / place.m11()))
        painter.restore()
        self._head(painter, view, place)

    def _paint_chosen(self, painter: QPainter, own: Sequence[Area], pixel: float) -> None:
        """What is under the pointer or marked, whatever the view; what the keys are on."""
        palette = colours()
        hovered = self._hovered.key if self._hovered else None
        wash = QColor(palette.accent)
        wash.setAlphaF(0.28)
        for area in own:
            if area.key == hovered or area.key in self._marked:
                painter.fillPath(area.path, wash)
                painter.strokePath(area.path, _pen(palette.accent, 1.6 * pixel))
        if self._current and self._current in own and self.hasFocus():
            painter.strokePath(self._current.path, _pen(palette.accent, 2.6 * pixel))

    def _head(self, painter: QPainter, view: View, place: QTransform) -> None:
        """The view's name, and which side is which."""
        painter.setFont(font(SMALL))
        painter.setPen(QColor(colours().quiet))
        top = place.map(QPointF(0, figure(view).top)) - QPointF(0, TITLE_HEIGHT / 2 + 2)
        _centred(painter, top, capitalised(view.label))
        x, y = SIDES_AT[view]
        x = -x if view is View.BACK else x
        if place.m11() >= LEGIBLE:
            _centred(painter, place.map(QPointF(-x, y)), _("R"))
            _centred(painter, place.map(QPointF(x, y)), _("L"))

    def _write(self, painter: QPainter, own: Sequence[Area], place: QTransform) -> None:
        painter.setFont(font(SMALL))
        for area in own:
            note = self._notes.get(area.key) if place.m11() >= LEGIBLE else None
            if note and self._first(area.key) is area and _has_room(painter, note, area, place):
                ground = self._fills.get(area.key, QColor(colours().surface))
                _written_on(painter, place.map(inside(area.path)), note, ground)

    def _first(self, key: Key) -> Area | None:
        return next((area for area in self.areas if area.key == key), None)


_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CHOOSE = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


def _pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _centred(painter: QPainter, point: QPointF, text: str) -> None:
    box = QRectF(point.x() - 30, point.y() - 10, 60, 20)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _has_room(painter: QPainter, text: str, area: Area, place: QTransform) -> bool:
    """Whether a text lies within its area: beside it stands what another says."""
    width = painter.fontMetrics().horizontalAdvance(text)
    return width <= place.mapRect(area.path.boundingRect()).width()


def _written_on(painter: QPainter, point: QPointF, text: str, ground: QColor) -> None:
    """A text with a rim of its ground, so that it can be read where it reaches beyond it."""
    width = painter.fontMetrics().horizontalAdvance(text)
    letters = QPainterPath()
    letters.addText(point.x() - width / 2, point.y() + 4, painter.font(), text)
    painter.strokePath(letters, _pen(ground.name(), 3))
    painter.fillPath(letters, QColor(on(ground.name())))
