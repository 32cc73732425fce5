"""The steps of restoring a backup: by whom, what will change, and what became of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from models.base import ClinicError
from models.store import restore_words
from models.store.restoring import ByPassword, ByRecoveryKey, Difference, Look
from models.words import N_, _, moment_words
from ui.buttons import button
from ui.choice_editor import Combo
from ui.lines_table import Column, LinesView
from ui.new_password import NewPassword
from ui.sheet import WIDTH, Part, column_of, entry, fill, filled, label, row_of, titled
from ui.tasks import Tasks

COUNTS = (
    Column(N_("On file"), 184),
    Column(N_("Now"), 64, number=True),
    Column(N_("In the backup"), 0, number=True),
)
LATER = (
    Column(N_("When"), 136),
    Column(N_("Who"), 112),
    Column(N_("What"), 200),
    Column(N_("Patient"), 160),
    Column(N_("Replaced"), 0),
)
COUNTS_WIDTH = 376
FEWEST = 3


class Step(Part):
    """One of the steps. `back_asked`: the one before it is to be shown."""

    back_asked = Signal()

    def __init__(self, title: str, purpose: str, parent: QWidget) -> None:
        super().__init__(purpose, parent)
        self.title = title
        self.back_button = button(_("Back"), self.back_asked.emit, self, tip=_("Escape"))

    def add(self, *parts: QWidget | QLayout) -> None:
        """All of the step, from the top."""
        super().add(*parts)
        self._column.addStretch()

    def focus_first(self) -> None:
        """Where somebody begins."""
        self.main_button.setFocus()

    def buttons(self, *more: QWidget) -> QHBoxLayout:
        return row_of(self.main_button, self.back_button, *more)


class WhoStep(Step):
    """Who restores it: an administrator of the backup, or whoever holds its recovery key.

    `turned`: from one way to the other.
    """

    turned = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(_("Who restores it"), _("Continue"), parent)
        self.setMaximumWidth(WIDTH)
        self.user = Combo(self)
        self.user.setPlaceholderText(_("Choose who restores it"))
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

    def start(self, users: Sequence[str], likely: str = "") -> None:
        """`users`: whose passwords open the backup; `likely`: who is signed in.

        Nobody is proposed of whom it is not known whether they may.
        """
        self.user.clear()
        self.user.addItems(sorted(users, key=lambda user: user != likely))
        known = likely in users or len(users) == 1
        self.user.setCurrentIndex(0 if known else -1)
        self._show(by_key=False)

    def is_complete(self) -> bool:
        if self._by_key.isHidden() and self.user.currentIndex() < 0:
            self.user.setFocus()
            return False
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
        self.turned.emit()
        self.focus_first()

    def forget(self) -> None:
        """Nothing that was typed here stays in the window."""
        self.password.set_value(None)
        self.key.set_value(None)
        self.new_password.clear()

    def focus_first(self) -> None:
        by_password = self.password if self.user.currentIndex() >= 0 else self.user
        (by_password if self._by_key.isHidden() else self.key).setFocus()

    def _show(self, *, by_key: bool) -> None:
        self._by_password.setVisible(not by_key)
        self._by_key.setVisible(by_key)
        self.way_button.setText(_("Use a password") if by_key else _("Use the recovery key…"))


class ChangeStep(Step):
    """What will change; nobody goes on who has not ticked that it was read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("What will change"), _("Restore"), parent)
        self.about, self.afterwards = label("", "", self), label("", "", self)
        self.wrong, self.warning = label("", "problems", self), label("", "warning", self)
        self.counts = LinesView(COUNTS, FEWEST, _("Records now and in the backup"), self)
        self.counts.setFixedWidth(COUNTS_WIDTH)
        self.others, self.set_aside = label("", "quiet", self), label("", "quiet", self)
        self.later = LinesView(LATER, FEWEST, _("What would be set aside"), self)
        self.read = QCheckBox(_("I have read what will change"), self)
        self.read.toggled.connect(self.main_button.setEnabled)
        self.add(
            self.about,
            self.wrong,
            self.warning,
            self.counts,
            self.others,
            self.set_aside,
            self.later,
            self.afterwards,
            self.read,
            self.buttons(),
        )
        for view in (self.counts, self.later):
            self._column.setStretchFactor(view, 1)

    def start(self, look: Look, difference: Difference) -> None:
        differing, others = restore_words.counts(look, difference)
        self._fill(self.counts, [(title, _shown(n), _shown(m)) for title, n, m in differing])
        self.counts.setColumnHidden(1, difference.now is None)
        self._fill(
            self.later,
            [
                (moment_words(each.at), each.user, each.what, each.patient, each.replaced)
                for each in difference.later
            ],
        )
        self._say(self.about, restore_words.about(look))
        self._say(self.wrong, "\n".join(restore_words.faults(look)))
        self._say(self.warning, "\n".join(restore_words.warnings(look, difference)))
        self._say(self.others, restore_words.the_others(len(differing), others))
        self._say(self.set_aside, restore_words.set_aside(difference))
        self._say(self.afterwards, restore_words.afterwards(look))
        self.read.setChecked(False)
        self.main_button.setEnabled(False)

    def focus_first(self) -> None:
        self.read.setFocus()

    def _fill(self, view: LinesView, lines: Sequence[Sequence[str]]) -> None:
        view.lines.set_rows(lines)
        view.fit(FEWEST)
        view.setVisible(bool(lines))

    def _say(self, where: QLabel, words: str) -> None:
        where.setText(words)
        where.setVisible(bool(words))


class DoneStep(Step):
    """It is restored; where the former clinic lies."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Restored"), _("Sign in"), parent)
        self.back_button.hide()
        self.said, self.afterwards = label("", "", self), label("", "", self)
        self.aside = label("", "quiet", self)
        self.add(self.said, self.afterwards, self.aside, self.buttons())

    def start(self, about: str, afterwards: str, aside: Path | None) -> None:
        self.said.setText(about)
        self.afterwards.setText(afterwards)
        kept = _("What was there before was set aside in {folder}. Nothing of it is deleted.")
        self.aside.setText(kept.format(folder=aside))
        self.aside.setVisible(aside is not None)


def being_restored() -> ClinicError:
    return ClinicError(
        _("The backup is being restored."),
        _("Nothing is lost, whatever happens now."),
        _("Wait until it is done, or cancel it."),
    )


def _shown(n: int | None) -> str:
    return "–" if n is None else str(n)


def _group(parent: QWidget, *parts: QWidget | QVBoxLayout) -> QWidget:
    made = QWidget(parent)
    fill(column_of(made), parts)
    return made
