"""A copy of the store made before its tables change, opened and counted before it is trusted."""

import datetime as dt
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.base import ClinicError
from models.store.engine import Store
from models.store.files import private_file, private_folder, write_whole
from models.store.places import BACKUPS, KEYRING
from models.words import _

_TABLES = text(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'patient_search%'"
)


def back_up_before(store: Store, version: str) -> Path:
    """Copy the store and its keyring into its folder of backups; the copy is proven to open."""
    folder = store.path.parent / BACKUPS
    private_folder(folder)
    moment = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    target = folder / f"before-{version}-{moment}.db"
    private_file(target)
    with store.outside_transactions() as connection:
        connection.execute(text("VACUUM INTO :target"), {"target": str(target)})
    _prove(store, target)
    keyring = (store.path.parent / KEYRING).read_bytes()
    write_whole(target.with_suffix(f".{KEYRING}"), keyring)
    return target


def _prove(store: Store, target: Path) -> None:
    copy = Store(target, store.key)
    try:
        with store.reading() as original, copy.reading() as copied:
            sound = copied.scalar(text("PRAGMA integrity_check")) == "ok"
            if not sound or _counts(original) != _counts(copied):
                raise _unproven(target)
    finally:
        copy.close()


def _counts(session: Session) -> dict[str, int]:
    names = session.scalars(_TABLES).all()
    return {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}  # noqa: S608


def _unproven(target: Path) -> ClinicError:
    return ClinicError(
        _("The backup {file} is not the same as the clinic's file.").format(file=target.name),
        _("The clinic's file was not changed."),
        _("Check that the disk has room and is sound, and open the clinic again."),
    )
