"""While something long is done: what, how far it is, and a way out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from models.words import _
from ui.buttons import button, on_keys
from ui.sheet import Sheet, label, row_of


class WaitPage(Sheet):
    """`cancelled`: a person does not want it any more."""

    cancelled = Signal()

    def __init__(self, doing: str, parent: QWidget | None = None) -> None:
        super().__init__(doing, parent)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(doing)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self._far = label("", "quiet", self)
        self.cancel_button = button(_("Cancel"), self.cancel, self, tip=_("Escape"))
        self.add(self.bar, self._far, row_of(self.cancel_button))
        on_keys("Escape", self.cancel, self)

    def tell_progress(self, done: int, whole: int) -> None:
        self.bar.setRange(0, whole)
        self.bar.setValue(done)
        self._far.setText(_("{done} of {whole}").format(done=done, whole=whole))

    def cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self._far.setText(_("Stopping …"))
        self.cancelled.emit()
