"""The steps of restoring a backup: which one, by whom, what will change, and what became of it."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.base import ClinicError
from models.store import restore_words
from models.store.restoring import ByPassword, ByRecoveryKey, Difference, Look, Source
from models.words import N_, _, moment_words, ngettext
from ui.buttons import button
from ui.choice_editor import Combo
from ui.lines_table import Column, LinesView
from ui.new_password import NewPassword
from ui.sheet import WIDTH, Part, column_of, entry, fill, filled, label, row_of, titled
from ui.tasks import Tasks
from ui.theme import MARGIN, dress

SOURCES = (
    Column(N_("Made"), 144),
    Column(N_("Age"), 112),
    Column(N_("Size"), 96, number=True),
    Column(N_("File"), 0),
)
COUNTS = (
    Column(N_("On file"), 184),
    Column(N_("Now"), 64, number=True),
    Column(N_("Then"), 0, number=True),
)
LATER = (
    Column(N_("When"), 136),
    Column(N_("Who"), 80),
    Column(N_("What"), 152),
    Column(N_("Patient"), 0),
)
COUNTS_WIDTH = 336
SEEN = 6


class Step(Part):
    """One of the steps. `back_asked`: the one before it is to be shown."""

    back_asked = Signal()

    def __init__(self, title: str, purpose: str, parent: QWidget) -> None:
        super().__init__(purpose, parent)
        self.title = title
        self.back_button = button(_("Back"), self.back_asked.emit, self, tip=_("Escape"))

    def focus_first(self) -> None:
        """Where somebody begins."""
        self.main_button.setFocus()

    def buttons(self, *more: QWidget) -> QHBoxLayout:
        return row_of(self.main_button, self.back_button, *more)


class ChooseStep(Step):
    """Which backup. `folder_asked`: one in which others lie."""

    folder_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Which backup"), _("Continue"), parent)
        self._sources: list[Source] = []
        self.said = label("", "quiet", self)
        self.view = LinesView(SOURCES, SEEN, _("Backups"), self)
        self.view.activated.connect(self.asked)
        another = _("On another disk, on a share, or copied by hand")
        self.file_button = button(_("Another file…"), self.choose_file, self, tip=another)
        self.folder_button = button(_("Another folder…"), self.choose_folder, self, tip=another)
        self.add(self.said, self.view, self.buttons(self.file_button, self.folder_button))
        self.list_sources(Path(), [])

    @property
    def source(self) -> Source | None:
        """What is chosen."""
        chosen = self.view.selectionModel().selectedRows()
        return self._sources[chosen[0].row()] if chosen else None

    def list_sources(self, folder: Path, sources: Sequence[Source]) -> None:
        """The first, which is the newest, is chosen."""
        self._sources = [*sources]
        now = dt.datetime.now(dt.UTC)
        self.view.lines.set_lines([_line(source, now) for source in sources])
        self.view.setVisible(bool(sources))
        self.main_button.setEnabled(bool(sources))
        where = _("In {folder}:") if sources else _("There is no backup in {folder}.")
        self.said.setText(where.format(folder=folder))
        if sources:
            self.view.selectRow(0)
        self.focus_first()

    def choose_file(self) -> None:
        named, _filter = QFileDialog.getOpenFileName(
            self, _("The backup's file"), "", _("Backups (*.db)")
        )
        if named:
            self.folder_asked.emit(Path(named))

    def choose_folder(self) -> None:
        named = QFileDialog.getExistingDirectory(self, _("The folder of the backups"))
        if named:
            self.folder_asked.emit(Path(named))

    def focus_first(self) -> None:
        (self.view if self._sources else self.file_button).setFocus()


class WhoStep(Step):
    """Who restores it: an administrator of the backup, or whoever holds its recovery key."""

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(_("Who restores it"), _("Continue"), parent)
        self.setMaximumWidth(WIDTH)
        self.user = Combo(self)
        self.password = entry(_("Password"), self, secret=True)
        self.key = entry(
            _("Recovery key"),
            self,
            help=_("From the printed sheet; capital letters and dashes do not matter."),
        )
        self.new_user = entry(_("User"), self, help=_("One of the users, or a new one."))
        self.new_password = NewPassword(tasks, lambda: [self.new_user.line.text()], self)
        self.way_button = button("", self.other_way, self, "link")
        then = _("An administrator, with the password of the time when the backup was made.")
        self._by_password = _group(
            self, label(then, "quiet", self), titled(_("User"), self.user, self), self.password
        )
        self._by_key = _group(self, self.key, self.new_user, *self.new_password.entries)
        self.enter_here(self.password, self.key, self.new_user, *self.new_password.entries)
        self.add(self._by_password, self._by_key, self.buttons(), row_of(self.way_button))
        self._show(by_key=False)

    def start(self, users: Sequence[str]) -> None:
        """`users`: whose passwords open the backup."""
        self.user.clear()
        self.user.addItems(users)
        self._show(by_key=False)

    def is_complete(self) -> bool:
        if self._by_key.isHidden():
            return filled(self.password)
        return filled(self.key, self.new_user) and self.new_password.is_good()

    def who(self) -> ByPassword | ByRecoveryKey:
        if self._by_key.isHidden():
            return ByPassword(self.user.currentText(), self.password.line.text())
        key, user = self.key.line.text(), self.new_user.line.text()
        return ByRecoveryKey(key, user, self.new_password.text)

    def other_way(self) -> None:
        """From password to recovery key, and back."""
        self._show(by_key=self._by_key.isHidden())
        self.focus_first()

    def forget(self) -> None:
        """Nothing that was typed here stays in the window."""
        self.password.set_value(None)
        self.key.set_value(None)
        self.new_password.clear()

    def focus_first(self) -> None:
        several = self.user.count() > 1
        by_password = self.user if several else self.password
        (by_password if self._by_key.isHidden() else self.key).setFocus()

    def _show(self, *, by_key: bool) -> None:
        self._by_password.setVisible(not by_key)
        self._by_key.setVisible(by_key)
        self.way_button.setText(_("Use a password") if by_key else _("Use the recovery key…"))


class ChangeStep(Step):
    """What will change; nobody goes on who has not ticked that it was read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("What will change"), _("Restore"), parent)
        self.about = label("", "", self)
        self.counts = LinesView(COUNTS, SEEN, _("Records now and then"), self)
        self.counts.setFixedWidth(COUNTS_WIDTH)
        self.later = LinesView(LATER, SEEN, _("What would be set aside"), self)
        self.set_aside = label("", "quiet", self)
        self.warning = label("", "warning", self)
        self.afterwards = label(restore_words.afterwards(), "quiet", self)
        self.read = QCheckBox(_("I have read what will change"), self)
        self.read.toggled.connect(self.main_button.setEnabled)
        tables = QHBoxLayout()
        tables.setSpacing(MARGIN)
        tables.addWidget(self.counts)
        tables.addWidget(self.later, 1)
        self.add(self.about, self.warning, tables, self.set_aside, self.afterwards)
        self.add(self.read, self.buttons())

    def start(self, look: Look, difference: Difference) -> None:
        self.about.setText(restore_words.about(look))
        self.counts.lines.set_lines(
            [
                (title, _shown(now), _shown(then))
                for title, now, then in restore_words.counts(look, difference)
            ]
        )
        later = difference.later
        self.later.lines.set_lines(
            [(moment_words(each.at), each.user, each.what, each.patient) for each in later]
        )
        self.later.setVisible(bool(later))
        words = "\n".join(restore_words.warnings(look, difference))
        dress(self.warning, "problems" if difference.is_foreign else "warning")
        self._say(self.warning, words)
        self._say(self.set_aside, restore_words.set_aside(difference))
        self.read.setChecked(False)
        self.main_button.setEnabled(False)

    def focus_first(self) -> None:
        self.read.setFocus()

    def _say(self, where: QLabel, words: str) -> None:
        where.setText(words)
        where.setVisible(bool(words))


class DoneStep(Step):
    """It is restored; where the former clinic lies."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Restored"), _("Sign in"), parent)
        self.back_button.hide()
        self.said = label("", "", self)
        self.aside = label("", "quiet", self)
        self.add(self.said, self.aside, label(restore_words.afterwards(), "quiet", self))
        self.add(self.buttons())

    def start(self, about: str, aside: Path | None) -> None:
        self.said.setText(about)
        kept = _("What was there before was set aside in {folder}. Nothing of it is deleted.")
        self.aside.setText(kept.format(folder=aside))
        self.aside.setVisible(aside is not None)


def being_restored() -> ClinicError:
    return ClinicError(
        _("The backup is being restored."),
        _("Nothing is lost, whatever happens now."),
        _("Wait until it is done, or cancel it."),
    )


def age_words(at: dt.datetime, now: dt.datetime) -> str:
    """In days of the calendar: `today`, `yesterday`, `3 days ago`."""
    days = (now.astimezone().date() - at.astimezone().date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def _line(source: Source, now: dt.datetime) -> tuple[str, ...]:
    return moment_words(source.at), age_words(source.at, now), source.size_words, source.name


def _shown(n: int | None) -> str:
    return "–" if n is None else str(n)


def _group(parent: QWidget, *parts: QWidget | QVBoxLayout) -> QWidget:
    made = QWidget(parent)
    fill(column_of(made), parts)
    return made
