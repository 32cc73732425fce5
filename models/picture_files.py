"""JPEG, PNG and WebP files: their image data and what is needed to show them, and no more."""

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from models.exif import PREFIX, Exif
from models.tiff import Damaged

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_NEXT = re.compile(rb"\xff([\x01-\xfe])")
_NEXT_IN_IMAGE = re.compile(rb"\xff[\xc0-\xcf\xd8-\xfe]")
_EOI, _SOS, _APP0, _APP1, _APP2, _APP13, _APP14 = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xED, 0xEE
_ALONE = {0x01, *range(0xD0, 0xD9)}
_NEEDED = {*range(0xC0, 0xD0), *range(0xDA, 0xE0)}
_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT".split()
    + b"acTL fcTL fdAT".split()
)
_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
_WEBP_IMAGE = {b"VP8 ", b"VP8L", b"ANMF"}
_WEBP_SHOWN = _WEBP_IMAGE | {b"ALPH", b"ANIM", b"ICCP"}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_PLACE_WORDS = re.compile(rb"GPSL|GPSDest|photoshop:(City|State|Country)|:Location|:CountryCode")
_PLACE_IN_IPTC = re.compile(rb"\x1c\x02[\x1a\x1b\x5a\x5c\x5f\x64\x65]")


@dataclass
class Picture:
    """A picture while it is copied part by part; `place`: whether any part told where it was."""

    content: bytearray
    exif: Exif | None = None
    place: bool = False

    def note(self, exif: bytes) -> bytes:
        """Of the first EXIF what is kept of it; nothing of any other."""
        found = Exif.read(exif)
        self.place |= found.place
        if self.exif is not None:
            return b""
        self.exif = found
        return found.written()


def cleaned(content: bytes) -> Picture | None:
    """A copy without anything personal; None where it is none of these, `Damaged` where broken."""
    return next((read(content) for is_one, read in _READERS if is_one(content)), None)


def _jpeg(content: bytes) -> Picture:
    """Segment by segment; a file that breaks off within its image is kept as far as it goes."""
    picture = Picture(bytearray(content[:2]))
    at, in_image = 2, False
    while (found := _NEXT.search(content, at)) is not None:
        marker, at = found[1][0], found.end()
        if marker == _EOI and in_image:
            picture.content += b"\xff\xd9"
            return picture
        if marker in _ALONE:
            continue
        length = int.from_bytes(content[at : at + 2])
        if length < 2 or at + length > len(content):
            break
        body = _segment(picture, marker, content[at + 2 : at + length])
        at += length
        if body:
            picture.content += struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
        if marker == _SOS:
            ends = _NEXT_IN_IMAGE.search(content, at)
            end = ends.start() if ends else len(content)
            picture.content += content[at:end]
            at, in_image = end, True
    if not in_image:
        raise Damaged
    return picture


def _segment(picture: Picture, marker: int, body: bytes) -> bytes:
    """What is kept of a segment's body."""
    kept = b""
    if marker in _NEEDED or (marker == _APP2 and body.startswith(b"ICC_PROFILE\0")):
        kept = body
    elif marker == _APP14 and body.startswith(b"Adobe"):
        kept = body[:12]
    elif marker == _APP0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        kept = body[:12] + bytes(2)
    elif marker == _APP1 and body.startswith(PREFIX):
        exif = picture.note(body)
        kept = PREFIX + exif if exif else b""
    elif marker == _APP1:
        picture.place |= bool(_PLACE_WORDS.search(body))
    elif marker == _APP13:
        picture.place |= bool(_PLACE_IN_IPTC.search(body))
    return kept


def _png(content: bytes) -> Picture:
    """Chunk by chunk; a file that breaks off within its image is kept as far as it goes."""
    picture = Picture(bytearray(PNG))
    at, in_image = len(PNG), False
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        at += 12 + length
        in_image |= kind == b"IDAT"
        if kind in _SHOWN and (kind == b"IDAT" or len(chunk) == 12 + length):
            picture.content += chunk
        elif kind == b"eXIf":
            exif = picture.note(chunk[8:-4])
            if exif:
                picture.content += struct.pack(">I4s", len(exif), kind) + exif
                picture.content += struct.pack(">I", zlib.crc32(kind + exif))
        elif kind in _TEXTS:
            picture.place |= bool(_PLACE_WORDS.search(chunk))
        if kind == b"IEND":
            break
    if not in_image:
        raise Damaged
    return picture


def _webp(content: bytes) -> Picture:
    """Chunk by chunk; EXIF comes last, and the first chunk says whether it does."""
    picture = Picture(bytearray(content[:12]))
    at, ends, in_image, exif = 12, 8 + int.from_bytes(content[4:8], "little"), False, b""
    while at + 8 <= min(ends, len(content)):
        kind, length = struct.unpack_from("<4sI", content, at)
        chunk = content[at : at + 8 + length + length % 2]
        at += len(chunk)
        in_image |= kind in _WEBP_IMAGE
        if kind == b"VP8X" and len(chunk) == 18:
            picture.content += chunk[:8] + bytes([chunk[8] & ~_HAS_EXIF & ~_HAS_XMP]) + chunk[9:]
        elif kind in _WEBP_SHOWN:
            picture.content += chunk
        elif kind == b"EXIF":
            exif = exif or picture.note(chunk[8 : 8 + length])
        elif kind == b"XMP ":
            picture.place |= bool(_PLACE_WORDS.search(chunk))
    if not in_image:
        raise Damaged
    if exif and picture.content[12:16] == b"VP8X":
        picture.content[20] |= _HAS_EXIF
        picture.content += struct.pack("<4sI", b"EXIF", len(exif)) + exif + bytes(len(exif) % 2)
    picture.content[4:8] = struct.pack("<I", len(picture.content) - 8)
    return picture


_READERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Picture]], ...] = (
    (lambda content: content.startswith(JPEG), _jpeg),
    (lambda content: content.startswith(PNG), _png),
    (lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP", _webp),
)
