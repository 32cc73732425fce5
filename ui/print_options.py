"""The options beside a preview: which report, as of when, of which sections, on which paper."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from models.base import FieldWords
from models.values import PartialDate, earliest, latest
from models.words import _, capitalised, day_words
from reports.catalogue import Report
from reports.wanted import Wanted
from ui import print_memory
from ui.date_editor import Today, date_line, how_to_type
from ui.editor import LineEditor
from ui.print_choices import Choice, PaperChoice, SectionChecks
from ui.printing import ToPrint
from ui.sheet import fill, label
from ui.theme import GAP, MARGIN

WIDTH, MORE = 264, 24


class DayEditor(LineEditor):
    """A day between which and another one pages tell; a month or a year will do."""

    def __init__(self, title: str, empty: str, help: str, today: Today, parent: QWidget) -> None:
        explained = f"{help}\n{how_to_type(vague=True)}"
        words = FieldWords("", title, explained, "", "", False, (), False, PartialDate)
        self._today = today
        super().__init__(words, date_line(today, vague=True), parent)
        self.line.setPlaceholderText(empty)

    def note(self) -> str:
        """That it has not come yet; allowed, but seldom meant."""
        value = self.value() if self.inputs else None
        if value is None or latest(value) <= self._today():
            return ""
        return _("This lies ahead: {date}").format(date=day_words(latest(value)))


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
        before = _("What came before is left out; a month or a year counts from its first day.")
        later = _("What came later is left out; a month or a year counts to its last day.")
        self.since = DayEditor(_("From"), _("beginning"), before, self._today, self._sheet)
        self.as_of = DayEditor(_("As of"), _("today"), later, self._today, self._sheet)
        self.paper = PaperChoice(self._sheet)
        self.anonymous = QCheckBox(_("De-identified"), self._sheet)
        self.anonymous.setToolTip(
            _("No name, number, birth date, address, note or photograph; days since diagnosis")
        )
        self.sections = SectionChecks(self.anonymous, self._sheet)
        self._more = label(_("More below"), "more", self)
        self._more.hide()
        self._more.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place = self.viewport().geometry()
        self._more.setGeometry(MARGIN, place.bottom() + 1 - MORE, WIDTH - MARGIN, MORE)

    def offer(self, to_print: ToPrint) -> None:
        """The choices there are, each as it usually is, or as it was the last time."""
        self._offered = to_print
        for editor, value in ((self.as_of, to_print.today), (self.since, None)):
            editor.set_value(value)
            editor.set_problem("")
        self._nameless = False
        self.sections.forget()
        self.paper.choose(print_memory.paper())
        self.report.offer([(each.kind, each.words, _(each.help)) for each in to_print.reports])
        self.report.choose(to_print.kind)
        self._show_report()
        self._told = self.wanted()
        self.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Keep nothing of what was offered."""
        for editor in (self.as_of, self.since):
            editor.set_value(None)
            editor.set_problem("")
        self.about.offer(())
        self._offered, self._told = None, None

    def wanted(self) -> Wanted | None:
        """What is chosen; None while a date cannot be read."""
        offered = self._offered
        if offered is None or self.as_of.unreadable() or self.since.unreadable():
            return None
        report = self.chosen
        as_of, since = self.as_of.value(), self.since.value()
        today = latest(as_of) if as_of else offered.today
        paper = self.paper.value
        if report is None:
            return Wanted(offered.kind, today, paper)
        return Wanted(
            report.kind,
            today,
            paper,
            since=earliest(since) if since and report.has_period else None,
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
        self.report.setVisible(report is not None and not report.of_many)
        self.help.setText(_(report.help) if report else "")
        self.help.setVisible(report is not None)
        self.as_of.setVisible(report is not None and not report.of_many)
        self.since.setVisible(report is not None and report.has_period)
        self.anonymous.setVisible(report is not None and report.can_be_anonymous)
        always = report is not None and report.always_anonymous
        self.anonymous.setEnabled(not always)
        self.anonymous.setChecked(always or self._nameless)
        self.sections.offer(report.kind if report else "", report.sections if report else ())
        self._show_subjects(report)

    def _show_subjects(self, report: Report | None) -> None:
        """The records that it can be about; without any the report itself says so."""
        found = self._offered.subjects(report) if self._offered and report else ()
        self.about.setVisible(bool(found))
        if report and report.about:
            self.about.set_title(f"&{capitalised(_(report.about.singular))}")
            self.about.offer([(each, name, name) for each, name in found])

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
        """Only what is different is told; that a date cannot be read, too."""
        wanted = self.wanted()
        if wanted != self._told:
            self._told = wanted
            self.changed.emit()

    def _say_more(self) -> None:
        """Where some options lie below what is seen."""
        bar = self.verticalScrollBar()
        self._more.setVisible(bar.value() < bar.maximum())

    def _today(self) -> dt.date:
        if self._offered is None:
            raise RuntimeError("nothing is offered")
        return self._offered.today

    def _connect(self) -> None:
        self.report.chosen.connect(self._on_report)
        self.about.chosen.connect(self._tell)
        self.paper.chosen.connect(self._on_paper)
        self.anonymous.clicked.connect(self._on_anonymous)
        self.sections.changed.connect(self._tell)
        bar = self.verticalScrollBar()
        for moved in (bar.valueChanged, bar.rangeChanged):
            moved.connect(self._say_more)
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
        column.setSpacing(GAP)
        fill(column, (which, self.about, period, self.paper))
        fill(column, (self.anonymous, self.sections))
        column.addStretch()
