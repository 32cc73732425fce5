"""The backups in the folder: when each was made, how large it is, and what it was made for."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor

from models.store.backup_files import Backup
from models.words import N_, _, moment_words
from ui.backup_words import age_words
from ui.record_table import NOWHERE, Index, aligned
from ui.theme import colours

BACKUP_ROLE = Qt.ItemDataRole.UserRole
COLUMNS = (N_("Made on"), N_("Age"), N_("Size"), N_("Kind"), N_("Complete"))
SIZE, COMPLETE = 2, 4


class BackupsTable(QAbstractTableModel):
    """One row for each, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backups: Sequence[Backup] = ()
        self._now = dt.datetime.now(dt.UTC)

    def set_backups(self, backups: Sequence[Backup], now: dt.datetime) -> None:
        self.beginResetModel()
        self._backups, self._now = backups, now
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._backups)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(COLUMNS):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _(COLUMNS[section])
            case Qt.ItemDataRole.TextAlignmentRole:
                return aligned(section == SIZE)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        backup = self._backups[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells(backup)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return backup.path.name
            case Qt.ItemDataRole.TextAlignmentRole:
                return aligned(index.column() == SIZE)
            case Qt.ItemDataRole.ForegroundRole if index.column() == COMPLETE:
                return None if backup.complete else QColor(colours().wrong)
            case _ if role == BACKUP_ROLE:
                return backup
        return None

    def _cells(self, backup: Backup) -> tuple[str, ...]:
        complete = _("Yes") if backup.complete else _("No, its keyring is missing")
        moment = moment_words(backup.moment)
        age = age_words(backup.moment, self._now)
        return moment, age, backup.size_words, kind_words(backup), complete


def kind_words(backup: Backup) -> str:
    if not backup.before:
        return _("Regular")
    if backup.series.endswith("restore"):
        return _("Before a restore")
    return _("Before an update")
