"""The words of a printed page and where they stand, read with other code than wrote it."""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

TOUCH = 0.5
"""Points by which boxes may overlap before it is seen."""
ASCENT, DESCENT = 0.21, 0.2
"""Of a printed word's box: what lies above its capitals, and below its line."""
SPACE = 0.4
"""Of a word's height: more than that is between words that were not written as one line."""

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext of poppler-utils is not installed"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A text and the box of its letters, y downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Written") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > TOUCH and down > TOUCH

    def within(self, left: float, top: float, right: float, bottom: float) -> bool:
        return (
            self.left >= left - TOUCH
            and self.top >= top - TOUCH
            and self.right <= right + TOUCH
            and self.bottom <= bottom + TOUCH
        )

    def goes_on_with(self, other: "Written") -> bool:
        """Whether the other was written behind it on the same line."""
        gap = other.left - self.right
        same = abs(self.bottom - other.bottom) < TOUCH and abs(self.top - other.top) < TOUCH
        return same and -TOUCH < gap < SPACE * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """Width and height in points, and the words in the order in which they were written."""

    width: float
    height: float
    words: list[Written]

    def lines(self) -> list[Written]:
        """What was written in one go, from the head of the page to its foot."""
        lines: list[Written] = []
        for word in self.words:
            if lines and lines[-1].goes_on_with(word):
                text = f"{lines[-1].text} {word.text}"
                lines[-1] = replace(lines[-1], text=text, right=word.right)
            else:
                lines.append(word)
        return sorted(lines, key=lambda line: (round(line.bottom), line.left))


def pages_of(pdf: bytes) -> list[PrintedPage]:
    """The pages of a PDF; a text that was written twice is there twice."""
    run = ["pdftotext", "-raw", "-bbox", "-", "-"]
    told = subprocess.run(run, input=pdf, capture_output=True, check=True).stdout
    return [*_pages(told.partition(b"<doc>")[2].decode())]


def _pages(told: str) -> Iterator[PrintedPage]:
    for width, height, page in PAGE.findall(told):
        yield PrintedPage(
            float(width), float(height), [_word(*each) for each in WORD.findall(page)]
        )


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Written:
    high, low = float(top), float(bottom)
    tall = low - high
    return Written(
        html.unescape(text),
        float(left),
        high + ASCENT * tall,
        float(right),
        low - DESCENT * tall,
    )
