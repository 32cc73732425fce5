"""EXIF: what a camera writes about a photograph, and the little of it that is kept."""

import re
import struct
from dataclasses import dataclass
from typing import Self

from models.tiff import (
    ASCII,
    BYTES,
    COLOUR_SPACE,
    EXIF,
    GPS,
    LONG,
    ORIENTATION,
    SHORT,
    TAKEN,
    Damaged,
    Directory,
    Tiff,
)

PREFIX = b"Exif\0\0"
HEAD = b"II*\0\x08\0\0\0"
UPRIGHT = 1

Fact = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True)
class Exif:
    """Orientation, date taken (`2016:04:25 10:30:00`) and colour space; whether it told a place."""

    orientation: int = UPRIGHT
    taken: str = ""
    colour_space: int = 0
    place: bool = False

    @classmethod
    def read(cls, content: bytes) -> Self:
        """As far as it can be followed; where it cannot, a place may be in it."""
        try:
            tiff = Tiff(content.removeprefix(PREFIX))
            top = tiff.directory(tiff.first)
        except Damaged:
            return cls(place=bool(content))
        within = _below(tiff, top, EXIF)
        turned = _number(tiff, top, ORIENTATION)
        return cls(
            orientation=turned if turned in range(1, 9) else UPRIGHT,
            taken=_moment(tiff, within),
            colour_space=_number(tiff, within, COLOUR_SPACE),
            place=GPS in top.entries and _tells(_below(tiff, top, GPS)),
        )

    def written(self) -> bytes:
        """The same as a camera would write it, and no more; empty where there is nothing."""
        top, within = [], []
        if self.orientation != UPRIGHT:
            top.append((ORIENTATION, SHORT, struct.pack("<H", self.orientation)))
        if self.taken:
            within.append((TAKEN, ASCII, self.taken.encode() + b"\0"))
        if self.colour_space:
            within.append((COLOUR_SPACE, SHORT, struct.pack("<H", self.colour_space)))
        if not within:
            return HEAD + _listed(top, len(HEAD)) if top else b""
        below = len(HEAD) + len(_listed([*top, (EXIF, LONG, bytes(4))], 0))
        top.append((EXIF, LONG, struct.pack("<I", below)))
        return HEAD + _listed(top, len(HEAD)) + _listed(within, below)


def _listed(facts: list[Fact], start: int) -> bytes:
    """A list that starts there, and behind it the values that are too long for it."""
    lines, behind = b"", b""
    after = start + 2 + 12 * len(facts) + 4
    for tag, kind, value in facts:
        lines += struct.pack("<HHI", tag, kind, len(value) // BYTES[kind])
        if len(value) <= 4:
            lines += value.ljust(4, b"\0")
        else:
            lines += struct.pack("<I", after + len(behind))
            behind += value
    return struct.pack("<H", len(facts)) + lines + bytes(4) + behind


def _below(tiff: Tiff, directory: Directory, tag: int) -> Directory | None:
    """The list that an entry points to; None where there is none that can be followed."""
    try:
        return tiff.directory(tiff.numbers(directory.entries[tag])[0])
    except (Damaged, KeyError, IndexError):
        return None


def _tells(gps: Directory | None) -> bool:
    """Whether there is more than its version in it; what cannot be read may be anything."""
    return gps is None or any(tag > 0 for tag in gps.entries)


def _number(tiff: Tiff, directory: Directory | None, tag: int) -> int:
    entry = directory.entries.get(tag) if directory else None
    return tiff.numbers(entry)[0] if entry and (entry.kind, entry.size) == (SHORT, 2) else 0


def _moment(tiff: Tiff, directory: Directory | None) -> str:
    """The moment it was taken; other letters in its place could be somebody's words."""
    entry = directory.entries.get(TAKEN) if directory else None
    text = tiff.value(entry)[:19].decode("ascii", "replace") if entry else ""
    return text if re.fullmatch(r"\d{4}(:\d\d){2} \d\d(:\d\d){2}", text, re.ASCII) else ""
