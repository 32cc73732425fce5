"""The body to choose a site from: front, back, face and soles."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.words import _, capitalised
from reports.body_figure import Part, Site, View, sites_named
from ui.body_view import BodyView
from ui.theme import dress

COLUMNS = ((View.FRONT,), (View.BACK,), (View.FACE, View.SOLES))


class BodyMap(QWidget):
    """`picked`: the site that was clicked, or chosen with Enter or Space."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = BodyView(COLUMNS, _site_of, _words_of, self)
        self.view.picked.connect(self.picked)
        self.view.pointed.connect(self._show)
        self._caption = QLabel(self)
        dress(self._caption, "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        column.addWidget(self._caption)
        self.setFocusProxy(self.view)
        self._show(None)

    def mark(self, text: str) -> None:
        """Show the site of these words, where it is a known one."""
        self.view.mark(sites_named(text))

    def _show(self, site: Site | None) -> None:
        hint = _("Click, or go with the arrow keys and press Enter.")
        self._caption.setText(capitalised(site.words) if site else hint)


def _site_of(part: Part) -> Site:
    return part.site


def _words_of(site: Site) -> str:
    return site.words
