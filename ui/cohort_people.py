"""Who belongs to the cohort, who is left out and why, and who stands behind a figure."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTabWidget, QVBoxLayout, QWidget

from models.cohort.member import Member
from models.cohort.selection import Selection
from models.words import N_, _, ngettext
from ui.buttons import button
from ui.calm_table import CalmTable, calm
from ui.flat_table import ROW_ROLE, Column, FlatTable, Index
from ui.sheet import label
from ui.theme import BASE, GAP, font

COLUMNS = (Column(N_("Name")), Column(N_("MRN")))
BY_REASON = (Column(N_("Why")), Column(N_("Patients")))
MRN_WIDTH = 84
OPENED, FOLDED = "▾", "▸"


@dataclass
class Reason:
    """Why some were left out; `folded`: their names are not shown."""

    why: str
    members: list[Member]
    folded: bool = True


@dataclass(frozen=True)
class Chosen:
    """`members`: those in, each once; `reasons`: the commonest first; `by_id`: in or left out."""

    selection: Selection
    members: Sequence[Member]
    reasons: Sequence[Reason]
    by_id: Mapping[uuid.UUID, Member]


def chosen(selection: Selection) -> Chosen:
    members = {unit.patient: unit.member for unit in selection.units}
    by_reason: defaultdict[str, list[Member]] = defaultdict(list)
    for each in selection.left_out:
        by_reason[each.why].append(each.member)
    reasons = [Reason(why, whom) for why, whom in by_reason.items()]
    reasons.sort(key=lambda each: (-len(each.members), each.why))
    by_id = members | {each.member.id: each.member for each in selection.left_out}
    return Chosen(selection, [*members.values()], reasons, by_id)


class People(FlatTable[Member | Reason]):
    def cells(self, at: int) -> Sequence[str]:
        row = self.rows[at]
        if isinstance(row, Member):
            return row.name, row.mrn
        return f"{FOLDED if row.folded else OPENED} {row.why}", f"{len(row.members):,}"

    def tip(self, at: int, column: int) -> str:
        row = self.rows[at]
        if not isinstance(row, Member):
            return row.why
        told = [_(row.disease.value) if row.disease else "", row.stage]
        first = "\n".join(filter(None, [row.name, ", ".join(filter(None, told))]))
        return "\n".join([first, _("A click or Enter opens the patient")])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()] if index.isValid() else None
        if isinstance(row, Reason) and role == Qt.ItemDataRole.FontRole:
            return font(BASE, QFont.Weight.Medium)
        if isinstance(row, Reason) and role == Qt.ItemDataRole.AccessibleTextRole:
            state = _("folded") if row.folded else _("open")
            return f"{row.why}, {len(row.members)}, {state}"
        return super().data(index, role)

    def turn(self, at: int) -> None:
        """Unfold a reason, or fold it."""
        reason = self.rows[at]
        if isinstance(reason, Member):
            return
        reason.folded = not reason.folded
        rest = [row for row in self.rows if isinstance(row, Reason)]
        self.set_rows([each for row in rest for each in _shown(row)])


def _shown(reason: Reason) -> Iterable[Member | Reason]:
    yield reason
    if not reason.folded:
        yield from reason.members


class PeopleList(CalmTable):
    """`opened`: the id of the patient who was clicked, or on whom Enter was pressed."""

    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget, columns: Sequence[Column] = COLUMNS) -> None:
        super().__init__(parent)
        self.people = People(columns, self)
        calm(self, self.people, name)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, MRN_WIDTH)
        self.clicked.connect(self._on_opened)
        self.activated.connect(self._on_opened)

    def show_rows(self, rows: Sequence[Member | Reason]) -> None:
        self.people.set_rows(rows)

    def _on_opened(self, at: QModelIndex) -> None:
        row = at.data(ROW_ROLE)
        if isinstance(row, Member):
            self.opened.emit(row.id)
        elif row is not None:
            self.people.turn(at.row())
            self.selectRow(self.people.rows.index(row))


class CohortPeople(QWidget):
    """`opened`: the id of a patient who is to be shown."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: Chosen | None = None
        self.count = label("", "strong", self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("Who belongs to the cohort"))
        self.inside = PeopleList(_("Those in"), self.tabs)
        self.left_out = PeopleList(_("Those left out, by reason"), self.tabs, BY_REASON)
        self.behind = PeopleList(_("Those behind what was clicked"), self.tabs)
        self.about = label("", "quiet", self)
        self.back_button = button(_("Back to all"), self.show_all, self, "link", _("Escape"))
        self._lay_out()
        for each in (self.inside, self.left_out, self.behind):
            each.opened.connect(self.opened)
        self.show_chosen(None)

    def show_chosen(self, found: Chosen | None) -> None:
        """None: nobody is known yet."""
        self._chosen = found
        members = found.members if found else []
        reasons = found.reasons if found else []
        self.inside.show_rows(members)
        self.left_out.show_rows(reasons)
        self.count.setText(_counted(found.selection) if found else "")
        out = len(found.selection.left_out) if found else 0
        self.tabs.setTabText(0, _("In {n:,}").format(n=len(members)))
        self.tabs.setTabText(1, _("Left out {n:,}").format(n=out))
        self.show_all()

    def show_behind(self, words: str, who: Sequence[uuid.UUID]) -> None:
        """These patients, and of which figure they are."""
        known = self._chosen.by_id if self._chosen else {}
        members = [known[each] for each in who if each in known]
        self.behind.show_rows(members)
        n = len(members)
        counted = ngettext("{n:,} patient", "{n:,} patients", n).format(n=n)
        self.about.setText("\n".join([words, counted]))
        self.tabs.setTabVisible(2, True)
        self.tabs.setCurrentIndex(2)

    def show_all(self) -> None:
        """Those in; what was clicked is forgotten."""
        if self.tabs.currentIndex() == 2:
            self.tabs.setCurrentIndex(0)
        self.behind.show_rows([])
        self.tabs.setTabVisible(2, False)

    def _lay_out(self) -> None:
        self.tabs.addTab(self.inside, "")
        self.tabs.addTab(self.left_out, "")
        behind = QWidget(self.tabs)
        column = QVBoxLayout(behind)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.about)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.behind, 1)
        self.tabs.addTab(behind, _("Behind"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.count)
        whole.addWidget(self.tabs, 1)


def _counted(selection: Selection) -> str:
    """`112 lines of 112 patients; 189 left out`."""
    n, out = selection.patients, len(selection.left_out)
    patients = ngettext("{n:,} patient", "{n:,} patients", n).format(n=n)
    if selection.population.by_line:
        lines = len(selection.units)
        of_lines = ngettext("{n:,} line", "{n:,} lines", lines).format(n=lines)
        patients = _("{lines} of {patients}").format(lines=of_lines, patients=patients)
    return _("{patients}; {n:,} left out").format(patients=patients, n=out)
