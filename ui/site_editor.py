"""A site of the body: typed, or chosen on the body."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.base import FieldWords
from models.words import _
from reports.body_figure import Site, sites, sites_named
from ui.body_map import BodyMap
from ui.buttons import button, on_keys
from ui.editor import LineEditor
from ui.read_line import ReadLine
from ui.text_editor import suggest
from ui.theme import GAP, MARGIN, dress

MAP_SIZE = QSize(512, 392)


class SiteEditor(LineEditor):
    """Free text with the known sites suggested; the map fills in the words, and the form's side.

    A side that a person chose against the site stays; one that came with it changes with it.
    """

    follows = ("side",)

    def __init__(self, words: FieldWords, parent: QWidget | None = None) -> None:
        super().__init__(words, ReadLine(str.strip, str), parent)
        suggest(self.line, [site.words for site in sites()])
        self._others: Mapping[str, Any] = {}
        self._popup: BodyPopup | None = None
        tip = _("Choose on the body (F4 or Alt+Down)")
        self.map_button = button(_("Body map"), self.open_map, self, tip=tip)
        self.map_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are quicker
        self.row.addWidget(self.map_button)
        for keys in ("F4", "Alt+Down"):
            on_keys(keys, self.open_map, self)

    def follow(self, values: Mapping[str, Any]) -> None:
        self._others = values

    def open_map(self) -> None:
        """Show the body below the line, with the site that is typed."""
        if self._popup is None:
            self._popup = BodyPopup(self)
            self._popup.map.picked.connect(self._on_picked)
        self._popup.open_below(self.line, self.line.text())

    def _on_picked(self, site: Site) -> None:
        told = {known.side for known in sites_named(self.line.text())}
        self.line.set_value(site.words)
        if "side" in self._others and self._others["side"] in {None, *told}:
            self.also.emit({"side": site.side})
        self.changed.emit()
        self.left.emit()
        self.line.setFocus()


class BodyPopup(QFrame):
    """The body for a moment: it closes when a site is chosen, on Escape, or on a click beside."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        dress(self, "popup")
        self.map = BodyMap(self)
        self.map.picked.connect(self.hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        column.addWidget(self.map)
        self.setFocusProxy(self.map)
        self.setAccessibleName(_("Body map"))

    def open_below(self, line: QWidget, text: str) -> None:
        """Below the line or, where there is no room, above it."""
        self.resize(MAP_SIZE)
        screen = line.screen().availableGeometry()
        under = line.mapToGlobal(QPoint(0, line.height() + 4))
        if under.y() + self.height() > screen.bottom():
            over = line.mapToGlobal(QPoint(0, -4)).y() - self.height()
            under.setY(max(over, screen.top()))
        under.setX(max(screen.left(), min(under.x(), screen.right() - self.width())))
        self.move(under)
        self.map.mark(text)
        self.show()
        self.map.setFocus()

    def event(self, event: QEvent) -> bool:
        """While it is open its keys are its own, and no shortcut of the page behind it."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            self.map.view.keyPressEvent(event)
