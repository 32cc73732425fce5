"""Pages as they will be printed, beside their options; from here they go onto paper or to file."""

import datetime as dt
import uuid
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.base import ClinicError, NoPage
from models.words import _
from reports.wanted import Wanted
from ui.buttons import button, on_keys
from ui.latest import Latest
from ui.pdf_output import PdfOutput
from ui.pdf_pages import PdfPages
from ui.print_options import WIDTH, PrintOptions
from ui.printing import ToPrint, now
from ui.sheet import Notice, fill, label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN, dress

PAUSE_MS = 300
FRESH = dt.timedelta(minutes=5)
"""For so long the time of printing, which stands on the pages, is as good as true."""

Place = tuple[uuid.UUID | None, str]


class PrintPreview(QWidget):
    """Builds a report on the worker, anew when an option changes; nothing is written unasked.

    Until the new pages are there the old ones stay; whoever prints or saves them meanwhile gets the
    new ones, and so does who prints what was built a while ago. `clock`: what time it is.
    """

    closed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        parent: QWidget | None = None,
        clock: Callable[[], dt.datetime] = now,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._offered: ToPrint | None = None
        self._asked: Wanted | None = None
        self._shown: Wanted | None = None
        self._shown_since = clock()
        self._place: Place | None = None
        self._content = b""
        self._then: Callable[[], None] | None = None
        self._latest = Latest(tasks, self)
        self.output = PdfOutput(tasks, self)
        self._title = label("", "heading", self)
        self.options = PrintOptions(self)
        print_tip = _("Choose a printer and print these pages, Ctrl+P")
        self.print_button = button(_("Print…"), self.print, self, "primary", print_tip)
        save_tip = _("Save these pages as a file, Ctrl+S")
        self.save_button = button(_("Save as PDF…"), self.save, self, tip=save_tip)
        close_tip = _("Back, without printing, Escape")
        self.close_button = button(_("Close"), self.close_report, self, tip=close_tip)
        self.pages = PdfPages(self)
        self.again_button = button(_("Try again"), self.draw, self)
        self.notice = Notice(self.again_button, self)
        self.problem = label("", "problems", self)
        self.problem.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._connect()

    def offer(self, to_print: ToPrint) -> None:
        """Show what is to be printed, with its options."""
        self._forget()
        self._offered = to_print
        self._title.setText(to_print.title)
        self.options.offer(to_print)
        self.setFocus()
        self.draw()

    def draw(self) -> None:
        """Build what is wanted now, and show it once it is there."""
        offered, wanted = self._offered, self.options.wanted()
        self._pause.stop()
        self._asked = wanted
        if offered is None or wanted is None:
            self._say_of_former_dates()
            return
        if self._content:
            self._say(_("Preparing…"))
        else:
            self._show_notice(_("Preparing…"), "quiet")
        self._latest.run(lambda: (wanted, (offered.whose, wanted.kind), offered.build(wanted)))

    def save(self) -> None:
        self._with_pages(self._save)

    def print(self) -> None:
        self._with_pages(self._print)

    def close_report(self) -> None:
        """Forget the report and whatever of it is in memory."""
        self._forget()
        self._offered = None
        self._title.clear()
        self.options.forget()
        self.closed.emit()

    def _with_pages(self, act: Callable[[], None]) -> None:
        """Now, or as soon as the pages are those that are wanted."""
        wanted = self.options.wanted()
        if wanted is None:
            self.options.focus_on_problem()
        elif self._content and wanted == self._shown and self._clock() - self._shown_since < FRESH:
            act()
        elif self._content:
            self._then = act
            if wanted != self._asked:
                self.draw()

    def _save(self) -> None:
        if self._shown and self._offered:
            name = self._shown.file_name(self._clock().date())
            self.output.save(self._content, name, self._offered.on_record(self._shown))

    def _print(self) -> None:
        if self._shown and self._offered:
            on_record = self._offered.on_record(self._shown)
            self.output.print(self._content, on_record, self._shown.words)

    def _forget(self) -> None:
        self._latest.forget()
        self._pause.stop()
        self._content, self._asked, self._then = b"", None, None
        self._shown, self._place = None, None
        self._say("")
        self.pages.forget()
        self._enable()

    def _on_built(self, built: tuple[Wanted, Place, bytes]) -> None:
        wanted, place, content = built
        if not self.pages.show_pages(content, keep_place=place == self._place):
            self._on_failed(_unreadable())
            return
        then, self._then = self._then, None
        self._content, self._asked, self._place = content, None, place
        self._shown, self._shown_since = wanted, self._clock()
        self._say_of_former_dates()
        self._stack.setCurrentWidget(self.pages)
        self._enable()
        if self.hasFocus():
            self.print_button.setFocus()
        if then:
            self._with_pages(then)

    def _on_failed(self, error: ClinicError) -> None:
        self._forget()
        nothing = isinstance(error, NoPage)
        self._show_notice(str(error), "quiet" if nothing else "problems", again=not nothing)

    def _show_notice(self, text: str, role: str, *, again: bool = False) -> None:
        self.notice.say(text, role)
        self.again_button.setVisible(again)
        self._stack.setCurrentWidget(self.notice)

    def _say(self, text: str, role: str = "quiet") -> None:
        """Below the pages; what went wrong before stands no longer above them."""
        dress(self.pages.said, role)
        self.pages.said.setText(text)
        self.problem.hide()

    def _say_of_former_dates(self) -> None:
        """Where a date cannot be read and pages are there."""
        former = self._content and self.options.wanted() is None
        words = _("These are the pages of the former dates: one of the new ones cannot be read.")
        self._say(words if former else "", "beware" if former else "quiet")

    def _on_output_failed(self, error: ClinicError) -> None:
        """Above the pages, where it is seen; the focus stays where it is."""
        self._say("")
        self.problem.setText(str(error))
        self.problem.show()

    def _enable(self) -> None:
        for each in (self.save_button, self.print_button):
            each.setEnabled(self._may_print())

    def _may_print(self) -> bool:
        return bool(self._content)

    def _connect(self) -> None:
        self._latest.done.connect(self._on_built)
        self._latest.failed.connect(self._on_failed)
        self._pause.timeout.connect(self.draw)
        self.options.changed.connect(self._pause.start)
        self.output.done.connect(self._say)
        self.output.failed.connect(self._on_output_failed)
        for keys, slot in (
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.print),
            ("Escape", self.close_report),
            ("Ctrl++", self.pages.zoom_in),
            ("Ctrl+-", self.pages.zoom_out),
        ):
            on_keys(keys, slot, self)

    def _lay_out(self) -> None:
        beside = QWidget(self)
        beside.setFixedWidth(WIDTH + MARGIN)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, MARGIN, 0, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(_indented(self._title))
        column.addWidget(self.options, 1)
        column.addLayout(_indented(self.print_button))
        column.addLayout(_indented(self.save_button, self.close_button))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.notice)
        self._stack.addWidget(self.pages)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(beside)
        above = QVBoxLayout()
        above.setSpacing(0)
        fill(above, (self.problem, self._stack))
        whole.addLayout(above, 1)


def _indented(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(MARGIN, 0, MARGIN, 0)
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row


def _unreadable() -> ClinicError:
    return ClinicError(
        _("The pages cannot be shown."),
        _("The clinic's records are not touched."),
        _("Try again; if it happens again, tell who looks after the program."),
    )
