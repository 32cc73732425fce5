"""The options beside a preview: which report, as of when, of which sections, on which paper."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from models.base import FieldWords
from models.words import _, capitalised
from reports.catalogue import Report
from reports.wanted import Wanted
from ui import print_memory
from ui.date_editor import date_line, how_to_type
from ui.editor import LineEditor
from ui.print_choices import Choice, PaperChoice, SectionChecks
from ui.printing import ToPrint
from ui.sheet import fill, label
from ui.theme import GAP, MARGIN

WIDTH = 264


class PrintOptions(QScrollArea):
    """Shows of the options those that the chosen report has; `changed`: another one is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offered: ToPrint | None = None
        self._told: Wanted | None = None
        self._nameless = False
        self._sheet = QWidget(self)
        self.report = Choice(_("&Report"), self._sheet)
        self.help = label("", "note", self._sheet)
        self.about = Choice("", self._sheet)
        self.since = self._date(_("From"), _("beginning"), _("What came before is left out."))
        self.as_of = self._date(_("As of"), _("today"), _("What came later is left out."))
        self.paper = PaperChoice(self._sheet)
        self.anonymous = QCheckBox(_("De-identified"), self._sheet)
        self.anonymous.setToolTip(
            _("No name, number, birth date, address, note or photograph; days since diagnosis")
        )
        self.sections = SectionChecks(self.anonymous, self._sheet)
        self._lay_out()
        self._connect()

    def offer(self, to_print: ToPrint) -> None:
        """The choices there are, each as it usually is, or as it was the last time."""
        self._offered = to_print
        for editor, value in ((self.as_of, to_print.today), (self.since, None)):
            editor.set_value(value)
            editor.set_problem("")
        self._nameless = False
        self.paper.choose(print_memory.paper())
        self.report.offer([(each.kind, each.words, _(each.help)) for each in to_print.reports])
        self.report.choose(to_print.kind)
        self._show_report()
        self._told = self.wanted()
        self.verticalScrollBar().setValue(0)

    def wanted(self) -> Wanted | None:
        """What is chosen; None while a date cannot be read."""
        offered = self._offered
        if offered is None or self.as_of.unreadable() or self.since.unreadable():
            return None
        report = self.chosen
        today: dt.date = self.as_of.value() or offered.today
        paper = self.paper.value
        if report is None:
            return Wanted(offered.kind, today, paper)
        return Wanted(
            report.kind,
            today,
            paper,
            since=self.since.value() if report.has_period else None,
            without=self.sections.left_out,
            anonymous=report.can_be_anonymous and self.anonymous.isChecked(),
            about=self.about.value if report.about else None,
        )

    @property
    def chosen(self) -> Report | None:
        reports = self._offered.reports if self._offered else ()
        return next((each for each in reports if each.kind == self.report.value), None)

    def focus_on_problem(self) -> None:
        """To the date that cannot be read, with what is wrong with it."""
        for editor in (self.since, self.as_of):
            if editor.unreadable():
                editor.set_problem(editor.unreadable())
                editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_report(self) -> None:
        """Of the options those that the chosen report has."""
        report = self.chosen
        self.report.setVisible(report is not None)
        self.help.setText(_(report.help) if report else "")
        self.help.setVisible(report is not None)
        self.as_of.setVisible(report is not None)
        self.since.setVisible(report is not None and report.has_period)
        self.anonymous.setVisible(report is not None and report.can_be_anonymous)
        always = report is not None and report.always_anonymous
        self.anonymous.setEnabled(not always)
        self.anonymous.setChecked(always or self._nameless)
        self.sections.offer(report.kind if report else "", report.sections if report else ())
        self._show_subjects(report)

    def _show_subjects(self, report: Report | None) -> None:
        """The records that it can be about; without any the report itself says so."""
        kind = report.about if report else None
        found = self._offered.subjects(kind) if self._offered and kind else ()
        self.about.setVisible(bool(found))
        if report and kind:
            self.about.set_title(f"&{capitalised(_(kind.singular))}")
            usual = _(report.unless_chosen)
            self.about.offer([(None, usual, usual), *((each, name, name) for each, name in found)])

    def _on_report(self) -> None:
        self._show_report()
        self._tell()

    def _on_paper(self) -> None:
        print_memory.remember_paper(self.paper.value)
        self._tell()

    def _on_anonymous(self, checked: bool) -> None:
        self._nameless = checked
        self._tell()

    def _on_date(self) -> None:
        for editor in (self.as_of, self.since):
            editor.set_problem(editor.unreadable())
        self._tell()

    def _tell(self) -> None:
        """Only what is different is told."""
        wanted = self.wanted()
        if wanted is not None and wanted != self._told:
            self._told = wanted
            self.changed.emit()

    def _today(self) -> dt.date:
        if self._offered is None:
            raise RuntimeError("nothing is offered")
        return self._offered.today

    def _date(self, title: str, empty: str, what: str) -> LineEditor:
        explained = f"{what}\n{how_to_type(vague=False)}"
        words = FieldWords("", title, explained, "", "", False, (), False, dt.date)
        made = LineEditor(words, date_line(self._today, vague=False), self._sheet)
        made.line.setPlaceholderText(empty)
        return made

    def _connect(self) -> None:
        self.report.chosen.connect(self._on_report)
        self.about.chosen.connect(self._tell)
        self.paper.chosen.connect(self._on_paper)
        self.anonymous.clicked.connect(self._on_anonymous)
        self.sections.changed.connect(self._tell)
        for editor in (self.as_of, self.since):
            editor.left.connect(self._on_date)

    def _lay_out(self) -> None:
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        which = QVBoxLayout()
        which.setSpacing(4)
        fill(which, (self.report, self.help))
        period = QHBoxLayout()
        period.setSpacing(GAP)
        for editor in (self.since, self.as_of):
            period.addWidget(editor, 1, Qt.AlignmentFlag.AlignTop)
        self._sheet.setFixedWidth(WIDTH)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(MARGIN, GAP, 0, GAP)
        column.setSpacing(12)
        fill(column, (which, self.about, period, self.paper))
        fill(column, (self.anonymous, self.sections))
        column.addStretch()
