"""Who the patient is and where things stand, above everything else on the page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from models.base import PatientRecord
from models.due import DueKind
from models.roles import May
from models.summary import Summary
from models.treatment import WINDOW_DAYS
from models.values import Grade
from models.words import _, capitalised, day_words
from reports.catalogue import REPORTS, TIMELINE
from ui.allowed import may, needs
from ui.buttons import button
from ui.menus import with_mnemonics
from ui.theme import GAP, MARGIN, dress


class PatientHeader(QWidget):
    """`add_asked`: a kind of record is to be added; `treatment_day_asked`; `print_asked`: a kind of

    report; `back_asked`: to the list.
    """

    add_asked = Signal(object)
    treatment_day_asked = Signal()
    print_asked = Signal(str)
    back_asked = Signal()

    def __init__(self, kinds: Sequence[type[PatientRecord]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._label("title")
        self._read_only = self._label("quiet")
        self._read_only.setWordWrap(False)
        self._read_only.setText(_("Read only"))
        self._read_only.setToolTip(_("Your role reads and prints, and changes nothing."))
        self._disease = self._label("")
        self._standing = self._label("")
        self._warning = self._label("beware")
        tip = _("To where the patient was chosen, Alt+Left")
        self._back = button(_("Back"), self.back_asked.emit, self, tip=tip)
        self._add = QPushButton(_("Add"), self)
        self._add.setToolTip(_("Ctrl+N adds to the open tab"))
        self._add.setMenu(self._menu(kinds))
        asked = self.treatment_day_asked.emit
        tip = _("Record a day of treatment in one form, Ctrl+T")
        self._treatment_day = button(_("Treatment day"), asked, self, tip=tip)
        tip = _("Look at the timeline as it will be printed, Ctrl+P")
        self._print = button(_("Print timeline"), self._ask_timeline, self, tip=tip)
        others = _("Print something else: summary, for the patient …")
        self._print_other = QPushButton(_("Print…"), self)
        self._print_other.setToolTip(others)
        self._print_other.setAccessibleName(others)
        self._print_other.setMenu(self._reports())
        for each in (self._add, self._treatment_day):
            needs(May.RECORD, each)
        self._lay_out()

    def set_summary(self, summary: Summary) -> None:
        self._read_only.setVisible(not may(self, May.RECORD))
        self._name.setText(summary.identity)
        self._disease.setText(summary.disease)
        self._standing.setText(f"{summary.standing} {_next(summary)}".strip())
        self._warning.setText(_warning(summary))
        self._warning.setVisible(bool(self._warning.text()))
        due = _is_infusion_due(summary)
        dress(self._treatment_day, "primary" if due else "")

    def ask_kind(self) -> None:
        """Open the list of what can be added, the first of it chosen."""
        menu = self._add.menu()
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _label(self, role: str) -> QLabel:
        made = QLabel(self)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setWordWrap(True)
        if role:
            dress(made, role)
        return made

    def _menu(self, kinds: Sequence[type[PatientRecord]]) -> QMenu:
        menu = QMenu(self)
        titles = with_mnemonics(capitalised(_(kind.singular)) for kind in kinds)
        for title, kind in zip(titles, kinds, strict=True):
            action = QAction(title, menu)
            action.setData(kind)
            menu.addAction(action)
        menu.triggered.connect(self._on_add)
        return menu

    def _reports(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        titles = with_mnemonics(report.words for report in REPORTS.values())
        for title, report in zip(titles, REPORTS.values(), strict=True):
            action = QAction(title, menu)
            action.setToolTip(_(report.help))
            action.setData(report.kind)
            menu.addAction(action)
        menu.triggered.connect(self._on_report)
        return menu

    def _on_report(self, action: QAction) -> None:
        self.print_asked.emit(action.data())

    def _ask_timeline(self) -> None:
        self.print_asked.emit(TIMELINE.kind)

    def _on_add(self, action: QAction) -> None:
        self.add_asked.emit(action.data())

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(self._name, 1)
        first.addWidget(self._read_only, 0, Qt.AlignmentFlag.AlignVCenter)
        for each in (self._back, self._add, self._treatment_day, self._print, self._print_other):
            first.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        whole.setSpacing(2)
        whole.addLayout(first)
        for label in (self._disease, self._standing, self._warning):
            whole.addWidget(label)


def _is_infusion_due(summary: Summary) -> bool:
    """Overdue, or within the window of a dose from today."""
    infusions = [due for due in summary.due if due.kind is DueKind.INFUSION]
    return any((due.on - summary.today).days <= WINDOW_DAYS for due in infusions)


def _next(summary: Summary) -> str:
    if not summary.due:
        return ""
    due = summary.due[0]
    late = due.overdue(summary.today)
    words = _("Overdue: {what}, {date}.") if late else _("Next: {what}, {date}.")
    return words.format(what=due.what, date=day_words(due.on))


def _warning(summary: Summary) -> str:
    """Open events of grade 2 and more, and how many entries contradict each other."""
    parts = [
        _("{event}, grade {grade}").format(event=event.label, grade=int(grade))
        for event in summary.open_events
        if (grade := event.grade_on(summary.today) or event.worst_grade) >= Grade.MODERATE
    ]
    text = _("Open: {events}.").format(events="; ".join(parts)) if parts else ""
    if summary.flags:
        text += " " + _("To be checked: {flag}").format(flag=summary.flags[0])
    if len(summary.flags) > 1:
        text += " " + _("(and {n} more)").format(n=len(summary.flags) - 1)
    return text.strip()
