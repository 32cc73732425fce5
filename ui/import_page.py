"""Importing a file, one step after the other; until the last one nothing has changed."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.base import ClinicError
from models.exchange.arrivals import Reading
from models.exchange.ctcae_files import CtcaeFile
from models.exchange.tables.sheets import Sheet
from models.progress import Progress
from models.store.clinic import Clinic
from models.words import _
from ui import import_work
from ui.buttons import on_keys
from ui.import_choose import ChooseStep
from ui.import_done import DoneStep
from ui.import_fates import FatesStep
from ui.import_work import Seen
from ui.pdf_output import ask_where_to_save
from ui.place import Begun
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN, dress
from ui.work_strip import WorkStrip

if TYPE_CHECKING:
    from ui.matching_pane import MatchingPane

WIDTH, UNLIMITED = 640, 2**24 - 1
WorkAlone = Callable[
    [str, Callable[[Progress], Any], Callable[[Any], object], Callable[[ClinicError], object]], None
]


class ImportPage(QWidget):
    """`work_alone`: does what writes, with nothing else in the window meanwhile.

    `undo_asked`: the import is to be taken back; `patients_asked`; `vocabulary_asked`: a path, for
    it holds the NCI's terms and no patients; `closed`.
    """

    vocabulary_asked = Signal(object)
    undo_asked = Signal()
    patients_asked = Signal()
    closed = Signal()

    def __init__(self, tasks: Tasks, work_alone: WorkAlone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._work_alone = tasks, work_alone
        self._clinic: Clinic | None = None
        self._path: Path | None = None
        self._seen: Seen | None = None
        self._matched = False
        self._begun: Begun | None = None
        self.setAcceptDrops(True)
        self.title, self.where = label(_("Import"), "title", self), label("", "quiet", self)
        self.problem = label("", "problems", self)
        self.strip = WorkStrip(tasks, self)
        self.choose, self.fates, self.done = ChooseStep(self), FatesStep(self), DoneStep(self)
        self._steps = QStackedWidget(self)
        self._lay_out()
        self._connect()

    def open(self, clinic: Clinic) -> None:
        """Where somebody left it; after an import, at the beginning."""
        self._clinic = clinic
        if self._steps.currentWidget() in {self.choose, self.done}:
            self.strip.say("")
            self._begin()
        if self._begun is not None:
            self.read(self._begun.path)

    def begun(self) -> Begun | None:
        """The file that is looked at, and how it is matched so far: for the way back here."""
        if self._path is None:
            return self._begun
        return Begun(self._path, self.matching.matched() if self._matched else None)

    def take_up(self, begun: Begun) -> None:
        """Once the page is shown."""
        self._begun = begun

    def read(self, path: Path) -> None:
        """A file or folder, to see what becomes of it; what was seen of another goes with it."""
        if self._clinic is None or self.strip.running:
            return
        if path != self._path:
            self._begin()
        self._path, self._seen = path, None
        self.fates.main_button.setEnabled(False)
        self._say("")
        work = partial(import_work.opened, self._clinic, path)
        self.strip.run(_("Reading {name}…").format(name=path.name), work, self._on_opened)

    def back(self) -> None:
        """First what is under way, then one step, from the first one out of here."""
        if self.strip.running:
            self.strip.cancel()
        elif self._steps.currentWidget() is self.choose:
            self.closed.emit()
        elif self._steps.currentWidget() is self.fates and self._path is None:
            self._show(self.done, "")
            self.done.outside_button.setFocus()
        elif self._matched and self._steps.currentWidget() is self.fates:
            self._match()
        else:
            self._begin()

    def may_leave(self) -> bool:
        """What is being read is read no further; nothing was changed by it."""
        self.strip.cancel()
        return True

    def close_unclaimed(self) -> None:
        self.strip.cancel()

    # What is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if len(paths) == 1:
            self.read(paths[0])
        elif paths:
            self._say(str(_several()))

    # From step to step

    def _begin(self) -> None:
        self._path, self._seen = None, None
        self.fates.table.set_lines(())
        self._say("")
        self._show(self.choose, _("Nothing is written before you have seen what it would change."))
        self.choose.file_button.setFocus()

    def _on_opened(self, found: Seen | CtcaeFile | list[Sheet]) -> None:
        self._matched = False
        if isinstance(found, Seen):
            self._on_seen(found)
        elif isinstance(found, CtcaeFile):
            self._begin_with_vocabulary()
        elif self._clinic is not None:
            begun = self._begun.matched if self._begun else None
            self.matching.open(found, self._clinic.remembered_matchings(), begun)
            self._match()
        self._begun = None

    def _match(self) -> None:
        """Ask what the columns are; what was said before still stands there."""
        self._matched, self._seen = True, None
        self._say("")
        self._show(self.matching, self._path.name if self._path else "")
        self.matching.setFocus()

    @cached_property
    def matching(self) -> "MatchingPane":
        """The step for spreadsheets that are none of the program's own."""
        from ui.matching_pane import MatchingPane  # noqa: PLC0415 - made for those who need it

        made = MatchingPane(self._tasks, self)
        made.asked.connect(self._on_matched)
        made.back_asked.connect(self.back)
        self._steps.addWidget(made)
        return made

    def _begin_with_vocabulary(self) -> None:
        path = self._path
        self._begin()
        self.vocabulary_asked.emit(path)

    def _on_matched(self, reading: Reading) -> None:
        if self._clinic is not None and not self.strip.running:
            remembered = self.matching.to_remember()
            work = partial(import_work.matched, self._clinic, reading, remembered)
            self.strip.run(_("Looking through the rows…"), work, self._on_seen)

    def _on_seen(self, seen: Seen) -> None:
        self._seen = seen
        self._show(self.fates, self._path.name if self._path else "")
        self.fates.start(seen.lines)

    def _read_again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def _import(self) -> None:
        seen, clinic = self._seen, self._clinic
        if seen is None or clinic is None or self.strip.running:
            return
        self._say("")
        work = partial(clinic.take_in, seen.reading.arrivals, seen.looked_at)
        self._work_alone(_("Importing"), work, self._on_imported, self._on_refused)

    def _on_imported(self, _nothing: object) -> None:
        written = self._seen.written if self._seen else 0
        outside = [line for line in self.fates.table.lines if line.fate is None]
        self._begin()
        self._show(self.done, "")
        self.fates.start_outside(outside)
        self.done.start(written, sum(line.counts for line in outside), bool(outside))
        self.done.patients_button.setFocus()

    def _show_outside(self) -> None:
        self._show(self.fates, "")
        self.fates.view.setFocus()

    def _on_refused(self, error: ClinicError) -> None:
        self._say(str(error))
        self.fates.again_button.setFocus()

    # The list as a file

    def _save(self) -> None:
        if self._clinic is None or self.strip.running or not self.fates.shown:
            return
        day = dt.datetime.now().astimezone().date()
        path = ask_where_to_save(self, _("Save this list"), f"import-list-{day}.csv")
        if path:
            work = partial(import_work.save_list, self._clinic, [*self.fates.shown], path)
            self.strip.run(_("Saving the list…"), work, self.strip.say)

    def _empty(self, folder: Path) -> None:
        work = partial(import_work.empty_tables, folder)
        self.strip.run(_("Writing empty tables…"), work, self.strip.say)

    # How it looks

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _show(self, step: QWidget, words: str) -> None:
        """A table takes the width that there is; what is only read stands in the middle."""
        wide = step not in {self.choose, self.done}
        self.where.setText(words)
        self.where.setVisible(bool(words))
        dress(self.title, "heading" if wide else "title")
        self._inner.setMaximumWidth(UNLIMITED if wide else WIDTH)
        self._inner.setContentsMargins(0, 0 if wide else MARGIN, 0, 0)
        self._steps.setCurrentWidget(step)
        self.setFocusProxy(step)

    def _on_busy(self, busy: bool) -> None:
        self._steps.setEnabled(not busy)
        (self.strip.cancel_button if busy else self).setFocus()

    def _connect(self) -> None:
        self.strip.busy.connect(self._on_busy)
        self.choose.asked.connect(self.read)
        self.choose.empty_asked.connect(self._empty)
        self.fates.asked.connect(self._import)
        self.fates.again_asked.connect(self._read_again)
        self.fates.save_asked.connect(self._save)
        self.fates.back_asked.connect(self.back)
        self.done.undo_asked.connect(self.undo_asked)
        self.done.patients_asked.connect(self.patients_asked)
        self.done.outside_asked.connect(self._show_outside)
        self.done.another_asked.connect(self._begin)
        on_keys("Escape", self.back, self)

    def _lay_out(self) -> None:
        self._inner = QWidget(self)
        around = QHBoxLayout(self)
        around.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        around.addStretch()
        around.addWidget(self._inner, 1)
        around.addStretch()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for each in (self.title, self.where, self.problem, self.strip):
            column.addWidget(each)
        for step in (self.choose, self.fates, self.done):
            self._steps.addWidget(step)
        column.addWidget(self._steps, 1)
        self._say("")


def _several() -> ClinicError:
    return ClinicError(
        _("Several files were dropped."),
        _("None of them was read."),
        _("Drop one file, or the folder in which all tables of one import lie."),
    )
