"""The keyring beside the store: each user's password, or the recovery key, gives its key."""

from hashlib import sha256
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from models.errors import ClinicError
from models.store.failures import BackupNeeded, NotLetIn, unreadable
from models.store.files import on_disk, read_small, write_whole
from models.store.recovery import as_printed
from models.store.wrapping import Wrapped, same_spelling, unwrap, wrap
from models.words import _

LONGEST_NAME = 100
LARGEST_FILE = 2**20
"""In bytes: room for two thousand users."""
_RECOVERY = b"recovery"


class Keyring(BaseModel):
    """Who may open the store. It never holds a key or a password as such."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    format: Literal[1] = 1
    demo: bool = False
    users: dict[str, Wrapped] = {}
    recovery: Wrapped

    @classmethod
    def new(cls, key: bytes, recovery_key: str, *, demo: bool) -> Self:
        return cls(demo=demo, recovery=wrap(key, recovery_key, _RECOVERY))

    @classmethod
    def read(cls, path: Path) -> Self:
        try:
            return cls.model_validate_json(read_small(path, LARGEST_FILE))
        except FileNotFoundError:
            raise _missing() from None
        except OSError:
            raise unreadable(path) from None
        except ValueError:
            raise _damaged() from None

    def write(self, path: Path) -> None:
        write_whole(path, self.model_dump_json(indent=2).encode())
        on_disk(path.parent)

    @property
    def digest(self) -> str:
        """Tells it from every other keyring, however its file is laid out."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def with_user(self, key: bytes, user: str, password: str) -> Self:
        """The same keyring with this user and password, whether new or known.

        Whether the password is good enough was asked before (`models/store/passwords.py`).
        """
        user = checked_user(user)
        entry = wrap(key, password, _owner(user))
        return self.model_copy(update={"users": {**self.users, user: entry}})

    def without_user(self, user: str) -> Self:
        """The same keyring without this user, who may never have been in it."""
        left = {name: entry for name, entry in self.users.items() if name != as_kept(user)}
        return self.model_copy(update={"users": left})

    def with_recovery(self, key: bytes, recovery_key: str) -> Self:
        """The same keyring with this recovery key; the former one does not open it any more."""
        return self.model_copy(update={"recovery": wrap(key, recovery_key, _RECOVERY)})

    def key_for(self, user: str, password: str) -> bytes:
        """The store's key; for a wrong password and an unknown user the same refusal, as late.

        For want of an entry an unknown user's password is tried on that of the recovery key, which
        opens under no user's name.
        """
        name = as_kept(user)
        key = _unwrapped(self.users.get(name, self.recovery), password, _owner(name))
        if key is None:
            raise _refused()
        return key

    def key_by_recovery(self, typed: str) -> bytes:
        key = _unwrapped(self.recovery, as_printed(typed), _RECOVERY)
        if key is None:
            raise _recovery_refused()
        return key


def as_kept(user: str) -> str:
    """A user's name as the keyring has it, however it was typed."""
    return same_spelling(user.strip())


def checked_user(user: str) -> str:
    name = as_kept(user)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ClinicError(
            _("A user's name has 1 to {n} letters or figures.").format(n=LONGEST_NAME),
            _("Nothing was changed."),
            _("Give another name."),
        )
    return name


def _unwrapped(entry: Wrapped, secret: str, owner: bytes) -> bytes | None:
    try:
        return unwrap(entry, secret, owner)
    except MemoryError:
        raise _damaged() from None


def _owner(user: str) -> bytes:
    return b"user:" + user.encode("utf-8", "surrogatepass")


def _refused() -> NotLetIn:
    return NotLetIn(
        _("This user and password do not open the clinic."),
        _("Nothing was changed."),
        _(
            "Type them again, or ask an administrator for a new one; where there is none, the"
            " printed recovery key helps."
        ),
    )


def _recovery_refused() -> NotLetIn:
    return NotLetIn(
        _("This recovery key does not open the clinic."),
        _("Nothing was changed."),
        _("Compare it with the printed key, group by group, and type it again."),
    )


def _missing() -> BackupNeeded:
    return BackupNeeded(
        _("The clinic's keyring (keyring.json) is missing, so its file cannot be opened."),
        _("The clinic's file itself was not touched."),
        _("Put the keyring back from a backup; every backup holds a copy of it."),
    )


def _damaged() -> BackupNeeded:
    return BackupNeeded(
        _("The clinic's keyring (keyring.json) cannot be read."),
        _("The clinic's file itself was not touched."),
        _("Put the keyring back from a backup; every backup holds a copy of it."),
    )
