"""A report as it will be printed; from here it goes to a printer or into a file."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from models.base import ClinicError
from models.words import _
from ui.buttons import button, on_keys
from ui.pdf_output import POINTS_PER_INCH, MemoryPdf, PdfOutput
from ui.sheet import Notice, label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN, dress

ZOOM_STEP, LEAST_ZOOM, MOST_ZOOM = 1.25, 0.25, 5.0
Build = Callable[[], bytes]


class PrintPreview(QWidget):
    """Builds a report on the worker and shows its pages; nothing of it is written unasked."""

    closed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._build: Build | None = None
        self._asked, self._content, self._file_name = 0, b"", ""
        self.output = PdfOutput(tasks, self)
        self.pdf = MemoryPdf(self)
        self._title = label("", "heading", self)
        self.said = label("", "quiet", self)
        self.save_button = button(_("Save as PDF…"), self.save, self, tip=_("Ctrl+S"))
        self.print_button = button(_("Print…"), self.print, self, "primary", _("Ctrl+P"))
        self.close_button = button(_("Close"), self.close_report, self, tip=_("Escape"))
        self.again_button = button(_("Try again"), self._prepare, self)
        self.notice = Notice(self.again_button, self)
        self.view = QPdfView(self)
        self.page = label("", "quiet", self)
        self._zooming = self._zoom_buttons()
        self._stack = QStackedWidget(self)
        self._set_up_view()
        self._lay_out()
        self._connect()

    def show_report(self, build: Build, title: str, file_name: str) -> None:
        """Build it and show it; the name suggested for its file must tell nothing of a patient."""
        self._build, self._file_name = build, file_name
        self._title.setText(title)
        self._prepare()

    def close_report(self) -> None:
        """Forget the report and whatever of it is in memory."""
        self._forget()
        self._build = None
        self.closed.emit()

    def save(self) -> None:
        if self._content:
            self.output.save(self._content, self._file_name)

    def print(self) -> None:
        if self._content:
            self.output.print(self._content)

    def fit_width(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def zoom_in(self) -> None:
        self._zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP)

    def _zoom(self, by: float) -> None:
        factor = min(max(self.zoom * by, LEAST_ZOOM), MOST_ZOOM)
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(factor)

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

    def _prepare(self) -> None:
        build = self._build
        if build is None:
            return
        self._forget()
        number = self._asked
        self._show_message(_("Preparing…"), "quiet")
        self._tasks.run(lambda: (number, build()), self._on_built, self._on_failed)

    def _forget(self) -> None:
        self._asked += 1
        self._content = b""
        self.said.clear()
        self.pdf.forget()
        self._enable(False)

    def _on_built(self, built: tuple[int, bytes]) -> None:
        number, content = built
        if number != self._asked:
            return
        if not self.pdf.show(content):
            self._on_failed(_unreadable())
            return
        self._content = content
        self._stack.setCurrentWidget(self.view)
        self._enable(True)
        self._on_page()
        self.print_button.setFocus()

    def _on_failed(self, error: ClinicError) -> None:
        self._show_message(str(error), "problems", again=True)

    def _show_message(self, text: str, role: str, *, again: bool = False) -> None:
        self.notice.say(text, role)
        self.again_button.setVisible(again)
        self._stack.setCurrentWidget(self.notice)
        self.page.clear()

    def _on_page(self) -> None:
        number = self.view.pageNavigator().currentPage() + 1
        words = _("Page {number} of {total}").format(number=number, total=self.pdf.pageCount())
        self.page.setText(words if self.pdf.pageCount() else "")

    def _on_said(self, text: str) -> None:
        dress(self.said, "quiet")
        self.said.setText(text)

    def _on_output_failed(self, error: ClinicError) -> None:
        dress(self.said, "problem")
        self.said.setText(str(error))

    def _enable(self, there: bool) -> None:
        for each in (self.save_button, self.print_button, *self._zooming):
            each.setEnabled(there)

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

    def _connect(self) -> None:
        self.output.done.connect(self._on_said)
        self.output.failed.connect(self._on_output_failed)
        self.view.pageNavigator().currentPageChanged.connect(self._on_page)
        for keys, slot in (
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.print),
            ("Escape", self.close_report),
            ("Ctrl++", self.zoom_in),
            ("Ctrl+-", self.zoom_out),
        ):
            on_keys(keys, slot, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        top.setSpacing(GAP)
        top.addWidget(self._title, 1)
        for each in (self.save_button, self.print_button, self.close_button):
            top.addWidget(each)
        below = QHBoxLayout()
        below.setContentsMargins(MARGIN, 0, MARGIN, 0)
        below.setSpacing(MARGIN)
        below.addWidget(self.page)
        below.addWidget(self.said, 1)
        for each in self._zooming:
            below.addWidget(each)
        self._stack.addWidget(self.notice)
        self._stack.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._stack, 1)
        whole.addLayout(below)


def _unreadable() -> ClinicError:
    return ClinicError(
        _("The pages cannot be shown."),
        _("The clinic's records are not touched."),
        _("Try again; if it happens again, tell who looks after the program."),
    )
