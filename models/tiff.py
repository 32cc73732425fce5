"""The structure of a TIFF picture, in which cameras write EXIF too, and what of it is kept."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

ORIENTATION, SUB_IMAGES, EXIF, GPS, RAW = 0x0112, 0x014A, 0x8769, 0x8825, 0xC612
TAKEN, MAKER_NOTE, COLOUR_SPACE = 0x9003, 0x927C, 0xA001
ASCII, SHORT, LONG, POINTER = 2, 3, 4, 13
BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
MOST_DIRECTORIES = 500
IMAGE = frozenset(
    # what a reader needs to show the picture: the baseline and its published extensions
    {*range(254, 267), 273, 274, *range(277, 285), *range(290, 294), 296, 297, 301}
    | {*range(317, 326), SUB_IMAGES, 332, 334, 336, *range(338, 348), 513, 514}
    | {*range(529, 533), *range(32995, 32999), 34675, EXIF}
)
DATA = {273: 279, 324: 325, 513: 514}  # where the image data start, and how long they are
CANNOT_BE_CLEANED = {RAW, MAKER_NOTE, 519, 520, 521}  # the last three: an old way of JPEG
KEPT_BELOW = {SUB_IMAGES: IMAGE, EXIF: frozenset({TAKEN}), GPS: frozenset[int]()}


class Damaged(ValueError):
    """The structure of a picture cannot be followed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact about a picture, as it is listed, and where its value stands."""

    tag: int
    kind: int
    start: int
    size: int
    listed: bytes


@dataclass(frozen=True, slots=True)
class Directory:
    """A list of facts, by tag; `after`: where the next one starts, or 0."""

    start: int
    count: int
    entries: dict[int, Entry]
    after: int


class Tiff:
    """Raises `Damaged` where the lists cannot be followed."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.order = {b"II": "<", b"MM": ">"}.get(content[:2], "")
        if not self.order:
            raise Damaged
        self.version, self.first = self._unpack("HI", 2)

    def directory(self, start: int) -> Directory:
        (count,) = self._unpack("H", start)
        entries = [self._entry(start + 2 + 12 * number) for number in range(count)]
        (after,) = self._unpack("I", start + 2 + 12 * count)
        return Directory(start, count, {entry.tag: entry for entry in entries}, after)

    def value(self, entry: Entry) -> bytes:
        return self.content[entry.start : entry.start + entry.size]

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """The whole numbers that an entry holds."""
        letter = {SHORT: "H", LONG: "I", POINTER: "I"}.get(entry.kind)
        if letter is None:
            raise Damaged
        return self._unpack(f"{entry.size // BYTES[entry.kind]}{letter}", entry.start)

    def pack(self, form: str, *values: int) -> bytes:
        return struct.pack(self.order + form, *values)

    def _entry(self, place: int) -> Entry:
        tag, kind, count = self._unpack("HHI", place)
        size = count * BYTES.get(kind, 1)
        start = place + 8 if size <= 4 else self._unpack("I", place + 8)[0]
        return Entry(tag, kind, start, size, self.content[place : place + 12])

    def _unpack(self, form: str, start: int) -> tuple[int, ...]:
        try:
            return struct.unpack_from(self.order + form, self.content, start)
        except struct.error:
            raise Damaged from None


def scrubbed(content: bytes) -> bytes:
    """A TIFF picture of what is needed to show it, all in its place, and nothing in between.

    Raises `Damaged` where that cannot be done, as in the raw files of cameras.
    """
    tiff = Tiff(content)
    if tiff.version != 42 or content[8:10] == b"CR":
        raise Damaged
    left = bytearray(len(content))
    left[:8] = content[:8]
    for directory, kept in _directories(tiff):
        for start, size in _places(tiff, directory, kept):
            left[start : start + size] = content[start : start + size]
        listed = _listed(tiff, directory, kept)
        left[directory.start : directory.start + len(listed)] = listed
    return bytes(left)


def _directories(tiff: Tiff) -> Iterator[tuple[Directory, frozenset[int]]]:
    """Every list of a file, and the tags that stay in it."""
    waiting, seen = [(tiff.first, IMAGE)], set[int]()
    while waiting:
        start, kept = waiting.pop()
        if start in seen:
            continue
        seen.add(start)
        directory = tiff.directory(start)
        entries = directory.entries
        twice = len(entries) < directory.count
        if twice or CANNOT_BE_CLEANED & entries.keys() or len(seen) > MOST_DIRECTORIES:
            raise Damaged
        yield directory, kept
        for tag in KEPT_BELOW.keys() & entries.keys():
            waiting += [(place, KEPT_BELOW[tag]) for place in tiff.numbers(entries[tag])]
        if directory.after:
            waiting.append((directory.after, kept))


def _places(tiff: Tiff, directory: Directory, kept: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where the values stand that are too long for the list, where the image data, how long."""
    entries = directory.entries
    for tag, entry in entries.items():
        if tag in kept and entry.size > 4:
            yield entry.start, entry.size
        if tag in kept and tag in DATA:
            if DATA[tag] not in entries:
                raise Damaged
            yield from zip(tiff.numbers(entry), tiff.numbers(entries[DATA[tag]]), strict=False)


def _listed(tiff: Tiff, directory: Directory, kept: frozenset[int]) -> bytes:
    lines = [entry.listed for tag, entry in directory.entries.items() if tag in kept]
    return tiff.pack("H", len(lines)) + b"".join(lines) + tiff.pack("I", directory.after)
