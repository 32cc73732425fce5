"""The keyring beside the store: each user's password, or the recovery key, gives its key."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from models.base import ClinicError
from models.store.failures import unreadable
from models.store.files import write_whole
from models.store.recovery import as_printed
from models.store.wrapping import Wrapped, same_spelling, unwrap, wrap
from models.words import _

SHORTEST_PASSWORD = 8
LONGEST_NAME = 100
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
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            raise _missing() from None
        except OSError:
            raise unreadable(path) from None
        except ValidationError:
            raise _damaged() from None

    def write(self, path: Path) -> None:
        write_whole(path, self.model_dump_json(indent=2).encode())

    def with_user(self, key: bytes, user: str, password: str) -> Self:
        """The same keyring with this user and password, whether new or known."""
        user = checked_user(user)
        if len(password) < SHORTEST_PASSWORD and not self.demo:
            raise _too_short()
        entry = wrap(key, password, _owner(user))
        return self.model_copy(update={"users": {**self.users, user: entry}})

    def key_for(self, user: str, password: str) -> bytes:
        """The store's key; the same refusal for a wrong password and an unknown user."""
        name = same_spelling(user.strip())
        entry = self.users.get(name)
        key = unwrap(entry, password, _owner(name)) if entry else None
        if key is None:
            raise _refused()
        return key

    def key_by_recovery(self, typed: str) -> bytes:
        key = unwrap(self.recovery, as_printed(typed), _RECOVERY)
        if key is None:
            raise _recovery_refused()
        return key


def checked_user(user: str) -> str:
    name = same_spelling(user.strip())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ClinicError(
            _("A user's name has 1 to {n} letters or figures.").format(n=LONGEST_NAME),
            _("Nothing was changed."),
            _("Give another name."),
        )
    return name


def _owner(user: str) -> bytes:
    return b"user:" + user.encode()


def _too_short() -> ClinicError:
    return ClinicError(
        _("The password is shorter than {n} characters.").format(n=SHORTEST_PASSWORD),
        _("Nothing was changed."),
        _("Choose a longer one; a few unrelated words are easy to remember and hard to guess."),
    )


def _refused() -> ClinicError:
    return ClinicError(
        _("This user and password do not open the clinic."),
        _("Nothing was changed."),
        _("Type them again; with the printed recovery key a new password can be set."),
    )


def _recovery_refused() -> ClinicError:
    return ClinicError(
        _("This recovery key does not open the clinic."),
        _("Nothing was changed."),
        _("Compare it with the printed key, group by group, and type it again."),
    )


def _missing() -> ClinicError:
    return ClinicError(
        _("The clinic's keyring (keyring.json) is missing, so its file cannot be opened."),
        _("The clinic's file itself was not touched."),
        _("Put the keyring back from a backup; every backup holds a copy of it."),
    )


def _damaged() -> ClinicError:
    return ClinicError(
        _("The clinic's keyring (keyring.json) cannot be read."),
        _("The clinic's file itself was not touched."),
        _("Put the keyring back from a backup; every backup holds a copy of it."),
    )
