"""One of the two patients of a merge: who, the disease, and how much is recorded."""

import datetime as dt

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.history import History
from models.merge_proposal import counted
from models.summary import as_of
from models.words import _, listing
from ui.sheet import label
from ui.theme import GAP, dress


class PersonCard(QFrame):
    """`becomes`: what becomes of the `{records}`. More may be put into `column`."""

    def __init__(self, part: str, becomes: str, parent: QWidget) -> None:
        super().__init__(parent)
        dress(self, "similar")
        self.setAccessibleName(part)
        self._becomes = becomes
        self._who, self._disease = label("", "strong", self), label("", "", self)
        self._records = label("", "quiet", self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, GAP, 12, GAP)
        self.column.setSpacing(4)
        for each in (label(part, "label", self), self._who, self._disease, self._records):
            self.column.addWidget(each)

    def show_person(self, history: History | None, today: dt.date) -> None:
        summary = as_of(history, today) if history else None
        records = listing(counted(history)) if history else ""
        self._who.setText(summary.identity if summary else "")
        self._disease.setText(summary.disease if summary else "")
        self._records.setText(self._becomes.format(records=records or _("no record yet")))
        for each in (self._who, self._disease, self._records):
            each.setVisible(summary is not None)
