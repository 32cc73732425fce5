"""Choosing another patient: those who are like one, or whoever is looked for."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from models.likeness import Likeness, who
from models.patient import Patient
from models.store.clinic import Clinic
from models.words import _, capitalised
from ui.date_editor import Today
from ui.search_line import SearchLine
from ui.sheet import label
from ui.theme import GAP, ROW, dress

MOST = 8


class ChoosePatient(QWidget):
    """`chosen`: the id of a patient. Enter in the line takes the first."""

    chosen = Signal(object)

    def __init__(self, today: Today, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._clinic: Clinic | None = None
        self._of: Patient | None = None
        words = _("Name, MRN or birth date")
        self.search = SearchLine(_("Find the duplicate"), words, _("Down goes to the list"), self)
        self.said = label("", "quiet", self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Patients found"))
        self.list.setFixedHeight((MOST - 2) * ROW + 12)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(4)
        dress(self.list, "completer")
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self._take_first)
        self.search.left_below.connect(self._into_the_list)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.setFocusProxy(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part in (self.search, self.said, self.list):
            column.addWidget(part)

    def start(self, clinic: Clinic, patient: Patient) -> None:
        """Offer those who are like this patient, until somebody is looked for."""
        self._clinic, self._of = clinic, patient
        self.search.clear()
        self._look("")

    def _look(self, typed: str) -> None:
        if self._clinic is None or self._of is None:
            return
        if typed.strip():
            found = self._clinic.look_up(typed, self._today(), most=MOST + 1).first
            others = [(each.patient, each.words) for each in found if each.patient != self._of.id]
            self.said.setText("" if others else _("No other patient is found by this."))
            self._list(others)
            return
        like = self._clinic.likely_duplicates(self._of.model_dump(), besides=self._of.id)
        nobody = _("Nobody else on file is like this patient: type to find the other entry.")
        self.said.setText(_("Like this patient:") if like else nobody)
        self._list([(each.patient.id, _in_words(each)) for each in like])

    def _list(self, patients: Sequence[tuple[uuid.UUID, str]]) -> None:
        self.list.clear()
        for patient, words in patients[:MOST]:
            item = QListWidgetItem(words, self.list)
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.UserRole, patient)
        self.list.setVisible(bool(patients))
        self.said.setVisible(bool(self.said.text()))

    def _take_first(self) -> None:
        if self.list.count():
            self._take(self.list.item(0))

    def _take(self, item: QListWidgetItem) -> None:
        found: uuid.UUID = item.data(Qt.ItemDataRole.UserRole)
        self.chosen.emit(found)

    def _into_the_list(self) -> None:
        if self.list.count():
            self.list.setFocus()
            self.list.setCurrentRow(0)


def _in_words(like: Likeness) -> str:
    return f"{who(like.patient)}\n{capitalised(like.why)}"
