"""Many records are changed at once: how far it is, and nothing else in the window meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.progress import Progress
from models.words import _
from ui.long_work import LongWork
from ui.wait_page import WaitPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow


@dataclass
class Ending:
    """What became of work that a lock ended; it tells of no patient."""

    doing: str
    done: bool = False

    @property
    def words(self) -> str:
        if self.done:
            return _("{doing}: it was done when the window was locked.").format(doing=self.doing)
        words = _("{doing}: locking stopped it, and nothing was changed.")
        return words.format(doing=self.doing)


class WorkPage(WaitPage):
    """Until it is done nobody leaves: whatever asked for a record would stand still with it."""

    def __init__(self, ending: Ending, parent: QWidget) -> None:
        super().__init__(ending.doing, parent)
        self.ending = ending
        self.work: LongWork | None = None

    def may_leave(self) -> bool:
        self.tell(_under_way())
        return False

    def close_unclaimed(self) -> None:
        """What is half done is taken back by the store, and nobody is led back from here."""
        if self.work:
            self.work.stop()
            self.work.blockSignals(True)


class AtWork(QObject):
    """What the store writes for a while; on a page of its own, with a way out."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    @property
    def page(self) -> WorkPage | None:
        shown = self._window.stack.currentWidget()
        return shown if isinstance(shown, WorkPage) else None

    @property
    def ending(self) -> Ending | None:
        """Of what is under way."""
        return self.page.ending if self.page else None

    def run(
        self,
        doing: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[ClinicError], object],
    ) -> None:
        """Do `work`, then show the page from which it was asked for, and call one of the others."""
        page = WorkPage(Ending(doing), self._window)
        page.work = LongWork(self._window.tasks, partial(_noted, work, page.ending), page)
        back = partial(self._back, self._window.stack.currentWidget())
        page.work.advanced.connect(page.tell_progress)
        page.work.done.connect(partial(_first, back, done))
        page.work.failed.connect(partial(_first, back, failed))
        page.work.stopped.connect(partial(_first, back, self._tell_stopped, None))
        page.cancelled.connect(page.work.stop)
        self._window.show_door(page)
        page.cancel_button.setFocus()
        page.work.start()

    def stop(self) -> None:
        """The clinic is going to be closed."""
        if self.page:
            self.page.close_unclaimed()

    def _back(self, asked_from: QWidget | None) -> None:
        self._window.stay(asked_from)
        shown = self._window.stack.currentWidget()
        if shown is not None:
            shown.setFocus()

    def _tell_stopped(self, _nothing: None) -> None:
        self._window.tell(_("Stopped. Nothing was changed."))


def _noted(work: Callable[[Progress], Any], ending: Ending, progress: Progress) -> Any:
    result = work(progress)
    ending.done = True
    return result


def _first(back: Callable[[], object], then: Callable[[Any], object], result: Any) -> None:
    back()
    then(result)


def _under_way() -> ClinicError:
    return ClinicError(
        _("Records are being changed."),
        _("Nothing is lost, whatever happens now."),
        _("Wait until it is done, or cancel it."),
    )
