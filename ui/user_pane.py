"""A user beside the list: who it is, and what can be done."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from models.account import Account
from models.base import ClinicError
from models.store.clinic import Clinic
from models.store.users import Users
from models.words import _
from ui import questions
from ui.buttons import button
from ui.sheet import column_of, label, row_of
from ui.tasks import Tasks
from ui.theme import MARGIN
from ui.user_parts import Adding, ChangingRole, Disabling, Doing, GivingPassword

WIDTH = 424


class UserPane(QWidget):
    """`done`: something was done, in a sentence; `closed`: nothing is being done any more."""

    done = Signal(str)
    closed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._clinic: Clinic | None = None
        self._who: Account | None = None
        self.name = label("", "heading", self)
        self.role = label("", "", self)
        self.state = label("", "", self)
        own = _("This is you. Your own password: Clinic ▸ My password.")
        self.oneself = label(own, "quiet", self)
        self.changing = ChangingRole(self)
        clinic = self._clinic_name
        words = _("New password for {user}"), _("Set the password")
        self.giving = GivingPassword(*words, Users.give_password, self, tasks=tasks, clinic=clinic)
        self.disabling = Disabling(self)
        words = _("Let {user} in again"), _("Let in again")
        self.letting_in = GivingPassword(*words, Users.enable, self, tasks=tasks, clinic=clinic)
        self.adding = Adding(tasks, clinic, self)
        self.role_button = button(_("Change role…"), self.change_role, self)
        self.password_button = button(_("New password…"), self.give_password, self)
        self.disable_button = button(_("Disable…"), self.disable, self)
        self.enable_button = button(_("Let in again…"), self.let_in, self)
        self._set_tips()
        self._lay_out()
        for part in self._parts:
            part.asked.connect(self.submit)
            part.cancel_asked.connect(self.cancel)
        self._open(None)

    @property
    def _parts(self) -> tuple[Doing, ...]:
        return self.changing, self.giving, self.disabling, self.letting_in, self.adding

    @property
    def opened(self) -> Doing | None:
        """The part in which something can be typed."""
        return next((part for part in self._parts if not part.isHidden()), None)

    def show_user(self, clinic: Clinic, who: Account | None) -> None:
        self._clinic, self._who = clinic, who
        if who is not None:
            self.name.setText(who.name)
            self.role.setText(f"{who.role.label}. {who.role.words}")
            self.state.setText(_("{state}.").format(state=who.state.removesuffix(".")))
        self._open(None)

    def change_role(self) -> None:
        self._open(self.changing)

    def give_password(self) -> None:
        self._open(self.giving)

    def disable(self) -> None:
        """Asks why."""
        self._open(self.disabling)

    def let_in(self) -> None:
        self._open(self.letting_in)

    def add(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._open(self.adding)

    def is_dirty(self) -> bool:
        return self.opened is not None and self.opened.is_dirty()

    def submit(self) -> None:
        """Do what is asked for, once; off the window's thread, for a password takes its time."""
        part = self.opened
        if part is None or not part.isEnabled() or self._clinic is None:
            return
        if not part.is_complete():
            self._show_problem()
            return
        part.problem.hide()
        part.set_busy(_("Saving…"))
        self._tasks.run(part.work(self._clinic.users), self._on_done, self._on_failed)

    def cancel(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        part = self.opened
        if part is None:
            return True
        if not part.isEnabled() or (part.is_dirty() and not self.ask_to_discard(part)):
            return False
        self._open(None)
        return True

    def ask_to_discard(self, part: Doing) -> bool:
        return questions.ask_to_discard(self, part.title.text())

    def focus_first(self) -> None:
        """To what is typed, or to the first thing that can be done."""
        if self.opened is not None:
            self.opened.focus_first()
            return
        offered = (each for each in self._buttons if not each.isHidden())
        first = next(offered, None)
        if first is not None:
            first.setFocus()

    def _on_done(self, said: str) -> None:
        if self.opened is not None:
            self.opened.set_busy("")
        self._open(None)
        self.done.emit(said)

    def _on_failed(self, error: ClinicError) -> None:
        if self.opened is not None:
            self.opened.set_busy("")
            self.opened.refuse(error)
            self._show_problem()

    def _show_problem(self) -> None:
        """What was refused is seen on a low screen, too, once it has its place."""
        part = self.opened
        if part is not None:
            said = part.problem if part.problem.isVisible() else part.focusWidget() or part
            QTimer.singleShot(0, said, lambda: self._area.ensureWidgetVisible(said))

    def _clinic_name(self) -> str:
        return self._clinic.name if self._clinic else ""

    def _open(self, part: Doing | None) -> None:
        """Show one of the parts, or else what opens them; nothing typed stays in the others."""
        who, clinic = self._who, self._clinic
        for each in self._parts:
            each.hide()
        shown = part is None and who is not None
        for words in (self.name, self.role, self.state):
            words.setVisible(shown)
        oneself = clinic is not None and who is not None and who.name == clinic.user
        stands = who is not None and who.removed_at is None
        self.oneself.setVisible(shown and oneself)
        self.role_button.setVisible(shown and stands)
        self.password_button.setVisible(shown and stands and not oneself)
        self.disable_button.setVisible(shown and stands and not oneself)
        self.enable_button.setVisible(shown and not stands)
        if part is not None:
            part.start(who)

    def _set_tips(self) -> None:
        self.role_button.setToolTip(_("What this user may see and do"))
        self.password_button.setToolTip(_("For a user who forgot theirs"))
        self.disable_button.setToolTip(_("This user does not sign in any more"))
        self.enable_button.setToolTip(_("With a new password"))

    @property
    def _buttons(self) -> tuple[QWidget, ...]:
        return self.role_button, self.password_button, self.disable_button, self.enable_button

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column = column_of(inside)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        for words in (self.name, self.role, self.state, self.oneself):
            column.addWidget(words)
        column.addLayout(row_of(*self._buttons))
        for part in self._parts:
            column.addWidget(part)
        column.addStretch()
        area = self._area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.setFixedWidth(WIDTH)
