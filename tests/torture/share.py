"""A folder that this computer takes for one of another computer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil


def mounted_from_network(folder: Path, fstype: str = "cifs") -> Callable[..., list[Any]]:
    """What `psutil.disk_partitions` would tell if this folder lay on a network drive."""
    known = psutil.disk_partitions(all=True)
    share = known[0]._replace(mountpoint=str(folder.resolve()), fstype=fstype, opts="rw")
    return lambda **_asked: [*known, share]
