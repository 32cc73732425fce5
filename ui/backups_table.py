"""The backups in the folder: when each was made, how large it is, and what it was made for."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from models.store.backup_files import Backup
from models.words import N_, _, moment_words
from ui.backup_words import age_words
from ui.flat_table import Column, FlatTable, Index
from ui.theme import colours

COLUMNS = (
    *(Column(N_("Made on")), Column(N_("Age")), Column(N_("Size"), number=True)),
    *(Column(N_("Kind")), Column(N_("Complete"))),
)
COMPLETE = len(COLUMNS) - 1


class BackupsTable(FlatTable[Backup]):
    """One row for each, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._now = dt.datetime.now(dt.UTC)

    def set_backups(self, backups: Sequence[Backup], now: dt.datetime) -> None:
        self._now = now
        self.set_rows(backups)

    def cells(self, at: int) -> Sequence[str]:
        backup = self.rows[at]
        complete = _("Yes") if backup.complete else _("No, its keyring is missing")
        moment = moment_words(backup.moment)
        age = age_words(backup.moment, self._now)
        return moment, age, backup.size_words, kind_words(backup), complete

    def tip(self, at: int, column: int) -> str:
        return self.rows[at].path.name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == COMPLETE:
            return None if self.rows[index.row()].complete else QColor(colours().wrong)
        return super().data(index, role)


def kind_words(backup: Backup) -> str:
    if not backup.before:
        return _("Regular")
    if backup.series.endswith("restore"):
        return _("Before a restore")
    return _("Before an update")
