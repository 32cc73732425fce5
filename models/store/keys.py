"""The keyring of an open store, changed within the step that puts the change on record."""

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path

from models.base import ClinicError
from models.store.audit import Action
from models.store.keyring import Keyring
from models.store.passwords import checked_password
from models.store.places import KEYRING
from models.store.settings import NAME, setting
from models.store.step import Step
from models.store.tries import Tries

Change = Callable[[Keyring], Keyring]


def tried(tries: Tries, user: str | None, unwrap: Callable[[], bytes]) -> bytes:
    """What `unwrap` gives; a refusal is counted, and after some the next try has to wait.

    `user`: as it was typed; None is the recovery key.
    """
    now = dt.datetime.now(dt.UTC)
    tries.refuse_too_early(user, now)
    try:
        key = unwrap()
    except ClinicError:
        tries.failed(user, now)
        raise
    tries.succeeded(user)
    return key


class Keys:
    """`store_key`: what every password unwraps.

    The file is written as the last thing before the step is committed: where it cannot be, nothing
    changes; where the power fails between the two, a password is set that is not on record.
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

    def give_password(self, step: Step, user: str, password: str) -> None:
        keyring = Keyring.read(self._file)
        if not keyring.demo:
            checked_password(password, about=[user, str(setting(step.session, NAME))])
        step.say(Action.PASSWORD_SET, user=user)
        step.session.flush()
        self.refit(lambda ring: ring.with_user(self._store_key, user, password))

    def take_password(self, step: Step, user: str) -> None:
        step.session.flush()
        self.refit(lambda ring: ring.without_user(user))

    def put_recovery_key(self, step: Step, recovery_key: str) -> None:
        step.say(Action.RECOVERY_RENEWED)
        self.refit(lambda ring: ring.with_recovery(self._store_key, recovery_key))

    def refit(self, change: Change) -> None:
        change(Keyring.read(self._file)).write(self._file)
