"""The keyring of an open store, changed within the step that puts the change on record."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.orm import Session

from models.base import ClinicError
from models.store.audit import Action
from models.store.files import write_whole
from models.store.keyring import Keyring
from models.store.passwords import checked_password
from models.store.places import KEYRING
from models.store.settings import KEYRING_DIGEST, NAME, set_setting, setting
from models.store.step import Step
from models.store.tries import Tries
from models.words import _


def tried(tries: Tries, user: str | None, unwrap: Callable[[], bytes]) -> bytes:
    """What `unwrap` gives; a refusal is counted, and after some the next try has to wait.

    `user`: as it was typed; None is the recovery key.
    """
    with tries.alone():
        key = _counted(tries, user, unwrap)
        tries.succeeded(user)
        return key


def tried_elsewhere(tries: Tries, user: str | None, unwrap: Callable[[], bytes]) -> bytes:
    """The same at a backup, where the right password may be another: it ends no wait here."""
    with tries.alone():
        return _counted(tries, user, unwrap)


def _counted(tries: Tries, user: str | None, unwrap: Callable[[], bytes]) -> bytes:
    now = dt.datetime.now(dt.UTC)
    tries.refuse_too_early(user, now)
    try:
        return unwrap()
    except ClinicError:
        tries.failed(user, now)
        raise


class Keys:
    """`store_key`: what every password unwraps.

    The file is written as the last thing before the step is committed, and put back where that
    fails. Where the power fails between the two, a password is set that is not on record: the new
    one opens, and the next opening tells that the keyring is not the one that belongs there.
    """

    def __init__(self, folder: Path, store_key: bytes) -> None:
        self._file, self._store_key = folder / KEYRING, store_key

    @property
    def users(self) -> Collection[str]:
        return Keyring.read(self._file).users

    @property
    def tries(self) -> Tries:
        return Tries(self._file.parent, self.users)

    def check(self, user: str, password: str) -> None:
        """Raise `ClinicError` where this is not the user's password."""
        keyring = Keyring.read(self._file)
        tried(self.tries, user, lambda: keyring.key_for(user, password))

    def after(self, step: Step) -> Keyring:
        """What the step makes of the keyring."""
        return step.keyring or Keyring.read(self._file)

    def give_password(self, step: Step, user: str, password: str) -> None:
        keyring = self.after(step)
        if not keyring.demo:
            checked_password(password, about=[user, str(setting(step.session, NAME))])
        step.say(Action.PASSWORD_SET, user=user)
        step.keyring = keyring.with_user(self._store_key, user, password)

    def take_password(self, step: Step, user: str) -> None:
        step.keyring = self.after(step).without_user(user)

    def put_recovery_key(self, step: Step, recovery_key: str) -> None:
        step.say(Action.RECOVERY_RENEWED)
        step.keyring = self.after(step).with_recovery(self._store_key, recovery_key)

    @contextmanager
    def in_place(self, session: Session, keyring: Keyring) -> Iterator[None]:
        """Put this keyring in place; the former one comes back when anything is raised within.

        That one is written anew before, so that its way back needs no room on the disk.
        """
        former = self._file.with_name(f".{KEYRING}.former")
        write_whole(former, self._file.read_bytes())
        try:
            remember(session, keyring)
            keyring.write(self._file)
            yield
        except BaseException:
            with suppress(OSError):
                former.replace(self._file)
            raise
        with suppress(OSError):
            former.unlink()


def remember(session: Session, keyring: Keyring) -> None:
    """Which keyring belongs to the store."""
    set_setting(session, KEYRING_DIGEST, keyring.digest)


def faults(session: Session, folder: Path) -> Iterator[str]:
    """A sentence where the keyring is not the one that belongs to the store, if it tells any."""
    known = setting(session, KEYRING_DIGEST)
    if known not in (None, Keyring.read(folder / KEYRING).digest):
        yield _(
            "The list of passwords (keyring.json) is not the one that belongs to these records: "
            "former passwords or a former recovery key may open them. Set all of them anew."
        )
