"""Exporting records: what leaves is said in words before it does, and put on record."""

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from models.store.clinic import Clinic
from models.words import _, ngettext
from ui.buttons import button, on_keys
from ui.date_editor import Today
from ui.export_choices import ExportChoices
from ui.exporting import Exported, Wanted, export
from ui.sheet import Sheet, label, row_of
from ui.tasks import Tasks
from ui.work_strip import WorkStrip

WIDTH = 640
MOST_SAID = 4


class ExportPage(Sheet):
    """`closed`: back to where the ways out are. What runs is ended on leaving."""

    closed = Signal()

    def __init__(self, today: Today, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(_("Export"), parent)
        self._today = today
        self._clinic: Clinic | None = None
        self._chosen: Sequence[uuid.UUID] = ()
        self._everybody = 0
        self._written: Path | None = None
        self._sheet.setFixedWidth(WIDTH)
        self._middle.setRowStretch(0, 0)
        self.choices = ExportChoices(self)
        self.leaves = label("", "warning", self)
        tip = _("All of it or nothing, Ctrl+Enter")
        self.export_button = button(_("Export"), self.export, self, "primary", tip)
        self.close_button = button(_("Close"), self.close_page, self, tip=_("Escape"))
        self.open_button = button(_("Open the folder"), self.open_folder, self)
        self.strip = WorkStrip(tasks, self)
        buttons = row_of(self.export_button, self.open_button, self.close_button)
        self.add(self.choices, self.leaves, buttons, self.strip)
        self.choices.changed.connect(self._say_what_leaves)
        self.strip.busy.connect(self._on_busy)
        keys = (("Ctrl+Return", self.export), ("Ctrl+Enter", self.export))
        for each, slot in (*keys, ("Escape", self.close_page)):
            on_keys(each, slot, self)

    def open(self, clinic: Clinic, patients: Sequence[uuid.UUID] = ()) -> None:
        """Of everybody, or of those who were chosen."""
        self._clinic, self._chosen = clinic, patients
        self._everybody = len(clinic.patients())
        self.choices.folder.set_value("")
        self.strip.say("")
        self.open_button.hide()
        self.choices.start(self._everybody, len(patients))
        self.export_button.setEnabled(self._everybody > 0)
        (self.choices.chosen if patients else self.choices.everybody).setFocus()

    def may_leave(self) -> bool:
        self.strip.cancel()
        return True

    def close_unclaimed(self) -> None:
        self.strip.cancel()

    def close_page(self) -> None:
        """What runs is ended first; closing again leaves."""
        self.strip.stop_or(self.closed.emit)

    def export(self) -> None:
        choices, clinic = self.choices, self._clinic
        if clinic is None or self.strip.running or not self.export_button.isEnabled():
            return
        if not choices.is_complete() or choices.path is None:
            return
        self._written = choices.path
        wanted = Wanted(
            choices.path,
            choices.format,
            frozenset(self._chosen) if choices.chosen.isChecked() else None,
            with_files=choices.with_files.isChecked(),
            nameless=choices.nameless.isChecked(),
            nevertheless=choices.nevertheless.isChecked(),
        )
        work = partial(export, clinic, wanted, self._today())
        self.strip.run(_("Exporting…"), work, self._on_written)

    def open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _on_written(self, made: Exported) -> None:
        words = ngettext("{n:,} file is in {folder}.", "{n:,} files are in {folder}.", made.files)
        said = [words.format(n=made.files, folder=self._written), *made.lacking[:MOST_SAID]]
        if more := made.lacking[MOST_SAID:]:
            said.append(_("And {n} more.").format(n=len(more)))
        self.strip.say("\n".join(said), "warning" if made.lacking else "")
        self.open_button.show()
        self.open_button.setFocus()
        QTimer.singleShot(0, self, self._show_end)

    def _show_end(self) -> None:
        """On a small screen, too, what was said is seen as soon as it has its place."""
        self.ensureWidgetVisible(self.strip)

    def _on_busy(self, busy: bool) -> None:
        for each in (self.choices, self.export_button, self.close_button):
            each.setEnabled(not busy)
        self.open_button.hide()
        if busy:
            self.strip.cancel_button.setFocus()

    def _say_what_leaves(self) -> None:
        by_choice = self.choices.chosen.isChecked()
        n = len(self._chosen) if by_choice else self._everybody
        if not n:
            self.leaves.setText(_("No patient is on file: there is nothing to export."))
            return
        self.leaves.setText(_what_leaves(self.choices, n))


def _what_leaves(choices: ExportChoices, n: int) -> str:
    if choices.nameless.isChecked():
        return _(
            "Only patients whose consent to a registry stands leave, without names, under study"
            " numbers. Somebody who knows a patient may still recognise the course. The files are"
            " not encrypted."
        )
    words = ngettext(
        "{n:,} patient leaves with the name and every record. The files are not encrypted: whoever"
        " opens them reads everything.",
        "{n:,} patients leave with names and every record. The files are not encrypted: whoever"
        " opens them reads everything.",
        n,
    )
    return words.format(n=n)
