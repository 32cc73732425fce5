"""Which folders are taken for ones on a network drive."""

from pathlib import Path, PurePosixPath, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from models.store.drives import is_on_network, is_share
from tests.torture.share import mounted_from_network

NETWORK = [
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "9p", "ceph", "CIFS"),
    *("fuse.sshfs", "fuse.glusterfs", "fuse.gvfsd-fuse", "macfuse"),
]
OWN = ["ext4", "xfs", "btrfs", "apfs", "hfs", "NTFS", "exfat", "fuseblk", "tmpfs", "fuse.gocryptfs"]


def drive(place: Path, fstype: str, opts: str = "rw") -> Any:
    return SimpleNamespace(device="", mountpoint=str(place), fstype=fstype, opts=opts)


def drives(monkeypatch: pytest.MonkeyPatch, *known: Any) -> None:
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_asked: [*known])


@pytest.mark.parametrize(
    ("fstype", "remote"), [*((each, True) for each in NETWORK), *((each, False) for each in OWN)]
)
def test_the_file_system_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fstype: str, remote: bool
) -> None:
    monkeypatch.setattr(psutil, "disk_partitions", mounted_from_network(tmp_path, fstype))
    assert is_on_network(tmp_path / "deep" / "down") is remote
    assert is_on_network(tmp_path) is remote
    assert not is_on_network(tmp_path.parent)
    assert not is_on_network(tmp_path.with_name(f"{tmp_path.name}-beside"))


def test_the_innermost_drive_counts_and_the_last_one_mounted_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(tmp_path.anchor)
    drives(monkeypatch, drive(tmp_path, "ext4"), drive(root, "nfs4"))
    assert not is_on_network(tmp_path / "clinic")
    assert is_on_network(tmp_path.parent)
    drives(monkeypatch, drive(root, "ext4"), drive(tmp_path, "autofs"), drive(tmp_path, "nfs4"))
    assert is_on_network(tmp_path / "clinic")


def test_a_link_to_a_network_drive_leads_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share", target_is_directory=True)
    monkeypatch.setattr(psutil, "disk_partitions", mounted_from_network(tmp_path / "share"))
    assert is_on_network(tmp_path / "link" / "clinic")


def test_a_mapped_drive_of_windows_is_remote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives(monkeypatch, drive(tmp_path, "NTFS", "rw,remote"))
    assert is_on_network(tmp_path)
    drives(monkeypatch, drive(tmp_path, "NTFS", "rw,fixed"))
    assert not is_on_network(tmp_path)


def test_a_share_is_known_by_its_name() -> None:
    for share in (r"\\server\skin\clinic", r"\\?\UNC\server\skin\clinic", "//server/skin/clinic"):
        assert is_share(PureWindowsPath(share))
    for own in (r"C:\clinic", r"\\?\C:\clinic", r"\\.\C:\clinic", "clinic"):
        assert not is_share(PureWindowsPath(own))
    assert not is_share(PurePosixPath("//home/clinic"))


def test_where_nothing_is_told_a_folder_is_local(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_asked: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(psutil, "disk_partitions", refused)
    assert not is_on_network(tmp_path)
