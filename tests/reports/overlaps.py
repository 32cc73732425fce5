"""Finds text that lies on other text, or leaves its page: in drawings, and in printed pages."""

from collections.abc import Iterable

from reports.drawing import Anchor, Drawing, Measure, Text
from reports.kit import MARGIN
from tests.reports.page_words import PrintedPage, Written, pages_of

CAPITALS = 0.72
"""Of a text's size: how high its letters are."""


def written(drawings: Iterable[Drawing], measure: Measure) -> list[Written]:
    """The texts of drawings that lie on one plane."""
    return [_of(text, measure) for drawing in drawings for text in drawing.texts()]


def _of(text: Text, measure: Measure) -> Written:
    width = measure(text.text, text.size, text.strong)
    before = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[text.anchor]
    left, top = text.x - before, text.y - CAPITALS * text.size
    return Written(text.text, left, top, left + width, text.y)


def overlapping(texts: Iterable[Written]) -> list[tuple[str, str]]:
    """Pairs of texts of which one lies on the other."""
    found: list[tuple[str, str]] = []
    near: list[Written] = []
    for text in sorted(texts, key=lambda each: each.top):
        near = [each for each in near if each.bottom > text.top]
        found += [(each.text, text.text) for each in near if text.meets(each)]
        near.append(text)
    return found


def faults(pdf: bytes) -> list[str]:
    """What is wrong with the pages of a PDF: text on text, and text outside the margins."""
    return faults_on(pages_of(pdf))


def faults_on(pages: Iterable[PrintedPage]) -> list[str]:
    found = []
    for number, page in enumerate(pages, start=1):
        found += [f"page {number}: {one} on {other}" for one, other in overlapping(page.words)]
        edges = (MARGIN, MARGIN, page.width - MARGIN, page.height - MARGIN)
        strays = (word.text for word in page.words if not word.within(*edges))
        found += [f"page {number}: {word} leaves the page" for word in strays]
    return found
