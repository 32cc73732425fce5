"""What is to be exported: whose records, in which format, with what, and into which folder."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from models.base import FieldWords
from models.exchange.formats import FORMATS, Format
from models.words import N_, _, ngettext
from ui.folder_editor import FolderEditor
from ui.sheet import label
from ui.theme import GAP

INDENT = 24
ABOUT: Mapping[str, str] = {
    "csv": N_("A file for each kind of record. This program reads them back exactly."),
    "xlsx": N_("A sheet for each kind of record. This program reads it back exactly."),
    "fhir": N_("For other hospital systems: a bundle of FHIR R4 resources (JSON)."),
    "redcap": N_("A data dictionary and a data file for a REDCap project of your own."),
}


class ExportChoices(QWidget):
    """`changed`: something else is chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whom, self._formats = QButtonGroup(self), QButtonGroup(self)
        self.everybody, self.chosen = QRadioButton(self), QRadioButton(self)
        self.formats = {each.name: QRadioButton(each.words, self) for each in FORMATS.values()}
        self.with_files = QCheckBox(_("With the attached files: letters, photographs"), self)
        self.nameless = QCheckBox(_("De-identified: study numbers, shifted dates, no text"), self)
        tip = _("Of few patients sex, age group, disease and stage may tell who they are")
        self.nevertheless = QCheckBox(_("Export nevertheless where one can be told apart"), self)
        self.nevertheless.setToolTip(tip)
        words = FieldWords(
            "", _("Folder"), _("A new or an empty one."), "", "", False, (), True, str
        )
        self.folder = FolderEditor(words, self)
        self._lay_out()
        self._connect()

    def start(self, everybody: int, chosen: int) -> None:
        """`chosen`: how many patients were chosen in the list of patients."""
        words = ngettext("Everybody: {n:,} patient", "Everybody: {n:,} patients", everybody)
        self.everybody.setText(words.format(n=everybody))
        words = ngettext("The {n:,} chosen patient", "The {n:,} chosen patients", chosen)
        self.chosen.setText(words.format(n=chosen))
        self.chosen.setVisible(chosen > 0)
        self.how_to_choose.setVisible(not chosen)
        (self.chosen if chosen else self.everybody).setChecked(True)
        self._on_changed()

    @property
    def format(self) -> Format:
        name = next(name for name, each in self.formats.items() if each.isChecked())
        return FORMATS[name]

    @property
    def path(self) -> Path | None:
        typed = self.folder.line.text().strip()
        return Path(typed).expanduser() if typed else None

    def is_complete(self) -> bool:
        """Else it is said what is missing."""
        if self.path is None:
            self.folder.set_problem(_("Choose a folder: a new or an empty one."))
            self.folder.setFocus()
        return self.path is not None

    def _on_changed(self) -> None:
        self.with_files.setEnabled(not self.nameless.isChecked())
        self.nevertheless.setVisible(self.nameless.isChecked())
        self.changed.emit()

    def _connect(self) -> None:
        for group in (self._whom, self._formats):
            group.buttonToggled.connect(lambda *_which: self._on_changed())
        for box in (self.with_files, self.nameless):
            box.toggled.connect(self._on_changed)
        self.folder.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        advice = _(
            "To export only some: choose them in the list of patients, and press Export there."
        )
        self.how_to_choose = label(advice, "note", self)
        column.addWidget(self._group(_("Whose records")))
        for whose in (self.everybody, self.chosen):
            self._whom.addButton(whose)
            column.addWidget(whose)
        column.addWidget(self.how_to_choose)
        column.addWidget(self._group(_("As")))
        for name, each in self.formats.items():
            self._formats.addButton(each)
            column.addWidget(each)
            about = label(_(ABOUT[name]), "note", self)
            about.setContentsMargins(INDENT, 0, 0, 4)
            each.setAccessibleDescription(about.text())
            column.addWidget(about)
        next(iter(self.formats.values())).setChecked(True)
        column.addWidget(self._group(_("What goes along")))
        for box in (self.with_files, self.nameless, self.nevertheless):
            column.addWidget(box)
        column.addSpacing(GAP)
        column.addWidget(self.folder)

    def _group(self, title: str) -> QLabel:
        made = label(title, "group", self)
        made.setIndent(0)
        return made
