"""The folder for backups: typed or chosen; what is wrong with it, and on which disk it lies."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from models.base import FieldWords
from models.words import _
from ui.buttons import button, on_keys
from ui.editor import WideLineEditor
from ui.read_line import ReadLine


class FolderEditor(WideLineEditor):
    """`named`: another folder stands here, to be looked at; `remark` stands below it."""

    named = Signal(str)

    def __init__(self, words: FieldWords, parent: QWidget) -> None:
        self._remark = ""
        super().__init__(words, ReadLine(str.strip, str), parent)
        tip = _("Look for the folder, F4")
        self.choose_button = button(_("Choose…"), self.choose, self, tip=tip)
        self.row.addWidget(self.choose_button)
        self.left.connect(self._on_left)
        on_keys("F4", self.choose, self)

    def set_value(self, value: str | None) -> None:
        super().set_value(value)
        self._on_left()

    def choose(self) -> None:
        chosen = self.ask_folder()
        if chosen:
            self.set_value(chosen)
            self.changed.emit()

    def ask_folder(self) -> str:
        """Empty where none is chosen."""
        begin = self.line.text() or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.words.title, begin)
        return str(Path(chosen)) if chosen else ""

    def look_again(self) -> None:
        """At what stands here; not while it is being typed."""
        if not self.line.hasFocus():
            self._on_left()

    def remark(self, text: str, *, wrong: bool) -> None:
        """What was found out about the folder that stands here; `wrong`: it cannot be used."""
        self._remark = "" if wrong else text
        self.set_problem(text if wrong else "")

    def note(self) -> str:
        return self._remark or super().note()

    def _on_left(self) -> None:
        self.named.emit(self.line.text().strip())
