"""The cohort: who belongs, what their records tell together, and who stands behind each figure."""

import datetime as dt
from functools import partial

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from models.base import ClinicError
from models.cohort.question import Question
from models.cohort.selection import Selection, select
from models.population import Population
from models.store.clinic import Clinic
from models.values import latest
from models.words import _, day_words
from ui.buttons import button, on_keys
from ui.cohort_members import Members, read_members
from ui.cohort_output import Asked, CohortOutput
from ui.cohort_people import Chosen, CohortPeople, chosen
from ui.cohort_tabs import choices_of, cohort_tabs
from ui.date_editor import Today, date_line, how_to_type
from ui.latest import Latest
from ui.population_panel import PopulationPanel
from ui.sheet import label
from ui.survival_tab import SurvivalTab
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN, dress
from ui.work_strip import WorkStrip

LEFT, MIDDLE, RIGHT = 272, 560, 260
LEAST_LEFT, LEAST_MIDDLE, LEAST_RIGHT = 232, 360, 216
DAY_WIDTH = 120
WIDTHS = "cohort_widths"


class CohortPage(QWidget):
    """`opened`: the id of a patient who is to be shown; `told`: for the status bar.

    `reader`: the worker that reads everybody, which may take its time; `tasks`: the window's.
    `selection`: who belongs now; None while nobody was read.
    """

    opened = Signal(object)
    told = Signal(str)

    def __init__(
        self, today: Today, tasks: Tasks, reader: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._clinic: Clinic | None = None
        self._members: Members | None = None
        self._stale = False
        self.selection: Selection | None = None
        self.title = label(_("Cohort"), "title", self)
        later = _("What came later is left out; a month or a year counts to its last day.")
        self.as_of = date_line(today, vague=True, parent=self)
        self.as_of.setPlaceholderText(_("today"))
        self.as_of.setToolTip(f"{later}\n{how_to_type(vague=True)}")
        self.as_of.setAccessibleName(_("As of"))
        self.as_of.setFixedWidth(DAY_WIDTH)
        self.as_of_problem = label("", "problem", self)
        self.strip = WorkStrip(reader, self)
        self.output = CohortOutput(self._asked, self.strip, self)
        self.again_button = button(_("Read again"), self._read, self, "link")
        self.population = PopulationPanel(today, self)
        self.tabs = QTabWidget(self)
        self.people = CohortPeople(self)
        self.analyses = cohort_tabs(tasks, self.tabs)
        self._choosing = Latest(tasks, self)
        self._lay_out()
        self._connect()

    def open(self, clinic: Clinic) -> None:
        """Read those who changed since; what was shown stays until then."""
        self._clinic = clinic
        self.population.open(clinic)
        self._read()

    def may_leave(self) -> bool:
        """What is being read is read on: it is shown at the return."""
        return True

    def close_unclaimed(self) -> None:
        self.strip.cancel()

    @property
    def day(self) -> dt.date:
        """As of when is told."""
        if self.as_of.unreadable() and self._members:
            return self._members.day
        asked = self.as_of.value()
        return min(latest(asked), self._today()) if asked else self._today()

    def question(self) -> Question:
        """What is asked of their survival now."""
        (survival,) = (each for each in self.analyses if isinstance(each, SurvivalTab))
        return survival.question()

    def _asked(self) -> Asked | None:
        """What is told now, and of whom."""
        if self._clinic is None or self.selection is None:
            return None
        return self._clinic, self.selection, self.question(), choices_of(self.analyses)

    # Reading

    def _read(self) -> None:
        """Once more after what is being read by now, which may not hold any more."""
        if self._clinic is None or self.strip.running:
            self._stale = self.strip.running
            return
        self._stale = False
        self.again_button.hide()
        work = partial(read_members, self._clinic, self._members, self.day)
        self.strip.run(_("Reading the patients …"), work, self._on_read)

    def _on_read(self, members: Members) -> None:
        before, self._members = self._members, members
        self.again_button.hide()
        if before is None or before.everybody is not members.everybody:
            self.population.offer(members)
            self._choose()
        if members.day != self.day:
            self._read()

    def _on_busy(self, busy: bool) -> None:
        if self._stale and not busy:
            QTimer.singleShot(0, self, self._read)
        unread = self._members is None or self._members.day != self.day
        self.again_button.setVisible(not busy and unread and self._clinic is not None)

    def _on_as_of(self) -> None:
        problem, asked = self.as_of.unreadable(), self.as_of.value()
        ahead = asked is not None and latest(asked) > self._today()
        self.as_of_problem.setText(problem or (_as_of_today(self._today()) if ahead else ""))
        dress(self.as_of_problem, "problem" if problem else "quiet")
        dress(self.as_of, "wrong" if problem else "")
        if not problem and self._members and self._members.day != self.day:
            self._read()

    # Choosing

    def _choose(self) -> None:
        asked, members = self.population.population(), self._members
        if asked is not None and members is not None:
            self._choosing.run(partial(_chosen, members, asked))

    def _on_chosen(self, found: Chosen) -> None:
        self.selection = found.selection
        self.output.setEnabled(True)
        self.people.show_chosen(found)
        for each in self.analyses:
            each.set_selection(found.selection)

    def _on_failed(self, error: ClinicError) -> None:
        self.strip.say(str(error), "problems")

    def _lay_out(self) -> None:
        self.setFocusProxy(self.population)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("What is told of them"))
        self.panes = self._side_by_side()
        below = QHBoxLayout()
        below.setSpacing(GAP)
        below.addWidget(self.strip, 1)
        below.addWidget(self.again_button)
        self.again_button.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        whole.setSpacing(12)
        whole.addLayout(self._on_top())
        whole.addLayout(below)
        whole.addWidget(self.panes, 1)

    def _on_top(self) -> QHBoxLayout:
        self.title.setWordWrap(False)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.title)
        top.addSpacing(GAP)
        as_of = label(_("As o&f"), "label", self)
        as_of.setWordWrap(False)
        as_of.setBuddy(self.as_of)
        top.addWidget(as_of)
        top.addWidget(self.as_of)
        top.addWidget(self.as_of_problem, 1)
        top.addWidget(self.output)
        return top

    def _side_by_side(self) -> QSplitter:
        panes = QSplitter(self)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(GAP)
        for part, least in (
            (self.population, LEAST_LEFT),
            (self.tabs, LEAST_MIDDLE),
            (self.people, LEAST_RIGHT),
        ):
            part.setMinimumWidth(least)
            panes.addWidget(part)
        panes.setStretchFactor(1, 1)
        panes.setSizes(_widths())
        return panes

    def _connect(self) -> None:
        self.panes.splitterMoved.connect(self._on_moved)
        self.population.changed.connect(self._choose)
        self.population.told.connect(self.told)
        self.people.opened.connect(self.opened)
        self.as_of.left.connect(self._on_as_of)
        self.strip.busy.connect(self._on_busy)
        self._choosing.done.connect(self._on_chosen)
        self._choosing.failed.connect(self._on_failed)
        for each in self.analyses:
            each.who_asked.connect(self.people.show_behind)
            each.asked_anew.connect(self.people.show_all)
            each.origin_asked.connect(self.population.count_from_lines)
        on_keys("Escape", self._on_escape, self)

    def _on_escape(self) -> None:
        """What is under way ends; else what was clicked is forgotten."""
        self.strip.stop_or(self.people.show_all)

    def _on_moved(self) -> None:
        QSettings().setValue(WIDTHS, " ".join(map(str, self.panes.sizes())))


def _chosen(members: Members, asked: Population) -> Chosen:
    return chosen(select(members.everybody, asked, members.day))


def _as_of_today(today: dt.date) -> str:
    return _("Told as of today, {date}: records end there.").format(date=day_words(today))


def _widths() -> list[int]:
    """As somebody left them."""
    kept = str(QSettings().value(WIDTHS, "")).split()
    known = len(kept) == 3 and all(each.isdecimal() for each in kept)
    return [int(each) for each in kept] if known else [LEFT, MIDDLE, RIGHT]
