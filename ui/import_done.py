"""The last step of an import: what came in, and that it can be taken back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.words import _, ngettext
from ui.buttons import button
from ui.sheet import label, row_of
from ui.theme import GAP


class DoneStep(QWidget):
    """`undo_asked`; `patients_asked`: to see who is on file now; `outside_asked`: to see what did
    not come in; `another_asked`: one more file.
    """

    undo_asked = Signal()
    patients_asked = Signal()
    outside_asked = Signal()
    another_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.said, self.outside = label("", "strong", self), label("", "quiet", self)
        patients = _("Ctrl+2")
        self.patients_button = button(
            _("Show the patients"), self.patients_asked.emit, self, "primary", patients
        )
        tip = _("Takes back the whole import, Ctrl+Z")
        self.undo_button = button(_("Undo the import"), self.undo_asked.emit, self, tip=tip)
        self.another_button = button(
            _("Import another file"), self.another_asked.emit, self, tip=_("Escape")
        )
        tip = _("What stayed outside, as a list that can be saved")
        self.outside_button = button(
            _("Show what stayed outside"), self.outside_asked.emit, self, tip=tip
        )
        self.setFocusProxy(self.patients_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.said)
        column.addWidget(self.outside)
        others = (self.outside_button, self.another_button)
        column.addLayout(row_of(self.patients_button, self.undo_button, *others))
        column.addStretch()

    def start(self, written: int, outside: int, is_listed: bool) -> None:
        """`outside`: of what stayed outside, what a record lacks; `is_listed`: whether there is
        anything to show.
        """
        words = ngettext(
            "{n:,} record imported. Undo takes it back.",
            "{n:,} records imported. Undo takes all of it back.",
            written,
        )
        self.said.setText(words.format(n=written))
        words = ngettext(
            "{n:,} thing in the file was not understood and stayed outside.",
            "{n:,} things in the file were not understood and stayed outside.",
            outside,
        )
        self.outside.setText(words.format(n=outside))
        self.outside.setVisible(outside > 0)
        self.outside_button.setVisible(is_listed)
