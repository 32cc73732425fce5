"""Type on paper: how a text looks, how it breaks into lines, how a line is written."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.drawing import Anchor
from reports.fonts import measure
from reports.palette import PAPER
from reports.paper_canvas import PaperCanvas, ink
from reports.shaping import is_plain, letters, printable, runs

__all__ = ["Look", "fitting", "printable", "width_of", "wrapped", "write"]

SMALL, TEXT, LARGE, TITLE = 7.0, 8.5, 10.0, 14.0


IDEOGRAPH = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
NOT_FIRST = "、。，．：；！？）」』】〕》〉ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…"
BLANK_LINES = re.compile(r"\n(?: *\n)+")
WORD = re.compile(f"( *)([{IDEOGRAPH}][{NOT_FIRST}]*|[^ {IDEOGRAPH}]+)")
UNIT = r"%|°|[kmµ]?[gLlm]\b|[cm]m\b|U/L|cells\b"
MEASURE = rf"[\d.,–]*\d (?:{UNIT}|[A-Z])\S*"
DAY = r"\d{1,2} [^\W\d]+ \d{4}\S*"
HELD = re.compile(rf"(?<=\S) (\(?(?:{MEASURE}|{DAY}))$")
"""Never torn apart at the end of a line: a number and its unit, a day with its month and year."""


@dataclass(frozen=True)
class Look:
    """How a text looks: its size in points, its weight and its colour."""

    size: float = TEXT
    strong: bool = False
    colour: str = PAPER.text

    @cached_property
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


def width_of(text: str, look: Look) -> float:
    return measure(text, look.size, look.strong)


def fitting(text: str, room: float, look: Look) -> str:
    """One line of the text, cut with an ellipsis where it is wider than the room."""
    text = " ".join(printable(text).split("\n"))
    if width_of(text, look) <= room:
        return text
    signs = [*letters(text)]
    most = _most(signs, room - width_of("…", look), look)
    return "".join(signs[:most]).rstrip() + "…"


def wrapped(text: str, room: float, look: Look) -> list[str]:
    """The text in lines no wider than the room; a word that is wider is broken.

    Of several blank lines one is left.
    """
    text = printable(text)
    if "\n" not in text and width_of(text, look) <= room:
        return [text]
    parts = BLANK_LINES.sub("\n\n", text).split("\n")
    return [line for part in parts for line in _lines(part, room, look)]


def _lines(text: str, room: float, look: Look) -> list[str]:
    lines, line, used = [], "", 0.0
    space = width_of(" ", look)
    for glue, word in _words(text):
        wide = width_of(word, look)
        if line and used + len(glue) * space + wide <= room:
            line, used = line + glue + word, used + len(glue) * space + wide
            continue
        goes_over = word
        if line:
            line, goes_over = _parted(line, glue + word, room, look)
            lines.append(line)
        *full, line = _broken(goes_over, room, look)
        lines += full
        used = width_of(line, look)
    return [*lines, line]


def _parted(line: str, more: str, room: float, look: Look) -> tuple[str, str]:
    """The line, and what begins the next one: what must not be torn from `more` goes with it."""
    held = HELD.search(line + more)
    if held and width_of(held[1], look) <= room:
        return line[: held.start()], held[1]
    return line, more.lstrip(" ")


def _words(text: str) -> list[tuple[str, str]]:
    """Each with the space before it; Chinese and Japanese may break at every letter."""
    if is_plain(text):
        return [(" ", word) for word in text.split(" ") if word]
    return [(glue[:1], word) for glue, word in WORD.findall(text)]


def _broken(word: str, room: float, look: Look) -> list[str]:
    """The word, in pieces of at least one letter each where it is wider than the room."""
    if width_of(word, look) <= room:
        return [word]
    pieces, rest = [], [*letters(word)]
    while rest:
        most = max(_most(rest, room, look), 1)
        pieces.append("".join(rest[:most]))
        rest = rest[most:]
    return pieces


def _most(signs: Sequence[str], room: float, look: Look) -> int:
    """How many letters from the beginning fit; none is narrower than an eighth of its size."""
    some = signs[: int(max(room, 0) / look.size * 8)]
    places = range(1, len(some) + 1)
    return bisect_right(places, room, key=lambda most: width_of("".join(some[:most]), look))


def write(
    canvas: PaperCanvas, x: float, y: float, text: str, look: Look, *, to: Anchor = Anchor.START
) -> None:
    """One line with its baseline at `y`, from or to `x`."""
    line = runs(text, look.strong)
    if to is not Anchor.START:
        share = 1.0 if to is Anchor.END else 0.5
        x -= sum(run.width for run in line) * look.size * share
    canvas.setFillColor(ink(look.colour))
    for run in line:
        canvas.show(x, y, run, look.size)
        x += run.width * look.size
