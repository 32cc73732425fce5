"""The timeline on screen: hover for words, click for the record, zoom, pan, fold, step by key."""

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from models.lanes import Lane
from models.words import _, ngettext
from reports.drawing import Spot
from reports.folded_lane import marks_in
from ui import theme
from ui.timeline_canvas import STEP, TimelineCanvas

SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTCH = 120
"""What a wheel reports for one notch."""


class TimelineView(TimelineCanvas):
    """`chosen`: a mark was clicked or stepped to; `opened`: Enter or a double click on it.

    `add_asked`: a lane was double-clicked on a day; `pointed`: what the pointer is on, in words.
    """

    chosen = Signal(object)
    opened = Signal(object)
    add_asked = Signal(object, object)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Timeline"))
        self._pointed = ""
        self._pressed: QPointF | None = None
        self._dragged_from = QPointF()
        self._clicked: QPointF | None = None

    # Mouse

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self._words_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            self._drag(event.position() - self._pressed)
            return
        words = self._words_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if words else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if words != self._pointed:
            self._pointed = words
            self.pointed.emit(words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._dragged_from = self._scrolled()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or _far(event.position(), pressed):
            return
        lane, spot = self.name_at(pressed), self._next_at(pressed)
        self._clicked = pressed
        if lane:
            self.fold(lane)
        elif spot:
            self._choose(spot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        lane, day = self.lane_at(place), self.day_at(place)
        if self.spot_at(place):
            self._open_current()
        elif lane and day:
            self.add_asked.emit(lane.kind, day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / NOTCH
            self.zoom_to(self.scene.zoom * STEP**notches, self.share_at(event.position()))
        else:
            super().wheelEvent(event)

    def _drag(self, moved: QPointF) -> None:
        place = self._dragged_from - moved
        self.horizontalScrollBar().setValue(round(place.x()))
        self.verticalScrollBar().setValue(round(place.y()))

    def _next_at(self, place: QPointF) -> Spot | None:
        """The topmost mark; clicked again in the same place, the next one below it."""
        spots = self.spots_at(place)
        again = self._clicked is not None and not _far(place, self._clicked)
        records = [spot.record for spot in spots]
        if again and self.current in records:
            return spots[(records.index(self.current) + 1) % len(spots)]
        return spots[0] if spots else None

    def _words_at(self, place: QPointF) -> str:
        spots, lane = self.spots_at(place), self.name_at(place)
        if lane:
            folded = lane.key in self.scene.folded
            told = (
                _("{lane}: click to open (Space)") if folded else _("{lane}: click to fold (Space)")
            )
            return told.format(lane=lane.title)
        if len(spots) < 2:
            return self.words_of(spots[0]) if spots else ""
        below = len(spots) - 1
        more = ngettext("{n} more below: click again", "{n} more below: click again", below)
        return f"{self.words_of(spots[0])}\n{more.format(n=below)}"

    def words_of(self, spot: Spot) -> str:
        """The record of a mark in words."""
        timeline = self.scene.timeline
        return timeline.words_of(spot.record) if timeline else ""

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = self.scene.steps
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Right: partial(self._go, steps.along, 1),
            Qt.Key.Key_Left: partial(self._go, steps.along, -1),
            Qt.Key.Key_Down: partial(self._go, steps.to_lane, 1),
            Qt.Key.Key_Up: partial(self._go, steps.to_lane, -1),
            Qt.Key.Key_Home: partial(self._go, steps.to_end, 0),
            Qt.Key.Key_End: partial(self._go, steps.to_end, -1),
            Qt.Key.Key_Return: self._open_current,
            Qt.Key.Key_Enter: self._open_current,
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Space: self._fold_current,
        }
        if event.key() == Qt.Key.Key_Space and event.modifiers() & SHIFT:
            self.open_all_lanes()
        elif event.key() in keys:
            keys[event.key()]()
        else:
            super().keyPressEvent(event)

    def _go(self, step: Callable[[uuid.UUID | None, int], Spot | None], by: int) -> None:
        spot = step(self.current, by)
        if spot:
            self._choose(spot)

    def _open_current(self) -> None:
        if self.scene.steps.spot_of(self.current):
            self.opened.emit(self.current)

    def _choose(self, spot: Spot) -> None:
        """Select a record and say it in words."""
        words = self.words_of(spot)
        self.set_current(spot.record)
        self._tell(words)
        place = (self._origin() + QPointF(*spot.centre)).toPoint() + QPoint(0, theme.ROW)
        QToolTip.showText(self.viewport().mapToGlobal(place), words, self.viewport())
        self.chosen.emit(spot.record)

    # Lanes that fold

    def fold(self, lane: Lane) -> None:
        """Fold a lane, or open it again."""
        self.set_folded(self.scene.folded ^ {lane.key})
        told, n = _("{lane} opened"), marks_in(lane)
        if lane.key in self.scene.folded:
            told = ngettext("{lane} folded, {n} mark", "{lane} folded, {n} marks", n)
        self._tell(told.format(lane=lane.title, n=n))

    def open_all_lanes(self) -> None:
        self.set_folded(frozenset())
        self._tell(_("All lanes opened"))

    def _fold_current(self) -> None:
        lane = self.scene.steps.lane_of(self.current)
        if lane:
            self.fold(lane)
        else:
            self._tell(_("Choose a mark with the arrow keys first; Space folds its lane."))

    def _tell(self, words: str) -> None:
        """To whoever reads the status line, and to whoever hears the screen."""
        self.pointed.emit(words)
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _far(one: QPointF, other: QPointF) -> bool:
    """Whether these are two places, and not one that a hand trembled on."""
    return (one - other).manhattanLength() > QApplication.startDragDistance() / 2
