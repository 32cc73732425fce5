"""The first step of an import: which file or folder; or empty tables to begin with."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from models.words import _
from ui.buttons import button, on_keys
from ui.sheet import label, row_of
from ui.theme import GAP, MARGIN, dress

ENDINGS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.json"


class ChooseStep(QWidget):
    """`asked`: with the path of what is to be read; `empty_asked`: with a folder for tables."""

    asked = Signal(object)
    empty_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.file_button = button(
            _("Choose a file…"), self.choose_file, self, "primary", _("Ctrl+O")
        )
        tip = _("One with a CSV file for each kind of record")
        self.folder_button = button(_("Choose a folder…"), self.choose_folder, self, tip=tip)
        tip = _("For those who have no tables yet: one for each kind, its headings explained")
        self.empty_button = button(_("Write empty tables…"), self.choose_empty, self, "link", tip)
        self.setFocusProxy(self.file_button)
        on_keys("Ctrl+O", self.choose_file, self)
        self._lay_out()

    def choose_file(self) -> None:
        known = _("Tables, workbooks and FHIR bundles ({endings})").format(endings=ENDINGS)
        named, _filter = QFileDialog.getOpenFileName(self, _("The file to import"), _home(), known)
        if named:
            self.asked.emit(Path(named))

    def choose_folder(self) -> None:
        named = QFileDialog.getExistingDirectory(self, _("The folder to import"), _home())
        if named:
            self.asked.emit(Path(named))

    def choose_empty(self) -> None:
        title = _("A new or empty folder for the tables")
        named = QFileDialog.getExistingDirectory(self, title, _home())
        if named:
            self.empty_asked.emit(Path(named))

    def _lay_out(self) -> None:
        place = QFrame(self)
        dress(place, "drop")
        inner = QVBoxLayout(place)
        inner.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inner.setSpacing(12)
        inner.addWidget(label(_("Drop a file or a folder here, or choose one."), "", place))
        inner.addLayout(row_of(self.file_button, self.folder_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part in (place, *(label(f"•  {each}", "quiet", self) for each in _kinds())):
            column.addWidget(part)
        column.addLayout(row_of(self.empty_button))
        column.addStretch()


def _kinds() -> tuple[str, ...]:
    return (
        _("Tables of this program: a workbook, or a folder of CSV files, one for each kind."),
        _("A spreadsheet of your own: what its columns mean is asked next, and remembered."),
        _("A FHIR bundle (JSON): one patient or many. A REDCap project, as it is exported here."),
        _("The NCI's CTCAE workbook: its terms come in under Vocabularies."),
    )


def _home() -> str:
    """Not where somebody was last: a folder's name may tell of a patient."""
    return str(Path.home())
