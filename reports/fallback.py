"""Which font has a character: Roboto, else FiraGO, which travels along too, else the system's.

Fonts other than Roboto are looked for and read only when a character needs them.
"""

import io
import os
import struct
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import font_roboto
from reportlab.pdfbase.ttfonts import TTFError

from reports.typeface import Typeface

REGULAR, STRONG = "Roboto", "Roboto-Medium"
FILES = {REGULAR: "Roboto-Regular", STRONG: "Roboto-Medium"}
FIRAGO, FIRAGO_STRONG = "figo", "figbo"
SYSTEM = (
    *("seguisym.ttf", "dejavusans.ttf", "msyh.ttc", "malgun.ttf", "meiryo.ttc", "simsun.ttc"),
    *("nirmala.ttc", "nirmala.ttf", "leelawui.ttf", "ebrima.ttf", "mmrtext.ttf", "arial.ttf"),
    *("arial unicode.ttf", "wqy-microhei.ttc", "wqy-zenhei.ttc", "droidsansfallbackfull.ttf"),
)
FOLDERS = (
    "${WINDIR}/Fonts",
    "${LOCALAPPDATA}/Microsoft/Windows/Fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
)
NO_EMBEDDING = 0x0002


@cache
def roboto(strong: bool) -> Typeface:
    name = STRONG if strong else REGULAR
    file = Path(font_roboto.__file__).parent / "files" / f"{FILES[name]}.ttf"
    return Typeface(name, file, ascii_first=True)


@lru_cache(maxsize=4096)
def typeface_for(letter: str, strong: bool) -> Typeface | None:
    """The first font that has the whole letter, marks and all; None: none has.

    What the system's fonts add depends on the machine.
    """
    return next((each for each in _typefaces(strong) if each.has(letter)), None) or next(
        (face for path in _of_the_system() if _covers(path, letter) and (face := _opened(path))),
        None,
    )


def _typefaces(strong: bool) -> Iterator[Typeface]:
    for weight in (True, False) if strong else (False,):
        yield roboto(weight)
        yield _firago(weight)


@cache
def _firago(strong: bool) -> Typeface:
    import pymupdf_fonts  # noqa: PLC0415 - only a character that Roboto lacks needs it

    name = FIRAGO_STRONG if strong else FIRAGO
    return Typeface(name, io.BytesIO(pymupdf_fonts.myfont(name)))


@cache
def _of_the_system() -> tuple[Path, ...]:
    """Those of the list that this machine has, in the order of the list."""
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        place = os.path.expanduser(os.path.expandvars(folder))
        for parent, _folders, names in os.walk(place):
            found |= {name.lower(): Path(parent, name) for name in names}
    return tuple(found[name] for name in SYSTEM if name in found)


def _covers(path: Path, letter: str) -> bool:
    return {ord(sign) for sign in letter} <= _characters(path)


@cache
def _characters(path: Path) -> frozenset[int]:
    """What the font has; nothing where it may not be embedded or has other outlines."""
    from uharfbuzz import Blob, Face  # noqa: PLC0415

    face = Face(Blob.from_file_path(path))
    rights = struct.unpack_from(">H", face.reference_table("OS/2").data.ljust(10, b"\0"), 8)[0]
    if "glyf" not in face.table_tags or rights & NO_EMBEDDING:
        return frozenset()
    return frozenset(face.unicodes)


@cache
def _opened(path: Path) -> Typeface | None:
    """None where ReportLab cannot read it: there may be another that has the character."""
    try:
        return Typeface(path.stem, path)
    except (TTFError, OSError, ValueError, LookupError, struct.error):
        return None
