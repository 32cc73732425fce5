"""One criterion of a population: closed it tells its state, open it is edited."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from models.population import Population
from models.words import _
from ui.sheet import label
from ui.theme import GAP, ROW, colours, dress

CHEVRON, INDENT = 3.5, 20


class Criterion(QWidget):
    """A subclass puts its inputs into `inside` and answers `values` and `told`; it emits `changed`
    for what a person did.

    What is not `offered` makes no sense for the origin that is chosen: it does not count.
    """

    changed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title, self.offered = title, True
        self.head = _Head(title, self)
        self.clear_button = QToolButton(self)
        self.clear_button.setText("×")
        dress(self.clear_button, "criterion")
        self.clear_button.setAccessibleName(_("Clear: {criterion}").format(criterion=title))
        self.clear_button.setToolTip(_("Take this criterion away"))
        self._body = QWidget(self)
        self._problem = label("", "problem", self)
        self.inside = QVBoxLayout(self._body)
        self.inside.setContentsMargins(INDENT, 0, 0, GAP)
        self.inside.setSpacing(4)
        self._lay_out()
        self.head.clicked.connect(self._on_head)
        self.clear_button.clicked.connect(self._on_cleared)
        self.changed.connect(self.say)
        self._open(False)

    # For subclasses

    def values(self) -> dict[str, Any]:
        """What it asks of a population, by field; none where it is empty."""
        raise NotImplementedError

    def show_values(self, asked: Population) -> None:
        """Silently."""
        raise NotImplementedError

    def told(self) -> str:
        """Its state in a few words; empty where it is empty."""
        raise NotImplementedError

    # For the panel

    @property
    def problem(self) -> str:
        return self._problem.text()

    def set_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.setAccessibleDescription(text)

    def offer_if(self, offered: bool, otherwise: str) -> None:
        """`otherwise`: why it cannot be chosen now."""
        self.offered = offered
        self.head.setEnabled(offered)
        self.head.setToolTip("" if offered else otherwise)
        if not offered:
            self._open(False)
        self.say()

    def say(self) -> None:
        told = self.told() if self.offered else ""
        self.head.say(told)
        self.clear_button.setVisible(bool(told))

    def clear(self) -> None:
        """Silently."""
        self.set_problem("")
        self.show_values(Population())
        self.say()

    def _on_cleared(self) -> None:
        self.clear()
        self.head.setFocus()
        self.changed.emit()

    def _on_head(self) -> None:
        self._open(self._body.isHidden())

    def _open(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self.head.set_open(opened)

    def _lay_out(self) -> None:
        self._problem.setContentsMargins(INDENT, 0, 0, 4)
        self._problem.hide()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.head, 1)
        row.addWidget(self.clear_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self._body)
        whole.addWidget(self._problem)


class _Head(QToolButton):
    """The title at the left, the state at the right, as much of it as there is room for."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._told, self._is_open = title, "", False
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        dress(self, "criterion")
        self.say("")

    def say(self, told: str) -> None:
        self._told = told
        self.setAccessibleName(f"{self._title}: {told or _('any')}")
        if self.isEnabled():
            self.setToolTip(told)
        self.update()

    def set_open(self, opened: bool) -> None:
        self._is_open = opened
        self.setAccessibleDescription(_("open") if opened else _("closed"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, ROW)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        worn, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = QColor(worn.text if self.isEnabled() else worn.quiet)
        self._paint_chevron(painter)
        room = QRectF(self.rect()).adjusted(INDENT, 0, -GAP, 0)
        painter.setPen(text)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._title)
        left = self.fontMetrics().horizontalAdvance(self._title) + 2 * GAP
        beside = room.adjusted(left, 0, 0, 0)
        told = self._told or _("any")
        painter.setPen(QColor(worn.accent) if self._told else QColor(worn.quiet))
        said = self.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, int(beside.width()))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(beside, side, said)

    def _paint_chevron(self, painter: QPainter) -> None:
        x, y, half = INDENT / 2, self.height() / 2, CHEVRON
        across = [(-half / 2, -half), (half / 2, 0.0), (-half / 2, half)]
        down = [(-half, -half / 2), (0.0, half / 2), (half, -half / 2)]
        shape = QPolygonF()
        for dx, dy in down if self._is_open else across:
            shape.append(QRectF(x + dx, y + dy, 0, 0).topLeft())
        painter.setPen(QPen(QColor(colours().quiet), 1.4))
        painter.drawPolyline(shape)
