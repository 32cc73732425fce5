"""CTCAE's terms: which versions hold here, a list to search, and a new workbook to import."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QVBoxLayout,
    QWidget,
)

from models.ctcae import CtcaeVersion, grades_of, names_of, soc_of, term_of
from models.ctcae_words import proposed_terms
from models.exchange.ctcae_files import CtcaeFile, read_ctcae
from models.folding import folded
from models.grade_words import whose, wording
from models.progress import Progress
from models.roles import May
from models.store.clinic import Clinic
from models.store.vocabularies import CameIn, Imported
from models.words import N_, _, capitalised, moment_words
from ui.allowed import needs
from ui.buttons import button, on_keys
from ui.calm_table import CalmTable, calm
from ui.facts_reader import Fact, FactsReader
from ui.flat_table import ROW_ROLE, Column, FlatTable
from ui.search_line import SearchLine
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN
from ui.work_strip import WorkStrip

COLUMNS = (Column(N_("Term")), Column(N_("System organ class")), Column(N_("Grades")))
GRADES_WIDTH, VERSION_WIDTH = 88, 120
SHOWN_PROBLEMS = 8


class TermsTable(FlatTable[str]):
    """A row for each term of a version."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(COLUMNS, parent)
        self.version = CtcaeVersion.V5_0

    def cells(self, at: int) -> tuple[str, str, str]:
        name = self.rows[at]
        soc = soc_of(name, self.version)
        grades = grades_of(name, self.version) or ()
        return name, soc.label if soc else "", " ".join(str(int(grade)) for grade in grades)


class TermsPane(QWidget):
    """`changed`: other terms hold for the clinic from now on; `closed`: back."""

    changed = Signal()
    closed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clinic: Clinic | None = None
        self._imported: list[Imported] = []
        self.versions = QComboBox(self)
        tip = _("Words in any order; also what patients say, as “itch”")
        self.search = SearchLine(_("Find term"), _("Find term…"), tip, self)
        bring = _("The NCI's workbook of a version, or a CSV file with one row for each term")
        asked = button(_("Import CTCAE workbook…"), self.choose, self, tip=bring)
        self.import_button = needs(May.JUDGE, asked)
        self.close_button = button(_("Close"), self.on_escape, self, tip=_("Escape"))
        self.state = label("", "quiet", self)
        self.strip = WorkStrip(tasks, self)
        self.table = TermsTable(self)
        self.view = CalmTable(self)
        self.reader = FactsReader(self)
        self._set_up()
        self._lay_out()
        self._connect()

    def open(self, clinic: Clinic) -> None:
        self._clinic = clinic
        clinic.vocabularies.hold()
        self._read()
        self.search.setFocus()

    def choose(self) -> None:
        path = self.ask_file()
        if path is not None:
            self.bring(path)

    def ask_file(self) -> Path | None:
        kinds = _("CTCAE workbooks ({endings})").format(endings="*.xlsx *.xlsm *.csv")
        named, _kind = QFileDialog.getOpenFileName(self, _("Import CTCAE workbook"), "", kinds)
        return Path(named) if named else None

    def ask_version(self) -> CtcaeVersion | None:
        """Of a file that does not tell."""
        words = _("The file does not tell which version of CTCAE it holds. It is version:")
        choices = [*map(str, CtcaeVersion)]
        chosen, sure = QInputDialog.getItem(
            self, _("Version of CTCAE"), words, choices, choices.index(CtcaeVersion.V5_0), False
        )
        return CtcaeVersion(chosen) if sure else None

    def bring(self, path: Path, version: CtcaeVersion | None = None) -> None:
        """Read the file and let its terms hold; `version`: where the file does not tell."""
        if self._clinic is not None and not self.strip.running:
            work = partial(bring_in, self._clinic, path, version)
            self.strip.run(_("Reading the file…"), work, partial(self._on_read, path))

    def on_escape(self) -> None:
        """First what is under way, then the page."""
        self.strip.stop_or(self.closed.emit)

    def _on_read(self, path: Path, found: CtcaeFile | CameIn) -> None:
        if isinstance(found, CameIn):
            self._read(found.version)
            self.strip.say(found.words, "")
            self.view.setFocus()
            self.changed.emit()
        elif found.problems:
            self.strip.say(_problems(found), "problems")
        elif version := self.ask_version():
            self.bring(path, version)

    # What is listed and shown

    def _read(self, version: CtcaeVersion | None = None) -> None:
        """What is on file now, this version chosen."""
        if self._clinic is not None:
            self._imported = self._clinic.vocabularies.imported()
            self.versions.setCurrentIndex(self.versions.findData(version or self.table.version))
            self._list()

    def _list(self) -> None:
        version = CtcaeVersion(self.versions.currentData())
        typed = self.search.text().strip()
        found = proposed_terms(typed, version) if typed else sorted(names_of(version), key=folded)
        self.table.version = version
        self.table.set_rows(found)
        self.state.setText(self._state(version))
        if found:
            how = QItemSelectionModel.SelectionFlag
            first = self.table.index(0, 0)
            self.view.selectionModel().setCurrentIndex(first, how.ClearAndSelect | how.Rows)
        else:
            self.reader.show_facts(_("No term is found by these words."), [], [])

    def _state(self, version: CtcaeVersion) -> str:
        own = next((each for each in self._imported if each.version is version), None)
        if own is None and version is CtcaeVersion.V4_03:
            return _("Not imported: the names are those of version 5.0, all five grades are open.")
        if own is None:
            words = _(
                "Not imported: a starter list of {n} terms, with the grades in our words. Import "
                "the NCI's workbook for all of them."
            )
            return words.format(n=len(names_of(version)))
        if own.at is None:
            return _("{n} terms in {classes} classes.").format(n=own.terms, classes=own.classes)
        return _("{n} terms in {classes} classes, imported {when} by {user}.").format(
            n=own.terms, classes=own.classes, when=moment_words(own.at), user=own.by
        )

    def _on_chosen(self) -> None:
        name = self.view.currentIndex().data(ROW_ROLE)
        if name:
            known = term_of(name, self.table.version)
            says = [known.definition] if known and known.definition else []
            self.reader.show_facts(name, says, _facts(name, self.table.version))

    def _into_the_list(self) -> None:
        if self.table.rowCount():
            self.view.setFocus()

    # How it looks

    def _set_up(self) -> None:
        for version in reversed(CtcaeVersion):
            self.versions.addItem(f"CTCAE {version}", version)
        self.versions.setAccessibleName(_("Version of CTCAE"))
        self.versions.setToolTip(_("Each adverse event keeps the version in which it was graded"))
        self.versions.setFixedWidth(VERSION_WIDTH)
        calm(self.view, self.table, _("Terms"))
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(2, GRADES_WIDTH)

    def _connect(self) -> None:
        self.versions.currentIndexChanged.connect(self._list)
        self.search.textChanged.connect(self._list)
        self.search.left_below.connect(self._into_the_list)
        self.view.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.strip.busy.connect(self.import_button.setDisabled)
        on_keys("Escape", self.on_escape, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.versions)
        top.addWidget(self.search, 1)
        top.addWidget(self.import_button)
        top.addStretch(1)
        top.addWidget(self.close_button)
        both = QHBoxLayout()
        both.setSpacing(MARGIN)
        both.addWidget(self.view, 5)
        both.addWidget(self.reader, 5)
        licence = _(
            "CTCAE is the NCI's. Its MedDRA codes come from the clinic's own file and are the "
            "ICH's: this program ships none."
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(self.state)
        whole.addWidget(self.strip)
        whole.addLayout(both, 1)
        whole.addWidget(label(licence, "quiet", self))


def bring_in(
    clinic: Clinic, path: Path, version: CtcaeVersion | None, progress: Progress
) -> CtcaeFile | CameIn:
    """On the worker's thread; a file that cannot come in as it is comes back."""
    file = read_ctcae(path, progress, version)
    if file.problems or file.version is None:
        return file
    progress(1, 1)
    return clinic.vocabularies.import_ctcae(file)


def _problems(file: CtcaeFile) -> str:
    said = [each.words for each in file.problems[:SHOWN_PROBLEMS]]
    more = len(file.problems) - len(said)
    if more:
        said.append(_("And {n} more.").format(n=more))
    return "\n".join([_("Nothing was imported:"), *said])


def _facts(name: str, version: CtcaeVersion) -> Iterator[Fact]:
    known = term_of(name, version)
    for grade in grades_of(name, version) or ():
        words = capitalised(wording(name, version, grade))
        yield _("Grade {grade}").format(grade=int(grade)), words, ""
    yield _("Wording"), whose(name, version), "quiet"
    soc = soc_of(name, version)
    yield _("Class"), soc.label if soc else "", ""
    for title, code in (
        (_("MedDRA code"), known.meddra_code if known else ""),
        (_("NCIt code"), known.ncit_code if known else ""),
    ):
        if code:
            yield title, code, ""
