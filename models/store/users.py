"""Looking after the users: their roles and passwords, and the recovery key."""

import datetime as dt
from contextlib import AbstractContextManager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.account import Account
from models.base import ClinicError, Record, build, revised
from models.roles import May, Role
from models.store import accounts, removal, saving
from models.store.audit import CAME_IN
from models.store.failures import NotLetIn
from models.store.keyring import checked_user
from models.store.sitting import Sitting, needs
from models.store.step import Step
from models.store.tables import AUDIT_ENTRY
from models.store.wrapping import same_spelling
from models.words import _


class SamePassword(ClinicError):
    """The new password is the present one."""


class Users:
    """What is changed here goes into the store and the keyring, or, when refused, into neither.

    None of it is undone with Ctrl+Z: each has its own way back.
    """

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting

    @needs(May.ADMINISTER)
    def all(self) -> list[Account]:
        """Everybody who ever could sign in, by name; who cannot any more is marked as removed."""
        with self.sitting.store.reading() as session:
            return accounts.every(session)

    @needs(May.ADMINISTER)
    def last_signed_in(self) -> dict[str, dt.datetime]:
        """By name; who never did is not among them."""
        entries = AUDIT_ENTRY.c
        came_in = entries.action.in_([each.value for each in CAME_IN])
        latest = select(entries.user, func.max(entries.at).label("at")).group_by(entries.user)
        with self.sitting.store.reading() as session:
            return {each.user: each.at for each in session.execute(latest.where(came_in))}

    @needs(May.ADMINISTER)
    def add(self, name: str, role: Role, password: str) -> Account:
        """A new user, who is asked for a password of their own at the first sign-in."""
        name = checked_user(name)
        values = {"name": name, "role": role, "new_password_due": True}
        with self._step() as step:
            accounts.refuse_taken(step.session, name)
            (saved,) = saving.save_all(step, [build(Account, values)])
            self.sitting.keys.give_password(step, name, password)
        return _detached(saved)

    @needs(May.ADMINISTER)
    def change_role(self, account: Account, role: Role) -> Account:
        with self._step() as step:
            (saved,) = saving.save_all(step, [revised(account, role=role)])
        if account.name == self.sitting.user:
            self.sitting.account = _detached(saved)
        return _detached(saved)

    @needs(May.ADMINISTER)
    def disable(self, account: Account, why: str) -> None:
        """Nobody signs in as this user any more; what they recorded stays theirs."""
        with self._step(removal.checked_reason(why)) as step:
            name = _row(step.session, account).name
            if name == self.sitting.user:
                raise _oneself()
            removal.remove(step, account)
            self.sitting.keys.take_password(step, name)

    @needs(May.ADMINISTER)
    def enable(self, account: Account, password: str) -> Account:
        """Let somebody sign in again, with a new password that is theirs to change."""
        with self._step() as step:
            row = _row(step.session, account)
            if row.removed_at is not None:
                removal.restore(step, row)
            due = saving.correct(step, row, revised(row, new_password_due=True))
            self.sitting.keys.give_password(step, row.name, password)
        return _detached(due)

    @needs(May.ADMINISTER)
    def give_password(self, account: Account, password: str) -> None:
        """For somebody who forgot theirs, and who will choose another at the next sign-in."""
        with self._step() as step:
            row = _row(step.session, accounts.standing(step.session, account.name))
            saving.correct(step, row, revised(row, new_password_due=True))
            self.sitting.keys.give_password(step, row.name, password)

    def change_own_password(self, former: str, password: str) -> None:
        """Everybody may, whatever their role; raises `ClinicError` where `former` is wrong."""
        user = self.sitting.user
        try:
            self.sitting.keys.check(user, former)
        except NotLetIn:
            raise _not_the_present() from None
        with self.sitting.on_record() as step:
            row = _row(step.session, accounts.standing(step.session, user))
            if same_spelling(former) == same_spelling(password):
                raise _the_same()
            saving.correct(step, row, revised(row, new_password_due=False))
            self.sitting.keys.give_password(step, user, password)
        self.sitting.account = _detached(row)

    @needs(May.ADMINISTER)
    def put_recovery_key(self, recovery_key: str) -> None:
        """From now on this key opens the store, and the former one does not.

        Backups made before keep the former one.
        """
        with self._step() as step:
            self.sitting.keys.put_recovery_key(step, recovery_key)

    def _step(self, reason: str | None = None) -> AbstractContextManager[Step]:
        return self.sitting.transaction(reason, need=May.ADMINISTER)


def _detached(account: Record) -> Account:
    return build(Account, account.model_dump())


def _row(session: Session, account: Account) -> Account:
    row = session.get(Account, account.id)
    if row is None:
        raise _unknown(account.name)
    return row


def _unknown(name: str) -> ClinicError:
    return ClinicError(
        _("There is no user {name}.").format(name=name),
        _("Nothing was changed."),
        _("Look at the list of users again."),
    )


def _oneself() -> ClinicError:
    return ClinicError(
        _("Nobody can disable themselves."),
        _("Nothing was changed."),
        _("Ask another administrator."),
    )


def _not_the_present() -> ClinicError:
    return ClinicError(
        _("This is not your present password."),
        _("Nothing was changed."),
        _("Type it again, or ask an administrator for a new one."),
    )


def _the_same() -> SamePassword:
    return SamePassword(
        _("This is the password you have."), _("Nothing was changed."), _("Choose another one.")
    )
