"""A disk whose power can fail: what was written to it, and what of that was asked to be kept.

A file's content is kept once the file was synchronised, its name once its folder was. What was not
may be there or not, in any mixture.
"""

import random
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

Write = tuple[int, bytes] | int  # at this place; or cut to this length


class Lost(Enum):
    """What of all that was not synchronised the power cut takes."""

    EVERYTHING = "all"
    CONTENT = "content"  # names came first, as on many file systems
    SOME = "some content"


@dataclass
class File:
    kept: bytes = b""
    since: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        self.kept, self.since = _written(self.kept, self.since), []

    def after_cut(self, lost: Lost, rng: random.Random) -> bytes:
        if lost is not Lost.SOME:
            return self.kept
        return _written(self.kept, [each for each in self.since if rng.random() < 0.5])


@dataclass
class Folder:
    now: dict[str, "Node"] = field(default_factory=dict)
    kept: dict[str, "Node"] = field(default_factory=dict)

    def sync(self) -> None:
        self.kept = dict(self.now)


Node = File | Folder


def read(path: Path) -> Folder:
    """A disk with what lies in this folder, all of it synchronised."""
    folder = Folder()
    for each in path.iterdir():
        folder.now[each.name] = read(each) if each.is_dir() else File(each.read_bytes())
    folder.sync()
    return folder


def write(folder: Folder, path: Path, lost: Lost, rng: random.Random) -> None:
    """What is found when the power is back."""
    path.mkdir()
    for name, node in (folder.kept if lost is Lost.EVERYTHING else folder.now).items():
        if isinstance(node, Folder):
            write(node, path / name, lost, rng)
        elif not name.endswith("-shm"):  # in memory alone
            (path / name).write_bytes(node.after_cut(lost, rng))


def at(root: Folder, parts: tuple[str, ...]) -> Node:
    node: Node = root
    for part in parts:
        assert isinstance(node, Folder)
        node = node.now[part]
    return node


def folder_at(root: Folder, parts: tuple[str, ...]) -> Folder:
    node = at(root, parts)
    assert isinstance(node, Folder)
    return node


def _written(content: bytes, writes: list[Write]) -> bytes:
    made = bytearray(content)
    for each in writes:
        length = each if isinstance(each, int) else each[0]
        if len(made) < length:
            made.extend(bytes(length - len(made)))
        if isinstance(each, int):
            del made[each:]
        else:
            made[length : length + len(each[1])] = each[1]
    return bytes(made)
