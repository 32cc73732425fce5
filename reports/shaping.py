"""A line of any script cut into runs of one font and one direction, in the order of the page.

What Roboto has and what reads from left to right is drawn as it is. Any other run is shaped:
Arabic letters are joined, Indic ones are put together, marks stand on their letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

from reports.fallback import roboto, typeface_for
from reports.typeface import Typeface

JOINERS = "\u200c\u200d"
LEFT_TO_RIGHT_MARK = "\u200e"
INVISIBLE = re.compile(
    "[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
BLANK = {"Cc", "Zl", "Zp", "Cs"}
RIGHT_TO_LEFT = {"R", "AL", "AN"}
MOST_MARKS = 4


@dataclass(frozen=True, slots=True)
class Run:
    """`signs`: as ReportLab draws them, in the order of the page; `width` at a size of 1.

    `told`: what they say, where that cannot be told glyph by glyph.
    """

    font: str
    signs: str
    width: float
    told: str = ""


@cache
def _plain() -> re.Pattern[str]:
    """Texts that Roboto draws as they are."""
    signs = (chr(code) for code in roboto(False).face.charToGlyph if code < 0x10000)
    plain = (sign for sign in signs if unicodedata.category(sign)[0] not in "CM")
    return re.compile(f"[\n{''.join(map(re.escape, plain))}]*")


def is_plain(text: str) -> bool:
    """Nothing in it needs another font, another direction or shaping."""
    if text.isascii() and text.isprintable():
        return True
    return _plain().fullmatch(text) is not None


def printable(text: str) -> str:
    """The text as it will be drawn and read: what no font has is written as its number.

    Marks of direction, soft hyphens and the like are invisible by intent and fall away; other
    control characters become a space.
    """
    return text if is_plain(text) else _printable(text)


@lru_cache(maxsize=1024)
def _printable(text: str) -> str:
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return "".join(map(_shown, letters(text)))


def letters(text: str) -> Iterator[str]:
    """Each character with the marks and joiners that belong to it."""
    begin = 0
    for place, sign in enumerate(text):
        belongs = sign in JOINERS or unicodedata.category(sign).startswith("M")
        if place > begin and not belongs:
            yield text[begin:place]
            begin = place
    if text:
        yield text[begin:]


def _shown(letter: str) -> str:
    """More marks than a language puts on a letter would run through the lines around it."""
    bare = letter.strip(JOINERS)
    if is_plain(bare):
        return bare
    most = 1 + MOST_MARKS
    held, rest = (letter[:most], letter[most:]) if len(bare) > most else (letter, "")
    found = next((each for each in (held, held.strip(JOINERS)) if _drawable(each)), None)
    shown = found if found is not None else "".join(map(_alone, held.strip(JOINERS)))
    return shown + "".join(map(_alone, rest.strip(JOINERS)))


def _drawable(letter: str) -> bool:
    return not _blank(letter[0]) and typeface_for(letter, False) is not None


def _alone(sign: str) -> str:
    if _blank(sign):
        return " "
    own = unicodedata.category(sign)[0] not in "CM" and typeface_for(sign, False) is not None
    return sign if own else f"[U+{ord(sign):04X}]"


def _blank(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind in BLANK or (kind == "Cf" and unicodedata.bidirectional(sign) in {"BN", "ON"})


def forget_lines() -> None:
    """Keep nothing of what was printed in memory."""
    runs.cache_clear()
    _printable.cache_clear()


@lru_cache(maxsize=4096)
def runs(text: str, strong: bool) -> tuple[Run, ...]:
    """The runs of a line as it will be drawn, from the left of the page to its right."""
    text = printable(text)
    if is_plain(text):
        return (_as_it_is(roboto(strong), text),)
    return tuple(
        _run(face, piece, level % 2 == 1)
        for part, level in _in_order(text)
        for face, piece in _by_font(part, strong, level)
    )


def _in_order(text: str) -> list[tuple[str, int]]:
    """Parts of one direction as they follow on the page; an odd level reads from the right.

    The line itself reads from the right where no letter in it reads from the left.
    """
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    if not RIGHT_TO_LEFT & {*kinds}:
        return [(text, 0)]
    from bidi import algorithm  # noqa: PLC0415 - few texts need it

    line = algorithm.get_empty_storage()
    line["base_level"] = 0 if "L" in kinds else 1
    line["base_dir"] = "LR"[line["base_level"]]
    text = _closed(text, kinds) if "L" in kinds else text
    algorithm.get_embedding_levels(text, line)
    for place, sign in enumerate(line["chars"]):
        sign["place"] = place
    algorithm.explicit_embed_and_overrides(line)
    algorithm.resolve_weak_types(line)
    algorithm.resolve_neutral_types(line, False)
    algorithm.resolve_implicit_levels(line, False)
    algorithm.reorder_resolved_levels(line, False)
    return [*_parts(text, line["chars"])]


def _closed(text: str, kinds: Sequence[str]) -> str:
    """A mark of direction behind all that reads from the right: the dose that follows an Arabic
    word stays behind it, and is not drawn into it.
    """
    closed, held, end = "", "", ""
    for sign, kind in zip(text, kinds, strict=True):
        if kind in RIGHT_TO_LEFT or (kind == "NSM" and end and not held):
            closed, held, end = closed + held + sign, "", LEFT_TO_RIGHT_MARK
        elif kind == "L":
            closed, held, end = closed + end + held + sign, "", ""
        else:
            held += sign
    return closed + end + held


def _parts(text: str, signs: Sequence[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    for level, part in groupby(signs, itemgetter("level")):
        places = [sign["place"] for sign in part]
        piece = text[min(places) : max(places) + 1].replace(LEFT_TO_RIGHT_MARK, "")
        if piece:
            yield piece, level


def _by_font(text: str, strong: bool, level: int) -> list[tuple[Typeface, str]]:
    own = roboto(strong)
    pieces = groupby(letters(text), lambda letter: typeface_for(letter, strong) or own)
    found = [(face, "".join(piece)) for face, piece in pieces]
    return found[::-1] if level % 2 else found


def _run(face: Typeface, text: str, backwards: bool) -> Run:
    if not backwards and is_plain(text):
        return _as_it_is(face, text)
    glyphs = [*face.shaped(text, backwards)]
    signs = "".join(face.sign_for(each.number, each.text, each.width) for each in glyphs)
    shape = [
        ShapeData(each.cluster, each.advance, 0, each.x_offset, each.y_offset, each.width)
        for each in glyphs
    ]
    told = "" if backwards or all(each.text for each in glyphs) else text
    width = sum(each.advance for each in glyphs) / 1000
    return Run(face.fontName, ShapedStr(signs, shape), width, told)


def _as_it_is(face: Typeface, text: str) -> Run:
    return Run(face.fontName, text, face.stringWidth(text, 1))
