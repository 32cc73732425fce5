"""A card beside a form: who on file is like the patient that is being typed."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from models.base import ClinicError
from models.likeness import Likeness, who
from models.words import _, capitalised, long_day_words
from ui.buttons import button
from ui.sheet import label, row_of
from ui.theme import GAP, MARGIN, dress

Likely = Callable[[dict[str, Any]], list[Likeness]]

WIDTH, MOST, PAUSE_MS = 288, 3, 120


class LikenessCard(QScrollArea):
    """Looks when typing pauses. `open_asked`, `merge_asked`: the likeness a person chose.

    Its width is always the same, and it stands beside the form, so that nothing moves.
    """

    open_asked = Signal(object)
    merge_asked = Signal(object)

    def __init__(
        self, look: Callable[[], list[Likeness]], parent: QWidget, *, merging: bool = False
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._line, self._more = label("", "quiet", self), label("", "quiet", self)
        self.found = [_Found(self, merging=merging) for _place in range(MOST)]
        self._lay_out()
        self._show([])

    @property
    def said(self) -> str:
        """All that can be read on the card."""
        shown = [each.said for each in self.found if not each.isHidden()]
        return "\n".join([self._line.text(), *shown, self._more.text()]).strip()

    def look_soon(self) -> None:
        """After the next pause in typing; while the card is out of sight, nothing is looked for."""
        if self.isVisible():
            self._pause.start()

    def look(self) -> None:
        self._pause.stop()
        try:
            self._show(self._look())
        except ClinicError as error:
            self._show([])
            self._line.setText(error.happened)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start()

    def _show(self, found: Sequence[Likeness]) -> None:
        self._line.setText("" if found else _("No patient like this on file."))
        self._line.setVisible(not found)
        for place, each in enumerate(self.found):
            each.setVisible(place < len(found))
            if place < len(found):
                each.show_likeness(found[place])
        n = len(found) - MOST
        self._more.setText(_("and {n} more").format(n=n) if n > 0 else "")
        self._more.setVisible(n > 0)

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(_("Patients like this one"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(self)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        for part in (self._line, *self.found, self._more):
            column.addWidget(part)
        column.addStretch(1)


class _Found(QFrame):
    """One of them: how likely, who, and why."""

    def __init__(self, card: LikenessCard, *, merging: bool) -> None:
        super().__init__(card)
        self._likeness: Likeness | None = None
        self._how, self._name = label("", "quiet", self), label("", "strong", self)
        self._born, self._why = label("", "", self), label("", "quiet", self)
        self.open_button = button(
            _("Open this patient"), lambda: card.open_asked.emit(self._likeness), self, "link"
        )
        self.merge_button = button(
            _("Merge…"), lambda: card.merge_asked.emit(self._likeness), self, "link"
        )
        self.merge_button.setVisible(merging)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, GAP, 12, 4)
        column.setSpacing(4)
        for part in (self._how, self._name, self._born, self._why):
            column.addWidget(part)
        column.addLayout(row_of(self.open_button, self.merge_button, gap=MARGIN))

    @property
    def said(self) -> str:
        parts = (self._how, self._name, self._born, self._why)
        return "\n".join(part.text() for part in parts)

    def show_likeness(self, likeness: Likeness) -> None:
        self._likeness, patient = likeness, likeness.patient
        self._how.setText(_("Likely the same person") if likeness.likely else _("Similar"))
        self._name.setText(patient.name)
        born = _("born {date} · MRN {mrn}")
        self._born.setText(born.format(date=long_day_words(patient.birth_date), mrn=patient.mrn))
        self._why.setText(capitalised(likeness.why))
        self.open_button.setAccessibleName(_("Open {patient}").format(patient=who(patient)))
        self.merge_button.setAccessibleName(_("Merge with {patient}").format(patient=who(patient)))
        dress(self._how, "beware" if likeness.likely else "quiet")
        dress(self, "likely" if likeness.likely else "similar")
