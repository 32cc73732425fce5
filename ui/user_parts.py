"""What can be done with a user, each in a part of its own; and adding one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from models.account import Account
from models.base import ClinicError
from models.roles import Role
from models.store.accounts import NameTaken
from models.store.keyring import checked_user
from models.store.users import Users
from models.words import _
from ui.buttons import button
from ui.editor import LineEditor
from ui.new_password import NewPassword
from ui.role_editor import RoleEditor
from ui.sheet import Part, entry, filled, label, row_of
from ui.tasks import Tasks

Work = Callable[[], str]
"""Done off the window's thread; tells what was done."""


class Doing(Part):
    """A title, some fields, what was refused, and the button that does it."""

    cancel_asked = Signal()

    def __init__(self, title: str, purpose: str, parent: QWidget) -> None:
        super().__init__(purpose, parent)
        self._heading = title
        self.who: Account | None = None
        self.title = label(title, "heading", self)
        self.problem = label("", "problems", self)
        self.problem.hide()
        self.main_button.setToolTip(_("Ctrl+Enter"))
        self.add(self.title)

    def put(self, *parts: QWidget | QLayout) -> None:
        """The fields; below them what was refused, and the buttons."""
        cancel = button(_("Cancel"), self.cancel_asked.emit, self, tip=_("Escape"))
        self.add(*parts, self.problem, row_of(self.main_button, cancel))

    def start(self, who: Account | None = None) -> None:
        self.who = who
        self.title.setText(self._heading.format(user=self.name))
        self.problem.hide()
        self.clear()
        self.show()
        self.focus_first()

    @property
    def name(self) -> str:
        return self.who.name if self.who else ""

    @property
    def account(self) -> Account:
        if self.who is None:
            raise RuntimeError("no user is chosen")
        return self.who

    def refuse(self, error: ClinicError) -> None:
        """What was typed stays."""
        self.problem.setText(str(error))
        self.problem.show()
        self.focus_first()

    def clear(self) -> None:
        """Nothing is typed or chosen yet."""
        raise NotImplementedError

    def focus_first(self) -> None:
        raise NotImplementedError

    def is_dirty(self) -> bool:
        raise NotImplementedError

    def is_complete(self) -> bool:
        """What is missing is said beside its field."""
        raise NotImplementedError

    def work(self, users: Users) -> Work:
        """What is to be done with what was typed."""
        raise NotImplementedError


class ChangingRole(Doing):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Role of {user}"), _("Change the role"), parent)
        self.role = RoleEditor(self)
        self.put(self.role)

    def clear(self) -> None:
        self.role.set_value(self.account.role)

    def focus_first(self) -> None:
        self.role.setFocus()

    def is_dirty(self) -> bool:
        return self.who is not None and self.role.value() is not self.who.role

    def is_complete(self) -> bool:
        return self.role.value() is not None

    def work(self, users: Users) -> Work:
        account, role = self.account, self.role.value() or self.account.role

        def change() -> str:
            users.change_role(account, role)
            return _("{user}: {role}").format(user=account.name, role=role.label)

        return change


class GivingPassword(Doing):
    """A password that its user replaces by one of their own. `clinic`: its name."""

    def __init__(
        self,
        title: str,
        purpose: str,
        do: Callable[[Users, Account, str], object],
        parent: QWidget,
        *,
        tasks: Tasks,
        clinic: Callable[[], str],
    ) -> None:
        super().__init__(title, purpose, parent)
        self._do = do
        self.password = NewPassword(tasks, lambda: [self.name, clinic()], self)
        self.enter_here(*self.password.entries)
        self.put(label(told_to_user(), "quiet", self), *self.password.entries)

    def clear(self) -> None:
        self.password.clear()

    def focus_first(self) -> None:
        self.password.first.setFocus()

    def is_dirty(self) -> bool:
        return self.password.is_typed()

    def is_complete(self) -> bool:
        return self.password.is_good()

    def work(self, users: Users) -> Work:
        account, password = self.account, self.password.text

        def give() -> str:
            self._do(users, account, password)
            return _("{user} may sign in with the new password").format(user=account.name)

        return give


class Disabling(Doing):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Disable {user}"), _("Disable"), parent)
        kept = _("Stays on record. What this user recorded stays theirs.")
        self.reason = entry(_("Why may this user not sign in any more?"), self, help=kept)
        self.enter_here(self.reason)
        self.put(self.reason)

    def clear(self) -> None:
        self.reason.set_value(None)
        self.reason.set_problem("")

    def focus_first(self) -> None:
        self.reason.setFocus()

    def is_dirty(self) -> bool:
        return bool(self.reason.line.text().strip())

    def is_complete(self) -> bool:
        return filled(self.reason)

    def work(self, users: Users) -> Work:
        account, why = self.account, self.reason.line.text()

        def disable() -> str:
            users.disable(account, why)
            return _("{user} may not sign in any more").format(user=account.name)

        return disable


class Adding(Doing):
    def __init__(self, tasks: Tasks, clinic: Callable[[], str], parent: QWidget) -> None:
        super().__init__(_("Add a user"), _("Add the user"), parent)
        self.name_entry = entry(_("Name"), self, help=_("Stands beside all that the user does."))
        self.role = RoleEditor(self)
        self.password = NewPassword(tasks, lambda: [self.name, clinic()], self)
        self.enter_here(self.name_entry, *self.password.entries)
        self.put(
            self.name_entry,
            self.role,
            label(told_to_user(), "quiet", self),
            *self.password.entries,
        )

    @property
    def name(self) -> str:
        return self.name_entry.line.text()

    def refuse(self, error: ClinicError) -> None:
        if isinstance(error, NameTaken):
            self.name_entry.set_problem(str(error))
            self.name_entry.setFocus()
        else:
            super().refuse(error)

    def clear(self) -> None:
        self.name_entry.set_value(None)
        self.name_entry.set_problem("")
        self.role.set_value(None)
        self.role.set_problem("")
        self.password.clear()

    def focus_first(self) -> None:
        self.name_entry.setFocus()

    def is_dirty(self) -> bool:
        typed = bool(self.name.strip()) or self.password.is_typed()
        return typed or self.role.value() is not None

    def is_complete(self) -> bool:
        """All that is wrong is said at once; the first of it gets the focus."""
        good = self.password.is_good()
        role = self.role.value()
        self.role.set_problem("" if role else _("This is needed."))
        self.name_entry.set_problem(_problem_with_name(self.name))
        wrong: Sequence[LineEditor | RoleEditor] = [
            each for each in (self.name_entry, self.role) if each.problem
        ]
        if wrong:
            wrong[0].setFocus()
        return good and not wrong

    def work(self, users: Users) -> Work:
        name, role, password = self.name, self.role.value() or Role.READER, self.password.text

        def add() -> str:
            users.add(name, role, password)
            return _("{user} may sign in").format(user=name.strip())

        return add


def told_to_user() -> str:
    return _("Tell the user this password: another has to be chosen at the next sign-in.")


def _problem_with_name(name: str) -> str:
    if not name.strip():
        return _("This is needed.")
    try:
        checked_user(name)
    except ClinicError as error:
        return str(error)
    return ""
