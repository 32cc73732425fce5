"""Who has a study number: looked up by those who may export, and put on record."""

import re
import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.base import ClinicError
from models.exchange.registry.studied import study_words
from models.store.clinic import Clinic
from models.words import _
from ui.buttons import button
from ui.sheet import entry, label, row_of
from ui.theme import GAP


class WhoseNumber(QWidget):
    """`patient_asked`: the id of who was found."""

    patient_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._clinic: Clinic | None = None
        self._found: uuid.UUID | None = None
        self.number = entry(_("Study number"), self, help=_("As S-0042. Each look is on record."))
        self.look_button = button(_("Look up"), self.look, self, tip=_("Enter"))
        self.open_button = button(_("Open"), self._open, self)
        self.said = label("", "", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(label(_("Who is who"), "strong", self))
        column.addWidget(self.number)
        column.addLayout(row_of(self.look_button, self.open_button))
        column.addWidget(self.said)
        self.number.line.returnPressed.connect(self.look)
        self.number.changed.connect(self._forget)
        self._forget()

    def open(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self.number.set_value("")
        self._forget()

    def look(self) -> None:
        typed = re.fullmatch(r"(?:s\s*-?\s*)?(\d{1,9})", self.number.line.text().strip().casefold())
        if self._clinic is None:
            return
        if typed is None:
            self.number.set_problem(_("A study number is written as S-0042."))
            return
        number = int(typed[1])
        try:
            patient = self._clinic.whose_number(number)
        except ClinicError as error:
            self.number.set_problem(str(error))
            return
        self._found = patient.id
        words = _("{number} is {name}, MRN {mrn}.")
        self.said.setText(
            words.format(number=study_words(number), name=patient.name, mrn=patient.mrn)
        )
        self.open_button.show()

    def _open(self) -> None:
        if self._found is not None:
            self.patient_asked.emit(self._found)

    def _forget(self) -> None:
        self._found = None
        self.said.clear()
        self.open_button.hide()
