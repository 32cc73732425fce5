"""What comes in and what leaves: each way with a sentence on what it does."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from models.roles import May
from models.store.clinic import Clinic
from models.words import _
from ui.allowed import needs
from ui.buttons import button, on_keys
from ui.sheet import Sheet, label, row_of
from ui.theme import GAP

WIDTH = 640


class Way(QWidget):
    """One way in or out: its title, what it does, and the button that leads there."""

    def __init__(self, title: str, words: str, go: QPushButton, parent: QWidget) -> None:
        super().__init__(parent)
        line = label("", "divider", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for each in (line, label(title, "strong", self), label(words, "quiet", self)):
            column.addWidget(each)
        column.addLayout(row_of(go))


class ExchangePage(Sheet):
    """`import_asked` and its like: the page for it; `closed`: back."""

    import_asked = Signal()
    export_asked = Signal()
    registry_asked = Signal()
    vocabularies_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Exchange"), parent)
        self._sheet.setFixedWidth(WIDTH)
        self._middle.setRowStretch(0, 0)
        self.import_button = button(_("Import…"), self.import_asked.emit, self)
        self.export_button = button(_("Export…"), self.export_asked.emit, self)
        words = _(
            "Records from tables, from a spreadsheet of your own or from a FHIR bundle. What would"
            " become of every row is shown first; then all of it comes in, or nothing."
        )
        self.offer(May.RECORD, _("Import"), words, self.import_button)
        words = _(
            "Records of everybody, or of some patients, as files for another program or for a"
            " study, with names or de-identified."
        )
        self.offer(May.EXPORT, _("Export"), words, self.export_button)
        self.registry_button = button(_("Registry"), self.registry_asked.emit, self)
        words = _(
            "Which of the data that a registry collects are on file, and a de-identified export of"
            " the patients who consented to one."
        )
        self.offer(May.RECORD, _("Registry"), words, self.registry_button)
        go = button(_("Vocabularies"), self.vocabularies_asked.emit, self)
        words = _("The CTCAE terms with their grades, and the drugs that can be chosen.")
        self.offer(May.READ, _("Vocabularies"), words, go)
        on_keys("Escape", self.closed.emit, self)

    def offer(self, what: May, title: str, words: str, go: QPushButton) -> None:
        """One more way, for those who may go it."""
        self.add(needs(what, Way(title, words, go, self)))

    def open(self, _clinic: Clinic) -> None:
        self.import_button.setFocus()
