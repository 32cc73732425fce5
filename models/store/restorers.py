"""Who restores a backup: by a password or a recovery key that held when it was made.

Neither is enough where the clinic that is replaced is there and can be asked.
"""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from models.account import Account
from models.base import ClinicError
from models.roles import Role
from models.store import accounts
from models.store.clinic import Clinic
from models.store.folder import is_clinic
from models.store.keyring import Keyring, as_kept, checked_user
from models.store.keys import tried_elsewhere
from models.store.passwords import checked_password
from models.store.places import KEYRING
from models.store.settings import NAME, setting
from models.store.sources import Source
from models.store.tries import Tries
from models.words import _, moment_words


@dataclass(frozen=True)
class ByPassword:
    """An administrator of the backup, with the password that was in use when it was made."""

    user: str
    password: str = field(repr=False)

    def key(self, keyring: Keyring) -> bytes:
        return keyring.key_for(self.user, self.password)

    def open(self, folder: Path) -> Clinic:
        return Clinic.open(folder, self.user, self.password)

    def refuse(self, session: Session, *, demo: bool) -> None:
        """Raise `ClinicError` where this user is no administrator of the clinic."""
        if not knows_roles(session):
            return
        account = accounts.standing(session, as_kept(self.user))
        if account.role is not Role.ADMINISTRATOR:
            raise _no_administrator(account.name)

    def refuse_at(self, session: Session, folder: Path) -> None:
        """Raise `ClinicError` where this user is no administrator of the clinic there now."""
        try:
            self.refuse(session, demo=False)
        except ClinicError as error:
            raise _not_any_more(self.user) from error


@dataclass(frozen=True)
class ByRecoveryKey:
    """Whoever holds the printed key, and comes in as this user with a new password."""

    recovery_key: str = field(repr=False)
    user: str
    password: str = field(repr=False)

    def key(self, keyring: Keyring) -> bytes:
        return keyring.key_by_recovery(self.recovery_key)

    def open(self, folder: Path) -> Clinic:
        return Clinic.recover(folder, self.recovery_key, user=self.user, password=self.password)

    def refuse(self, session: Session, *, demo: bool) -> None:
        """Raise `ClinicError` where the user's name or the new password will not do."""
        user = checked_user(self.user)
        if knows_roles(session) and accounts.named(session, user) is None:
            accounts.refuse_taken(session, user)
        if not demo:
            checked_password(self.password, about=[user, str(setting(session, NAME))])

    def refuse_at(self, session: Session, folder: Path) -> None:
        """Raise `ClinicError` where the key is not the present one of the clinic there."""
        del session
        keyring = Keyring.read(folder / KEYRING)
        try:
            keyring.key_by_recovery(self.recovery_key)
        except ClinicError as error:
            raise _renewed() from error


Who = ByPassword | ByRecoveryKey


def key_by(who: Who, folder: Path, keyring: Keyring, source: Source) -> bytes:
    """Who guesses passwords at a clinic by way of its backups waits as at its door."""

    def key() -> bytes:
        try:
            return who.key(keyring)
        except ClinicError as error:
            raise _of_another_time(who, source) from error

    if not is_clinic(folder):
        return key()
    user = who.user if isinstance(who, ByPassword) else None
    return tried_elsewhere(Tries(folder, keyring.users), user, key)


def knows_roles(session: Session) -> bool:
    """Where it does not, everybody in the keyring is what they were: an administrator."""
    known = inspect(session.connection()).has_table(Account.table_name())
    return known and bool(accounts.every(session))


def _of_another_time(who: Who, source: Source) -> ClinicError:
    """A right password or key, too, if it was set after the backup was made."""
    if isinstance(who, ByPassword):
        refused = _("This user and password do not open the backup.")
        then = _("Type the password of that time, or use the recovery key on the sheet of then.")
    else:
        refused = _("This recovery key does not open the backup.")
        then = _("Take the sheet that was made before that, and compare the key group by group.")
    held = _("A backup opens with the password or recovery key that held when it was made, {at}.")
    return ClinicError(
        refused, _("Nothing was changed."), f"{held.format(at=moment_words(source.at))} {then}"
    )


def _no_administrator(user: str) -> ClinicError:
    return ClinicError(
        _("{user} is no administrator in this backup.").format(user=user),
        _("Nothing was changed."),
        _("Ask an administrator to restore it, or use the recovery key."),
    )


def _not_any_more(user: str) -> ClinicError:
    return ClinicError(
        _("{user} is no administrator of the clinic that is here now.").format(user=user),
        _("Nothing was changed."),
        _("Ask one of its administrators to restore the backup, or use its recovery key of today."),
    )


def _renewed() -> ClinicError:
    return ClinicError(
        _("This recovery key opens the backup, but not the clinic that is here now."),
        _("Nothing was changed."),
        _("Ask one of its administrators to restore the backup with a password."),
    )
