"""A report in a file: whole, or nothing and a sentence; and nothing beside it."""

import errno
import multiprocessing
import os
import signal
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from models.base import ClinicError
from reports.writing import write_report

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files without a name")
FORMER, LARGE = b"former", 30_000_000
MOMENTS = [number * 0.003 for number in range(15)]


@pytest.fixture(params=["unnamed", "named"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way of writing: `named` is what Windows and macOS have, and disks without the other."""
    if request.param == "named":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    return str(request.param)


def said(path: Path, content: bytes = b"new") -> str:
    """What is said of a file that cannot be written."""
    with pytest.raises(ClinicError) as raised:
        write_report(content, path)
    return str(raised.value)


@pytest.mark.usefixtures("way")
def test_a_report_replaces_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    for content in (b"old", b"new"):
        write_report(content, path)
        assert path.read_bytes() == content
        assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("way")
def test_a_new_file_is_for_its_owner_and_a_shared_one_stays_shared(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    write_report(b"old", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o664)
    write_report(b"new", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


@pytest.mark.usefixtures("way")
def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "page.pdf"
    assert f"{path} cannot be written: no such file or directory" in said(path)


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    taken = tmp_path / "page.pdf"
    taken.mkdir()
    assert "it is a folder" in said(taken)
    assert list(tmp_path.iterdir()) == [taken]


def test_a_device_is_not_replaced() -> None:
    assert "it is not an ordinary file" in said(Path(os.devnull))
    assert not Path(os.devnull).is_file()


@pytest.mark.usefixtures("way")
def test_a_folder_where_nobody_may_write_is_said() -> None:
    path = Path("/proc/self/page.pdf")
    if not path.parent.is_dir():
        pytest.skip("no folder here in which not even the administrator may write")
    assert "Choose another folder" in said(path)


@pytest.mark.usefixtures("way")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write here")
def test_a_folder_that_is_only_read_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir(0o500)
    assert "permission denied" in said(folder / "page.pdf")
    assert list(folder.iterdir()) == []


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    assert "Choose a shorter name" in said(tmp_path / ("page" * 80 + ".pdf"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_open_elsewhere_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not let a file be replaced that another program shows."""

    def refuse(*_paths: object) -> None:
        raise PermissionError(errno.EACCES, "The file is used by another process")

    path = tmp_path / "page.pdf"
    path.write_bytes(FORMER)
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(Path, "replace", refuse)
    sentence = said(path)
    assert "the file is used by another process" in sentence
    assert "close the file where it is open" in sentence
    assert path.read_bytes() == FORMER
    assert list(tmp_path.iterdir()) == [path]


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file grows beyond so many bytes."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("former", [True, False])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, former: bool) -> None:
    path = tmp_path / "page.pdf"
    if former:
        path.write_bytes(FORMER)
    with full_disk(100_000):
        sentence = said(path, bytes(1_000_000))
    assert "file too large. The clinic's records are not touched" in sentence
    assert "Make room there" in sentence
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [FORMER] * former


def write_again_and_again(path: Path, ready: Event, unnamed: bool) -> None:
    """In a process of its own, until it is killed."""
    if not unnamed:
        del os.O_TMPFILE
    content = bytes(LARGE)
    ready.set()
    while True:
        write_report(content, path)


def kill_a_writer(path: Path, moment: float, unnamed: bool) -> None:
    """So many seconds into its writing."""
    apart = multiprocessing.get_context("forkserver")
    apart.set_forkserver_preload([__name__])
    ready = apart.Event()
    writer = apart.Process(target=write_again_and_again, args=(path, ready, unnamed))
    writer.start()
    assert ready.wait(30)
    writer.join(moment)
    writer.kill()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    writer.close()


@LINUX
def test_a_killed_process_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    found = []
    for moment in MOMENTS:
        path = tmp_path / str(moment) / "page.pdf"
        path.parent.mkdir()
        kill_a_writer(path, moment, unnamed=True)
        left = list(path.parent.iterdir())
        assert {each.stat().st_size for each in left} <= {LARGE}
        found.append(left)
    assert [] in found, "none was killed before its first file was whole"


@LINUX
@pytest.mark.parametrize("unnamed", [True, False])
def test_the_former_file_or_the_new_one_is_there(tmp_path: Path, unnamed: bool) -> None:
    path = tmp_path / "page.pdf"
    sizes = set()
    for moment in MOMENTS:
        path.write_bytes(FORMER)
        kill_a_writer(path, moment, unnamed)
        sizes.add(path.stat().st_size)
        for part in tmp_path.glob("*.part"):
            os.utime(part, (0, 0))
        write_report(b"next", path)
        assert list(tmp_path.iterdir()) == [path], "a later report tidies what a killed one left"
    assert sizes <= {len(FORMER), LARGE}
    assert len(FORMER) in sizes, "none was killed in the middle"


def test_what_is_being_written_is_not_tidied_away(tmp_path: Path) -> None:
    part = tmp_path / ".ctcl-follow-up-01.part"
    part.touch()
    for minutes, there in ((0, True), (59, True), (61, False)):
        changed = time.time() - minutes * 60
        os.utime(part, (changed, changed))
        write_report(b"new", tmp_path / "page.pdf")
        assert part.exists() is there


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("former", [True, False])
def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path, former: bool) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    file, link = folder / "page.pdf", tmp_path / "link.pdf"
    if former:
        file.write_bytes(FORMER)
    link.symlink_to(file)
    write_report(b"new", link)
    assert file.read_bytes() == b"new"
    assert link.readlink() == file
    assert sorted(tmp_path.iterdir()) == [link, folder]
    assert list(folder.iterdir()) == [file]


def test_a_link_that_leads_nowhere_is_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "page.pdf"
    link.symlink_to(link)
    assert "it is not an ordinary file" in said(link)
    assert link.is_symlink()


@pytest.mark.usefixtures("way")
def test_a_write_protected_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(FORMER)
    path.chmod(0o444)
    assert "page.pdf cannot be written: it is write-protected." in said(path)
    assert path.read_bytes() == FORMER
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    assert "no file can have this name" in said(tmp_path / "page\0.pdf")
    assert list(tmp_path.iterdir()) == []
