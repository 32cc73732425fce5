"""The catalogue of drugs and procedures: the program's, to be read, and the clinic's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.drug import Drug
from models.folding import folded
from models.roles import May
from models.store.clinic import Clinic
from models.therapies import CATALOGUE, Category, short_name
from models.therapy_facts import FACTS
from models.words import N_, _, capitalised, ngettext
from ui.allowed import may, needs
from ui.buttons import button, on_keys
from ui.calm_table import CalmTable, calm
from ui.date_editor import Today
from ui.drug_form import DrugForm
from ui.facts_reader import Fact, FactsReader
from ui.flat_table import ROW_ROLE, Column, FlatTable
from ui.sheet import label
from ui.theme import GAP, MARGIN

COLUMNS = (Column(N_("Name")), Column(N_("Category")), Column(N_("ATC")), Column(N_("Whose")))
WIDTHS = (0, 120, 96, 120)
SEARCH_WIDTH = 240


@dataclass(frozen=True)
class Listed:
    """`own`: the clinic's record; None for what the program brings along."""

    name: str
    category: Category
    own: Drug | None = None

    @property
    def atc(self) -> str:
        if self.own is not None:
            return self.own.atc or ""
        return FACTS[self.name].atc


class DrugsTable(FlatTable[Listed]):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(COLUMNS, parent)

    def cells(self, at: int) -> tuple[str, str, str, str]:
        row = self.rows[at]
        whose = _("The clinic's own") if row.own else _("Built in")
        return capitalised(_(row.name)), row.category.label, row.atc, whose


class DrugsPane(QWidget):
    """`saved`: the clinic's own changed; `closed`: back."""

    saved = Signal()
    closed = Signal()

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clinic: Clinic | None = None
        self._shown: Listed | None = None
        added = button(_("Add a drug…"), self.add, self, "primary", _("Ctrl+N"))
        self.add_button = needs(Drug.changed_with, added)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Search a drug or procedure"))
        self.search.setAccessibleName(_("Search a drug or procedure"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(SEARCH_WIDTH)
        self.count = label("", "quiet", self)
        self.close_button = button(_("Close"), self.leave, self, tip=_("Escape"))
        self.table = DrugsTable(self)
        self.view = CalmTable(self)
        self.reader = FactsReader(self)
        self.form = DrugForm(today, self)
        self._stack = QStackedWidget(self)
        self._set_up()
        self._lay_out()
        self._connect()

    def open(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._list()
        self.form.open(clinic)
        if self.is_dirty():
            self._shown = None
            self._stack.setCurrentWidget(self.form)
        else:
            self._choose(0)

    def add(self) -> None:
        if self.form.may_leave():
            self.form.show_drug(None)
            self.view.clearSelection()
            self._shown = None
            self._stack.setCurrentWidget(self.form)
            self.form.form.focus_first()

    def is_dirty(self) -> bool:
        return self.form.form.is_dirty()

    def may_leave(self) -> bool:
        return self.form.may_leave()

    def leave(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def _list(self) -> None:
        """What is on file, the clinic's own first."""
        if self._clinic is None:
            return
        own = self._clinic.vocabularies.drugs()
        listed = [Listed(each, category) for category, names in CATALOGUE.items() for each in names]
        rows = [*(Listed(each.name, each.category, each) for each in own), *listed]
        typed = folded(self.search.text().strip())
        found = [each for each in rows if typed in folded(f"{_(each.name)} {each.atc}")]
        self.table.set_rows(
            sorted(found, key=lambda each: (each.own is None, folded(_(each.name))))
        )
        words = ngettext("{n} of the clinic's own", "{n} of the clinic's own", len(own))
        built_in = _("{n} built in").format(n=len(listed))
        self.count.setText(f"{built_in}, {words.format(n=len(own))}")

    def _on_searched(self) -> None:
        if self.form.may_leave():
            self._list()
            self._choose(0)

    def _choose(self, at: int) -> None:
        if at >= len(self.table.rows):
            return
        how = QItemSelectionModel.SelectionFlag
        index = self.table.index(at, 0)
        self.view.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)
        self._show(self.table.rows[at])

    def _show(self, row: Listed) -> None:
        self._shown = row
        if row.own is not None and may(self, Drug.changed_with):
            self.form.show_drug(row.own)
            self._stack.setCurrentWidget(self.form)
        else:
            self.reader.show_facts(capitalised(_(row.name)), [], _facts(row))
            self._stack.setCurrentWidget(self.reader)

    def _on_chosen(self) -> None:
        """A person went to another one: what is half typed is asked about first."""
        row = self.view.currentIndex().data(ROW_ROLE)
        if row is None or row == self._shown:
            return
        if self.form.may_leave():
            self._show(row)
        elif self._shown in self.table.rows:
            self._choose(self.table.rows.index(self._shown))

    def _on_opened(self) -> None:
        if self._stack.currentWidget() is self.form:
            self.form.form.focus_first()
        else:
            self.reader.setFocus()

    def _on_saved(self, drug: Drug) -> None:
        self._list()
        rows = enumerate(self.table.rows)
        self._choose(next((at for at, row in rows if row.name == drug.name), 0))
        self.view.setFocus()
        self.saved.emit()

    def _back_to_the_list(self) -> None:
        if self._shown not in self.table.rows:
            self._choose(0)
        self.view.setFocus()

    def _on_removed(self) -> None:
        self._list()
        self._choose(0)
        self.view.setFocus()
        self.saved.emit()

    def _set_up(self) -> None:
        calm(self.view, self.table, _("Drugs and procedures"))
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, width in enumerate(WIDTHS):
            header.resizeSection(place, width)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.view.activated.connect(self._on_opened)
        self.search.textChanged.connect(self._on_searched)
        self.form.saved.connect(self._on_saved)
        self.form.removed.connect(self._on_removed)
        self.form.closed.connect(self._back_to_the_list)
        needs(May.JUDGE, on_keys("Ctrl+N", self.add, self))
        for part in (self.view, self.reader):
            on_keys("Escape", self.leave, part)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.add_button)
        top.addWidget(self.search)
        top.addWidget(self.count, 1)
        top.addWidget(self.close_button)
        self._stack.addWidget(self.reader)
        self._stack.addWidget(self.form)
        both = QHBoxLayout()
        both.setSpacing(MARGIN)
        both.addWidget(self.view, 5)
        both.addWidget(self._stack, 5)
        hint = _("A usual schedule is a hint for whoever reads it: no order is filled in from it.")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addLayout(both, 1)
        whole.addWidget(label(hint, "quiet", self))


def _facts(row: Listed) -> Iterator[Fact]:
    yield _("Category"), row.category.label, ""
    if row.own is not None:
        yield _("Usual schedule"), row.own.usual_schedule or _("Not entered"), ""
        yield _("ATC code"), row.own.atc or _("Not entered"), ""
        return
    known = FACTS[row.name]
    if short_name(row.name) != row.name:
        yield _("Short name"), short_name(row.name), ""
    yield _("Sort"), capitalised(_(known.sort)), ""
    if known.schedule:
        yield _("Usual schedule"), capitalised(_(known.schedule)), ""
        yield "", *_evidence(known.schedule_from)
    if known.atc:
        yield _("ATC code"), known.atc, ""
        yield "", *_evidence(known.atc_from)


def _evidence(source: str) -> tuple[str, str]:
    """Who says so, and how that looks."""
    if not source:
        return _("Memory, unverified"), "awaits"
    return _("Source: {source}").format(source=_(source)), "quiet"
