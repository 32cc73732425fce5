"""The height that the timeline and the tabs below it share."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme import GAP
from ui.timeline_view import TimelineView

TIMELINE_SHARE, BESIDE_A_FORM = 0.53, 0.22
LEAST_FOR_TABS = 280
BY_HAND = "timeline_height"


class SharedHeight(QSplitter):
    """The place that a person gave the handle is remembered, and wins."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._share = TIMELINE_SHARE
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GAP)

    def hold(self, timeline: TimelineView, tabs: QWidget) -> None:
        """The two, made in it: what changes its parent is styled anew with all that it holds."""
        self._timeline = timeline
        self.addWidget(timeline)
        self.addWidget(tabs)
        self.setStretchFactor(1, 1)
        tabs.setMinimumHeight(LEAST_FOR_TABS)
        self.splitterMoved.connect(_remember)

    def share(self, share: float = TIMELINE_SHARE) -> None:
        """The timeline gets what somebody gave it by hand, else what it needs, up to its share.

        The mark that is chosen stays in view.
        """
        self._share = share
        above = self.parentWidget()
        layout = above.layout() if above else None
        if layout is not None:
            layout.activate()
        whole, chosen = self.height() - GAP, str(QSettings().value(BY_HAND, ""))
        upper = min(self._timeline.height_needed(), round(whole * share))
        if chosen.isdecimal():
            upper = min(int(chosen), whole - LEAST_FOR_TABS)
        self.setSizes([upper, whole - upper])
        self._timeline.set_current(self._timeline.current)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self.share(self._share)


def _remember(place: int, _index: int) -> None:
    QSettings().setValue(BY_HAND, place)
