"""The first step of restoring: which backup, and into which folder."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from models.store.clinic import Clinic
from models.store.restoring import Source
from models.words import N_, _, moment_words
from ui.backup_words import age_words
from ui.buttons import button
from ui.lines_table import Column, LinesView
from ui.restore_parts import Step
from ui.sheet import label, row_of

SOURCES = (
    Column(N_("Made on"), 144),
    Column(N_("Age"), 112),
    Column(N_("Size"), 96, number=True),
    Column(N_("Clinic"), 184),
    Column(N_("File"), 0),
)
FEWEST = 6


class ChooseStep(Step):
    """Which backup. `folder_asked`: one in which others lie; `into_asked`: where it shall go.

    `present`: the clinic that is open in `folder`, into which it goes then.
    """

    folder_asked = Signal(object)
    into_asked = Signal(object)

    def __init__(self, folder: Path, present: Clinic | None, parent: QWidget) -> None:
        super().__init__(_("Which backup"), _("Continue"), parent)
        self._folder = folder
        self._own = (present.backups.series, present.name) if present else ("", "")
        self._sources: list[Source] = []
        self.said = label("", "quiet", self)
        self.view = LinesView(SOURCES, FEWEST, _("Backups"), self)
        self.view.activated.connect(self.asked)
        another = _("On another disk, on a share, or copied by hand")
        self.file_button = button(_("Another file…"), self.choose_file, self, tip=another)
        self.folder_button = button(_("Another folder…"), self.choose_folder, self, tip=another)
        into = label(_("It is restored into {folder}.").format(folder=folder), "", self)
        tip = _("A new one, or a clinic's own")
        into_button = button(_("Restore into another folder…"), self.choose_into, self, "link", tip)
        into_button.setVisible(present is None)
        others = (self.file_button, self.folder_button)
        self.add(self.said, self.view, into, self.buttons(*others), row_of(into_button))
        self._column.setStretchFactor(self.view, 1)
        self.list_sources(folder, [])

    @property
    def source(self) -> Source | None:
        """What is chosen."""
        chosen = self.view.selectionModel().selectedRows()
        return self._sources[chosen[0].row()] if chosen else None

    def list_sources(self, folder: Path, sources: Sequence[Source]) -> None:
        """The first, which is the newest, is chosen."""
        self._sources = [*sources]
        now = dt.datetime.now(dt.UTC)
        self.view.lines.set_rows([self._line(source, now) for source in sources])
        self.view.fit(FEWEST)
        self.view.setVisible(bool(sources))
        self.main_button.setEnabled(bool(sources))
        none = _("There is no backup in {folder}.")
        connect = _("Connect the disk with the backup, and choose its folder or file.")
        where = _("In {folder}:") if sources else f"{none} {connect}"
        self.said.setText(where.format(folder=folder))
        if sources:
            self.view.selectRow(0)
        self.focus_first()

    def choose_file(self) -> None:
        named, _filter = QFileDialog.getOpenFileName(
            self, _("The backup's file"), "", _("Backups (*.db)")
        )
        if named:
            self.folder_asked.emit(Path(named))

    def choose_folder(self) -> None:
        named = QFileDialog.getExistingDirectory(self, _("The folder of the backups"))
        if named:
            self.folder_asked.emit(Path(named))

    def choose_into(self) -> None:
        begin = str(self._folder.parent)
        named = QFileDialog.getExistingDirectory(self, _("Folder for the records"), begin)
        if named:
            self.into_asked.emit(Path(named))

    def focus_first(self) -> None:
        (self.view if self._sources else self.folder_button).setFocus()

    def _line(self, source: Source, now: dt.datetime) -> tuple[str, ...]:
        age = age_words(source.at, now)
        return moment_words(source.at), age, source.size_words, self._clinic(source), source.name

    def _clinic(self, source: Source) -> str:
        """By name where it is the one that is open; the series is all that another's tells."""
        series, name = self._own
        return name if series and source.series == series else source.series or "–"
