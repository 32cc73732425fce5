"""The pages of several patients: what is due and everybody, worked out anew whenever shown."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.store.drafts import Draft
from models.summary import Summary
from models.worklist import Worklist
from ui.open_clinic import summaries, unsaved, what_is_due
from ui.patients_page import PatientsPage
from ui.today_page import TodayPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Lists:
    """`home`: the page to which the way back from a patient leads."""

    home: QWidget

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    @property
    def pages(self) -> set[QWidget | None]:
        return {self._window.today_page, self._window.patients, self._cohort}

    @property
    def _cohort(self) -> QWidget | None:
        return self._window.own.made.get("cohort")

    def show_home(self) -> None:
        """Where the patient was chosen."""
        if self.home is self._window.today_page:
            self.show_today()
        elif self.home is self._cohort:
            self.show_cohort()
        else:
            self.show_patients()

    def show_today(self) -> None:
        window = self._window
        if window.clinic is None or not window.may_leave():
            return
        self._go_to(window.today_page)
        work = partial(what_is_due, window.clinic, window.at_hand.today())
        window.tasks.run(work, self._list_due, self._due_failed)

    def show_patients(self) -> None:
        window = self._window
        if window.clinic is None or not window.may_leave():
            return
        self._go_to(window.patients)
        work = partial(summaries, window.clinic, window.at_hand.today())
        window.tasks.run(work, self._list, self._list_failed)

    def show_cohort(self) -> None:
        """As it was left, with what changed since."""
        window = self._window
        if window.clinic is None or not window.may_leave():
            return
        page = window.own.cohort
        focused = page.focusWidget() or page
        self._go_to(page)
        page.open(window.clinic)
        focused.setFocus()

    def _go_to(self, page: QWidget) -> None:
        window = self._window
        if window.history is not None:
            window.patient.close_patient()
        self.home = page
        window.show_page(page)
        if window.clinic is not None:
            work = partial(unsaved, window.clinic)
            window.tasks.run(work, self._tell_unsaved, window.mention_error)

    def _tell_unsaved(self, found: tuple[list[Draft], str]) -> None:
        window = self._window
        if window.clinic is not None and window.stack.currentWidget() is self.home:
            window.unsaved.show_drafts(*found)

    def _list_due(self, worklist: Worklist) -> None:
        """What was read before somebody signed out is not shown after."""
        window = self._window
        if window.clinic is None:
            return
        window.today_page.set_worklist(worklist)
        self._focus_on(window.today_page)
        try:
            window.today_page.go_on(window.clinic)
        except ClinicError as error:
            window.mention_error(error)

    def _list(self, summaries: list[Summary]) -> None:
        if self._window.clinic is not None:
            self._window.patients.set_summaries(summaries)
            self._focus_on(self._window.patients)

    def _due_failed(self, error: ClinicError) -> None:
        if self._window.clinic is not None:
            self._window.today_page.tell(error)

    def _list_failed(self, error: ClinicError) -> None:
        if self._window.clinic is not None:
            self._window.tell_error(error)

    def _focus_on(self, page: TodayPage | PatientsPage) -> None:
        """What is listed gets the focus, unless somebody is there by now, or searches."""
        window = self._window
        there = window.focusWidget() in {page.search, page.view}
        if window.stack.currentWidget() is page and not there:
            page.setFocus()
