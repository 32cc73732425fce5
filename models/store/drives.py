"""Whether a folder lies on a network drive, where locks and shared memory cannot be relied on."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from models.words import _

_TYPES = re.compile(
    r"nfs\d?|smb\d?|smbfs|cifs|afpfs|webdav|afs|coda|ncpfs|9p|virtiofs|vboxsf|vmhgfs|prl_fs"
    r"|beegfs|gfs2|gpfs|lustre|ocfs2|(fuse\.)?(ceph|davfs|glusterfs)|fuse|macfuse|osxfuse"
    r"|fuse\.(gvfsd-fuse|rclone|s3fs|smbnetfs|sshfs|vmhgfs-fuse)"
)
"""File systems whose files another computer holds, or the one that this one runs in.

`fuse` without more is what some of them call themselves; a disk of one's own is `fuseblk`.
"""


def is_on_network(folder: Path) -> bool:
    """As far as this computer tells; where it does not, the folder is taken for a local one."""
    places = [Path(os.path.abspath(folder))]
    with suppress(OSError):
        places.append(folder.resolve())
    shares, mounts = map(is_share, places), map(_is_mounted_from_network, places)
    return any(shares) or any(mounts)


def is_share(place: PurePath) -> bool:
    r"""Windows' `\\server\folder`, also as `\\?\UNC\server\folder`; `\\?\C:\folder` is local."""
    drive = place.drive.upper()
    if drive.startswith(("\\\\?\\", "\\\\.\\")):
        return drive.startswith("\\\\?\\UNC\\")
    return drive.startswith("\\\\")


def on_network() -> str:
    """What people are told of it."""
    return _(
        "The clinic lies on a network drive, where saving is slower and less safe:"
        " keep it on a disk of this computer, and its backups on the network."
    )


def _is_mounted_from_network(place: Path) -> bool:
    """The innermost drive around a place counts, and of one mounted over another the last."""
    depth, remote = 0, False
    for mounted, is_remote in _drives():
        if place.is_relative_to(mounted) and len(mounted.parts) >= depth:
            depth, remote = len(mounted.parts), is_remote
    return remote


def _drives() -> Iterator[tuple[Path, bool]]:
    """Where each drive is mounted, and whether it comes from the network."""
    import psutil  # noqa: PLC0415  (takes 20 ms to load, and only an opened store needs it)

    with suppress(OSError):
        for drive in psutil.disk_partitions(all=True):
            remote = "remote" in drive.opts.split(",") or _TYPES.fullmatch(drive.fstype.lower())
            yield Path(drive.mountpoint), bool(remote)
