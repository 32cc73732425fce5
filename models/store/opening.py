"""Creating, opening and recovering: from a folder and a password to an open store."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy.orm import Session

from models.base import ClinicError
from models.store import schema
from models.store.backup import back_up_before
from models.store.engine import Store
from models.store.failures import (
    BackupNeeded,
    Occupied,
    already_a_clinic,
    damaged_store,
)
from models.store.files import private_file
from models.store.folder import is_clinic, lies_in
from models.store.keyring import Keyring
from models.store.passwords import checked_password
from models.store.places import KEYRING, STORE
from models.store.recovery import new_recovery_key
from models.store.settings import CLINIC, NAME, NEEDS, new_clinic, set_setting, setting
from models.store.switching import OWN, Staging, finish_begun
from models.store.wrapping import new_key
from models.version import VERSION
from models.words import _

LONGEST_NAME = 200


@contextmanager
def creating(folder: Path) -> Iterator[None]:
    """Refuse a folder that holds a clinic; leave nothing in another of one that was not wanted."""
    if is_clinic(folder):
        raise already_a_clinic(folder)
    made = not folder.exists()
    try:
        yield
    except Occupied:
        raise
    except BaseException:
        if folder.is_dir():
            _unmake(folder, with_folder=made)
        raise


def create_store(
    folder: Path, name: str, user: str, password: str, *, demo: bool
) -> tuple[Store, str]:
    """A new store with its first user, and the recovery key to be printed once.

    Both files are made ready apart: a power cut leaves the whole clinic, or none.
    """
    name = _checked_name(name)
    if not demo:
        checked_password(password, about=[user, name])
    key, recovery_key = new_key(), new_recovery_key()
    keyring = Keyring.new(key, recovery_key, demo=demo).with_user(key, user, password)
    staging = Staging(folder)
    try:
        if lies_in(folder):
            raise already_a_clinic(folder)
        private_file(staging.path / STORE)
        with closing(Store(staging.path / STORE, key)) as store, store.writing() as session:
            _bring_up_to_date(session)
            set_setting(session, NAME, name)
        keyring.write(staging.path / KEYRING)
        staging.switch()
    finally:
        staging.discard()
    return Store(folder / STORE, key), recovery_key


def open_store(folder: Path, key: bytes) -> Store:
    """The store, its tables brought up to date if they are older than the program."""
    finish_begun(folder)
    if not (folder / STORE).exists():
        raise _store_missing(folder)
    if (folder / STORE).stat().st_size == 0:
        raise damaged_store()
    with closed_on_error(Store(folder / STORE, key)) as store:
        with store.reading() as session:
            version = schema.version_of(session)
        if version != schema.HEAD:
            back_up_before(store, schema.HEAD)
            with store.writing() as session:
                _bring_up_to_date(session)
    return store


def _bring_up_to_date(session: Session) -> None:
    schema.migrate(session.connection())
    set_setting(session, NEEDS, VERSION)
    if setting(session, CLINIC) is None:
        set_setting(session, CLINIC, new_clinic())


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise ClinicError(
            _("A clinic needs a name of at most {n} characters.").format(n=LONGEST_NAME),
            _("Nothing was changed."),
            _("Give the name that is to stand on printed pages."),
        )
    return name


@contextmanager
def closed_on_error(store: Store) -> Iterator[Store]:
    try:
        yield store
    except BaseException:
        store.close()
        raise


def _unmake(folder: Path, *, with_folder: bool) -> None:
    for name in OWN:
        with suppress(OSError):
            (folder / name).unlink()
    if with_folder:
        folder.rmdir()


def _store_missing(folder: Path) -> BackupNeeded:
    return BackupNeeded(
        _("The clinic's file (clinic.db) is missing from the folder {folder}.").format(
            folder=folder
        ),
        _("Its keyring was not touched."),
        _("Put the file back from a backup."),
    )
