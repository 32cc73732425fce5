"""What becomes of every row of a file, before anything is written."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QVBoxLayout, QWidget

from models.exchange.arrivals import Fate
from models.exchange.fates import WRITTEN, Line
from models.words import _, ngettext
from ui.buttons import button, on_keys
from ui.calm_table import CalmTable, calm
from ui.fate_filter import FateFilter
from ui.fates_table import WIDTHS, FatesTable
from ui.flat_table import ROW_ROLE
from ui.sheet import label, row_of
from ui.theme import GAP, dress

DETAILS_HEIGHT = 76


class FatesStep(QWidget):
    """`asked`: all of it is to be imported; `again_asked`: the file is to be read once more;
    `save_asked`: the list as it is shown, as a file; `back_asked`.
    """

    asked = Signal()
    again_asked = Signal()
    save_asked = Signal()
    back_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.said = label("", "", self)
        self.filter = FateFilter(self)
        self.table, self.view = FatesTable(self), CalmTable(self)
        self.details = QPlainTextEdit(self)
        tip = _("All of it or nothing, Ctrl+Enter")
        self.main_button = button("", self.ask, self, "primary", tip)
        tip = _("After it was corrected and saved, F5")
        self.again_button = button(_("Read the file again"), self.again_asked.emit, self, tip=tip)
        tip = _("What is listed here, as a table (CSV) for whoever corrects the file, Ctrl+S")
        self.save_button = button(_("Save this list…"), self.save_asked.emit, self, tip=tip)
        tip = _("Another file, Escape")
        self.back_button = button(_("Back"), self.back_asked.emit, self, tip=tip)
        self.setFocusProxy(self.view)
        self._set_up()
        self._lay_out()

    def start(self, lines: Sequence[Line]) -> None:
        counts = Counter(line.fate for line in lines)
        written = sum(counts[fate] for fate in WRITTEN)
        wrong = counts[Fate.REFUSED]
        self.table.set_lines(lines)
        self.filter.count(lines)
        self._choose_first()
        for each in (self.main_button, self.again_button, self.filter):
            each.show()
        self.main_button.setEnabled(written > 0 and not wrong)
        words = ngettext("Import {n:,} record", "Import {n:,} records", written)
        self.main_button.setText(words.format(n=written) if written else _("Import"))
        dress(self.said, "problems" if wrong else "")
        remarks = sum(bool(line.remarks) for line in lines)
        outside = sum(line.fate is None and line.counts for line in lines)
        self.said.setText(_in_a_sentence(counts, written, remarks, outside))
        self.view.setFocus()

    def start_outside(self, lines: Sequence[Line]) -> None:
        """Once the rest has come in: what did not."""
        self.start(lines)
        for each in (self.main_button, self.again_button, self.filter):
            each.hide()
        self.said.setText(_("The rest is imported. This stayed outside."))

    def ask(self) -> None:
        if self.main_button.isEnabled():
            self.asked.emit()

    @property
    def shown(self) -> Sequence[Line]:
        return self.table.rows

    def _choose_first(self) -> None:
        if self.table.rows:
            self.view.selectRow(0)
            self.view.scrollToTop()
        else:
            self.details.clear()

    def _on_filter(self, fates: Sequence[Fate | None]) -> None:
        self.table.show_fates(fates)
        self._choose_first()

    def _on_chosen(self) -> None:
        chosen = self.view.selectionModel().selectedRows()
        line: Line | None = chosen[0].data(ROW_ROLE) if chosen else None
        if line:
            whose = ", ".join(filter(None, (line.name, line.mrn and f"MRN {line.mrn}", line.kind)))
            about = " · ".join(filter(None, (line.place.at("").words, whose)))
            self.details.setPlainText("\n".join(filter(None, (about, line.words))))

    def _set_up(self) -> None:
        calm(self.view, self.table, _("Rows of the file"))
        header = self.view.horizontalHeader()
        for place, width in enumerate(WIDTHS):
            header.resizeSection(place, width)
        header.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
        self.view.selectionModel().selectionChanged.connect(self._on_chosen)
        self.filter.changed.connect(self._on_filter)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setFixedHeight(DETAILS_HEIGHT)
        self.details.setAccessibleName(_("The chosen row in full"))
        for keys, slot in (
            ("F5", self.again_asked.emit),
            ("Ctrl+S", self.save_asked.emit),
            ("Ctrl+Return", self.ask),
            ("Ctrl+Enter", self.ask),
        ):
            on_keys(keys, slot, self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for each in (self.said, self.filter):
            column.addWidget(each)
        column.addWidget(self.view, 1)
        column.addWidget(self.details)
        others = (self.again_button, self.save_button, self.back_button)
        column.addLayout(row_of(self.main_button, *others))


def _in_a_sentence(counts: Counter[Fate | None], written: int, remarks: int, outside: int) -> str:
    wrong = counts[Fate.REFUSED]
    if wrong:
        words = ngettext(
            "{n:,} row cannot come in, so nothing is imported yet. Correct it in the file, save it"
            " there, and read it again.",
            "{n:,} rows cannot come in, so nothing is imported yet. Correct them in the file, save"
            " it there, and read it again.",
            wrong,
        )
        return words.format(n=wrong)
    if not sum(counts.values()):
        return _("There is nothing in this file.")
    if not written:
        return _("There is nothing to import: what was understood of this file is on file already.")
    said = [_("Nothing is written yet. It comes in whole, and can be undone as one step.")]
    if remarks:
        words = ngettext(
            "Look at {n:,} row first: it has a remark.",
            "Look at {n:,} rows first: they have remarks.",
            remarks,
        )
        said.append(words.format(n=remarks))
    if outside:
        words = ngettext(
            "{n:,} thing was not understood and stays outside.",
            "{n:,} things were not understood and stay outside.",
            outside,
        )
        said.append(words.format(n=outside))
    return " ".join(said)
