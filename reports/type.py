"""Type on paper: how a text looks, what of it can be drawn, how it breaks into lines."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from reports.drawing import Anchor
from reports.fonts import REGULAR, STRONG, measure, register
from reports.palette import PAPER

SMALL, TEXT, LARGE, TITLE = 7.0, 8.5, 10.0, 14.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks: its size in points, its weight and its colour."""

    size: float = TEXT
    strong: bool = False
    colour: str = PAPER.text

    @property
    def leading(self) -> float:
        """From one baseline to the next."""
        return round(self.size * 1.32, 1)

    @property
    def drop(self) -> float:
        """From the top of a line to its baseline."""
        return self.size * 1.02


PLAIN, BOLD = Look(), Look(strong=True)
QUIET, FINE, FINE_BOLD = Look(SMALL, colour=PAPER.quiet), Look(SMALL), Look(SMALL, strong=True)
BODY, BODY_BOLD, BODY_QUIET = (
    Look(LARGE),
    Look(LARGE, strong=True),
    Look(LARGE, colour=PAPER.quiet),
)
HEADLINE = Look(TITLE, strong=True)


def printable(text: str) -> str:
    """The text without control characters; one that no font has is written as its number."""
    if text.isascii() and text.isprintable():
        return text
    glyphs = _glyphs()
    return "".join(_drawn(sign, glyphs) for sign in unicodedata.normalize("NFC", text))


@cache
def _glyphs() -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph)


def _drawn(sign: str, glyphs: frozenset[int]) -> str:
    if sign == "\n":
        return sign
    if sign == "\t" or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return " "
    return sign if ord(sign) in glyphs else f"[U+{ord(sign):04X}]"


def width_of(text: str, look: Look) -> float:
    return measure(text, look.size, look.strong)


def fitting(text: str, room: float, look: Look) -> str:
    """One line of the text, cut with an ellipsis where it is wider than the room."""
    text = " ".join(printable(text).split("\n"))
    if width_of(text, look) <= room:
        return text
    while text and width_of(text + "…", look) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, room: float, look: Look) -> list[str]:
    """The text in lines no wider than the room; a word that is wider is broken."""
    text = printable(text)
    if "\n" not in text and width_of(text, look) <= room:
        return [text]
    return [line for part in text.split("\n") for line in _lines(part, room, look)]


def _lines(text: str, room: float, look: Look) -> list[str]:
    lines, line, used = [], "", 0.0
    space = width_of(" ", look)
    for word in text.split():
        wide = width_of(word, look)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line)
        *full, line = [word] if wide <= room else _broken(word, room, look)
        lines += full
        used = width_of(line, look)
    return [*lines, line]


def _broken(word: str, room: float, look: Look) -> list[str]:
    """Pieces of a word that is wider than the room, at least one letter each."""
    pieces, piece, used = [], "", 0.0
    for letter in word:
        wide = width_of(letter, look)
        if piece and used + wide > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + letter, used + wide
    return [*pieces, piece]


def write(
    canvas: Canvas, x: float, y: float, text: str, look: Look, *, to: Anchor = Anchor.START
) -> None:
    """One line with its baseline at `y`, from or to `x`."""
    text = printable(text)
    if to is not Anchor.START:
        share = 1.0 if to is Anchor.END else 0.5
        x -= width_of(text, look) * share
    canvas.setFillColor(_colour(look.colour))
    canvas.setFont(STRONG if look.strong else REGULAR, look.size)
    canvas.drawString(x, y, text)


@cache
def _colour(colour: str) -> Color:
    return HexColor(colour)
