"""The registry: how complete the data are, and the de-identified export of who consented."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.base import ClinicError, FieldWords
from models.exchange.registry.columns import Dates
from models.roles import May
from models.store.clinic import Clinic
from models.words import _, ngettext
from ui.allowed import needs
from ui.buttons import button, on_keys
from ui.calm_table import CalmTable, calm
from ui.date_editor import Today
from ui.flat_table import ROW_ROLE, FlatTable
from ui.folder_editor import FolderEditor
from ui.registry_tables import BAR, Bars, GapsTable, TallyTable
from ui.registry_work import Looked, export, look
from ui.sheet import label, row_of
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN
from ui.whose_number import WhoseNumber
from ui.work_strip import WorkStrip

ITEM, NAME = 0, 0
GROUPS_HEIGHT = 76
TALLY_WIDTHS = {BAR: 160, 2: 96}
GAPS_WIDTHS = {1: 96, 2: 104}


class RegistryPage(QWidget):
    """`patient_asked`: the id of who is to be shown; `closed`: back. What runs ends on leaving."""

    patient_asked = Signal(object)
    closed = Signal()

    def __init__(self, today: Today, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._tasks = today, tasks
        self._clinic: Clinic | None = None
        self._looked: Looked | None = None
        self.title = label(_("Registry"), "title", self)
        self.consents = label("", "", self)
        self.tallies, self.gaps = TallyTable(self), GapsTable(self)
        self.tally_view, self.gaps_view = CalmTable(self), CalmTable(self)
        self.days = QRadioButton(_("Days since the diagnosis"), self)
        self.shifted = QRadioButton(_("Shifted dates"), self)
        self.days.setToolTip(_("Counted from shifted dates, so that no true day can be told"))
        self.shifted.setToolTip(_("All dates of a patient by one secret number of days"))
        words = FieldWords(
            "", _("Folder"), _("A new or an empty one."), "", "", False, (), True, str
        )
        self.folder = FolderEditor(words, self)
        self.small = label("", "warning", self)
        self.groups = QPlainTextEdit(self)
        self.groups.setReadOnly(True)
        self.groups.setTabChangesFocus(True)
        self.groups.setFixedHeight(GROUPS_HEIGHT)
        self.groups.setAccessibleName(_("The groups of so few patients"))
        self.small_known = QCheckBox(_("Export nevertheless"), self)
        tip = _("Of those whose consent stands, de-identified; all of it or nothing")
        self.export_button = button(_("Export"), self.export, self, "primary", tip)
        self.whose = WhoseNumber(self)
        self.close_button = button(_("Close"), self.close_page, self, tip=_("Escape"))
        self.strip = WorkStrip(tasks, self)
        self.note = label("", "note", self)
        self._lay_out()
        self._connect()

    def open(self, clinic: Clinic) -> None:
        """What is on file now is looked through off the window's thread."""
        self._clinic, self._looked = clinic, None
        self.days.setChecked(True)
        self.folder.set_value("")
        self.whose.open(clinic)
        self.strip.say("")
        self._show()
        self.consents.setText(_("Looking through the records …"))
        self._tasks.run(partial(look, clinic, self._today()), self._on_looked, self._on_failed)
        self.tally_view.setFocus()

    def may_leave(self) -> bool:
        self.strip.cancel()
        return True

    def close_unclaimed(self) -> None:
        self.strip.cancel()

    def close_page(self) -> None:
        """What runs is ended first; closing again leaves."""
        self.strip.stop_or(self.closed.emit)

    def export(self) -> None:
        clinic, typed = self._clinic, self.folder.line.text().strip()
        if clinic is None or self.strip.running or not self.export_button.isEnabled():
            return
        if not typed:
            self.folder.set_problem(_("Choose a folder: a new or an empty one."))
            self.folder.setFocus()
            return
        dates = Dates.DAYS if self.days.isChecked() else Dates.SHIFTED
        work = partial(export, clinic, Path(typed).expanduser(), dates, self._today())
        self.strip.run(_("Exporting…"), work, self._on_written)

    def _on_looked(self, looked: Looked) -> None:
        if self._clinic is not None:
            self._looked = looked
            self._show()

    def _on_failed(self, error: ClinicError) -> None:
        self.consents.setText(str(error))

    def _on_written(self, files: int) -> None:
        words = ngettext("{n:,} file is in {folder}.", "{n:,} files are in {folder}.", files)
        self.strip.say(words.format(n=files, folder=self.folder.line.text().strip()), "")
        self.close_button.setFocus()

    def _show(self) -> None:
        looked = self._looked
        self.tallies.set_rows(looked.survey.tallies if looked else [])
        self.gaps.set_rows(looked.survey.patients if looked else [])
        self.consents.setText(_consents(looked) if looked else "")
        self.small.setText(looked.cells.sentence if looked else "")
        self.groups.setPlainText("\n".join(looked.cells.lines) if looked else "")
        for each in (self.small, self.groups, self.small_known):
            each.setVisible(bool(self.small.text()))
        self.small_known.setChecked(False)
        self._enable()

    def _enable(self) -> None:
        looked = self._looked
        anybody = looked is not None and bool(looked.chosen.histories)
        known = self.small_known.isChecked() or not self.small.text()
        self.export_button.setEnabled(anybody and known and not self.strip.running)
        for each in (self.days, self.shifted, self.folder, self.small_known):
            each.setEnabled(anybody and not self.strip.running)

    def _open_patient(self, index: QModelIndex) -> None:
        patient, _found = index.data(ROW_ROLE)
        self.patient_asked.emit(patient.id)

    def _connect(self) -> None:
        self.gaps_view.clicked.connect(self._open_patient)
        self.gaps_view.activated.connect(self._open_patient)
        self.whose.patient_asked.connect(self.patient_asked)
        self.small_known.toggled.connect(self._enable)
        self.strip.busy.connect(lambda _busy: self._enable())
        on_keys("Escape", self.close_page, self)

    # How it looks

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(MARGIN)
        self.title.setWordWrap(False)
        above.addWidget(self.title)
        above.addWidget(self.consents, 1, Qt.AlignmentFlag.AlignVCenter)
        above.addWidget(self.close_button)
        tables = QHBoxLayout()
        tables.setSpacing(MARGIN)
        self.tally_view.setItemDelegateForColumn(BAR, Bars(self))
        name = _("How many patients have each of the registry data")
        tables.addWidget(_table(self.tally_view, self.tallies, name, TALLY_WIDTHS), 3)
        name = _("Patients, those with the most gaps first")
        tables.addWidget(_table(self.gaps_view, self.gaps, name, GAPS_WIDTHS), 2)
        self.gaps_view.setToolTip(_("A click or Enter opens the patient"))
        self.note.setText(
            _(
                "Collected by what is published of PROCLIPI, whose forms are not; the export is"
                " this program's own and no registry's format."
            )
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(GAP)
        whole.addLayout(above)
        whole.addLayout(tables, 1)
        whole.addWidget(self.note)
        whole.addWidget(needs(May.EXPORT, self._ways_out()))
        whole.addWidget(self.strip)

    def _ways_out(self) -> QWidget:
        made = QWidget(self)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(label(_("Export who consented, de-identified"), "strong", self))
        left.addLayout(row_of(self.days, self.shifted, gap=MARGIN))
        left.addWidget(self.folder)
        left.addWidget(self.small)
        left.addWidget(self.groups)
        left.addLayout(row_of(self.export_button, self.small_known, gap=MARGIN))
        columns = QHBoxLayout(made)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(MARGIN)
        columns.addLayout(left, 3)
        columns.addWidget(self.whose, 2, Qt.AlignmentFlag.AlignTop)
        return made


def _table(view: CalmTable, model: FlatTable[Any], name: str, widths: dict[int, int]) -> CalmTable:
    calm(view, model, name)
    header = view.horizontalHeader()
    header.setSectionsClickable(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for place, width in widths.items():
        header.resizeSection(place, width)
    return view


def _consents(looked: Looked) -> str:
    n, whole = len(looked.chosen.histories), len(looked.survey.patients)
    words = ngettext(
        "The consent to a registry stands of {n:,} patient of {all:,}.",
        "The consent to a registry stands of {n:,} patients of {all:,}.",
        n,
    )
    return words.format(n=n, all=whole)
