"""The audit log as a table: an entry a row, the newest first, further ones as they are wanted."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from models.store.changed import deed_in_words, values_in_words
from models.store.trail_rows import Row
from models.words import N_, _, moment_words
from ui.flat_table import Column, FlatTable, Index

COLUMNS = (
    *(Column(N_("Entry")), Column(N_("When")), Column(N_("Who"))),
    *(Column(N_("What")), Column(N_("Patient")), Column(N_("Changed"))),
)


class AuditTable(FlatTable[Row]):
    """`more_asked`: the end of the rows is reached, and there are more."""

    more_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.found, self._waits = 0, False

    def set_first(self, rows: Sequence[Row], found: int) -> None:
        """The first of those that were found."""
        self.found, self._waits = found, False
        self.set_rows(rows)

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Those after the last one; none where there turned out to be no more."""
        self._waits = False
        if not rows:
            self.found = len(self.rows)
        super().add_rows(rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._waits and 0 < len(self.rows) < self.found

    def fetchMore(self, parent: Index) -> None:
        self._waits = True
        self.more_asked.emit()

    def cells(self, at: int) -> Sequence[str]:
        row, change = self.rows[at], self.rows[at].change
        if change is None:
            return str(row.sequence), "", "", "", row.name, unreadable()
        return (
            str(row.sequence),
            moment_words(change.at),
            change.user,
            deed_in_words(change),
            row.name,
            values_in_words(change, row.names) or change.reason or "",
        )


def unreadable() -> str:
    return _("This entry cannot be read: it was edited behind the program's back.")
