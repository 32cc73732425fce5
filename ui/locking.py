"""Locking the window, and the way back to where somebody was."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.safekeeping import usual_safekeeping
from models.store.clinic import Clinic
from ui.curtain import Curtain, forget_copied
from ui.draft_keeper import DraftKeeper
from ui.files_tab import FilesTab
from ui.idle import Idle
from ui.import_page import ImportPage
from ui.place import Place
from ui.putting_away import PuttingAway, Typed
from ui.restore_page import RestorePage
from ui.rule_pane import RulePane
from ui.snooze_panel import SnoozePanel

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TYPED_IN = (DraftKeeper, FilesTab, RulePane, SnoozePanel)


class Locking(QObject):
    """`left`: where somebody was at the lock; None where nobody is expected back.

    `being_closed`: a clinic that the worker is still to close; `closed`: it has.
    """

    closed = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.left: Place | None = None
        self.being_closed: Clinic | None = None
        self._putting_away = PuttingAway()
        self._curtain = Curtain(window)
        self.idle = Idle(window)
        self.idle.expired.connect(self.lock)
        self.idle.postpone_while(self._prints_many)
        self.idle.postpone_while(lambda: window.at_work.page is not None)

    def watch(self) -> None:
        """Lock after as many minutes as the clinic wants now."""
        clinic = self._window.clinic
        if clinic is None:
            return
        minutes = usual_safekeeping().lock_after_minutes
        with suppress(ClinicError):
            minutes = clinic.lock_after_minutes
        self.idle.watch(minutes)

    def watch_door(self, page: QWidget) -> None:
        """Who restores a backup while no clinic is open holds its key and sees names, too."""
        if self._window.clinic is None and isinstance(page, RestorePage):
            self.idle.watch(usual_safekeeping().lock_after_minutes)

    def lock(self) -> None:
        """Hide everything and close the clinic, asking nothing.

        What is typed is kept; the pages go with all they held of a patient, as soon as no question
        waits for its answer there. Whatever the worker is at ends first.
        """
        clinic = self._window.clinic
        if clinic is None:
            self._leave_restore()
            return
        if not clinic.new_password_due:
            self.left = self._place(clinic)
        self._go_out(clinic, self._window.knock)

    def _leave_restore(self) -> None:
        """Nothing that a backup tells is left to be seen, unless it is just being put in place."""
        page = self._window.stack.currentWidget()
        if not isinstance(page, RestorePage):
            return
        if not page.may_leave():
            self.watch_door(page)
        else:
            self.idle.rest()
            forget_copied()
            self._window.stack.removeWidget(page)
            page.hide()
            self._window.knock()
            self._curtain.fall(partial(self._window.drop, [page]))

    def make_way(self, page: QWidget) -> None:
        """A backup takes the place of the clinic, which must be closed then."""
        if self._window.clinic is not None:
            self._go_out(self._window.clinic, partial(self._window.show_page, page))
            self.watch_door(page)

    def go_back(self, clinic: Clinic) -> bool:
        """Somebody came in: whether it was the one who left, who is back there now."""
        left, self.left = self.left, None
        try:
            self._putting_away.put_back(clinic)
        except ClinicError as error:
            self._window.not_kept(error)
        if left is None or (left.folder, left.user) != (clinic.folder, clinic.user):
            return False
        self._return_to(left)
        return True

    def _go_out(self, clinic: Clinic, show: Callable[[], object]) -> None:
        """`show`: what is to be seen instead."""
        window = self._window
        self.idle.rest()
        self._putting_away.put_away(clinic, self._typed_in())
        if "batch" in window.pages:
            window.batch.cancel()
        window.at_work.stop()
        window.lists.stop()
        window.backing_up.end()
        self.being_closed = window.at_hand.let_go()
        forget_copied()
        window.forget()
        self._take_pages_away(show)
        window.tasks.run(clinic.close, self._on_closed, self._on_closed)

    def _take_pages_away(self, show: Callable[[], object]) -> None:
        """The one that is shown goes last, so that no other is."""
        window = self._window
        pages, shown = [*window.pages.values()], window.stack.currentWidget()
        pages += [window.at_work.page] if window.at_work.page else []
        for page in sorted(pages, key=lambda page: page is shown):
            window.stack.removeWidget(page)
        show()
        self._curtain.fall(partial(window.drop, pages))
        window.repaint()
        window.forget_pages()

    def _prints_many(self) -> bool:
        return "batch" in self._window.pages and self._window.batch.running

    def _on_closed(self, _result: object) -> None:
        self.being_closed = None
        self.closed.emit()

    def _typed_in(self) -> list[Typed]:
        """Whatever a person can type in and go on with after a lock."""
        pages = self._window.pages.values()
        return [each for page in pages for kind in TYPED_IN for each in page.findChildren(kind)]

    def _place(self, clinic: Clinic) -> Place:
        window, history = self._window, self._window.history
        patient = history.patient.id if history else None
        shown = window.name_of(window.stack.currentWidget())
        tally = window.batch.tally if "batch" in window.pages else None
        run = tally or window.at_work.ending
        tabs = window.patient.place() if history else (0, 0)
        importing = window.pages.get("import")
        begun = importing.begun() if isinstance(importing, ImportPage) else None
        return Place(clinic.folder, clinic.user, shown, patient, tabs, run, begun)

    def _return_to(self, place: Place) -> None:
        """Show again what was left, with what was typed in it."""
        window = self._window
        if place.begun is not None:
            window.own.importing.take_up(place.begun)
        if place.patient is not None:
            window.open_patient(place.patient)
            window.patient.return_to(place.tabs)
        ways = {**window.ways, "new patient": window.start_patient}
        ways.get(place.page, lambda: None)()
        if window.name_of(window.stack.currentWidget()) == "":
            window.lists.show_today()
        if place.run is not None:
            window.tell_long(place.run.words)
