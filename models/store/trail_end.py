"""Where the audit trail ends, kept beside the store, so that an older store in its place shows.

The hash is keyed: nobody without the store's key can make up one that fits.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from models.base import ClinicError
from models.store.files import overwrite, write_whole
from models.store.places import TRAIL_END

MOST_BYTES = 1000
LENGTH = 128
"""Always as long, so that it is written in place: it lies in one sector of the disk, which a power
cut leaves as it was or as it is now.
"""
End = dict[str, Any]


def keep(folder: Path, end: End) -> None:
    """Written after the step stands: it may lag behind, and is never ahead.

    A folder in which nothing can be written now does not undo what was saved.
    """
    content = json.dumps(end).encode().ljust(LENGTH)
    path = folder / TRAIL_END
    with suppress(ClinicError):
        if not overwrite(path, content):
            write_whole(path, content)


def kept(folder: Path) -> End | None:
    """The sequence and hash of the newest entry that was seen here; None where nothing tells."""
    try:
        with (folder / TRAIL_END).open("rb") as file:
            found = json.loads(file.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    whole = isinstance(found, dict) and {"sequence", "hash"} == found.keys()
    return found if whole and isinstance(found["sequence"], int) else None
