"""What leaves the cohort page: the report to be printed, and its tables as files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from models.cohort.choices import Choices
from models.cohort.question import Question
from models.cohort.selection import Selection
from models.progress import Progress
from models.roles import May
from models.store.clinic import Clinic
from models.words import _, ngettext
from ui.allowed import needs
from ui.buttons import button, on_keys
from ui.cohort_leaving import cohort_figures, write_tables
from ui.theme import GAP
from ui.work_strip import WorkStrip

Asked = tuple[Clinic, Selection, Question, Choices]


class CohortOutput(QWidget):
    """Two buttons, of use once somebody was read. `asked`: what is shown now; `strip`: says how far
    it is.

    `print_asked`: the report of this is to be looked at.
    """

    print_asked = Signal(object)

    def __init__(
        self, asked: Callable[[], Asked | None], strip: WorkStrip, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._asked, self._strip = asked, strip
        print_tip = _("Ctrl+P; what all tabs tell of these patients, without their names")
        self.print_button = button(_("Print…"), self.print, self, tip=print_tip)
        export_tip = _("Ctrl+E; every table as a CSV file, without names")
        self.export_button = button(_("Export tables…"), self.export, self, tip=export_tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for each in (self.print_button, needs(May.EXPORT, self.export_button)):
            row.addWidget(each)
        strip.busy.connect(self.export_button.setDisabled)
        self.setEnabled(False)
        on_keys("Ctrl+P", self.print, parent)
        needs(May.EXPORT, on_keys("Ctrl+E", self.export, parent))

    def print(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.print_asked.emit(asked)

    def export(self) -> None:
        """All tables or none, into a folder that is asked for."""
        asked = self._asked()
        if asked is None or self._strip.running:
            return
        folder = self.ask_folder()
        if folder:
            work = partial(_exported, asked, Path(folder))
            self._strip.run(_("Exporting…"), work, self._on_written)

    def ask_folder(self) -> str:
        """Empty where none is chosen."""
        title = _("A new or an empty folder for the tables")
        return QFileDialog.getExistingDirectory(self, title, str(Path.home()))

    def _on_written(self, written: tuple[int, Path]) -> None:
        n, folder = written
        words = ngettext("{n:,} file is in {folder}.", "{n:,} files are in {folder}.", n)
        self._strip.say(words.format(n=n, folder=folder))


def _exported(asked: Asked, folder: Path, progress: Progress) -> tuple[int, Path]:
    figures = cohort_figures(*asked, progress)
    return write_tables(asked[0], figures, folder, progress), folder
