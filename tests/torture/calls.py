"""What a program asked of the disk, as `strace` wrote it down, done again on a disk of our own."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.torture.disk import File, Folder, at, folder_at

CALLS = (
    "openat,lseek,write,pwrite64,ftruncate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat"
)
LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (\d+)")
HANDLE = re.compile(r"(-?\w+)<(.*)>")

Parts = tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """One that succeeded. `arguments`: as they are written there, handles with their files."""

    name: str
    arguments: list[str]
    result: int


def can_trace() -> bool:
    if not shutil.which("strace"):
        return False
    return (
        subprocess.run(["strace", "-qq", "true"], check=False, capture_output=True).returncode == 0
    )


def traced(command: list[str], into: Path, cwd: Path) -> list[Call]:
    strace = ["strace", "-f", "-qq", "-y", "-xx", "-s", "16777216", "-e", f"trace={CALLS}"]
    subprocess.run([*strace, "-o", str(into), *command], cwd=cwd, check=True, capture_output=True)
    with into.open() as lines:
        found = [LINE.match(line.rstrip("\n")) for line in lines]
    return [Call(m[1], m[2].split(", "), int(m[3])) for m in found if m]


def unhexed(text: str) -> bytes:
    return bytes.fromhex(text.strip('"').replace("\\x", ""))


class Replay:
    """Does one call after the other; `said`: what was written to standard output."""

    def __init__(self, disk: Folder, place: Path) -> None:
        self._disk, self._place = disk, place
        self._positions: dict[str, int] = {}
        self.said: list[str] = []

    def do(self, call: Call) -> bool:
        """Whether it changed the disk or what of it is kept, or said something."""
        act = getattr(self, f"_{call.name}", None)
        return bool(act and act(call))

    def _parts(self, path: str) -> Parts | None:
        """Below the place that is looked at; None elsewhere."""
        whole = Path(os.path.normpath(path))
        return whole.relative_to(self._place).parts if whole.is_relative_to(self._place) else None

    def _named(self, *arguments: str) -> Parts | None:
        """A path, or a folder's handle and a path from there."""
        folder = ""
        if len(arguments) == 2:
            match = HANDLE.match(arguments[0])
            folder = unhexed(match[2]).decode() if match else ""
        return self._parts(os.path.join(folder, unhexed(arguments[-1]).decode()))

    def _open_file(self, argument: str) -> Folder | File | None:
        match = HANDLE.match(argument)
        if match is None or argument.endswith("(deleted)"):
            return None
        parts = self._parts(unhexed(match[2]).decode())
        return at(self._disk, parts) if parts is not None else None

    def _openat(self, call: Call) -> bool:
        self._positions[str(call.result)] = 0
        parts = self._named(*call.arguments[:2])
        if not parts or not {"O_CREAT", "O_TRUNC"} & {*call.arguments[2].split("|")}:
            return False
        folder = folder_at(self._disk, parts[:-1])
        file = folder.now.setdefault(parts[-1], File())
        if isinstance(file, File) and "O_TRUNC" in call.arguments[2]:
            file.since.append(0)
        return True

    def _lseek(self, call: Call) -> bool:
        match = HANDLE.match(call.arguments[0])
        if match:
            self._positions[match[1]] = call.result
        return False

    def _write(self, call: Call) -> bool:
        match = HANDLE.match(call.arguments[0])
        handle = match[1] if match else call.arguments[0]
        content = unhexed(call.arguments[1])
        if handle == "1":
            self.said += content.decode().split()
            return True
        place = self._positions.get(handle, 0)
        self._positions[handle] = place + call.result
        return self._put(call, place, content)

    def _pwrite64(self, call: Call) -> bool:
        return self._put(call, int(call.arguments[3]), unhexed(call.arguments[1]))

    def _put(self, call: Call, place: int, content: bytes) -> bool:
        file = self._open_file(call.arguments[0])
        if not isinstance(file, File):
            return False
        file.since.append((place, content[: call.result]))
        return True

    def _ftruncate(self, call: Call) -> bool:
        file = self._open_file(call.arguments[0])
        if not isinstance(file, File):
            return False
        file.since.append(int(call.arguments[1]))
        return True

    def _fsync(self, call: Call) -> bool:
        node = self._open_file(call.arguments[0])
        if node is None:
            return False
        node.sync()
        return True

    _fdatasync = _fsync

    def _rename(self, call: Call) -> bool:
        return self._move(self._named(call.arguments[0]), self._named(call.arguments[1]))

    def _renameat(self, call: Call) -> bool:
        return self._move(self._named(*call.arguments[:2]), self._named(*call.arguments[2:4]))

    _renameat2 = _renameat

    def _move(self, old: Parts | None, new: Parts | None) -> bool:
        if not old or not new:
            return False
        node = folder_at(self._disk, old[:-1]).now.pop(old[-1])
        folder_at(self._disk, new[:-1]).now[new[-1]] = node
        return True

    def _unlink(self, call: Call) -> bool:
        return self._remove(self._named(call.arguments[0]))

    _rmdir = _unlink

    def _unlinkat(self, call: Call) -> bool:
        return self._remove(self._named(*call.arguments[:2]))

    def _remove(self, parts: Parts | None) -> bool:
        if not parts:
            return False
        del folder_at(self._disk, parts[:-1]).now[parts[-1]]
        return True

    def _mkdir(self, call: Call) -> bool:
        parts = self._named(call.arguments[0])
        if not parts:
            return False
        folder_at(self._disk, parts[:-1]).now[parts[-1]] = Folder()
        return True
