"""Fit, zoom, the last year: over the lanes' names, in the corner that the axis leaves free."""

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from models.words import _
from ui.theme import GAP, MARGIN, dress
from ui.timeline_view import TimelineView


def put_zoom_buttons(timeline: TimelineView) -> None:
    corner = QWidget(timeline)
    row = QHBoxLayout(corner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    for text, tip, pressed in (
        (_("Fit"), _("Whole course (0, in the timeline)"), timeline.fit),
        ("−", _("Zoom out (Ctrl+wheel, or −)"), timeline.zoom_out),
        ("+", _("Zoom in (Ctrl+wheel, or +)"), timeline.zoom_in),
        (_("1 y"), _("The last year"), timeline.zoom_to_year),
    ):
        small = QToolButton(corner)
        small.setText(text)
        small.setToolTip(tip)
        small.setAccessibleName(tip)
        small.clicked.connect(pressed)
        dress(small, "corner")
        row.addWidget(small)
    corner.move(MARGIN - 4, GAP - 2)
    corner.adjustSize()
