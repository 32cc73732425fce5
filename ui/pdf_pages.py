"""The pages of a PDF that lies in memory, to look at: which one it is, and how large."""

from PySide6.QtPdf import QPdfPageRenderer
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.words import _
from ui.buttons import button
from ui.memory_pdf import POINTS_PER_INCH, MemoryPdf
from ui.sheet import label
from ui.theme import MARGIN

ZOOM_STEP, LEAST_ZOOM, MOST_ZOOM = 1.25, 0.25, 5.0


class PdfPages(QWidget):
    """Below the pages: the present one's number, what is to be said, and how large they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pdf = MemoryPdf(self)
        self.view = QPdfView(self)
        self.number = label("", "quiet", self)
        self.number.setWordWrap(False)
        self.said = label("", "quiet", self)
        self._zooming = self._zoom_buttons()
        self._seen_before = QLabel(self.view.viewport())
        self._renderer = self.view.findChild(QPdfPageRenderer)
        self._set_up_view()
        self._lay_out()
        self.view.pageNavigator().currentPageChanged.connect(self._say_number)

    def show_pages(self, content: bytes, *, keep_place: bool) -> bool:
        """Whether they can be read; `keep_place`: they stand in for those that are seen."""
        bars = (self.view.horizontalScrollBar(), self.view.verticalScrollBar())
        places = [bar.value() for bar in bars]
        if keep_place:
            self._cover()
        if not self.pdf.show(content):
            self._uncover()
            return False
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place if keep_place else 0)
        self._say_number()
        return True

    def forget(self) -> None:
        """Keep nothing of them in memory."""
        self.pdf.forget()
        self.number.clear()
        self._uncover()

    def fit_width(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def zoom_in(self) -> None:
        self._zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP)

    @property
    def zoom(self) -> float:
        """How large the present page is shown; 1 is its size on paper."""
        number = self.view.pageNavigator().currentPage()
        page = self.pdf.pagePointSize(number) * (self.view.logicalDpiX() / POINTS_PER_INCH)
        margins, room = self.view.documentMargins(), self.view.viewport().size()
        wide = (room.width() - margins.left() - margins.right()) / (page.width() or 1)
        high = (room.height() - margins.top() - margins.bottom()) / (page.height() or 1)
        match self.view.zoomMode():
            case QPdfView.ZoomMode.FitToWidth:
                return wide
            case QPdfView.ZoomMode.FitInView:
                return min(wide, high)
        return self.view.zoomFactor()

    def _cover(self) -> None:
        """With what is seen, until the new pages are rendered: no blank page in between."""
        if self._renderer is not None:
            seen = self.view.viewport()
            self._seen_before.setPixmap(seen.grab())
            self._seen_before.setGeometry(seen.rect())
            self._seen_before.show()

    def _uncover(self) -> None:
        self._seen_before.hide()
        self._seen_before.clear()

    def _zoom(self, by: float) -> None:
        factor = min(max(self.zoom * by, LEAST_ZOOM), MOST_ZOOM)
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(factor)

    def _say_number(self) -> None:
        number = self.view.pageNavigator().currentPage() + 1
        words = _("Page {number} of {total}").format(number=number, total=self.pdf.pageCount())
        self.number.setText(words if self.pdf.pageCount() else "")

    def _zoom_buttons(self) -> list[QPushButton]:
        smaller = button("−", self.zoom_out, self, "link", _("Smaller, Ctrl+−"))
        larger = button("+", self.zoom_in, self, "link", _("Larger, Ctrl++"))
        smaller.setAccessibleName(_("Smaller"))
        larger.setAccessibleName(_("Larger"))
        for each in (smaller, larger):
            each.setFixedWidth(32)
        return [
            button(_("Whole page"), self.fit_page, self, "link"),
            button(_("Full width"), self.fit_width, self, "link"),
            smaller,
            larger,
        ]

    def _set_up_view(self) -> None:
        self.view.setDocument(self.pdf)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(_("Pages"))
        self._seen_before.hide()
        if self._renderer is not None:
            self._renderer.pageRendered.connect(self._uncover)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(MARGIN, 0, MARGIN, 0)
        below.setSpacing(MARGIN)
        below.addWidget(self.number)
        below.addWidget(self.said, 1)
        for each in self._zooming:
            below.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.view, 1)
        whole.addLayout(below)
