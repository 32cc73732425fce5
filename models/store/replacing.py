"""The clinic that a backup is to replace: its own administrators may, and it goes on record there.

Of one that is missing, damaged or under another key nobody can be asked, and nothing is written.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from models.store import schema, soundness
from models.store.audit import Action
from models.store.engine import Store
from models.store.failures import BackupNeeded, damaged_store, told_plainly
from models.store.places import STORE
from models.store.restorers import Who
from models.store.sitting import Sitting


def refuse(folder: Path, key: bytes, who: Who) -> None:
    """Raise `ClinicError` where the clinic that is replaced is not theirs, or cannot be asked now.

    A newer one is refused, too: this program cannot ask it.
    """
    with suppress(BackupNeeded), _opened(folder, key) as store, store.reading() as session:
        schema.version_of(session)
        who.refuse_at(session, folder)


def put_on_record(folder: Path, key: bytes, who: Who, action: Action, **said: Any) -> None:
    """Nothing is written into a damaged file, which is kept for whoever can help."""
    with suppress(BackupNeeded), _opened(folder, key) as store:
        if not soundness.file_faults(store):
            with Sitting(store, who.user).on_record() as step:
                step.say(action, **said)


@contextmanager
def _opened(folder: Path, key: bytes) -> Iterator[Store]:
    path = folder / STORE
    with told_plainly():
        if not path.exists() or path.stat().st_size == 0:
            raise damaged_store()
    with closing(Store(path, key)) as store:
        yield store
