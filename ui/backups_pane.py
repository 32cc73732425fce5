"""How the backups stand and which there are; making one, and checking the records."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from models.base import ClinicError
from models.progress import Progress
from models.store.backup_files import Backup
from models.store.backup_folder import what_is_wrong
from models.store.backups import Taken
from models.store.clinic import Clinic
from models.store.health import Health
from models.store.keeping import DAYS, MONTHS, WEEKS
from models.words import _, ngettext
from ui.automatic_backup import now
from ui.backup_words import in_a_sentence
from ui.backups_table import BackupsTable
from ui.buttons import button
from ui.calm_table import CalmTable, calm
from ui.flat_table import ROW_ROLE
from ui.sheet import Notice, label, row_of
from ui.tasks import Tasks
from ui.theme import GAP, dress
from ui.work_strip import WorkStrip

MOST_SAID = 8
WIDTHS = (144, 88, 80, 128)


class BackupsPane(QWidget):
    """`tasks`: the worker of all backups, which go on whether or not somebody looks.

    `told`: of the `Health` that was read; `restore_asked`: with the `Backup` chosen, or None.
    """

    told = Signal(object)
    restore_asked = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._clinic: Clinic | None = None
        self._folder: Path | None = None
        self.health, self.place = label("", "", self), label("", "quiet", self)
        tip = _("A copy of everything, into the folder for backups")
        self.back_up_button = button(_("Back up now"), self.back_up, self, "primary", tip)
        tip = _("The file, every record in it and the audit log")
        self.check_button = button(_("Check the records"), self.check, self, tip=tip)
        tip = _("What would change is shown first")
        self.restore_button = button(_("Restore…"), self._restore, self, tip=tip)
        self.strip = WorkStrip(tasks, self)
        self.table = BackupsTable(self)
        self.view = CalmTable(self)
        self.again_button = button(_("Look again"), self.read, self)
        self.notice = Notice(self.again_button, self)
        self.strip.busy.connect(self._on_busy)
        self._set_up()
        self._lay_out()

    def open(self, clinic: Clinic) -> None:
        self._clinic, self._folder = clinic, None
        if not self.strip.running:
            self.strip.say("")
        self.read()

    def read(self) -> None:
        """How they stand, and which there are now."""
        if self._clinic is not None:
            self._tasks.run(partial(_read, self._clinic), self._on_read, self._on_unread)

    def back_up(self) -> None:
        if self._clinic is not None and not self.strip.running:
            work = partial(_take, self._clinic)
            self.strip.run(_("Backing up …"), work, self._on_backed_up)

    def check(self) -> None:
        if self._clinic is not None and not self.strip.running:
            self.strip.run(_("Checking the records …"), self._clinic.check, self._on_checked)

    def _on_busy(self, busy: bool) -> None:
        for each in (self.back_up_button, self.check_button, self.restore_button):
            each.setEnabled(not busy)
        if busy:
            self.strip.cancel_button.setFocus()
        else:
            self.read()

    def _on_backed_up(self, taken: Taken) -> None:
        n = taken.contents.rows["patient"]
        words = ngettext(
            "Backed up, and proven to open: {n} patient, {size}.",
            "Backed up, and proven to open: {n} patients, {size}.",
            n,
        )
        said = words.format(n=n, size=taken.backup.size_words)
        self.strip.say(f"{said} {taken.left_words}".strip())

    def _on_checked(self, wrong: Sequence[str]) -> None:
        if not wrong:
            self.strip.say(_("The file, every record in it and the audit log are sound."))
            return
        keep = _("Nothing was changed. Keep a copy of the clinic's folder, and restore a backup.")
        self.strip.say("\n".join([*wrong[:MOST_SAID], keep]), "problems")

    def _on_read(self, found: "Found") -> None:
        self.told.emit(found.health)
        self._say_moved(found.folder)
        health, unusable = found.health, _("No backup is made until the folder can be used.")
        dress(self.health, "warning" if found.unusable or health.worrying else "strong")
        self.health.setText(unusable if found.unusable else in_a_sentence(health))
        self.place.setText(_where(found))
        self.table.set_backups(found.backups, health.now)
        if found.backups:
            self._stack.setCurrentWidget(self.view)
        elif found.unusable:
            self._tell(_("Which backups there are cannot be seen now."), "quiet")
        elif found.wrong:
            self._tell(found.wrong, "problems")
        else:
            self._tell(_("There is no backup in this folder yet."), "quiet")

    def _say_moved(self, folder: Path) -> None:
        """Once another folder was chosen: what becomes of the backups in the former one."""
        former, self._folder = self._folder, folder
        if former not in {None, folder}:
            words = _(
                "Backups go to {folder} from now on. Those in {former} stay where they are; the"
                " rule no longer removes any there."
            )
            self.strip.say(words.format(folder=folder, former=former), "explained")

    def _on_unread(self, error: ClinicError) -> None:
        self._tell(str(error), "problems")

    def _tell(self, words: str, role: str) -> None:
        self.notice.say(words, role)
        self._stack.setCurrentWidget(self.notice)

    def _restore(self) -> None:
        self.restore_asked.emit(self.view.currentIndex().data(ROW_ROLE))

    def _set_up(self) -> None:
        calm(self.view, self.table, _("Backups"))
        header = self.view.horizontalHeader()
        for place, width in enumerate(WIDTHS):
            header.resizeSection(place, width)
        header.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        for each in (self.view, self.notice):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.health)
        column.addWidget(self.place)
        column.addLayout(row_of(self.back_up_button, self.check_button, self.restore_button))
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)
        column.addWidget(label(rule_words(), "note", self))


@dataclass(frozen=True)
class Found:
    """`wrong`: why no backups can be seen in the folder, or be made there; empty where they can.

    `own`: nobody chose the folder.
    """

    health: Health
    folder: Path
    own: bool
    backups: Sequence[Backup]
    wrong: str

    @property
    def unusable(self) -> bool:
        """Whether it is wrong with a chosen folder: why is told where it was chosen."""
        return bool(self.wrong) and not self.own


def _read(clinic: Clinic) -> Found:
    health, folder = clinic.backups.health(now()), clinic.backups.folder
    own = folder == clinic.backups.own_folder
    try:
        there = clinic.backups.listing(folder)
    except ClinicError as error:
        return Found(health, folder, own, (), str(error))
    wrong = "" if own else what_is_wrong(folder)  # one's own is made when it is needed
    return Found(health, folder, own, there, wrong)


def _take(clinic: Clinic, progress: Progress) -> Taken:
    return clinic.backups.take(progress=progress)


def _where(found: Found) -> str:
    if found.wrong:
        return _("Backups go to {folder}.").format(folder=found.folder)
    same = _("on the same disk as the records: a broken disk would take both")
    disk = same if found.health.same_disk else _("on another disk than the records")
    return _("Backups go to {folder}, {disk}.").format(folder=found.folder, disk=disk)


def rule_words() -> str:
    """Which of them are kept."""
    words = _(
        "A backup is made each day while somebody works, and when the window is closed. Kept are"
        " the newest of each of the last {days} days, {weeks} weeks and {months} months that have"
        " one; of the copies made before an update or a restore, the last three of each."
    )
    return words.format(days=DAYS, weeks=WEEKS, months=MONTHS)
