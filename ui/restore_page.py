"""Restoring a backup, one step after the other; until the last one nothing has changed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from models.base import ClinicError
from models.progress import Progress
from models.store import restore_words, restoring
from models.store.clinic import Clinic
from models.store.restoring import Difference, Look, Source
from models.words import _
from ui.buttons import on_keys
from ui.long_work import LongWork
from ui.restore_choose import ChooseStep
from ui.restore_parts import ChangeStep, DoneStep, Step, WhoStep, being_restored
from ui.sheet import Sheet, label
from ui.tasks import Tasks
from ui.unclaimed import Unclaimed

WIDE = 880


class WaitStep(Step):
    """How far it is, and the way out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.main_button.hide()
        self.back_button.setText(_("Cancel"))
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.said = label("", "quiet", self)
        self.add(self.bar, self.said, self.buttons())

    def start(self, doing: str) -> None:
        self.title = doing
        self.bar.setAccessibleName(doing)
        self.bar.setRange(0, 0)
        self.said.setText(_("Until it is done, nothing has changed."))
        self.back_button.setEnabled(True)

    def say_far(self, done: int, whole: int) -> None:
        """In thousandths: a bar cannot count the bytes of a large file."""
        self.bar.setRange(0, 1000 if whole else 0)
        self.bar.setValue(done * 1000 // max(whole, 1))

    @property
    def is_stopping(self) -> bool:
        """Whether nobody wants it any more."""
        return not self.back_button.isEnabled()

    def say_stopping(self) -> None:
        self.back_button.setEnabled(False)
        self.said.setText(_("Stopping …"))

    def focus_first(self) -> None:
        self.back_button.setFocus()


class RestorePage(Sheet):
    """Restores into a clinic's folder. `present`: the clinic that is open there.

    `way_asked`: that clinic is to be closed now; `closed`: nothing was restored; `restored`;
    `into_asked`: another folder is to be restored into.
    """

    into_asked = Signal(object)
    way_asked = Signal()
    closed = Signal()
    restored = Signal()

    def __init__(
        self,
        folder: Path,
        tasks: Tasks,
        parent: QWidget | None = None,
        present: Clinic | None = None,
    ) -> None:
        super().__init__(_("Restore a backup"), parent)
        self._sheet.setFixedWidth(WIDE)
        for row, stretch in enumerate((0, 1, 0)):  # the title stays in its place
            self._middle.setRowStretch(row, stretch)
        self._folder, self._tasks, self._present = folder, tasks, present
        self._work: LongWork | None = None
        self._switching = False
        self._coming: Unclaimed[Look] = Unclaimed()
        self._look: Look | None = None
        self._where = label("", "quiet", self)
        self.choose, self.who = ChooseStep(folder, present, self), WhoStep(tasks, self)
        self.change, self.wait, self.done = ChangeStep(self), WaitStep(self), DoneStep(self)
        self._steps: tuple[Step, ...] = (
            self.choose,
            self.who,
            self.change,
            self.wait,
            self.done,
        )
        self.add(self._where, *self._steps)
        for step in self._steps:
            self._column.setStretchFactor(step, 1)
        self._connect()
        self._show(self.choose)
        self.list_sources(folder)

    def list_sources(self, path: Path) -> None:
        """The backups of a folder, or one file; in the clinic's own also those it makes."""
        if self._work is None:
            work = partial(_sources, path, self._folder, self._present)
            self._tasks.run(work, self._on_sources, self.tell)

    def back(self) -> None:
        """One step; from the first one out of here. While something is done, it is stopped."""
        self.forget_problem()
        if self._work is not None:
            self.wait.say_stopping()
            self._work.stop()
        elif not self.choose.isHidden():
            self.closed.emit()
        elif not self.done.isHidden():
            self.restored.emit()
        else:
            self._discard()
            self._show(self.choose if self.change.isHidden() else self.who)

    def may_leave(self) -> bool:
        """Not while one clinic takes the place of the other."""
        if self._switching:
            self.tell(being_restored())
        return not self._switching

    def close_unclaimed(self) -> None:
        """Nobody wants it any more: what was made ready goes, and the secrets that were typed."""
        if self._work is not None:
            self._work.stop()
        self._coming.close()
        self._discard()
        self.who.forget()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._step.focus_first()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and not self._switching:
            self.close_unclaimed()
            self._show(self.choose)

    def _connect(self) -> None:
        self.choose.folder_asked.connect(self.list_sources)
        self.choose.asked.connect(self._on_chosen)
        self.choose.into_asked.connect(self.into_asked)
        self.who.turned.connect(self.forget_problem)
        self.who.asked.connect(self._on_who)
        self.change.asked.connect(self._on_sure)
        self.done.asked.connect(self.restored)
        for step in self._steps:
            step.back_asked.connect(self.back)
        on_keys("Escape", self.back, self)

    def _show(self, step: Step) -> None:
        """Copying is a part of the step in which somebody asked for it."""
        self._step = step
        counted = self.who if step is self.wait and not self._switching else step
        place = self._steps.index(counted) + 1
        words = _("Step {n} of {of}: {title}")
        self._where.setText(words.format(n=place, of=len(self._steps), title=step.title))
        for each in self._steps:
            each.setVisible(each is step)
        step.focus_first()

    # 1, 2: which, and who

    def _on_sources(self, found: tuple[Path, list[Source]]) -> None:
        self.forget_problem()
        self.choose.list_sources(*found)

    def _on_chosen(self) -> None:
        source = self.choose.source
        if source is None:
            return
        try:
            self.who.start(source.users, self._present.user if self._present else "")
        except ClinicError as error:
            self.tell(error)
            return
        self.forget_problem()
        self._show(self.who)

    def _on_who(self) -> None:
        source = self.choose.source
        if source is not None and self._work is None and self.who.is_complete():
            self.forget_problem()
            self._coming = Unclaimed()
            look = partial(restoring.look, source.store, self._folder, self.who.who())
            looked = partial(_compared, look, self._present, self._coming)
            self._start(_("Copying and checking the backup"), looked).done.connect(self._on_looked)

    # 3: what will change

    def _on_looked(self, difference: Difference) -> None:
        if self.wait.is_stopping:
            self._on_stopped()
            return
        self._look = self._coming.claim()
        self._work = None
        if self._look is not None:
            self.change.start(self._look, difference)
            self._show(self.change)

    # 4, 5: restoring it

    def _on_sure(self) -> None:
        look = self._look
        if look is None or not self.change.read.isChecked():
            return
        self.way_asked.emit()
        self._present, self._switching = None, True
        work = self._start(_("Restoring"), partial(restoring.restore, look))
        work.done.connect(partial(self._on_restored, _told(look)))

    def _on_restored(self, told: tuple[str, str], aside: Path | None) -> None:
        self._over()
        self.who.forget()
        self.done.start(*told, aside)
        self._show(self.done)

    def _start(self, doing: str, work: Callable[[Progress], object]) -> LongWork:
        self.wait.start(doing)
        self._show(self.wait)
        self._work = LongWork(self._tasks, work, self)
        self._work.advanced.connect(self.wait.say_far)
        self._work.failed.connect(self._on_failed)
        self._work.stopped.connect(self._on_stopped)
        self._work.start()
        return self._work

    def _on_failed(self, error: ClinicError) -> None:
        self._on_stopped()
        self.tell(error)

    def _on_stopped(self) -> None:
        self._coming.close()
        self._over()
        self._show(self.who)

    def _over(self) -> None:
        self._work, self._switching = None, False
        self._discard()

    def _discard(self) -> None:
        if self._look is not None and not self._switching:
            self._look.close()
            self._look = None


def _told(look: Look) -> tuple[str, str]:
    """What still has to be known when the look at it is closed."""
    return restore_words.about(look), restore_words.afterwards(look)


def _sources(path: Path, folder: Path, present: Clinic | None) -> tuple[Path, list[Source]]:
    """With those in the clinic's own folder for backups, where that can be asked; newest first."""
    if not path.is_dir():
        return (path, []) if path == folder else (path.parent, [restoring.source_at(path)])
    found = restoring.sources_in(path)
    if path == folder and present is not None and present.backups.folder.is_dir():
        found += restoring.sources_in(present.backups.folder)
    once = {source.store.resolve(): source for source in found if source.store.parent != folder}
    return path, restoring.newest_first(once.values())


def _compared(
    look: Callable[[Progress], Look],
    present: Clinic | None,
    coming: Unclaimed[Look],
    progress: Progress,
) -> Difference:
    looked = look(progress)
    coming.keep(looked)
    return restoring.compare(looked, present)
